"""Looking again at a certificate because a result under it was withdrawn: a named person, a date, a decision."""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from assessments.models import Result, ResultEvent
from certificates import lifecycle, notices, rules
from certificates.actions import candidacies, certificates
from certificates.models import Certificate, Review
from lms.audit import trail
from lms.people import access
from lms.people.models import User
from lms.people.refusals import Refusal
from lms.people.roles import Permission

DAYS = 14
# Grounds on which nobody waits for the review: strangers rely on the certificate meanwhile.
AT_ONCE = frozenset({ResultEvent.Ground.FRAUD, ResultEvent.Ground.SAFETY})


class Outcome(models.TextChoices):
    """How the certificate stands after the review."""

    KEEP = "keep", "It stands; a suspension is lifted"
    SUSPEND = "suspend", "It is suspended"
    REVOKE = "revoke", "It is revoked, for good"


class AlreadyClosed(Refusal):
    """Somebody else has closed the review."""


class NotYoursToClose(Refusal):
    """The holder does not review, nor does the person who decided, where there is another."""


def open_for(result: Result, event: ResultEvent, *, at: datetime) -> list[Review]:
    """Open a review of every living certificate that rests on a withdrawn result; stop it on grave grounds."""
    with transaction.atomic():
        # Whoever is deciding on this learner now has finished when this returns, or has not read yet.
        candidacies.alone_with(result.learner)
        resting = (
            Certificate.objects.filter(decision__results=result)
            .select_for_update(of=("self",), no_key=True)
            .with_events()
        )
        return [
            _opened(certificate, result, event, at)
            for certificate in resting
            if _is_living(certificate) and not certificate.reviews.filter(result=result).exists()
        ]


def close(review: Review, *, outcome: str, reason: str, by: User, at: datetime) -> None:
    """End the review: the certificate stands, is suspended or is revoked. Raises a refusal.

    Keeping a suspended certificate lifts the suspension.
    """
    if not rules.may_close(by, review, reviewers(review.certificate)):
        raise NotYoursToClose("Somebody else reviews this: not its holder, nor the person who decided on it.")
    if not reason.strip():
        raise certificates.ReasonMissing("Write down why: it is kept with the certificate.")
    with transaction.atomic():
        if not Review.objects.filter(pk=review.pk, closed_at=None).update(closed_at=at, closed_by=by):
            raise AlreadyClosed("This review has been closed by somebody else.")
        _apply(review.certificate, Outcome(outcome), by=by, at=at, reason=reason)
        trail.record(
            "review.closed",
            review,
            by=by,
            at=at,
            institute=review.institute,
            facts={"number": review.certificate.number, "outcome": outcome},
            words=reason,
        )


def reviewers(certificate: Certificate) -> list[int]:
    """The registrars (by key) who may look with fresh eyes: neither holder nor the one who decided."""
    own = {certificate.learner_id, certificate.decision.decided_by_id}
    registrars = access.people_who(Permission.DECIDE_CERTIFICATES, certificate.institute)
    return [pk for pk in registrars.values_list("pk", flat=True) if pk not in own]


def _opened(certificate: Certificate, result: Result, event: ResultEvent, at: datetime) -> Review:
    fresh = reviewers(certificate)
    review = Review.objects.create(
        institute=certificate.institute,
        certificate=certificate,
        result=result,
        assigned_to=User.objects.get(pk=fresh[0]) if fresh else None,
        opened_at=at,
        due_on=timezone.localdate(at) + timedelta(days=DAYS),
    )
    notices.review_opened(review, at=at)
    if event.ground in AT_ONCE:
        reason = f"A result under this certificate was withdrawn: {event.get_ground_display().lower()}."
        certificates.stop(certificate, by=event.by, at=at, reason=reason)
    trail.record(
        "review.opened",
        review,
        by=event.by,
        at=at,
        institute=certificate.institute,
        facts={"number": certificate.number, "result": str(result.uuid), "ground": event.ground},
    )
    return review


def _is_living(certificate: Certificate) -> bool:
    life = certificate.life()
    return lifecycle.may_follow("revoked", life) or lifecycle.may_follow("issued", life)


def _apply(certificate: Certificate, outcome: Outcome, *, by: User, at: datetime, reason: str) -> None:
    """Bring the certificate to where the review leaves it; nothing where it stands so, or has ended."""
    life = Certificate.objects.get(pk=certificate.pk).life()
    kind = {
        Outcome.KEEP: "reinstated",
        Outcome.SUSPEND: "suspended",
        Outcome.REVOKE: "revoked",
    }[outcome]
    if lifecycle.may_follow(kind, life):  # type: ignore[arg-type]
        certificates.follow(certificate, kind, by=by, at=at, reason=reason)
