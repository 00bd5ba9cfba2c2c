"""What a person has been seen to do, competency by competency, on a day.

A profile is a fold over evidence and claims; nothing in it is ever stored. Assessed evidence alone
decides the level shown. What the person or a line manager says stands beside it and changes nothing.
Evidence grows old: it counts until its shelf life ends, and stays listed afterwards as lapsed.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Level = Literal["foundation", "practitioner", "lead"]
LEVELS: tuple[Level, ...] = ("foundation", "practitioner", "lead")

SHELF_LIFE_MONTHS = 24  # as long as a certificate holds: law and guidance move at that pace
QUESTIONS_NEEDED = 4
PERCENT_NEEDED = 75
BAND_NEEDED = 2


class Source(StrEnum):
    """Where assessed evidence comes from."""

    QUIZ = "quiz"
    WORK = "work"
    SCENARIO = "scenario"
    OBSERVATION = "observation"


@dataclass(frozen=True)
class Answered:
    """How somebody answered one question in a result that stands; `question` is the same in each of its versions."""

    competency: str
    question: str
    is_right: bool
    on: date
    title: str
    attempt: str


@dataclass(frozen=True)
class Marked:
    """The band that one criterion of marked work reached; `is_unsafe` where the work would have done harm."""

    competency: str
    level: Level
    band: int
    on: date
    title: str
    submission: str
    is_unsafe: bool = False


@dataclass(frozen=True)
class Evidence:
    """Something assessed that shows a competency at a level, from a day until its shelf life ends.

    `detail` says what was seen, `reference` which attempt or submission it was.
    """

    competency: str
    level: Level
    source: Source
    on: date
    until: date
    title: str
    detail: str
    reference: str

    def counts_on(self, day: date) -> bool:
        """Whether it is neither still to come nor past its shelf life."""
        return self.on <= day <= self.until


@dataclass(frozen=True)
class Claim:
    """What a person says of themselves, or their line manager of them. It never makes a level."""

    competency: str
    level: Level
    by: Literal["self", "manager"]
    on: date


@dataclass(frozen=True)
class Gathered:
    """Answers on a competency that are not enough yet: a quiz draws few questions of each, so they add up over several."""

    asked: int
    right: int

    @property
    def missing(self) -> int:
        """How many more questions show Foundation, if they are answered right."""
        more = 0
        while not _is_enough(self.asked + more, self.right + more):
            more += 1
        return more


@dataclass(frozen=True)
class Shown:
    """One competency of a profile: the level shown on the day, what shows it, what lapsed, and what is claimed.

    `gathered` is what quizzes have added up to so far, where no level is shown yet.
    """

    competency: str
    level: Level | None = None
    evidence: tuple[Evidence, ...] = ()
    lapsed: tuple[Evidence, ...] = ()
    claims: tuple[Claim, ...] = ()
    gathered: Gathered | None = None

    @property
    def rank(self) -> int:
        """0 where nothing is shown, up to 3 for lead."""
        return rank(self.level)

    @property
    def until(self) -> date | None:
        """The last day on which what is known today still shows this level."""
        return max((each.until for each in self.evidence if each.level == self.level), default=None)

    @property
    def next_level(self) -> Level | None:
        """The level above the one shown; None at the top."""
        return LEVELS[self.rank] if self.rank < len(LEVELS) else None


def rank(level: Level | None) -> int:
    """0 for no level, 1 for foundation, up to 3 for lead."""
    return 0 if level is None else LEVELS.index(level) + 1


def profile_on(
    day: date,
    competencies: Iterable[str],
    *,
    answers: Iterable[Answered] = (),
    marks: Iterable[Marked] = (),
    others: Iterable[Evidence] = (),
    claims: Iterable[Claim] = (),
) -> dict[str, Shown]:
    """What each competency shows on the day, in the order given; what bears on no other competency is left out.

    Nothing that happened after the day is looked at. `others` are scored scenarios and workplace
    observations that an assessor confirmed.
    """
    answered, pieces = list(answers), [*_of_marks(marks), *others]
    said = [each for each in claims if each.on <= day]
    return {
        competency: _shown(
            competency,
            day,
            [*_of_answers(_about(competency, answered), day), *_about(competency, pieces)],
            _about(competency, said),
            _gathered(_about(competency, answered), day),
        )
        for competency in competencies
    }


def lapses_on(on: date) -> date:
    """The last day of the shelf life of what was seen on a day."""
    years, month = divmod(on.month - 1 + SHELF_LIFE_MONTHS, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


def _shown(
    competency: str,
    day: date,
    pieces: Iterable[Evidence],
    claims: list[Claim],
    gathered: Gathered | None,
) -> Shown:
    begun = sorted(
        (each for each in pieces if each.on <= day),
        key=lambda each: (each.on, rank(each.level)),
        reverse=True,
    )
    counting = tuple(each for each in begun if each.counts_on(day))
    level = max((each.level for each in counting), key=rank, default=None)
    return Shown(
        competency,
        level=level,
        evidence=counting,
        lapsed=tuple(each for each in begun if not each.counts_on(day)),
        claims=tuple(sorted(claims, key=lambda each: each.on, reverse=True)),
        gathered=None if level else gathered,
    )


def _of_marks(marks: Iterable[Marked]) -> list[Evidence]:
    """What criteria at band 2 or better show. Work with unsafe advice in it shows nothing at all."""
    return [
        Evidence(
            competency=each.competency,
            level=each.level,
            source=Source.WORK,
            on=each.on,
            until=lapses_on(each.on),
            title=each.title,
            detail=f"band {each.band} of 4",
            reference=each.submission,
        )
        for each in marks
        if each.band >= BAND_NEEDED and not each.is_unsafe
    ]


def _of_answers(answers: Iterable[Answered], day: date) -> list[Evidence]:
    """What quizzes show of one competency: Foundation, or nothing.

    Each question counts once, as it was answered last: a guess that came right is undone by a later
    answer, and so is a mistake. Where the answers still fresh are too few, those before them say what lapsed.
    """
    known = _last_answers(answers, day)
    fresh = [each for each in known if day <= lapses_on(each.on)]
    return [_of_quizzes(some) for some in (fresh, known) if _are_enough(some)][:1]


def _gathered(answers: Iterable[Answered], day: date) -> Gathered | None:
    fresh = [each for each in _last_answers(answers, day) if day <= lapses_on(each.on)]
    return Gathered(len(fresh), sum(each.is_right for each in fresh)) if fresh else None


def _last_answers(answers: Iterable[Answered], day: date) -> list[Answered]:
    """The last answer to each question up to a day, whichever quiz asked it."""
    last: dict[str, Answered] = {}
    for each in sorted(answers, key=lambda each: each.on):
        if each.on <= day:
            last[each.question] = each
    return list(last.values())


def _are_enough(answers: list[Answered]) -> bool:
    return _is_enough(len(answers), sum(each.is_right for each in answers))


def _is_enough(asked: int, right: int) -> bool:
    return asked >= QUESTIONS_NEEDED and 100 * right >= PERCENT_NEEDED * asked


def _of_quizzes(answers: list[Answered]) -> Evidence:
    newest = max(answers, key=lambda each: each.on)
    right = sum(each.is_right for each in answers)
    quizzes = len({each.title for each in answers})
    return Evidence(
        competency=newest.competency,
        level="foundation",
        source=Source.QUIZ,
        on=newest.on,
        until=_last_day(answers),
        title=newest.title,
        detail=f"{right} of {len(answers)} questions right{f' in {quizzes} quizzes' if quizzes > 1 else ''}",
        reference=newest.attempt,
    )


def _last_day(answers: list[Answered]) -> date:
    """The last day on which enough of these answers are still fresh: they lapse one by one."""
    ends = sorted({lapses_on(each.on) for each in answers})
    return next(
        end for end in ends if not _are_enough([each for each in answers if lapses_on(each.on) > end])
    )


def _about(competency: str, things: list) -> list:
    return [each for each in things if each.competency == competency]
