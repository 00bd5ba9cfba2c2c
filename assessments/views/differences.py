"""How two wordings of a question differ, field by field and word by word, for people to read."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from assessments.forms.guessing import RULE_WORDS
from assessments.forms.kinds import KIND_WORDS
from assessments.forms.wording import plain
from assessments.models import QuestionVersion
from assessments.views.review import legible

# What a part of a question's body is called on the page, and each of its fields.
PART_WORDS = {
    "options": "Answer",
    "answers": "Answer",
    "stems": "Pair",
    "choices": "Choice",
    "items": "Item",
}
FIELD_WORDS = {
    "text": "",
    "value": "",
    "pattern": "",
    "correct": "is right",
    "tolerance": "give or take",
    "choice": "belongs with",
}
BODY_WORDS = {
    "answer": "The statement is true",
    "reason_true": "Reason for “true”",
    "reason_false": "Reason for “false”",
    "otherwise": "Reason for every other answer",
    "ignore_case": "Capital letters are ignored",
    "rule": "Scoring",
}
# Below this share of words in common two texts are read more easily whole than word by word.
ALIKE = 0.3

Said = dict[str, str]


class Run(NamedTuple):
    """A run of words: kept, taken out or put in."""

    text: str
    is_out: bool = False
    is_in: bool = False


class Change(NamedTuple):
    """One thing that two versions of a question say differently."""

    what: str
    runs: tuple[Run, ...]


def changes(before: QuestionVersion | None, after: QuestionVersion) -> list[Change]:
    """What a version says differently from another; nothing where there is no other."""
    if before is None:
        return []
    old, new = _said(before), _said(after)
    return [
        Change(what, tuple(runs_between(old.get(what, ""), new.get(what, ""))))
        for what in dict.fromkeys([*new, *old])
        if old.get(what, "") != new.get(what, "")
    ]


def runs_between(before: str, after: str) -> Iterator[Run]:
    """The words of both texts in one, each where it stands; whole texts where they have little in common."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from _replaced(old, new)
        return
    for verb, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if verb == "equal":
            yield Run(" ".join(old[old_from:old_to]))
        else:
            yield from _replaced(old[old_from:old_to], new[new_from:new_to])


def _replaced(old: list[str], new: list[str]) -> Iterator[Run]:
    if old:
        yield Run(" ".join(old), is_out=True)
    if new:
        yield Run(" ".join(new), is_in=True)


def _said(version: QuestionVersion) -> Said:
    """The version as one list of names and words."""
    said = {
        "The question": plain(version.stem),
        "Kind": KIND_WORDS.get(version.kind, version.kind),
        "Competency": str(version.competency),
        "Level": version.get_level_display(),
        "What it asks of the mind": version.get_demand_display(),
        "Lesson": version.lesson.title if version.lesson else "",
    }
    for name, value in version.body.items():
        if isinstance(value, list):
            said |= _said_of_parts(version, name, value)
        else:
            said[BODY_WORDS.get(name, name.capitalize())] = _words(name, value)
    return said


def _said_of_parts(version: QuestionVersion, name: str, parts: list[Mapping[str, Any]]) -> Said:
    word = PART_WORDS.get(name, name.capitalize())
    texts = {each["key"]: plain(each["text"]) for each in version.body.get("choices", ())}
    said = {
        f"{word} {part['key']} {FIELD_WORDS.get(field, field)}".strip(): (
            texts.get(value, "") if field == "choice" else _words(field, value)
        )
        for part in parts
        for field, value in part.items()
        if field != "key"
    }
    if name == "items":
        said["The right order"] = " ".join(part["key"] for part in parts)
    return said


def _words(field: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field == "rule":
        return RULE_WORDS.get(str(value), str(value))
    if field == "pattern":
        return legible(str(value))
    return plain(str(value)) if value is not None else ""
