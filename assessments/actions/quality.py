"""Quality assurance: closing a batch over its sample, and agreeing or overturning what was sampled."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from assessments import rules, sampling
from assessments.models import (
    Batch,
    Criterion,
    Marking,
    QualityDecision,
    QualityMark,
    QualityReason,
    Sampled,
)
from lms.audit.trail import record
from lms.people.models import User
from lms.people.refusals import Refusal

CLOSES_AT = 10  # markings
CLOSES_AFTER = timedelta(days=14)

REASONS: dict[sampling.DrawnFor, Sampled.Reason] = {
    "share": Sampled.Reason.SHARE,
    "every_assessor": Sampled.Reason.EACH_ASSESSOR,
    "new_assessor": Sampled.Reason.NEW_ASSESSOR,
}


class NotClosable(Refusal):
    """The batch cannot be closed now, or not by this person."""


class NotCheckable(Refusal):
    """The marking is not to be checked now, or not by this person."""


class NothingOverturned(Refusal):
    """An overturn that changes neither a band nor what was said of unsafe advice."""


class ReasonMissing(Refusal):
    """Nobody is overturned without being told why."""


def close(batch: Batch, *, by: User | None, at: datetime) -> Batch:
    """Lock a batch and draw the sample that must be checked; `by` is nobody where the clock closes it.

    Raises NotClosable.
    """
    if by is not None and not rules.may_close(by, batch):
        raise NotClosable("A lead quality assurer closes a batch, and never one that holds their own work.")
    seed = secrets.token_hex(32)
    with transaction.atomic():
        # Waits for markings being recorded into the batch, and lets none in afterwards.
        if not Batch.objects.filter(pk=batch.pk, state=Batch.State.OPEN).update(
            state=Batch.State.CLOSED, seed=seed, closed_at=at, closed_by=by
        ):
            raise NotClosable("This batch is closed already, and its sample is drawn.")
        batch.refresh_from_db()
        sample = _draw(batch, at)
        if not sample:
            raise NotClosable(
                "This batch holds no marking yet. It can be closed when something has been marked."
            )
        facts = {"markings": batch.markings.count(), "sampled": len(sample), "share": batch.share_percent}
        record("batch.closed", batch, by=by, at=at, institute=batch.institute, facts=facts)
    return batch


def close_due(at: datetime) -> int:
    """Close every batch that holds ten markings, or was opened a fortnight ago; returns how many."""
    due = Batch.objects.filter(state=Batch.State.OPEN).annotate(size=Count("markings"))
    closed = 0
    for batch in due.filter(Q(size__gte=CLOSES_AT) | Q(size__gte=1, opened_at__lte=at - CLOSES_AFTER)):
        try:
            close(batch, by=None, at=at)
            closed += 1
        except NotClosable:
            # A lead was quicker.
            continue
    return closed


def agree(marking: Marking, *, by: User, at: datetime, note: str = "") -> QualityDecision:
    """Decide that a sampled marking stands; the note is for the assessor. Raises NotCheckable."""
    with transaction.atomic():
        decision = _decide(marking, QualityDecision.Decision.AGREE, by, at, note)
        record("marking.agreed", marking, by=by, at=at, institute=marking.institute)
    return decision


def overturn(
    marking: Marking,
    *,
    bands: Mapping[str, int],
    unsafe_passages: int,
    reason: str,
    rest: str,
    by: User,
    at: datetime,
) -> QualityDecision:
    """Decide other bands beside a sampled marking, and what becomes of the rest of that assessor's batch.

    The marking itself is not touched; only bands that differ are kept.
    Raises ReasonMissing, NothingOverturned or NotCheckable.
    """
    if not reason.strip():
        raise ReasonMissing(
            "Give the reason for overturning this marking. The assessor and the learner read it."
        )
    marks = list(marking.marks.select_related("criterion"))
    changed = {
        mark.criterion: bands[mark.criterion.key] for mark in marks if bands[mark.criterion.key] != mark.band
    }
    unsafe = None if unsafe_passages == marking.unsafe_passages else unsafe_passages
    if not changed and unsafe is None:
        raise NothingOverturned("You have changed no band. Change what you would decide otherwise, or agree.")
    with transaction.atomic():
        decision = _decide(
            marking, QualityDecision.Decision.OVERTURN, by, at, reason, rest=rest, unsafe_passages=unsafe
        )
        QualityMark.objects.bulk_create(_quality_marks(decision, changed))
        added = _check_all(marking, at) if rest == QualityDecision.Rest.CHECK_ALL else 0
        facts = {"rest": rest, "added": added, "bands": {each.key: band for each, band in changed.items()}}
        record("marking.overturned", marking, by=by, at=at, institute=marking.institute, facts=facts)
    return decision


def undecided(batch: Batch) -> QuerySet[Marking]:
    """The sampled markings of a batch that nobody has decided yet: nothing is released before they are."""
    return batch.markings.filter(sampled__isnull=False, decisions__isnull=True)


def chance_of_noticing(batch: Batch) -> tuple[int, int]:
    """One wrong decision in ten (at least one), and the chance in per cent that the sample holds such a one.

    Only what was drawn at random is counted, unless everything is checked; rounded down.
    """
    size, sampled = batch.markings.count(), batch.sample.count()
    drawn = size if sampled == size else batch.sample.filter(reason=Sampled.Reason.SHARE).count()
    wrong = max(1, size // 10)
    return wrong, int(100 * sampling.chance_of_noticing(size, wrong, drawn))


def _draw(batch: Batch, at: datetime) -> list[Sampled]:
    markings = {str(each.uuid): each for each in batch.markings.select_related("assessor")}
    earlier = _earlier_markings(batch, {each.assessor_id for each in markings.values()})
    drawn = sampling.draw_sample(
        bytes.fromhex(batch.seed),
        [
            sampling.Candidate(key, str(each.assessor.uuid), earlier.get(each.assessor_id, 0))
            for key, each in markings.items()
        ],
        Fraction(batch.share_percent, 100),
    )
    return Sampled.objects.bulk_create(
        Sampled(batch=batch, marking=markings[each.marking], reason=REASONS[each.reason], drawn_at=at)
        for each in drawn
    )


def _earlier_markings(batch: Batch, assessors: set[int]) -> dict[int, int]:
    """How many of each assessor's markings stood in batches whose sample was drawn before this one.

    A batch that is still open is left out: its first five would otherwise count twice and be checked by nobody.
    """
    before = Marking.objects.filter(institute=batch.institute, assessor__in=assessors)
    drawn = before.exclude(batch=batch).exclude(batch__state=Batch.State.OPEN)
    return dict(drawn.values_list("assessor").annotate(Count("pk")).order_by())


def _decide(
    marking: Marking, decision: str, by: User, at: datetime, words: str, **facts: object
) -> QualityDecision:
    """Add the one decision on a marking, while its batch is held closed."""
    batch = Batch.objects.select_for_update(no_key=True).get(pk=marking.batch_id)
    if not rules.may_check(by, marking):
        raise NotCheckable(
            "You may not check this marking: it is yours, or you have a stake in the learner. "
            "Another quality assurer decides it."
        )
    if not batch.is_closed or not undecided(batch).filter(pk=marking.pk).exists():
        raise NotCheckable(_why_not(marking, batch))
    made = QualityDecision.objects.create(
        marking=marking,
        decision=decision,
        decided_by=by,
        assessor_id=marking.assessor_id,
        learner_id=marking.learner_id,
        decided_at=at,
        **facts,
    )
    if words.strip():
        QualityReason.objects.create(decision=made, text=words.strip())
    return made


def _quality_marks(decision: QualityDecision, changed: Mapping[Criterion, int]) -> list[QualityMark]:
    return [QualityMark(decision=decision, criterion=each, band=band) for each, band in changed.items()]


def _check_all(marking: Marking, at: datetime) -> int:
    """Add every other marking of this assessor in the batch to the sample."""
    others = Marking.objects.filter(
        batch=marking.batch_id, assessor=marking.assessor_id, sampled__isnull=True
    )
    return len(
        Sampled.objects.bulk_create(
            Sampled(
                batch_id=marking.batch_id, marking=each, reason=Sampled.Reason.AFTER_OVERTURN, drawn_at=at
            )
            for each in others
        )
    )


def _why_not(marking: Marking, batch: Batch) -> str:
    if batch.is_open:
        return "This batch is still filling. Its sample is drawn when it closes."
    if batch.is_released:
        return "The results of this batch have been released."
    if marking.decisions.exists():
        return "This marking has been decided. A decision is never changed."
    return "This marking was not drawn into the sample."
