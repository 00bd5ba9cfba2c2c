"""What a learner reads after an attempt: each question, what was chosen, and why it is right or not.

Without the answer key only what the learner chose is spoken of. Reasons that would tell the right
answer to somebody who missed it wait until the key may be seen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessments import scoring
from assessments.forms.wording import plain, question_of, scenario_of
from assessments.models import AttemptQuestion
from assessments.scoring_terms import is_blank
from assessments.scoring_text import WILDCARD
from courses.content_files.markdown import facts_in

# The look and the word of a question's state, and of one line of it.
STATES = {
    "right": ("ok", "Right"),
    "partly": ("warn", "Partly right"),
    "wrong": ("bad", "Not right"),
    "blank": ("idle", "No answer"),
    "incomplete": ("warn", "Not complete"),
}


@dataclass(frozen=True)
class Line:
    """One line of a reviewed question: an option, a pair, a place or a typed answer."""

    text: str
    look: str = ""
    tag: str = ""
    word: str = ""
    # The reason as its author wrote it, with links to facts.
    source: str = ""

    @property
    def reason(self) -> str:
        return plain(self.source)


@dataclass(frozen=True)
class Reviewed:
    """One question as its learner reads it afterwards; `facts` are the keys of what its words rest on."""

    position: int
    scenario: tuple[str, ...]
    question: str
    state: str
    lines: tuple[Line, ...]
    facts: tuple[str, ...]

    @property
    def tag(self) -> str:
        return STATES[self.state][0]

    @property
    def word(self) -> str:
        return STATES[self.state][1]


def reviewed(asked: AttemptQuestion, response: object, *, with_key: bool) -> Reviewed:
    """The question with what its learner answered; the whole answer key only where it may be seen."""
    version = asked.version
    spec = scoring.parse(version.kind, version.body)
    result = scoring.score(spec, response)
    lines = tuple(LINES[version.kind](spec, asked.option_order, response, with_key))
    words = [version.stem, *(line.source for line in lines)]
    return Reviewed(
        position=asked.position,
        scenario=scenario_of(version.stem),
        question=question_of(version.stem),
        state=result.state,
        lines=lines,
        facts=tuple(dict.fromkeys(key for text in words for key in facts_in(text))),
    )


def given(asked: AttemptQuestion, response: object) -> tuple[str, ...]:
    """What the learner answered, in the words of the question, without a hint at what is right."""
    body, kind = asked.version.body, asked.version.kind
    if is_blank(response):
        return ()
    if kind in {"number", "short_text"}:
        return (str(response),)
    if kind == "true_false":
        return (str(response).capitalize(),)
    if kind == "matching":
        choices = _texts(body["choices"])
        return tuple(
            f"{plain(stem['text'])}: {choices.get(response.get(stem['key']), 'open')}"
            for stem in body["stems"]
        )
    texts = _texts(body["items"] if kind == "ordering" else body["options"])
    keys = response if isinstance(response, list) else [response]
    return tuple(texts.get(key, "open") for key in keys)


def _choice_lines(
    spec: scoring.SingleChoice | scoring.SeveralChoice, order: Sequence[str], response: object, with_key: bool
) -> Iterator[Line]:
    """Each option in the order shown; without the key only those that were chosen."""
    options = {option.key: option for option in spec.options}
    chosen = response if isinstance(response, list) else [response]
    for option in (options[key] for key in order):
        if option.key in chosen:
            yield _yours(plain(option.text), _state(option.correct), option.reason)
        elif with_key and option.correct:
            yield _right(plain(option.text), option.reason)
        elif with_key:
            yield Line(plain(option.text), source=option.reason)


def _true_false_lines(
    spec: scoring.TrueFalse, order: Sequence[str], response: object, with_key: bool
) -> Iterator[Line]:
    reasons = {"true": (True, spec.reason_true), "false": (False, spec.reason_false)}
    for word, (value, reason) in reasons.items():
        if response == word:
            yield _yours(word.capitalize(), _state(spec.answer is value), reason)
        elif with_key and spec.answer is value:
            yield _right(word.capitalize(), reason)


def _typed_lines(
    spec: scoring.Number | scoring.ShortText, order: Sequence[str], response: object, with_key: bool
) -> Iterator[Line]:
    result = scoring.score(spec, response)
    if result.state != "blank":
        reason = " ".join(words for _, words in result.reasons)
        yield _yours(str(response), result.state, reason)
    if with_key and result.state != "right":
        full = next(answer for answer in spec.answers if answer.points == 1)
        text = str(full.value) if isinstance(spec, scoring.Number) else legible(full.pattern)
        yield _right(text, full.reason)


def _matching_lines(
    spec: scoring.Matching, order: Sequence[str], response: object, with_key: bool
) -> Iterator[Line]:
    choices = {choice.key: plain(choice.text) for choice in spec.choices}
    matched = response if isinstance(response, dict) else {}
    for stem in spec.stems:
        choice = matched.get(stem.key)
        is_right = choice == stem.choice
        if choice in choices:
            reason = stem.reason if is_right else ""
            yield _yours(f"{plain(stem.text)}: {choices[choice]}", _state(is_right), reason)
        if with_key and not is_right:
            yield _right(f"{plain(stem.text)}: {choices[stem.choice]}", stem.reason)


def _ordering_lines(
    spec: scoring.Ordering, order: Sequence[str], response: object, with_key: bool
) -> Iterator[Line]:
    """The learner's order, place by place, then the right one where the key may be seen."""
    texts = {item.key: plain(item.text) for item in spec.items}
    placed = response if isinstance(response, list) else []
    if placed == list(texts):
        for number, item in enumerate(spec.items, start=1):
            yield _yours(f"{number}. {texts[item.key]}", "right", item.reason)
        return
    for number, key in enumerate(placed, start=1):
        yield Line(f"{number}. {texts.get(key, 'Left open')}", tag="plain", word="Your order")
    for number, item in enumerate(spec.items if with_key else (), start=1):
        yield Line(f"{number}. {texts[item.key]}", "right", "ok", "Right order", item.reason)


LINES: Mapping[str, Callable[..., Iterator[Line]]] = {
    "single": _choice_lines,
    "several": _choice_lines,
    "true_false": _true_false_lines,
    "number": _typed_lines,
    "short_text": _typed_lines,
    "matching": _matching_lines,
    "ordering": _ordering_lines,
}
"""Every kind of question and what its review says, line by line."""


def legible(pattern: str) -> str:
    """A pattern as a person writes it: an ellipsis for "anything", a star for a star."""
    return WILDCARD.sub("…", pattern).replace(r"\*", "*")


def _state(is_right: bool) -> str:
    return "right" if is_right else "wrong"


def _yours(text: str, state: str, reason: str) -> Line:
    tag, word = STATES[state]
    look = state if state in {"right", "wrong"} else ""
    return Line(text, look, tag, f"Your answer: {word.lower()}", reason)


def _right(text: str, reason: str) -> Line:
    return Line(text, "right", "ok", "Right answer", reason)


def _texts(parts: Iterable[Mapping[str, str]]) -> dict[object, str]:
    return {part["key"]: plain(part["text"]) for part in parts}
