"""Becoming a candidate, and ceasing to be one."""

from datetime import timedelta

import pytest
from django.core import mail

from certificates.actions import candidacies, decisions
from certificates.models import Candidacy, Scheme
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.jobs.outbox import send_owed
from tests.factories import certificates as factory


def states(learner) -> list[str]:
    return [each.state for each in Candidacy.objects.filter(learner=learner).order_by("pk")]


def test_the_last_result_makes_a_candidate_and_asks_for_the_name(scheme, enrolment, ada, quiz, brief, asif):
    factory.passed(enrolment, quiz)
    assert states(ada) == []

    factory.competent(enrolment, brief, assessor=asif)

    assert states(ada) == ["ready"]
    assert [each.kind for each in Mail.objects.filter(recipient=ada.email)] == ["certificates.name_wanted"]


def test_the_letter_says_what_to_do_and_no_result(scheme, candidacy, ada, at):
    send_owed(at)

    (letter,) = mail.outbox
    assert letter.subject == "Confirm your name for your certificate"
    assert letter.body.startswith("Dear Ada,\n\nYou have met every requirement of")
    assert f"http://localhost:8000/my/certificates/names/{candidacy.uuid}/" in letter.body
    assert "Aldermoor Institute of Commissioning" in letter.body
    assert "ompetent" not in letter.body


def test_a_failed_quiz_makes_nobody_a_candidate(quiz_scheme, enrolment, ada, quiz):
    factory.passed(enrolment, quiz, outcome="not_passed")

    assert states(ada) == []


def test_considering_twice_makes_one_candidate(quiz_scheme, enrolment, ada, quiz, at):
    factory.passed(enrolment, quiz)

    again = candidacies.consider(ada, quiz_scheme.scheme, at=at)

    assert again == Candidacy.objects.get()


def test_a_withdrawn_result_ends_the_candidacy_and_a_new_one_begins_it_again(
    quiz_scheme, enrolment, ada, quiz, lena, at
):
    factory.withdraw(factory.passed(enrolment, quiz), by=lena, at=at)
    assert states(ada) == ["lapsed"]

    factory.passed(enrolment, quiz, at=at)

    assert states(ada) == ["lapsed", "ready"]


def test_a_holder_is_no_candidate_for_the_same_certificate(certificate, enrolment, ada, quiz, at):
    factory.passed(enrolment, quiz, at=at + timedelta(days=1))

    assert states(ada) == ["decided"]


def test_a_refused_candidate_comes_back_with_something_new_and_not_before(
    quiz_scheme, enrolment, ada, quiz, rosa, at
):
    factory.passed(enrolment, quiz)
    decisions.refuse(Candidacy.objects.get(), reason="The identity is in doubt.", by=rosa, at=at)

    candidacies.consider(ada, quiz_scheme.scheme, at=at)
    assert states(ada) == ["decided"]

    factory.passed(enrolment, quiz, at=at + timedelta(days=1))
    assert states(ada) == ["decided", "ready"]


def test_a_new_scheme_finds_those_who_meet_it_already(foundations, enrolment, ada, quiz, at):
    factory.passed(enrolment, quiz)
    factory.scheme(foundations, quiz)

    candidacies.consider_everyone(Scheme.objects.get(), at=at)

    assert states(ada) == ["ready"]


def test_a_candidate_keeps_the_version_that_they_met_whatever_is_published_afterwards(
    quiz_scheme, enrolment, ada, quiz, brief, at
):
    factory.passed(enrolment, quiz)
    factory.next_version(quiz_scheme, quiz, brief)

    candidacies.consider_everyone(quiz_scheme.scheme, at=at)
    candidacies.consider(ada, quiz_scheme.scheme, at=at)

    assert list(Candidacy.objects.values_list("state", "version__number")) == [("ready", 1)]


def test_whoever_no_longer_meets_their_version_but_meets_the_newest_becomes_a_candidate_under_that(
    quiz_scheme, enrolment, ada, quiz, brief, asif, lena, at
):
    result = factory.passed(enrolment, quiz)
    factory.competent(enrolment, brief, assessor=asif)
    factory.next_version(quiz_scheme, brief)

    factory.withdraw(result, by=lena, at=at)

    assert list(Candidacy.objects.order_by("pk").values_list("state", "version__number")) == [
        ("lapsed", 1),
        ("ready", 2),
    ]


def test_whoever_comes_after_a_new_version_is_asked_for_what_it_asks(
    quiz_scheme, enrolment, ada, quiz, brief, asif
):
    factory.next_version(quiz_scheme, quiz, brief)

    factory.passed(enrolment, quiz)
    assert states(ada) == []

    factory.competent(enrolment, brief, assessor=asif)
    assert list(Candidacy.objects.values_list("state", "version__number")) == [("ready", 2)]


def test_whoever_finishes_the_course_a_scheme_asks_for_is_found_by_the_clock(foundations, enrolment, ada, at):
    factory.scheme(foundations)
    enrolment.finished_at = at - timedelta(minutes=5)
    enrolment.save()

    candidacies.consider_finishers(at)

    assert states(ada) == ["ready"]


def test_confirming_a_name_is_kept_and_recorded(candidacy, ada, at):
    candidacies.confirm_name(candidacy, "Ada K. Bright", by=ada, at=at)

    candidacy.refresh_from_db()
    assert (candidacy.printed_name, candidacy.name_confirmed_at) == ("Ada K. Bright", at)
    event = Event.objects.get(verb="candidacy.name_confirmed")
    assert (event.actor, event.words.text) == (ada.uuid, "Ada K. Bright")


def test_nobody_confirms_the_name_of_somebody_else(candidacy, ben, at):
    with pytest.raises(candidacies.NameNoLongerOpen):
        candidacies.confirm_name(candidacy, "Ben Carter", by=ben, at=at)

    candidacy.refresh_from_db()
    assert candidacy.printed_name == "Ada Bright"


def test_a_name_is_settled_once_the_decision_is_taken(candidacy, ada, rosa, at):
    decisions.grant(candidacy, name="Ada Bright", by=rosa, at=at)

    with pytest.raises(candidacies.NameNoLongerOpen):
        candidacies.confirm_name(candidacy, "Ada Smith", by=ada, at=at)


def test_a_candidate_is_reminded_once_a_day_at_most(quiz_scheme, enrolment, ada, quiz, rosa, at):
    factory.passed(enrolment, quiz)
    candidacy = Candidacy.objects.get()

    for hours in (0, 1, 24):
        candidacies.remind(candidacy, by=rosa, at=at + timedelta(hours=hours))

    asked = Mail.objects.filter(kind="certificates.name_wanted", recipient=ada.email)
    assert [each.owed_at for each in asked.order_by("owed_at")] == [
        factory.RELEASED_AT,
        at,
        at + timedelta(hours=24),
    ]


def test_a_candidate_with_a_confirmed_name_is_not_reminded(candidacy, rosa, at):
    with pytest.raises(candidacies.NameNoLongerOpen):
        candidacies.remind(candidacy, by=rosa, at=at)
