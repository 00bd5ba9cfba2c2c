"""Which markings of a batch the internal quality assurer looks at, and what such a look proves.

The sample is drawn after the markings are locked, from a seed that is kept, so that no assessor can
foresee it and everybody can draw it again: the markings of lowest HMAC-SHA-256(seed, uuid), a share
of the batch rounded up; at least one marking of every assessor; and of an assessor who is new, as
many as are lacking to five.

Sources: UK awarding bodies' practice of internal quality assurance (every assessor is sampled, new
ones more) and the hypergeometric distribution for what a sample proves.
"""

import hmac
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, comb
from typing import Literal

DrawnFor = Literal["share", "every_assessor", "new_assessor"]


@dataclass(frozen=True)
class Candidate:
    """A locked marking of the batch: its uuid as text, whose it is, and how new that person is.

    `earlier_markings` counts the assessor's markings before this batch.
    """

    marking: str
    assessor: str
    earlier_markings: int


@dataclass(frozen=True)
class Drawn:
    """A marking in the sample and why; only those drawn for the share are a fair random sample.

    Markings picked for who made them would bias an estimate of how many decisions are wrong.
    """

    marking: str
    reason: DrawnFor


def draw_sample(
    seed: bytes, markings: Collection[Candidate], share: Fraction, first: int = 5
) -> tuple[Drawn, ...]:
    """The sample, in the order drawn, whatever order the markings came in.

    A new assessor's `first` markings count across batches: after three earlier ones, two more of
    this batch are taken. Raises ValueError unless the share lies between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"A share lies between 0 and 1, not at {share}.")
    ranked = sorted(markings, key=lambda candidate: hmac.digest(seed, candidate.marking.encode(), "sha256"))
    reasons: dict[str, DrawnFor] = {}
    for candidate in ranked[: ceil(share * len(ranked))]:
        reasons[candidate.marking] = "share"
    for own in _by_assessor(ranked):
        lacking = first - min(candidate.earlier_markings for candidate in own)
        for candidate in own[: max(0, lacking)]:
            reasons.setdefault(candidate.marking, "new_assessor")
        # Every list begins with its lowest, so whoever was drawn at all was drawn from the front.
        reasons.setdefault(own[0].marking, "every_assessor")
    return tuple(
        Drawn(candidate.marking, reasons[candidate.marking])
        for candidate in ranked
        if candidate.marking in reasons
    )


def chance_of_noticing(batch: int, wrong: int, sample: int) -> Fraction:
    """The chance that a random sample of a batch holds at least one of its wrong decisions.

    1 - C(batch - wrong, sample) / C(batch, sample). Raises ValueError for more wrong decisions,
    or a larger sample, than the batch has markings.
    """
    if not (0 <= wrong <= batch and 0 <= sample <= batch):
        raise ValueError("Neither the wrong decisions nor the sample can outnumber the batch.")
    return 1 - Fraction(comb(batch - wrong, sample), comb(batch, sample))


def largest_error_rate(checked: int) -> Decimal:
    """The largest share of wrong decisions that fits having found none in so many, at 95 %.

    1 - 0.05^(1/checked), the one-sided upper limit for no errors, to two places. Raises ValueError
    where nothing was checked.
    """
    if checked < 1:
        raise ValueError("Where nothing was checked, nothing can be said of errors.")
    with localcontext(prec=28):
        limit = 1 - Decimal("0.05") ** (1 / Decimal(checked))
        return limit.quantize(Decimal("0.01"))


def _by_assessor(ranked: Collection[Candidate]) -> Collection[list[Candidate]]:
    markings: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in ranked:
        markings[candidate.assessor].append(candidate)
    return markings.values()
