"""From the content folder to the desk: questions and their quizzes, cases, rubrics and the assignments they judge.

Run after `courses.loading.load_courses`, which makes the modules that everything here stands in.
Loading again changes nothing that has not changed in the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assessments.actions import content
from assessments.actions.versions import Wording
from assessments.content_files.banks import missing_files, questions_of
from assessments.content_files.entries import pool_slug
from assessments.content_files.exemplars import exemplar_files
from assessments.content_files.questions import body_of
from assessments.models import AssignmentPage, Case, CasePage, Pool, QuizPage, Review, Rubric
from courses.actions.content import Wanted, put_in_order, unpublish_gone, write_page
from courses.content_files.folders import (
    CONTENT,
    course_folders,
    module_folders,
    read_toml,
    slug_of,
    step_files,
)
from courses.content_files.markdown import render_markdown, typeset
from courses.content_files.reports import LeftAlone, Report
from courses.content_files.stories import story_values
from courses.loading import find_module
from courses.models import LessonPage, ModulePage
from lms.people.models import Institute


@dataclass(frozen=True)
class Load:
    """One run of the loader: for whom, from where, when, and what came of it."""

    institute: Institute
    folder: Path
    at: datetime
    overwrite: bool
    report: Report = field(default_factory=Report)


def load_assessments(
    institute: Institute, *, at: datetime, overwrite: bool = False, folder: Path = CONTENT
) -> Report:
    """Bring quizzes, cases, rubrics and assignments to what the files say; `overwrite` replaces what people changed.

    Raises Unreadable for a file that cannot be read, ModulePage.DoesNotExist before the courses are loaded.
    """
    load = Load(institute, folder, at, overwrite)
    for course in course_folders(folder):
        for module in module_folders(course):
            page = find_module(institute, slug_of(course), slug_of(module))
            _load_quizzes(load, page, module)
            _load_cases(load, page, module)
            _load_assignments(load, page, module)
            put_in_order(page)
    return load.report


def _load_quizzes(load: Load, module: ModulePage, files: Path) -> None:
    paths = []
    for path in step_files(files, ".quiz.toml"):
        values = read_toml(path)
        if missing := missing_files(path, values):
            names = ", ".join(each.name for each in missing)
            load.report.left_alone.append(LeftAlone(values["title"], f"not there yet: {names}"))
            continue
        paths.append(path)
        slug = pool_slug(slug_of(files.parent), slug_of(files), path)
        pool = content.keep_pool(load.institute, slug, typeset(values["title"]))
        _load_questions(load, module, pool, questions_of(path, values))
        _write(load, module, QuizPage, path, _quiz_fields(values, pool))
    unpublish_gone(module, QuizPage, {slug_of(path) for path in paths}, load.report)


def _load_questions(load: Load, module: ModulePage, pool: Pool, questions: list[dict[str, Any]]) -> None:
    for written in questions:
        wording = _wording(load.institute, module, written)
        content.keep_question(
            pool, written["key"], wording, load.report, at=load.at, overwrite=load.overwrite
        )
    content.retire_gone(pool, {written["key"] for written in questions}, load.report)


def _load_cases(load: Load, module: ModulePage, files: Path) -> None:
    paths = step_files(files, ".case.toml")
    for path in paths:
        values = read_toml(path)
        slug = pool_slug(slug_of(files.parent), slug_of(files), path)
        title, body = typeset(values["title"]), story_values(values)
        case = content.keep_case(load.institute, slug, title, body, load.report)
        _write(load, module, CasePage, path, _case_fields(values, case))
    unpublish_gone(module, CasePage, {slug_of(path) for path in paths}, load.report)


def _load_assignments(load: Load, module: ModulePage, files: Path) -> None:
    for path in step_files(files, ".rubric.toml"):
        rubric = content.keep_rubric(load.institute, read_toml(path), load.report, at=load.at)
        _load_exemplars(load, rubric, path)
    paths = step_files(files, ".assignment.toml")
    for path in paths:
        fields = _assignment_fields(load.institute, read_toml(path))
        _write(load, module, AssignmentPage, path, fields)
    unpublish_gone(module, AssignmentPage, {slug_of(path) for path in paths}, load.report)


def _load_exemplars(load: Load, rubric: Rubric, beside: Path) -> None:
    version = rubric.versions.latest("number")
    for band, path in exemplar_files(beside):
        values = read_toml(path)
        notes = {key: render_markdown(note) for key, note in values["notes"].items()}
        text = render_markdown(values["text"])
        content.keep_exemplar(version, band, text, notes, load.report, at=load.at)


def _write(load: Load, module: ModulePage, model: type, path: Path, fields: dict[str, Any]) -> None:
    wanted = Wanted(model, slug_of(path), path.relative_to(load.folder).as_posix(), fields)
    write_page(module, wanted, load.report, overwrite=load.overwrite)


def _wording(institute: Institute, module: ModulePage, written: Mapping[str, Any]) -> Wording:
    return Wording(
        kind=written["kind"],
        demand=written["demand"],
        level=written["level"],
        competency=content.competency_at(institute, written["competency"]),
        lesson=_lesson(module, written["lesson"]) if written.get("lesson") else None,
        stem=written["stem"].strip(),
        body=body_of(written),
    )


def _lesson(module: ModulePage, named: str) -> LessonPage | None:
    """The lesson of the quiz's own course by its slug, or of the institute's by its whole way "course/module/lesson"."""
    course = module.get_parent()
    if "/" not in named:
        return LessonPage.objects.descendant_of(course).filter(slug=named).first()
    home = course.get_parent()
    return LessonPage.objects.descendant_of(home).filter(url_path=f"{home.url_path}{named}/").first()


def _quiz_fields(values: Mapping[str, Any], pool: Pool) -> dict[str, Any]:
    return {
        "title": typeset(values["title"]),
        "code": values["code"],
        "minutes": values["minutes"],
        "summary": typeset(values.get("summary", "")),
        "introduction": render_markdown(values.get("intro", "")),
        "pool": pool,
        "draw": values["draw"],
        "pass_percent": values["pass_percent"],
        "minutes_allowed": values["minutes_allowed"],
        "attempts_allowed": values["attempts_allowed"],
        "layout": values.get("layout", QuizPage.Layout.ONE_A_PAGE.value),
        "review": values.get("review", Review.REASONS.value),
        "blueprint": [("row", dict(row)) for row in values.get("blueprint", [])],
        "must_pass": [("domain", dict(domain)) for domain in values.get("must_pass", [])],
    }


def _case_fields(values: Mapping[str, Any], case: Case) -> dict[str, Any]:
    return {
        "title": typeset(values["title"]),
        "code": values["code"],
        "minutes": values["minutes"],
        "summary": typeset(values["summary"]),
        "introduction": render_markdown(values["introduction"]),
        "content_note": typeset(values.get("content_note", "")),
        "support": typeset(values.get("support", "")),
        "case": case,
        "pass_percent": values["pass_percent"],
        "minutes_allowed": values["minutes_allowed"],
        "attempts_allowed": values["attempts_allowed"],
    }


def _assignment_fields(institute: Institute, values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": typeset(values["title"]),
        "code": values["code"],
        "minutes": values["minutes"],
        "summary": typeset(values["summary"]),
        "brief": render_markdown(values["brief"]),
        "guidance": render_markdown(values.get("guidance", "")),
        "words_guide": values["words_guide"],
        "attempts_allowed": values["attempts_allowed"],
        "rubric": Rubric.objects.get(institute=institute, slug=values["rubric"]),
    }
