"""Questions answered by giving each stem its choice.

The points are the share of stems that were given the right choice; a stem left open counts as
not right (source: Moodle's qtype_match). Choices that belong to no stem may stand among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Self

from assessments.scoring_body import (
    BadQuestion,
    check_distinct,
    check_keys,
    check_written,
    parts_of,
    text_of,
)
from assessments.scoring_terms import BLANK, Distribution, Score, incomplete, is_blank, scored


@dataclass(frozen=True)
class Choice:
    """Something that a stem can be matched with."""

    key: str
    text: str

    @classmethod
    def read(cls, part: Mapping[str, object]) -> Self:
        """From {"key", "text"}; raises BadQuestion."""
        check_keys(part, ["key", "text"])
        return cls(text_of(part, "key"), text_of(part, "text"))


@dataclass(frozen=True)
class Stem:
    """Something to be matched; `choice` is the key of the right choice, `reason` says why."""

    key: str
    text: str
    choice: str
    reason: str

    @classmethod
    def read(cls, part: Mapping[str, object]) -> Self:
        """From {"key", "text", "choice", "reason"}; raises BadQuestion."""
        check_keys(part, ["key", "text", "choice", "reason"])
        return cls(
            text_of(part, "key"),
            text_of(part, "text"),
            text_of(part, "choice"),
            text_of(part, "reason"),
        )


@dataclass(frozen=True)
class Matching:
    """An answer maps keys of stems to keys of choices; a choice may be used more than once."""

    stems: tuple[Stem, ...]
    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        if len(self.stems) < 2 or len(self.choices) < 2:
            raise BadQuestion("At least two stems and two choices are needed.")
        _check_texts("stem", self.stems)
        _check_texts("choice", self.choices)
        reasons = [stem.reason for stem in self.stems]
        check_written("reason of a stem", reasons)
        check_distinct("reasons of stems", reasons)
        for stem in self.stems:
            if stem.choice not in self._choice_keys():
                raise BadQuestion(f'"{stem.key}" belongs to "{stem.choice}", which is no choice.')

    @classmethod
    def read(cls, body: Mapping[str, object]) -> Self:
        """From {"stems": [stem, …], "choices": [choice, …]}; raises BadQuestion."""
        check_keys(body, ["stems", "choices"])
        return cls(parts_of(body, "stems", Stem.read), parts_of(body, "choices", Choice.read))

    def score(self, response: object) -> Score:
        """The share of stems matched rightly, with the reasons of the stems that were matched."""
        if is_blank(response):
            return BLANK
        if not isinstance(response, Mapping) or not self._is_known(response):
            return incomplete("This answer names something that the question does not have.")
        matched = [stem for stem in self.stems if not is_blank(response.get(stem.key))]
        if not matched:
            return BLANK
        right = sum(response[stem.key] == stem.choice for stem in matched)
        reasons = tuple((stem.key, stem.reason) for stem in matched)
        return scored(Fraction(right, len(self.stems)), reasons)

    def guess_distribution(self) -> Distribution:
        """Each stem is given any choice at random, whatever the others were given."""
        stems, choices = len(self.stems), len(self.choices)
        return {
            Fraction(right, stems): Fraction(
                comb(stems, right) * (choices - 1) ** (stems - right), choices**stems
            )
            for right in range(stems + 1)
        }

    def _choice_keys(self) -> tuple[str, ...]:
        return tuple(choice.key for choice in self.choices)

    def _is_known(self, response: Mapping[object, object]) -> bool:
        stem_keys = [stem.key for stem in self.stems]
        return all(
            stem in stem_keys and (is_blank(choice) or choice in self._choice_keys())
            for stem, choice in response.items()
        )


def _check_texts(what: str, parts: tuple[Stem, ...] | tuple[Choice, ...]) -> None:
    for name in ("key", "text"):
        texts = [getattr(part, name) for part in parts]
        check_written(f"{name} of a {what}", texts)
        check_distinct(f"{name}s of {what}s", texts)
