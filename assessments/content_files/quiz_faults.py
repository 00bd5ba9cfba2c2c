"""What is wrong with one quiz: its rules, each question, and what guessing would earn."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments import scoring
from assessments.content_files.entries import Entries
from assessments.content_files.questions import DEMANDS, LEVELS, body_of, faults_of, words_of
from courses.content_files.figures import unfounded
from courses.content_files.ground import Ground, missing

HEAD: Mapping[str, Any] = {
    "title": str,
    "code": str,
    "draw": int,
    "pass_percent": int,
    "minutes": int,
    "minutes_allowed": int,
    "attempts_allowed": int,
    "question": list,
}
OPTIONAL_HEAD = frozenset({"intro", "summary", "invented", "layout", "review"})
# What a key of the head that may be left out can say.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "layout": ("one a page", "all on one page"),
    "review": ("marks", "reasons", "afterwards"),
}
QUESTION: Mapping[str, Any] = {
    "key": str,
    "kind": str,
    "demand": str,
    "level": str,
    "competency": str,
    "stem": str,
}
# A pool this many times the draw gives two learners side by side, and two attempts, different questions.
POOL_TO_DRAW = 2
# The chance of ever passing by guessing alone that a quiz may have, over all its attempts.
MOST_LUCK = Fraction(1, 100)
PRACTICE_ATTEMPTS = 1

Said = Iterator[tuple[int, str]]


def faults_of_quiz(quiz: Entries, ground: Ground, lessons: set[str]) -> Said:
    """Every fault of the quiz as (line, sentence); `lessons` are the slugs of its course's lessons."""
    head = list(_head(quiz, ground))
    yield from head
    questions = [each for each in quiz.values.get("question", []) if isinstance(each, dict)]
    for line, question in zip(quiz.lines("question"), questions, strict=False):
        yield from _question(quiz, line, question, ground, lessons)
    if not head:
        yield from _chances(quiz, questions)


def _head(quiz: Entries, ground: Ground) -> Said:
    values = quiz.values
    yield from ((1, sentence) for sentence in missing(values, dict(HEAD)))
    for name in sorted(set(values) - set(HEAD) - OPTIONAL_HEAD):
        yield quiz.line_of(name), f"A quiz has no “{name}”."
    if isinstance(values.get("pass_percent"), int) and not 1 <= values["pass_percent"] <= 100:
        yield quiz.line_of("pass_percent"), "A pass mark lies between 1 and 100 per cent."
    if values.get("draw") == 0:
        yield quiz.line_of("draw"), "A quiz draws at least one question."
    for name, known in CHOICES.items():
        if name in values and values[name] not in known:
            yield quiz.line_of(f"{name} ="), f"“{name}” is one of {', '.join(known)}."
    first = quiz.line_of("intro")
    for fault in unfounded(values.get("intro", ""), ground.claims, values.get("invented", [])):
        yield first + fault.line, fault.sentence


def _question(
    quiz: Entries, line: int, question: Mapping[str, Any], ground: Ground, lessons: set[str]
) -> Said:
    yield from ((line, sentence) for sentence in missing(dict(question), dict(QUESTION)))
    for name, known in {"demand": DEMANDS, "level": LEVELS}.items():
        if question.get(name) not in known:
            yield quiz.line_of(f"{name} =", line), f"“{name}” is one of {', '.join(known)}."
    if question.get("competency") not in ground.competencies:
        yield quiz.line_of("competency =", line), f"There is no competency {question.get('competency')}."
    if question.get("lesson") and question["lesson"] not in lessons:
        yield quiz.line_of("lesson =", line), f"The course has no lesson “{question['lesson']}”."
    for sentence in faults_of(question.get("kind", ""), body_of(question)):
        yield line, sentence
    yield from _figures(quiz, line, question, ground)


def _figures(quiz: Entries, line: int, question: Mapping[str, Any], ground: Ground) -> Said:
    invented = [*quiz.values.get("invented", []), *question.get("invented", [])]
    for text in words_of(question):
        start = quiz.line_of(text.strip().split("\n")[0][:60].replace('"', '\\"'), line)
        for fault in unfounded(text, ground.claims, invented):
            yield start + fault.line, fault.sentence


def _chances(quiz: Entries, questions: Sequence[Mapping[str, Any]]) -> Said:
    draw = quiz.values["draw"]
    if len(questions) < POOL_TO_DRAW * draw:
        sentence = (
            f"The pool has {len(questions)} questions; drawing {draw}, it should have {POOL_TO_DRAW * draw}."
        )
        yield quiz.line_of("draw"), sentence
    luck = chance_of_luck(questions, draw, quiz.values["pass_percent"], quiz.values["attempts_allowed"])
    if luck is not None and luck > MOST_LUCK:
        yield (
            quiz.line_of("pass_percent"),
            f"Somebody who guesses would pass in {float(100 * luck):.1f} of 100 cases; it should be at most one.",
        )


def chance_of_luck(
    questions: Sequence[Mapping[str, Any]], draw: int, pass_percent: int, attempts: int
) -> Fraction | None:
    """The exact chance of passing by guessing, if the easiest to guess are drawn; None if one cannot be scored."""
    try:
        specs = [scoring.parse(str(each.get("kind")), body_of(each)) for each in questions]
    except scoring.BadQuestion:
        return None
    easiest = sorted(specs, key=scoring.guess_value, reverse=True)[:draw]
    needed = scoring.marks_needed(pass_percent, draw)
    guesses = [scoring.guess_distribution(spec) for spec in easiest]
    return scoring.chance_of_passing_by_guessing(guesses, needed, attempts or PRACTICE_ATTEMPTS)
