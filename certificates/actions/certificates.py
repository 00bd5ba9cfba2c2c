"""What happens to a certificate in its life: suspended, reinstated, revoked; void, where it was never issued."""

import contextlib
from datetime import datetime

from django.db import transaction

from certificates import lifecycle, notices, rules
from certificates.actions import status
from certificates.models import Certificate, CertificateEvent, EventReason
from lms.audit import trail
from lms.people.models import User
from lms.people.refusals import Refusal

Kind = CertificateEvent.Kind


class MayNotFollow(Refusal):
    """What the certificate has been through does not allow this any more, or not yet."""


class NotYoursToChange(Refusal):
    """Nobody changes the standing of their own certificate."""


class ReasonMissing(Refusal):
    """The standing of a certificate changes for a reason that is written down."""


def suspend(certificate: Certificate, *, by: User, at: datetime, reason: str) -> CertificateEvent:
    """Suspend a certificate that is in force; whoever checks it is told so from this moment on."""
    return _by_registrar(certificate, Kind.SUSPENDED, by=by, at=at, reason=reason)


def reinstate(certificate: Certificate, *, by: User, at: datetime, reason: str) -> CertificateEvent:
    """Lift a suspension."""
    return _by_registrar(certificate, Kind.REINSTATED, by=by, at=at, reason=reason)


def revoke(certificate: Certificate, *, by: User, at: datetime, reason: str) -> CertificateEvent:
    """End a certificate for good."""
    return _by_registrar(certificate, Kind.REVOKED, by=by, at=at, reason=reason)


def void(certificate: Certificate, *, by: User, at: datetime, reason: str) -> CertificateEvent:
    """Give up a certificate whose paper was never made; its number stays in the register, as void."""
    return _by_registrar(certificate, Kind.VOIDED, by=by, at=at, reason=reason)


def stop(certificate: Certificate, *, by: User | None, at: datetime, reason: str) -> CertificateEvent | None:
    """Suspend at once what strangers may rely on, or void it before it is issued; by rule, not by a registrar.

    Returns None where the certificate is suspended or has ended already.
    """
    for kind in (Kind.SUSPENDED, Kind.VOIDED):
        with contextlib.suppress(MayNotFollow):
            return follow(certificate, kind, by=by, at=at, reason=reason)
    return None


def follow(
    certificate: Certificate, kind: str, *, by: User | None, at: datetime, reason: str = ""
) -> CertificateEvent:
    """Add the next event of a certificate's life, where the life so far allows it. Raises MayNotFollow.

    Of two people at once the second waits for the first, and is told that the certificate has moved on.
    """
    with transaction.atomic():
        life = Certificate.objects.select_for_update(no_key=True).get(pk=certificate.pk).life()
        if not lifecycle.may_follow(kind, life):  # type: ignore[arg-type]
            raise MayNotFollow("The certificate has moved on. Read its history before you do anything else.")
        event = CertificateEvent.objects.create(
            certificate=certificate, position=len(life) + 1, kind=kind, by=by, at=at
        )
        if reason:
            EventReason.objects.create(event=event, text=reason)
        if kind != Kind.VOIDED:
            notices.changed(certificate, event)
        if kind != Kind.ISSUED:
            status.tell_lists(certificate.institute)
        trail.record(
            f"certificate.{kind}",
            certificate,
            by=by,
            at=at,
            institute=certificate.institute,
            facts={"number": certificate.number, "position": event.position},
            words=reason,
        )
    return event


def _by_registrar(
    certificate: Certificate, kind: str, *, by: User, at: datetime, reason: str
) -> CertificateEvent:
    if not rules.may_change_standing(by, certificate):
        raise NotYoursToChange("Nobody suspends, reinstates or revokes their own certificate.")
    if not reason.strip():
        raise ReasonMissing("Write down why: it is kept with the certificate.")
    return follow(certificate, kind, by=by, at=at, reason=reason)
