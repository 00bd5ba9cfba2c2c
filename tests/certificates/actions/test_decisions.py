"""The certification decision, and who takes it."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from assessments.models import Result
from certificates.actions import decisions
from certificates.models import (
    Candidacy,
    Certificate,
    CertificationDecision,
    NumberCounter,
)
from lms.audit.models import Event
from lms.jobs.outbox import send_owed
from lms.people import access
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import courses as course_factory
from tests.factories import people


def grant(candidacy, by, at, name="Ada Bright") -> Certificate:
    access.forget(by)
    return decisions.grant(candidacy, name=name, by=by, at=at)


def test_granting_writes_decision_number_code_and_facts_and_queues_the_file(candidacy, ada, rosa, at):
    certificate = grant(candidacy, rosa, at)

    assert certificate.number == "AIC-2026-00001"
    assert re.fullmatch(
        r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}-[0-9A-HJKMNP-TV-Z]", certificate.code
    )
    assert certificate.facts == {
        "name": "Ada Bright",
        "title": "Foundations of commissioning",
        "level": "foundation",
        "statement": "The holder has shown that they can tell what people need from what is being bought.",
        "competencies": [["1.1", "Frame the question"]],
        "institute": "Aldermoor Institute of Commissioning",
        "signatory_name": "Dr Helen Moor",
        "signatory_role": "Director of Standards",
        "number": "AIC-2026-00001",
        "code": certificate.code,
        "verify_url": f"http://localhost:8000/v/{certificate.code}/",
        "issued_on": "2026-11-23",
        "valid_from": "2026-11-23",
        "valid_until": "2028-11-22",
    }
    assert list(certificate.decision.results.all()) == list(Result.objects.filter(learner=ada))
    assert certificate.decision.decided_by == rosa
    job = DBTaskResult.objects.get(task_path="certificates.tasks.file_certificate")
    assert job.args_kwargs["args"] == [certificate.pk]


def test_granting_is_recorded_with_what_it_rests_on(candidacy, rosa, ada, at):
    certificate = grant(candidacy, rosa, at)

    event = Event.objects.get(verb="certification.granted")
    assert (event.actor, event.subject) == (rosa.uuid, certificate.decision.uuid)
    assert event.facts == {
        "candidate": str(ada.uuid),
        "scheme": str(candidacy.scheme.uuid),
        "version": 1,
        "results": [str(each.uuid) for each in Result.objects.all()],
        "number": "AIC-2026-00001",
        "facts_digest": certificate.facts_digest,
    }


def test_a_number_that_was_rolled_back_is_given_again(quiz_scheme, foundations, rosa, at):
    factory.granted(foundations, 2, by=rosa, at=at)
    with transaction.atomic():
        factory.granted(foundations, 1, by=rosa, at=at)
        transaction.set_rollback(True)

    factory.granted(foundations, 1, by=rosa, at=at)

    numbers = Certificate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["AIC-2026-00001", "AIC-2026-00002", "AIC-2026-00003"]


def test_each_institute_and_each_year_is_numbered_from_one(quiz_scheme, foundations, fenwick, rosa, at):
    elsewhere = course_factory.course(fenwick, "Elsewhere")
    factory.scheme(elsewhere)
    new_year_in_london = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)

    granted = [
        *factory.granted(foundations, 1, by=rosa, at=at),
        *factory.granted(elsewhere, 1, by=rosa, at=at),
        *factory.granted(foundations, 1, by=rosa, at=new_year_in_london),
    ]

    assert [each.number for each in granted] == ["AIC-2026-00001", "FEN-2026-00001", "AIC-2027-00001"]


def test_a_second_decision_is_refused_and_takes_no_number(candidacy, rosa, at):
    grant(candidacy, rosa, at)

    with pytest.raises(decisions.AlreadyDecided):
        grant(candidacy, rosa, at)

    assert Certificate.objects.count() == 1
    assert NumberCounter.objects.get().next_serial == 2


def test_the_database_itself_keeps_a_candidacy_from_being_decided_twice(candidacy, rosa, at):
    decision = grant(candidacy, rosa, at).decision

    decision.pk, decision.uuid = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)


def test_without_a_confirmed_name_nothing_is_granted(quiz_scheme, enrolment, quiz, rosa, at):
    factory.passed(enrolment, quiz)

    with pytest.raises(decisions.NameNotConfirmed):
        grant(Candidacy.objects.get(), rosa, at, name="")

    assert Candidacy.objects.get().state == "ready"


def test_a_name_that_changed_since_the_registrar_read_it_is_not_granted(candidacy, rosa, at):
    factory.confirmed(candidacy, "Ada Bright-Smith")

    with pytest.raises(decisions.NameNotConfirmed):
        grant(candidacy, rosa, at, name="Ada Bright")

    assert not Certificate.objects.exists()


def test_a_letter_that_no_typeface_has_is_refused_before_a_number_is_taken(candidacy, rosa, at):
    factory.confirmed(candidacy, "Ada ☃")

    with pytest.raises(decisions.CannotBePrinted, match="☃"):
        grant(candidacy, rosa, at, name="Ada ☃")

    assert not NumberCounter.objects.exists()


def test_whoever_marked_the_work_does_not_decide(candidacy, asif, aldermoor, at):
    people.appoint(asif, Role.REGISTRAR, aldermoor)

    with pytest.raises(decisions.NotYoursToDecide):
        grant(candidacy, asif, at)


def test_whoever_checked_the_marking_does_not_decide(candidacy, mina, aldermoor, at):
    people.appoint(mina, Role.REGISTRAR, aldermoor)

    with pytest.raises(decisions.NotYoursToDecide):
        grant(candidacy, mina, at)


def test_whoever_wrote_the_course_does_not_decide(candidacy, lesson, rosa, at):
    lesson.owner = rosa
    lesson.save()

    with pytest.raises(decisions.NotYoursToDecide):
        grant(candidacy, rosa, at)


def test_nobody_certifies_themselves(candidacy, ada, aldermoor, at):
    people.appoint(ada, Role.REGISTRAR, aldermoor)

    with pytest.raises(decisions.NotYoursToDecide):
        grant(candidacy, ada, at)


def test_the_database_itself_forbids_certifying_oneself(candidacy, ada, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationDecision.objects.create(
            candidacy=candidacy,
            version=candidacy.scheme.versions.get(),
            decision="granted",
            learner=ada,
            decided_by=ada,
            decided_at=at,
        )


def test_an_administrator_does_not_decide(candidacy, ines, at):
    with pytest.raises(decisions.NotYoursToDecide):
        grant(candidacy, ines, at)


def test_a_candidate_whose_scheme_now_asks_for_more_is_granted_under_the_version_that_they_met(
    quiz_scheme, enrolment, quiz, brief, rosa, at
):
    factory.passed(enrolment, quiz)
    candidacy = factory.confirmed(Candidacy.objects.get())
    factory.next_version(quiz_scheme, quiz, brief)

    certificate = decisions.grant(candidacy, name="Ada Bright", by=rosa, at=at)

    assert certificate.version == quiz_scheme
    assert Event.objects.get(verb="certification.granted").facts["version"] == 1


def test_the_database_itself_holds_a_decision_to_the_version_that_the_candidate_met(
    candidacy, scheme, quiz, rosa, at
):
    newer = factory.next_version(scheme, quiz)

    with pytest.raises(IntegrityError), transaction.atomic():
        CertificationDecision.objects.create(
            candidacy=candidacy,
            version=newer,
            decision="refused",
            learner=candidacy.learner,
            decided_by=rosa,
            decided_at=at,
        )


def test_facts_stay_as_they_were_whatever_is_renamed_afterwards(certificate, ada, aldermoor):
    before = dict(certificate.facts)
    ada.last_name, aldermoor.name = "Smith", "Aldermoor College"
    ada.save()
    aldermoor.save()

    certificate.refresh_from_db()

    assert certificate.facts == before


@pytest.mark.parametrize("decide", [decisions.defer, decisions.refuse])
def test_a_decision_against_the_candidate_needs_a_reason(decide, candidacy, rosa, at):
    with pytest.raises(decisions.ReasonMissing):
        decide(candidacy, reason="  ", by=rosa, at=at)

    assert not CertificationDecision.objects.exists()


def test_a_deferred_candidate_stays_on_the_list_and_is_told(candidacy, rosa, ada, at):
    decision = decisions.defer(candidacy, reason="Send us proof of your name.", by=rosa, at=at)

    candidacy.refresh_from_db()
    assert candidacy.state == "ready"
    assert decision.reason.text == "Send us proof of your name."
    send_owed(at)
    assert [(each.to, "proof of your name" in each.body) for each in mail.outbox[1:]] == [
        ([ada.email], False)
    ]


def test_deferring_twice_with_the_same_words_is_once(candidacy, rosa, at):
    first = decisions.defer(candidacy, reason="Send proof.", by=rosa, at=at)

    assert decisions.defer(candidacy, reason="Send proof.", by=rosa, at=at) == first


def test_a_deferred_candidate_may_be_granted_later(candidacy, rosa, at):
    decisions.defer(candidacy, reason="Send proof.", by=rosa, at=at)

    assert grant(candidacy, rosa, at).number == "AIC-2026-00001"


def test_a_refusal_is_final_and_takes_no_number(candidacy, rosa, at):
    decisions.refuse(candidacy, reason="The evidence is not the candidate's own.", by=rosa, at=at)

    with pytest.raises(decisions.AlreadyDecided):
        grant(candidacy, rosa, at)

    assert not NumberCounter.objects.exists()
