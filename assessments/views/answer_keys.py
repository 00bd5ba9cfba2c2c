"""What only the desk may see: the answer key of a question with every reason, and how two wordings differ."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from assessments import scoring
from assessments.forms.wording import plain
from assessments.models import QuestionVersion
from assessments.views.review import LINES, Line, legible

# What a part of a question's body is called on the page.
PART_WORDS = {
    "options": "Answer",
    "answers": "Answer",
    "stems": "Row",
    "choices": "Choice",
    "items": "Item",
}
FIELD_WORDS = {"text": "", "correct": "is right", "reason": "reason", "points": "points"}


class Change(NamedTuple):
    """One thing that two versions of a question say differently."""

    what: str
    before: str
    after: str


def key_lines(version: QuestionVersion) -> list[Line]:
    """Everything that can be answered, with what is right and every reason; raises BadQuestion."""
    spec = scoring.parse(version.kind, version.body)
    if isinstance(spec, scoring.Number | scoring.ShortText):
        return list(_foreseen(spec))
    if isinstance(spec, scoring.TrueFalse):
        return [
            _line("True", spec.answer, spec.reason_true),
            _line("False", not spec.answer, spec.reason_false),
        ]
    return list(LINES[version.kind](spec, version.shuffled_keys, None, True))


def changes(before: QuestionVersion | None, after: QuestionVersion) -> list[Change]:
    """What a version says differently from the one before it; nothing for the first."""
    if before is None:
        return []
    old, new = _flat(before), _flat(after)
    return [
        Change(what, old.get(what, ""), new.get(what, ""))
        for what in dict.fromkeys([*new, *old])
        if old.get(what, "") != new.get(what, "")
    ]


def _foreseen(spec: scoring.Number | scoring.ShortText) -> Iterator[Line]:
    for answer in spec.answers:
        text = str(answer.value) if isinstance(spec, scoring.Number) else legible(answer.pattern)
        yield _line(text, answer.points == 1, answer.reason)
    yield Line("Anything else", source=spec.otherwise)


def _line(text: str, is_right: bool, reason: str) -> Line:
    return Line(text, "right", "ok", "Right answer", reason) if is_right else Line(text, source=reason)


def _flat(version: QuestionVersion) -> dict[str, str]:
    """The version as one list of names and words."""
    said = {
        "The question": version.stem,
        "Kind": version.kind,
        "Competency": str(version.competency),
        "Level": version.get_level_display(),
        "What it asks of the mind": version.get_demand_display(),
        "Lesson": version.lesson.title if version.lesson else "",
    }
    for name, value in version.body.items():
        if isinstance(value, list):
            said |= _flat_parts(PART_WORDS.get(name, name), value)
        else:
            said[name.replace("_", " ").capitalize()] = _said(value)
    return said


def _flat_parts(word: str, parts: list[Mapping[str, Any]]) -> dict[str, str]:
    return {
        f"{word} {part['key']} {FIELD_WORDS.get(field, field)}".strip(): _said(value)
        for part in parts
        for field, value in part.items()
        if field != "key"
    }


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(str(value))
