"""Reasonable adjustments: how much more time a learner has, agreed by a person and never with its reason.

Equality Act 2010 s.20 asks for the adjustment; UK GDPR Art. 9 keeps what lies behind it out of here.
"""

from datetime import datetime

from django.db import transaction

from assessments import rules
from assessments.models import Adjustment
from lms.audit.trail import record
from lms.people.models import Institute, User
from lms.people.refusals import Refusal


class AdjustmentRefused(Refusal):
    """The adjustment cannot be agreed, or not by this person."""


def agree(institute: Institute, learner: User, extra_percent: int, *, by: User, at: datetime) -> Adjustment:
    """Agree more time for every attempt that begins from now on; it takes the place of an earlier agreement.

    Raises AdjustmentRefused.
    """
    if not rules.may_agree_adjustments(by, institute, learner):
        raise AdjustmentRefused("An adjustment is agreed by somebody else, who is an administrator.")
    with transaction.atomic():
        # Its row is the lock that keeps two agreements apart.
        User.objects.select_for_update(no_key=True).get(pk=learner.pk)
        learner.adjustments.filter(institute=institute, ended_at=None).update(ended_at=at)
        agreed = Adjustment.objects.create(
            institute=institute, learner=learner, extra_percent=extra_percent, agreed_by=by, agreed_at=at
        )
        record("adjustment.agreed", agreed, by=by, at=at, institute=institute)
        return agreed


def end(adjustment: Adjustment, *, by: User, at: datetime) -> None:
    """Begin no more attempts with this time; those under way keep theirs. Raises AdjustmentRefused."""
    if not rules.may_agree_adjustments(by, adjustment.institute, adjustment.learner):
        raise AdjustmentRefused("An adjustment is ended by somebody else, who is an administrator.")
    with transaction.atomic():
        if not Adjustment.objects.filter(pk=adjustment.pk, ended_at=None).update(ended_at=at):
            raise AdjustmentRefused("This adjustment has ended already.")
        record("adjustment.ended", adjustment, by=by, at=at, institute=adjustment.institute)
