"""What is wrong with one quiz: its rules, each question, and what guessing would earn."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments import scoring
from assessments.content_files.banks import bank_files, missing_files
from assessments.content_files.blueprint_faults import POOL_TO_DRAW, faults_of_blueprint
from assessments.content_files.blueprints import cell_of, must_pass_of, rows_of
from assessments.content_files.entries import Entries
from assessments.content_files.questions import DEMANDS, LEVELS, body_of, faults_of, words_of
from courses.content_files.faults import Fault
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
}
OPTIONAL_HEAD = frozenset(
    {"intro", "summary", "invented", "layout", "review", "question", "bank", "blueprint", "must_pass"}
)
IN_A_BANK = frozenset({"invented", "question"})
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
# The chance of ever passing by guessing alone that a quiz may have, over all its attempts.
MOST_LUCK = Fraction(1, 100)
PRACTICE_ATTEMPTS = 1

Said = Iterator[tuple[int, str]]
Question = Mapping[str, Any]


def faults_of_quiz(
    quiz: Entries, bank: Sequence[Entries], ground: Ground, lessons: set[str]
) -> Iterator[Fault]:
    """Every fault of the quiz and the files of its bank.

    `lessons` are named as questions may name them: the course's own by their slugs, all by their whole way.
    """
    head = [Fault(quiz.path, *said) for said in _head(quiz, ground)]
    yield from head
    yield from (Fault(quiz.path, *said) for said in _where_questions_stand(quiz))
    files = bank or [quiz]
    for file in bank:
        yield from faults_of_bank(file, ground, lessons)
    if not quiz.values.get("bank"):
        yield from _questions(quiz, ground, lessons)
    if head:
        return
    questions = [question for file in files for _line, question in file.tables("question")]
    blueprint = list(faults_of_blueprint(quiz, files, ground))
    yield from blueprint
    if not blueprint and questions and not missing_files(quiz.path, quiz.values):
        yield from (Fault(quiz.path, *said) for said in _chances(quiz, questions, ground))


def faults_of_bank(file: Entries, ground: Ground, lessons: set[str]) -> Iterator[Fault]:
    """What is wrong with one file of questions, taken by itself."""
    for name in sorted(set(file.values) - IN_A_BANK):
        yield Fault(file.path, file.line_of(name), f"A file of questions has no “{name}”.")
    yield from _questions(file, ground, lessons)
    domain = file.path.name.split(".")[0].upper()
    for line, question in file.tables("question"):
        if not question.get("lesson"):
            yield Fault(file.path, line, "“lesson” is missing.")
        code = str(question.get("competency"))
        if domain in ground.competencies.values() and ground.competencies.get(code, domain) != domain:
            sentence = f"This file holds the questions of {domain}; {code} is of {ground.competencies[code]}."
            yield Fault(file.path, file.line_of("competency =", line), sentence)


def _questions(file: Entries, ground: Ground, lessons: set[str]) -> Iterator[Fault]:
    for line, question in file.tables("question"):
        yield from (Fault(file.path, *said) for said in _question(file, line, question, ground, lessons))


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


def _where_questions_stand(quiz: Entries) -> Said:
    if "bank" not in quiz.values:
        yield from ((1, sentence) for sentence in missing(quiz.values, {"question": list}))
        return
    if "question" in quiz.values:
        line = quiz.line_of("[[question]]")
        yield line, "A quiz with a bank holds no questions itself: put them into a file of it."
    if not bank_files(quiz.path, quiz.values):
        yield quiz.line_of("bank ="), "“bank” names at least one file of questions."
    for path in missing_files(quiz.path, quiz.values):
        yield quiz.line_of("bank ="), f"There is no {path.name} beside it."


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
        yield quiz.line_of("lesson =", line), _no_lesson(question["lesson"])
    for sentence in faults_of(question.get("kind", ""), body_of(question)):
        yield line, sentence
    yield from _figures(quiz, line, question, ground)


def _figures(quiz: Entries, line: int, question: Mapping[str, Any], ground: Ground) -> Said:
    invented = [*quiz.values.get("invented", []), *question.get("invented", [])]
    for text in words_of(question):
        start = quiz.line_of(text.strip().split("\n")[0][:60].replace('"', '\\"'), line)
        for fault in unfounded(text, ground.claims, invented):
            yield start + fault.line, fault.sentence


def _no_lesson(named: str) -> str:
    return f"There is no lesson “{named}”." if "/" in named else f"The course has no lesson “{named}”."


def _chances(quiz: Entries, questions: Sequence[Question], ground: Ground) -> Said:
    values = quiz.values
    draw = values["draw"]
    if len(questions) < POOL_TO_DRAW * draw:
        sentence = (
            f"The pool has {len(questions)} questions; drawing {draw}, it should have {POOL_TO_DRAW * draw}."
        )
        yield quiz.line_of("draw"), sentence
    luck = chance_of_luck(questions, values, ground.competencies)
    if luck is not None and luck > MOST_LUCK:
        yield (
            quiz.line_of("pass_percent"),
            f"Somebody who guesses would pass in {float(100 * luck):.1f} of 100 cases; it should be at most one.",
        )


def chance_of_luck(
    questions: Sequence[Question], quiz: Mapping[str, Any], domains: Mapping[str, str]
) -> Fraction | None:
    """The exact chance of passing by guessing, if the easiest to guess are drawn; None if one cannot be scored.

    Of each row of a blueprint the easiest, and a domain that must be passed has to be reached as well.
    """
    try:
        specs = [
            (cell_of(each, domains), scoring.parse(str(each.get("kind")), body_of(each)))
            for each in questions
        ]
    except scoring.BadQuestion:
        return None
    rows = rows_of(quiz)
    easiest = sorted(specs, key=lambda each: scoring.guess_value(each[1]), reverse=True)
    drawn = (
        [each for row in rows for each in [spec for spec in easiest if spec[0] == row.cell][: row.draw]]
        if rows
        else easiest[: quiz["draw"]]
    )
    must = must_pass_of(quiz)
    free = [scoring.guess_distribution(spec) for cell, spec in drawn if cell[0] not in must]
    parts = [
        ([scoring.guess_distribution(spec) for cell, spec in drawn if cell[0] == domain], right)
        for domain, right in must.items()
    ]
    needed = scoring.marks_needed(quiz["pass_percent"], quiz["draw"])
    attempts = quiz["attempts_allowed"] or PRACTICE_ATTEMPTS
    return scoring.chance_of_passing_by_guessing(free, needed, attempts, parts)
