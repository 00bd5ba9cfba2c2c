"""Reading quizzes, rubrics and assignments as a strict colleague would: every fault with its file and line."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assessments.content_files.entries import Entries, read_entries
from assessments.content_files.exemplars import exemplar_files, faults_of_exemplar, missing_bands
from assessments.content_files.quiz_faults import faults_of_quiz
from assessments.content_files.themes import read_themes
from assessments.content_files.work_faults import faults_of_assignment, faults_of_rubric
from courses.content_files.faults import Fault, Unreadable
from courses.content_files.folders import CONTENT, course_folders, module_folders, slug_of, step_files
from courses.content_files.ground import Ground, ground_of


def check_content(folder: Path = CONTENT, *, on: date) -> list[Fault]:
    """Every fault in quizzes, rubrics, assignments and the list of themes; what lessons and facts say is `courses.checking`'s."""
    ground, _ = ground_of(folder, on)
    found: list[Fault] = list(read_themes(folder)[1])
    keys: dict[str, Path] = {}
    for course in course_folders(folder):
        modules = module_folders(course)
        lessons = {slug_of(path) for module in modules for path in step_files(module, ".md")}
        for module in modules:
            found += _quizzes(module, ground, lessons, keys)
            found += _work(module, ground)
    return sorted(set(found))


def _quizzes(module: Path, ground: Ground, lessons: set[str], keys: dict[str, Path]) -> Iterator[Fault]:
    for quiz in _read(step_files(module, ".quiz.toml")):
        if isinstance(quiz, Fault):
            yield quiz
            continue
        yield from (Fault(quiz.path, *said) for said in faults_of_quiz(quiz, ground, lessons))
        yield from _asked_twice(quiz, keys)


def _asked_twice(quiz: Entries, keys: dict[str, Path]) -> Iterator[Fault]:
    """A key stands once in the whole folder: it is the question's identity at the institute."""
    for line, question in zip(quiz.lines("question"), quiz.values.get("question", []), strict=False):
        key = question.get("key", "")
        if key in keys:
            yield Fault(quiz.path, line, f"The question “{key}” stands in {keys[key].name} already.")
        keys.setdefault(key, quiz.path)


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


def _read(paths: list[Path]) -> Iterator[Entries | Fault]:
    for path in paths:
        try:
            yield read_entries(path)
        except Unreadable as broken:
            yield broken.fault
