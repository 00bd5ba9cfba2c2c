"""Ada appeals against a decision; Rolf, who did not take it, hears her."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from certificates.actions import appeals, candidacies, decisions
from certificates.models import Appeal, Candidacy, Hearing
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.jobs.outbox import send_owed
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import people

UPHELD, DISMISSED = Hearing.Outcome.UPHELD, Hearing.Outcome.DISMISSED


@pytest.fixture
def appeal(refusal, rolf, ada, at) -> Appeal:
    return appeals.lodge(refusal, words="The pages are our team's contract.", by=ada, at=at)


def test_an_appeal_is_kept_with_its_words_and_a_promised_day(appeal, refusal, ada, rosa, at):
    assert (appeal.decision, appeal.learner, appeal.decided_by, appeal.lodged_at) == (refusal, ada, rosa, at)
    assert appeal.promised_on == date(2026, 12, 21)
    assert appeal.words.text == "The pages are our team's contract."
    event = Event.objects.get(verb="appeal.lodged")
    assert (event.actor, event.facts, event.words.text) == (
        ada.uuid,
        {"decision": str(refusal.uuid)},
        "The pages are our team's contract.",
    )


def test_the_candidate_and_whoever_may_hear_it_are_told_and_no_letter_holds_the_reasons(
    appeal, ada, rolf, rosa, at
):
    send_owed(at)

    letters = {letter.to[0]: letter.body for letter in mail.outbox if "ppeal" in letter.subject}
    assert set(letters) == {ada.email, rolf.email}
    assert "You have an answer by 21 December 2026." in letters[ada.email]
    assert "hear the appeal" in letters[rolf.email]
    assert "pages" not in "".join(letters.values())


def test_a_decision_is_appealed_against_once(appeal, refusal, ada, at):
    with pytest.raises(appeals.AlreadyAppealed):
        appeals.lodge(refusal, words="Again.", by=ada, at=at)


def test_nobody_appeals_for_somebody_else(refusal, ben, at):
    with pytest.raises(appeals.NotOpenToAppeal):
        appeals.lodge(refusal, words="For Ada.", by=ben, at=at)


def test_a_grant_is_not_appealed_against(certificate, ada, at):
    with pytest.raises(appeals.NotOpenToAppeal):
        appeals.lodge(certificate.decision, words="I am too pleased.", by=ada, at=at)


def test_an_appeal_without_a_word_is_refused(refusal, ada, at):
    with pytest.raises(appeals.WordsMissing):
        appeals.lodge(refusal, words="  ", by=ada, at=at)


@pytest.mark.parametrize(("day", "is_open"), [(date(2026, 12, 21), True), (date(2026, 12, 22), False)])
def test_twenty_working_days_are_open_for_an_appeal(refusal, ada, at, day, is_open):
    then = at + (day - at.date())

    if is_open:
        appeals.lodge(refusal, words="On the last day.", by=ada, at=then)
    else:
        with pytest.raises(appeals.TooLate):
            appeals.lodge(refusal, words="A day late.", by=ada, at=then)

    assert Appeal.objects.exists() == is_open


def test_only_the_last_word_is_appealed_against(candidacy, rosa, ada, at):
    put_off = decisions.defer(candidacy, reason="Send proof of identity.", by=rosa, at=at)
    decisions.refuse(candidacy, reason="None came.", by=rosa, at=at + timedelta(days=1))

    with pytest.raises(appeals.NotOpenToAppeal):
        appeals.lodge(put_off, words="I sent it.", by=ada, at=at + timedelta(days=2))


def test_an_appeal_that_is_upheld_makes_a_candidate_of_the_same_version_and_name(appeal, ada, rolf, at):
    hearing = appeals.hear(appeal, outcome=UPHELD, words="The appendix was declared.", by=rolf, at=at)

    again = Candidacy.objects.get(state="ready")
    assert hearing.candidacy == again
    assert (again.learner, again.version, again.printed_name, again.ready_at) == (
        ada,
        appeal.decision.version,
        "Ada Bright",
        at,
    )
    assert Event.objects.get(verb="appeal.heard").facts["outcome"] == "upheld"
    assert Mail.objects.filter(kind="certificates.appeal_heard", recipient=ada.email).count() == 1


def test_whoever_was_overruled_does_not_decide_anew_and_another_does(appeal, rosa, rolf, at):
    appeals.hear(appeal, outcome=UPHELD, words="The appendix was declared.", by=rolf, at=at)
    again = Candidacy.objects.get(state="ready")

    with pytest.raises(decisions.NotYoursToDecide):
        decisions.grant(again, name="Ada Bright", by=rosa, at=at)

    certificate = decisions.grant(again, name="Ada Bright", by=rolf, at=at)
    assert certificate.decision.decided_by == rolf


def test_a_deferral_that_is_overruled_leaves_the_candidate_where_they_are(candidacy, rosa, rolf, ada, at):
    put_off = decisions.defer(candidacy, reason="Send proof of identity.", by=rosa, at=at)
    appeal = appeals.lodge(put_off, words="I sent it in May.", by=ada, at=at)

    hearing = appeals.hear(appeal, outcome=UPHELD, words="It is on file.", by=rolf, at=at)

    assert hearing.candidacy == candidacy
    assert Candidacy.objects.count() == 1
    with pytest.raises(decisions.NotYoursToDecide):
        decisions.refuse(candidacy, reason="All the same.", by=rosa, at=at)


def test_an_appeal_that_is_not_upheld_changes_nothing(appeal, ada, rolf, at):
    hearing = appeals.hear(appeal, outcome=DISMISSED, words="The text is not the contract.", by=rolf, at=at)

    assert hearing.candidacy is None
    assert list(Candidacy.objects.values_list("state", flat=True)) == ["decided"]
    assert candidacies.consider(ada, appeal.decision.candidacy.scheme, at=at) is None


def test_an_appeal_is_heard_once(appeal, rolf, at):
    appeals.hear(appeal, outcome=DISMISSED, words="The text is not the contract.", by=rolf, at=at)

    with pytest.raises(appeals.AlreadyHeard):
        appeals.hear(appeal, outcome=UPHELD, words="On reflection.", by=rolf, at=at)


@pytest.mark.parametrize("who", ["rosa", "ada", "ines", "otto"])
def test_neither_who_decided_nor_the_candidate_nor_anyone_but_a_registrar_hears_it(
    appeal, who, aldermoor, request, at
):
    person = request.getfixturevalue(who)
    if who == "ada":
        people.appoint(person, Role.REGISTRAR, aldermoor)

    with pytest.raises(appeals.NotYoursToHear):
        appeals.hear(appeal, outcome=UPHELD, words="Of course.", by=person, at=at)

    assert not Hearing.objects.exists()


@pytest.mark.parametrize("who", ["rosa", "ada"])
def test_the_database_itself_keeps_decider_and_candidate_from_hearing_it(appeal, who, request, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.create(
            appeal=appeal,
            outcome=DISMISSED,
            learner=appeal.learner,
            decided_by=appeal.decided_by,
            heard_by=request.getfixturevalue(who),
            heard_at=at,
        )


def test_where_a_requirement_is_no_longer_met_nothing_can_be_decided_anew(appeal, rolf, lena, at):
    factory.withdraw(appeal.decision.results.first(), by=lena, at=at)

    with pytest.raises(appeals.NothingToDecide):
        appeals.hear(appeal, outcome=UPHELD, words="You were right.", by=rolf, at=at)

    assert not Hearing.objects.exists()


def test_somebody_who_became_a_candidate_again_meanwhile_is_decided_on_there(
    appeal, enrolment, quiz, ada, rolf, at
):
    factory.passed(enrolment, quiz, at=at + timedelta(days=1))
    ready = Candidacy.objects.get(state="ready")

    hearing = appeals.hear(
        appeal, outcome=UPHELD, words="You were right.", by=rolf, at=at + timedelta(days=2)
    )

    assert hearing.candidacy == ready
