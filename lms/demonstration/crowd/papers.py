"""A quiz as many people take it: drawing, answering and scoring by the product's own rules, each worked out once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from assessments import drawing, scoring
from assessments.models import QuestionVersion, QuizPage, QuizVersion
from lms.audit import chain
from lms.demonstration.answers import right_answer, wrong_answer

THINKS_AGAIN_IN = 12


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved answer: to the question at this place, as this revision."""

    position: int
    revision: int
    response: object
    digest: str


@dataclass(eq=False)
class Asked:
    """A question version with what is needed of it often."""

    version: QuestionVersion
    _scores: dict[str, scoring.Score] = field(default_factory=dict)

    @cached_property
    def right(self) -> object:
        return right_answer(self.version)

    @cached_property
    def wrong(self) -> list[object]:
        return [wrong_answer(self.version, pick) for pick in range(3)]

    @cached_property
    def spec(self) -> scoring.Spec:
        return scoring.parse(self.version.kind, self.version.body)

    def score(self, response: object) -> scoring.Score:
        """The worth of the answer, by the product's own scoring."""
        digest = chain.digest(response)
        if digest not in self._scores:
            self._scores[digest] = scoring.score(self.spec, response)
        return self._scores[digest]


@dataclass(frozen=True)
class Paper:
    """A quiz in the version that is pinned."""

    quiz: QuizPage
    version: QuizVersion

    @cached_property
    def questions(self) -> dict[str, Asked]:
        """Every question of the version by its public identity."""
        versions = self.version.questions.select_related("question")
        return {str(version.question.uuid): Asked(version) for version in versions}

    def draw(self, seed: str) -> list[tuple[Asked, list[str]]]:
        """The questions of an attempt with this seed, each with its options in the order shown."""
        key = bytes.fromhex(seed)
        return [
            (
                self.questions[name],
                list(drawing.shuffled(key, name, self.questions[name].version.shuffled_keys)),
            )
            for name in drawing.draw(key, self.questions, self.version.draw)
        ]

    def right_of(self, passes: bool | None, chance: Random) -> int:
        """How many answers are right in an attempt that ends so; an open one has come to few questions."""
        needed = self.version.marks_needed
        if passes:
            return chance.randint(needed, self.version.draw)
        return chance.randint(needed // 2, needed - 1)


def answers(questions: Sequence[Asked], right: int, chance: Random) -> list[Saved]:
    """So many right answers among all, wrong ones for the rest; now and then somebody thinks again."""
    wrong = set(chance.sample(range(len(questions)), len(questions) - right))
    saved = []
    for place, asked in enumerate(questions):
        response = chance.choice(asked.wrong) if place in wrong else asked.right
        if response is None:
            continue
        tried = [response]
        if chance.randrange(THINKS_AGAIN_IN) == 0:
            tried.insert(0, asked.right if place in wrong else chance.choice(asked.wrong))
        saved += [
            Saved(place + 1, revision, each, chain.digest(each))
            for revision, each in enumerate(tried, start=1)
        ]
    return saved
