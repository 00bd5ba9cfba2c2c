"""Which content can show each competency, and at which level: what an author has to know before promising it."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

from assessments.content_files.banks import questions_of
from assessments.profile import LEVELS, QUESTIONS_NEEDED, Level, rank
from courses.content_files.faults import Unreadable
from courses.content_files.folders import module_folders, read_toml, slug_of, step_files

Values = dict[str, Any]


@dataclass
class Evidencing:
    """What can show one competency.

    `questions` stand in quizzes that count, `drawn` of them are met by who takes each of those quizzes once,
    on average, and `chances` says how likely each number of them is, from none on; `criteria` are of rubrics, or
    moments of cases, each with its level and the step that it judges.
    """

    questions: int = 0
    drawn: Fraction = Fraction(0)
    chances: list[Fraction] = field(default_factory=lambda: [Fraction(1)])
    criteria: list[tuple[Level, str]] = field(default_factory=list)

    def can_show(self, level: Level) -> bool:
        """Whether somebody who does everything can be shown to have it at this level or above."""
        by_quizzes = level == "foundation" and self.questions >= QUESTIONS_NEEDED
        return by_quizzes or any(rank(of) >= rank(level) for of, _step in self.criteria)

    @property
    def chance(self) -> Fraction:
        """How likely somebody who takes each quiz once, all of it right, is asked enough of it to show Foundation."""
        return sum(self.chances[QUESTIONS_NEEDED:], Fraction(0))

    def sentence(self, level: Level) -> str:
        """What shows it at this level, in words."""
        parts = [step for of, step in dict.fromkeys(self.criteria) if of == level]
        if level == "foundation" and self.questions:
            few = "" if self.questions >= QUESTIONS_NEEDED else ", too few"
            met = f"about {float(self.drawn):.1f} drawn, enough for {int(100 * self.chance)} of 100"
            parts.insert(0, f"{self.questions} questions{few} ({met})")
        return ", ".join(parts) or "nothing"


def evidencing(course: Path, steps: Container[str] | None = None) -> dict[str, Evidencing]:
    """By competency, what the course's quizzes, cases and rubrics can show; only in `steps` ("module/step"), if given.

    A file that cannot be read shows nothing.
    """
    found: dict[str, Evidencing] = {}
    for module in module_folders(course):
        for path in step_files(module, (".quiz.toml", ".case.toml", ".assignment.toml")):
            step = f"{slug_of(module)}/{slug_of(path)}"
            if steps is not None and step not in steps:
                continue
            values = _read(path)
            if path.name.endswith(".quiz.toml"):
                _add_quiz(found, values, _questions(path, values))
            elif path.name.endswith(".case.toml"):
                _add_moments(found, values, step)
            else:
                _add_rubric(found, _rubric(module, values.get("rubric", "")), step)
    return found


def together(parts: list[dict[str, Evidencing]]) -> dict[str, Evidencing]:
    """What several courses can show."""
    whole: dict[str, Evidencing] = {}
    for part in parts:
        for code, each in part.items():
            mine = whole.setdefault(code, Evidencing())
            mine.questions += each.questions
            mine.drawn += each.drawn
            mine.chances = _added(mine.chances, each.chances)
            mine.criteria += each.criteria
    return whole


def _add_quiz(found: dict[str, Evidencing], quiz: Values, questions: list[Values]) -> None:
    if not quiz.get("attempts_allowed"):
        return  # practice counts for nothing
    draw = min(quiz.get("draw", 0), len(questions))
    for code, count in Counter(question.get("competency", "") for question in questions).items():
        mine = found.setdefault(code, Evidencing())
        mine.questions += count
        mine.drawn += Fraction(count * draw, len(questions))
        mine.chances = _added(mine.chances, _chances(len(questions), count, draw))


def _chances(questions: int, about: int, draw: int) -> list[Fraction]:
    """How likely a draw holds none, one, two … of the questions about a competency, without putting any back."""
    return [
        Fraction(comb(about, met) * comb(questions - about, draw - met), comb(questions, draw))
        for met in range(min(about, draw) + 1)
    ]


def _added(some: list[Fraction], others: list[Fraction]) -> list[Fraction]:
    """How likely each sum of two numbers is."""
    total = [Fraction(0)] * (len(some) + len(others) - 1)
    for one, chance in enumerate(some):
        for other, likewise in enumerate(others):
            total[one + other] += chance * likewise
    return total


def _add_rubric(found: dict[str, Evidencing], rubric: Values, step: str) -> None:
    for criterion in rubric.get("criterion", []):
        if criterion.get("level") in LEVELS:
            mine = found.setdefault(criterion.get("competency", ""), Evidencing())
            mine.criteria.append((criterion["level"], step))


def _add_moments(found: dict[str, Evidencing], case: Values, step: str) -> None:
    for node in case.get("node", []):
        if node.get("level") in LEVELS:
            mine = found.setdefault(node.get("competency", ""), Evidencing())
            mine.criteria.append((node["level"], step))


def _rubric(module: Path, slug: str) -> Values:
    rubrics = (_read(path) for path in step_files(module, ".rubric.toml"))
    return next((each for each in rubrics if each.get("slug") == slug), {})


def _questions(quiz: Path, values: Values) -> list[Values]:
    try:
        return questions_of(quiz, values)
    except Unreadable:
        return []


def _read(path: Path) -> Values:
    try:
        return read_toml(path)
    except Unreadable:
        return {}
