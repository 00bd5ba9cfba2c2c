r"""Questions answered with a few typed words.

Before they are compared, pattern and answer are brought to Unicode NFC, trimmed, and runs of white
space inside them made one space; capitals are ignored unless the author asks for them. A pattern is
matched as a whole: `*` stands for any run of characters, `\*` for a star, everything else for
itself. The first listed pattern that matches decides (source: Moodle's qtype_shortanswer).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from assessments.scoring_body import (
    BadQuestion,
    check_distinct,
    check_keys,
    check_written,
    parts_of,
    points_of,
    text_of,
    truth_of,
)
from assessments.scoring_terms import BLANK, Distribution, Score, incomplete, is_blank, scored

OTHERWISE = "otherwise"
WILDCARD = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True)
class TextAnswer:
    """Words that an author foresaw, right or wrong, and what they earn."""

    key: str
    pattern: str
    points: Fraction
    reason: str

    @classmethod
    def read(cls, part: Mapping[str, object]) -> Self:
        """From {"key", "pattern", "points", "reason"}, points "1" where they are left out."""
        check_keys(part, ["key", "pattern", "reason"], ["points"])
        return cls(
            text_of(part, "key"),
            text_of(part, "pattern"),
            points_of(part),
            text_of(part, "reason"),
        )


@dataclass(frozen=True)
class ShortText:
    """An answer is the text that was typed; `otherwise` is the reason for any other text."""

    answers: tuple[TextAnswer, ...]
    otherwise: str
    ignore_case: bool = True

    def __post_init__(self) -> None:
        if not any(answer.points == 1 for answer in self.answers):
            raise BadQuestion("At least one answer must earn the full point.")
        for answer in self.answers:
            if not answer.pattern.replace("*", "").strip():
                raise BadQuestion(f'"{answer.key}" would match every answer or none.')
        reasons = [*(answer.reason for answer in self.answers), self.otherwise]
        check_written("reason", reasons)
        check_distinct("reasons", reasons)
        check_distinct("keys of answers", [*(answer.key for answer in self.answers), OTHERWISE])

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Self:
        """From {"answers": [answer, …], "otherwise": reason, "ignore_case": true}.

        Capitals are ignored where nothing is said of them. Raises BadQuestion.
        """
        check_keys(body, ["answers", OTHERWISE], ["ignore_case"])
        ignore_case = truth_of({"ignore_case": True, **body}, "ignore_case")
        answers = parts_of(body, "answers", TextAnswer.read)
        return cls(answers, text_of(body, OTHERWISE), ignore_case)

    def score(self, response: object) -> Score:
        """The points of the first pattern that matches, with its reason."""
        if is_blank(response):
            return BLANK
        if not isinstance(response, str):
            return incomplete("Type your answer in words.")
        for answer in self.answers:
            if matches(answer.pattern, response, ignore_case=self.ignore_case):
                return scored(answer.points, ((answer.key, answer.reason),))
        return scored(Fraction(0), ((OTHERWISE, self.otherwise),))

    def guess_distribution(self) -> Distribution:
        """Nobody hits a word by chance."""
        return {Fraction(0): Fraction(1)}


def matches(pattern: str, typed: str, *, ignore_case: bool) -> bool:
    """The typed text fits the whole pattern; takes linear time however many stars there are."""
    text = normal(typed, ignore_case=ignore_case)
    pieces = [piece.replace(r"\*", "*") for piece in WILDCARD.split(normal(pattern, ignore_case=ignore_case))]
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    end = len(text) - len(last)
    at = len(first)
    if at > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def normal(text: str, *, ignore_case: bool) -> str:
    """The form in which texts are compared, the same in preview, scoring and replay."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    # Case folding may take a letter apart, so it is composed once more.
    return unicodedata.normalize("NFC", composed.casefold()) if ignore_case else composed
