"""The rule for digits: every figure rests on a fact that holds it, or belongs to invented Marlshire.

Words are nobody's business: only what is written in digits is checked, because a figure, a year and a
section number are what a reader repeats.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from courses.content_files.markdown import Run, runs

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True)
class Unfounded:
    """A figure without a ground, and where its paragraph begins, counted from 0."""

    line: int
    sentence: str


def unfounded(text: str, claims: Mapping[str, str], invented: Iterable[str] = ()) -> list[Unfounded]:
    """Every figure in a piece of Markdown that neither a linked fact's claim nor an invented phrase holds."""
    made_up = _patterns(invented)
    return [
        Unfounded(line, sentence)
        for line, paragraph in _paragraphs(text)
        for sentence in _sentences(paragraph, claims, made_up)
    ]


def unfounded_beside(
    text: str, fact: str, claims: Mapping[str, str], invented: Iterable[str] = ()
) -> list[str]:
    """The same for plain words that stand beside a fact, such as the date of an event; in sentences."""
    rest = _without(text, _patterns(invented))
    return _missing(rest, fact, claims) if fact else _bare(rest)


def numbers(text: str) -> list[str]:
    """The figures in a text, thousands without their comma."""
    return [re.sub(r",(?=\d{3})", "", number) for number in NUMBER.findall(text)]


def _paragraphs(text: str) -> Iterable[tuple[int, list[Run]]]:
    by_line: dict[int, list[Run]] = {}
    for run in runs(text):
        by_line.setdefault(run.line, []).append(run)
    return by_line.items()


def _sentences(paragraph: list[Run], claims: Mapping[str, str], invented: list[re.Pattern[str]]) -> list[str]:
    free = "".join("\n" if run.fact else run.text for run in paragraph)
    linked = (run for run in paragraph if run.fact)
    found = [each for run in linked for each in _missing(_without(run.text, invented), run.fact, claims)]
    return found + _bare(_without(free, invented))


def _missing(text: str, fact: str, claims: Mapping[str, str]) -> list[str]:
    if fact not in claims:
        return [f"There is no fact “{fact}”."]
    held = set(numbers(claims[fact]))
    return [
        f"“{number}” does not stand in the fact “{fact}”." for number in numbers(text) if number not in held
    ]


def _bare(text: str) -> list[str]:
    return [
        f"“{number}” rests on no fact. Link it to one, list it under invented, or write it in words."
        for number in numbers(text)
    ]


def _patterns(invented: Iterable[str]) -> list[re.Pattern[str]]:
    """The phrases, longest first, so that none is broken by a shorter one; never a part of a longer number."""
    phrases = sorted((_straight(phrase) for phrase in invented if phrase), key=len, reverse=True)
    return [re.compile(rf"(?<!\d){re.escape(phrase)}(?!\d)") for phrase in phrases]


def _without(text: str, invented: list[re.Pattern[str]]) -> str:
    text = _straight(text)
    for pattern in invented:
        text = pattern.sub("", text)
    return text


def _straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))
