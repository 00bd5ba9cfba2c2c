"""Reading quizzes, cases, rubrics and assignments as a strict colleague would: every fault with its file and line."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessments.content_files.banks import ENDING, bank_files
from assessments.content_files.case_faults import faults_of_case
from assessments.content_files.entries import Entries, read_entries
from assessments.content_files.exemplars import exemplar_files, faults_of_exemplar, missing_bands
from assessments.content_files.quiz_faults import faults_of_bank, faults_of_quiz
from assessments.content_files.themes import read_themes
from assessments.content_files.work_faults import faults_of_assignment, faults_of_rubric
from courses.content_files.faults import Fault, Unreadable
from courses.content_files.folders import CONTENT, course_folders, module_folders, slug_of, step_files
from courses.content_files.ground import Ground, ground_of


@dataclass(frozen=True)
class Asked:
    """A question where it stands; one of a bank is kept apart from all that learners meet before."""

    path: Path
    line: int
    key: str
    stem: str
    is_banked: bool


def check_content(folder: Path = CONTENT, *, on: date) -> list[Fault]:
    """Every fault in quizzes, cases, rubrics, assignments and the list of themes; what lessons and facts say is `courses.checking`'s."""
    ground, _ = ground_of(folder, on)
    found: list[Fault] = list(read_themes(folder)[1])
    asked: list[Asked] = []
    ways = set(_ways(folder))
    for course in course_folders(folder):
        modules = module_folders(course)
        lessons = ways.union(slug_of(path) for module in modules for path in step_files(module, ".md"))
        for module in modules:
            found += _quizzes(module, ground, lessons, asked)
            found += _work(module, ground)
            found += _cases(module, ground)
    return sorted({*found, *_asked_twice(asked)})


def _ways(folder: Path) -> Iterator[str]:
    """Each lesson by its whole way, "course/module/lesson"."""
    for course in course_folders(folder):
        for module in module_folders(course):
            for lesson in step_files(module, ".md"):
                yield "/".join(slug_of(each) for each in (course, module, lesson))


def _quizzes(module: Path, ground: Ground, lessons: set[str], asked: list[Asked]) -> Iterator[Fault]:
    loose = {path for path in module.iterdir() if path.name.endswith(ENDING)}
    for quiz in _read(step_files(module, ".quiz.toml")):
        if isinstance(quiz, Fault):
            yield quiz
            continue
        paths = [path for path in bank_files(quiz.path, quiz.values) if path.is_file()]
        loose.difference_update(paths)
        bank, broken = _sound(paths)
        yield from broken
        asked += _asked(quiz, is_banked=False)
        asked += [each for file in bank for each in _asked(file, is_banked=True)]
        yield from faults_of_quiz(quiz, bank, ground, lessons)
    files, broken = _sound(sorted(loose))
    yield from broken
    for file in files:
        yield Fault(file.path, 1, "No quiz in this folder names this file in its bank.")
        yield from faults_of_bank(file, ground, lessons)
        asked += _asked(file, is_banked=True)


def _sound(paths: list[Path]) -> tuple[list[Entries], list[Fault]]:
    read = list(_read(paths))
    files = [each for each in read if isinstance(each, Entries)]
    return files, [each for each in read if isinstance(each, Fault)]


def _asked(file: Entries, *, is_banked: bool) -> Iterator[Asked]:
    for line, question in file.tables("question"):
        stem = " ".join(str(question.get("stem", "")).split()).casefold()
        yield Asked(file.path, line, str(question.get("key", "")), stem, is_banked)


def _asked_twice(asked: Iterable[Asked]) -> Iterator[Fault]:
    """A key stands once in the whole folder, for it is the question's identity at the institute; so does a bank's stem."""
    keys: dict[str, Asked] = {}
    stems: dict[str, Asked] = {}
    for each in sorted(asked, key=lambda one: one.is_banked):
        if each.key in keys:
            sentence = f"The question “{each.key}” stands in {keys[each.key].path.name} already."
            yield Fault(each.path, each.line, sentence)
        if each.is_banked and each.stem in stems:
            other = stems[each.stem]
            sentence = (
                f"“{other.key}” in {other.path.name} asks this already, and a bank asks what nobody has met."
            )
            yield Fault(each.path, each.line, sentence)
        keys.setdefault(each.key, each)
        stems.setdefault(each.stem, each)


def _work(module: Path, ground: Ground) -> Iterator[Fault]:
    rubrics: dict[str, Entries] = {}
    for rubric in _read(step_files(module, ".rubric.toml")):
        if isinstance(rubric, Fault):
            yield rubric
            continue
        rubrics[rubric.values.get("slug", "")] = rubric
        yield from (Fault(rubric.path, *said) for said in faults_of_rubric(rubric, ground))
    for assignment in _read(step_files(module, ".assignment.toml")):
        if isinstance(assignment, Fault):
            yield assignment
            continue
        said_of = faults_of_assignment(assignment, ground, set(rubrics))
        yield from (Fault(assignment.path, *said) for said in said_of)
        if marked_by := rubrics.get(assignment.values.get("rubric", "")):
            yield from _exemplars(marked_by, assignment, ground)


def _exemplars(rubric: Entries, assignment: Entries, ground: Ground) -> Iterator[Fault]:
    """What is wrong with the answers beside a rubric; every band of an assignment's rubric has one."""
    yield from (Fault(rubric.path, *said) for said in missing_bands(rubric))
    for exemplar in _read([path for _, path in exemplar_files(rubric.path)]):
        if isinstance(exemplar, Fault):
            yield exemplar
            continue
        said_of = faults_of_exemplar(exemplar, rubric, assignment, ground)
        yield from (Fault(exemplar.path, *said) for said in said_of)


def _cases(module: Path, ground: Ground) -> Iterator[Fault]:
    for path in step_files(module, ".case.toml"):
        try:
            yield from faults_of_case(path, ground)
        except Unreadable as broken:
            yield broken.fault


def _read(paths: list[Path]) -> Iterator[Entries | Fault]:
    for path in paths:
        try:
            yield read_entries(path)
        except Unreadable as broken:
            yield broken.fault
