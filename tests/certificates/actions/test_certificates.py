"""The life of a certificate, one event after the other."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from certificates.actions import certificates
from certificates.models import CertificateEvent
from lms.audit.models import Event
from lms.jobs.outbox import send_owed
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import people


def state(certificate, at) -> str:
    return certificate.standing(at.date()).state


def kinds(certificate) -> list[str]:
    return list(certificate.events.values_list("kind", flat=True))


def test_a_suspension_is_lifted_and_the_certificate_ends(certificate, rosa, at):
    certificates.suspend(certificate, by=rosa, at=at, reason="A mix-up.")
    assert state(certificate, at) == "suspended"

    certificates.reinstate(certificate, by=rosa, at=at, reason="Cleared up.")
    assert state(certificate, at) == "valid"

    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")
    assert state(certificate, at) == "revoked"
    assert kinds(certificate) == ["issued", "suspended", "reinstated", "revoked"]


def test_each_change_is_recorded_with_its_reason_beside_it(certificate, rosa, at):
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")

    event = Event.objects.get(verb="certificate.revoked")
    assert (event.actor, event.subject) == (rosa.uuid, certificate.uuid)
    assert event.facts == {"number": certificate.number, "position": 2}
    assert event.words.text == "Not her own work."


@pytest.mark.parametrize("change", [certificates.suspend, certificates.reinstate, certificates.revoke])
def test_nothing_follows_a_revocation(change, certificate, rosa, at):
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")

    with pytest.raises(certificates.MayNotFollow):
        change(certificate, by=rosa, at=at, reason="Again.")


def test_only_what_is_suspended_is_reinstated(certificate, rosa, at):
    with pytest.raises(certificates.MayNotFollow):
        certificates.reinstate(certificate, by=rosa, at=at, reason="Why not.")


@pytest.mark.parametrize("change", [certificates.suspend, certificates.revoke])
def test_a_change_without_a_reason_is_refused(change, certificate, rosa, at):
    with pytest.raises(certificates.ReasonMissing):
        change(certificate, by=rosa, at=at, reason=" ")

    assert kinds(certificate) == ["issued"]


def test_nobody_changes_their_own_certificate(certificate, ada, aldermoor, at):
    people.appoint(ada, Role.REGISTRAR, aldermoor)

    with pytest.raises(certificates.NotYoursToChange):
        certificates.revoke(certificate, by=ada, at=at, reason="I want to.")


def test_an_administrator_of_another_institute_changes_nothing(certificate, otto, at):
    with pytest.raises(certificates.NotYoursToChange):
        certificates.suspend(certificate, by=otto, at=at, reason="I want to.")


def test_two_events_cannot_stand_at_one_place(certificate, rosa, at):
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateEvent.objects.create(certificate=certificate, position=1, kind="revoked", by=rosa, at=at)


def test_the_holder_is_told_of_every_change_and_of_no_reason(certificate, rosa, ada, at):
    for minutes, change in enumerate((certificates.suspend, certificates.reinstate, certificates.revoke)):
        change(certificate, by=rosa, at=at + timedelta(minutes=minutes), reason="Unkind words.")

    send_owed(at + timedelta(hours=1))

    told = [letter for letter in mail.outbox if certificate.number in letter.subject + letter.body]
    assert [letter.subject for letter in told] == [
        "Your certificate is ready: Foundations of commissioning",
        "Your certificate AIC-2026-00001 is suspended",
        "The suspension of your certificate AIC-2026-00001 is lifted",
        "Your certificate AIC-2026-00001 is revoked",
    ]
    assert {(tuple(letter.to), "Unkind" in letter.body) for letter in told} == {((ada.email,), False)}


def test_stopping_suspends_what_is_in_force(certificate, lena, at):
    certificates.stop(certificate, by=lena, at=at, reason="Fraud.")

    assert state(certificate, at) == "suspended"


def test_stopping_voids_what_was_never_issued(quiz_scheme, foundations, rosa, lena, at):
    (certificate,) = factory.granted(foundations, 1, by=rosa, at=at)

    certificates.stop(certificate, by=lena, at=at, reason="Fraud.")

    assert state(certificate, at) == "void"


def test_stopping_what_has_ended_does_nothing(certificate, rosa, lena, at):
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")

    assert certificates.stop(certificate, by=lena, at=at, reason="Fraud.") is None
