"""Saying where one stands, and a line manager's answer. Both are only ever added; neither is a result."""

from datetime import datetime

from django.db import IntegrityError, transaction

from assessments import rules
from assessments.models import Claim, ClaimWords
from courses.models import Competency
from lms.audit.trail import record
from lms.people.models import User
from lms.people.refusals import Refusal


class ClaimRefused(Refusal):
    """The claim cannot be made, or not by this person."""


@transaction.atomic
def rate(
    competency: Competency, level: str, reason: str, *, shown_to: User | None, by: User, at: datetime
) -> Claim:
    """Say at which level one works oneself, and show it to a line manager or nobody. Raises ClaimRefused."""
    if shown_to and shown_to not in rules.line_managers(by):
        raise ClaimRefused("This person is not your line manager now. Choose again whom you show it to.")
    claim = Claim.objects.create(
        person=by, competency=competency, level=level, by=by, shown_to=shown_to, made_at=at
    )
    return _kept(claim, reason, at)


@transaction.atomic
def answer(claim: Claim, level: str, reason: str, *, by: User, at: datetime) -> Claim:
    """Say, as the line manager whom it was shown, at which level one has seen it. Once. Raises ClaimRefused."""
    if not rules.may_answer_claim(by, claim):
        raise ClaimRefused("Only the line manager whom it was shown answers this.")
    try:
        with transaction.atomic():
            answered = Claim.objects.create(
                person=claim.person,
                competency=claim.competency,
                level=level,
                by=by,
                answers=claim,
                made_at=at,
            )
    except IntegrityError:
        raise ClaimRefused(
            "You have answered this already. The person can say anew where they stand, and show you that."
        ) from None
    return _kept(answered, reason, at)


def _kept(claim: Claim, reason: str, at: datetime) -> Claim:
    ClaimWords.objects.create(claim=claim, text=reason)
    institute = claim.competency.domain.framework.institute
    record("claim.made" if claim.is_own else "claim.answered", claim, by=claim.by, at=at, institute=institute)
    return claim
