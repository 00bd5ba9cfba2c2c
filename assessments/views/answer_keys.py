"""What only the desk may see: the answer key of a question with every reason."""

from collections.abc import Iterator

from assessments import scoring
from assessments.forms.wording import plain
from assessments.models import QuestionVersion
from assessments.scoring_number import NumberAnswer
from assessments.views.review import LINES, Line, legible


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
    lines = list(LINES[version.kind](spec, version.shuffled_keys, None, True))
    return [*lines, *_spare(spec)] if isinstance(spec, scoring.Matching) else lines


def _spare(spec: scoring.Matching) -> Iterator[Line]:
    matched = {stem.choice for stem in spec.stems}
    for choice in spec.choices:
        if choice.key not in matched:
            yield Line(plain(choice.text), tag="plain", word="Belongs with nothing")


def _foreseen(spec: scoring.Number | scoring.ShortText) -> Iterator[Line]:
    for answer in spec.answers:
        text = _range(answer) if isinstance(spec, scoring.Number) else legible(answer.pattern)
        if 0 < answer.points < 1:
            yield Line(text, "", "part", f"{answer.points} of a point", answer.reason)
        else:
            yield _line(text, answer.points == 1, answer.reason)
    yield Line("Anything else", source=spec.otherwise)


def _range(answer: NumberAnswer) -> str:
    return f"{answer.value} give or take {answer.tolerance}" if answer.tolerance else str(answer.value)


def _line(text: str, is_right: bool, reason: str) -> Line:
    return Line(text, "right", "ok", "Right answer", reason) if is_right else Line(text, source=reason)
