"""A question as a file or an author writes it: what becomes of it in a version, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessments import scoring
from courses.content_files.markdown import runs

FEWEST_OPTIONS = 4
CATCH_ALLS = ("all of the above", "none of the above", "all of these", "none of these")
DEMANDS = ("recall", "apply", "judge")
LEVELS = ("foundation", "practitioner", "lead")

# What a file calls the parts of each kind of question, and what `scoring` reads them as.
PARTS: Mapping[str, Mapping[str, str]] = {
    "single": {"option": "options"},
    "several": {"option": "options"},
    "true_false": {},
    "number": {"answer": "answers"},
    "short_text": {"answer": "answers"},
    "matching": {"row": "stems", "choice": "choices"},
    "ordering": {"item": "items"},
}
ABOUT = frozenset({"key", "kind", "demand", "level", "competency", "lesson", "stem", "invented"})
# The names under which texts for the learner stand; the others are keys, rules and what is matched.
READ = frozenset({"text", "reason", "reason_true", "reason_false", "otherwise"})


def body_of(written: Mapping[str, Any]) -> dict[str, Any]:
    """The part of a question's table that decides its score, as `scoring.parse` reads it."""
    names = PARTS.get(written.get("kind", ""), {})
    return {names.get(name, name): value for name, value in written.items() if name not in ABOUT}


def faults_of(kind: str, body: Mapping[str, Any]) -> Iterator[str]:
    """What keeps a question from being fit to ask, in sentences: first whether it can be scored at all."""
    try:
        spec = scoring.parse(kind, body)
    except scoring.BadQuestion as fault:
        yield str(fault)
        return
    if isinstance(spec, scoring.SingleChoice | scoring.SeveralChoice):
        yield from _catch_alls(spec.options)
    if isinstance(spec, scoring.SingleChoice):
        yield from _giveaways(spec.options)


def words_of(written: Mapping[str, Any]) -> Iterator[str]:
    """Every text of a question that a learner reads, as it is written."""
    yield str(written.get("stem", ""))
    for name, value in written.items():
        if name in ABOUT:
            continue
        for part in value if isinstance(value, list) else [{name: value}]:
            yield from (text for field, text in part.items() if field in READ and isinstance(text, str))


def _giveaways(options: tuple[scoring.Option, ...]) -> Iterator[str]:
    """What lets somebody find the right option without the knowledge that is asked for."""
    if len(options) < FEWEST_OPTIONS:
        yield f"A question has at least {FEWEST_OPTIONS} options; here are {len(options)}."
    right = next(option for option in options if option.correct)
    if all(_length(right) > _length(option) for option in options if option is not right):
        yield f"The right option, “{_text(right)}”, is the longest. It must not be told by its length."


def _catch_alls(options: tuple[scoring.Option, ...]) -> Iterator[str]:
    for option in options:
        if any(words in option.text.casefold() for words in CATCH_ALLS):
            yield f"“{option.text}” is no option of its own: say what it would stand for."


def _length(option: scoring.Option) -> int:
    return len(_text(option))


def _text(option: scoring.Option) -> str:
    """What is seen of an option: not the address of a link."""
    return "".join(run.text for run in runs(option.text))
