"""E-mails about certificates: their words, and who gets them. None holds a reason or a result."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from certificates.models import (
    Appeal,
    Candidacy,
    Certificate,
    CertificateEvent,
    CertificationDecision,
    Review,
)
from lms.jobs import outbox
from lms.people.models import User


def name_wanted(candidacy: Candidacy, *, at: datetime) -> None:
    """Ask a candidate to confirm the name that will be printed; at most once a day."""
    _owe(
        "certificates.name_wanted",
        candidacy.uuid,
        candidacy.learner,
        "Confirm your name for your certificate",
        {
            "title": candidacy.version.title,
            "institute": candidacy.institute,
            "link": _link("name_confirm", candidacy.uuid),
        },
        at=at,
        version=timezone.localdate(at).toordinal(),
    )


def decided(decision: CertificationDecision, *, at: datetime) -> None:
    """Tell a candidate that a decision was deferred or refused; the reason waits behind the sign-in."""
    _owe(
        f"certificates.{decision.decision}",
        decision.uuid,
        decision.learner,
        f"A decision about your certificate: {decision.version.title}",
        {
            "title": decision.version.title,
            "institute": decision.candidacy.institute,
            "link": _link("my_certificates"),
        },
        at=at,
    )


def changed(certificate: Certificate, event: CertificateEvent) -> None:
    """Tell the holder that a certificate was issued, suspended, reinstated or revoked."""
    subjects = {
        "issued": f"Your certificate is ready: {certificate.facts['title']}",
        "suspended": f"Your certificate {certificate.number} is suspended",
        "reinstated": f"The suspension of your certificate {certificate.number} is lifted",
        "revoked": f"Your certificate {certificate.number} is revoked",
    }
    _owe(
        f"certificates.{event.kind}",
        certificate.uuid,
        certificate.learner,
        subjects[event.kind],
        {
            "title": certificate.facts["title"],
            "number": certificate.number,
            "institute": certificate.institute,
            "contact": certificate.institute.contact_email,
            "on": timezone.localdate(event.at),
            "link": _link("my_certificates"),
            "verify_url": certificate.facts["verify_url"],
        },
        at=event.at,
        version=event.position,
    )


def review_opened(review: Review, *, at: datetime) -> None:
    """Tell the registrar that a certificate is theirs to look at again."""
    if review.assigned_to is None:
        return
    _owe(
        "certificates.review_opened",
        review.uuid,
        review.assigned_to,
        f"Certificate {review.certificate.number} needs a second look",
        {
            "number": review.certificate.number,
            "institute": review.institute,
            "due_on": review.due_on,
            "link": _link("review", review.institute.slug, review.uuid),
        },
        at=at,
    )


def appeal_received(appeal: Appeal, *, at: datetime) -> None:
    """Tell the candidate that their appeal has arrived, and by when they have an answer."""
    _owe(
        "certificates.appeal_received",
        appeal.uuid,
        appeal.learner,
        f"Your appeal has arrived: {appeal.decision.version.title}",
        {**_of(appeal), "link": _link("appeal_lodge", appeal.decision.uuid)},
        at=at,
    )


def appeal_lodged(appeal: Appeal, registrar: User, *, at: datetime) -> None:
    """Tell a registrar who may hear it that there is an appeal."""
    _owe(
        "certificates.appeal_lodged",
        appeal.uuid,
        registrar,
        "An appeal against a certification decision",
        {**_of(appeal), "link": _link("appeal", appeal.institute.slug, appeal.uuid)},
        at=at,
    )


def appeal_heard(appeal: Appeal, *, at: datetime) -> None:
    """Tell the candidate that their appeal has an answer; the words of it wait behind the sign-in."""
    _owe(
        "certificates.appeal_heard",
        appeal.uuid,
        appeal.learner,
        f"Your appeal has an answer: {appeal.decision.version.title}",
        {**_of(appeal), "link": _link("appeal_lodge", appeal.decision.uuid)},
        at=at,
    )


def _of(appeal: Appeal) -> dict[str, object]:
    return {
        "title": appeal.decision.version.title,
        "institute": appeal.institute,
        "promised_on": appeal.promised_on,
    }


def _owe(
    kind: str,
    about: UUID,
    to: User,
    subject: str,
    words: dict[str, object],
    *,
    at: datetime,
    version: int = 1,
) -> None:
    context = {"recipient_name": to.get_short_name(), "site_url": settings.PIPER_BASE_URL, **words}
    template = f"certificates/emails/{kind.removeprefix('certificates.')}.txt"
    body = render_to_string(template, context)
    outbox.owe(kind, about, to.email, subject, body, at=at, version=version)


def _link(name: str, *args: object) -> str:
    return settings.PIPER_BASE_URL + reverse(name, args=args)
