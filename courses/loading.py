"""From the content folder to the site: source table, frameworks, courses, modules and lessons.

Loading again changes nothing that has not changed in the files. Quizzes, assignments and schemes are
loaded by the apps that own them, with the functions offered here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from courses.actions.content import Wanted, place_step, put_in_order, unpublish_gone, write_page
from courses.actions.facts import keep_facts
from courses.actions.framework import publish_framework
from courses.content_files.folders import (
    CONTENT,
    course_folders,
    module_folders,
    read_toml,
    slug_of,
    step_files,
)
from courses.content_files.lessons import LessonFile, read_lesson
from courses.content_files.markdown import render_markdown, typeset
from courses.content_files.reports import LeftAlone, Report
from courses.content_files.shapes import stored
from courses.content_files.stories import counter_block, ending_block, node_block, task_block
from courses.models import (
    Competency,
    CoursePage,
    InstitutePage,
    LessonPage,
    ModulePage,
    Publication,
    ScenarioPage,
    SimulatorPage,
    StepPage,
)
from lms.people.models import Institute

__all__ = [
    "Report",
    "course_folders",
    "find_module",
    "load_courses",
    "module_folders",
    "place_step",
    "render_markdown",
    "step_files",
    "write_page",
]


def load_courses(
    institute: Institute, *, at: datetime, overwrite: bool = False, folder: Path = CONTENT
) -> Report:
    """Bring the institute's courses to what the files say; `overwrite` replaces what was edited in the CMS.

    Raises Unreadable for a file that cannot be read, InstitutePage.DoesNotExist without the institute's page.
    """
    report = Report()
    for path in sorted((folder / "frameworks").glob("*.toml")):
        _load_framework(institute, path, overwrite, at, report)
    keep_facts(institute, (fact for path in _fact_files(folder) for fact in read_toml(path)["fact"]), report)
    home = InstitutePage.objects.get(institute=institute)
    for course in course_folders(folder):
        _load_course(home, course, folder, overwrite, report)
    unpublish_gone(home, CoursePage, {slug_of(path) for path in course_folders(folder)}, report)
    return report


def find_module(institute: Institute, course_slug: str, module_slug: str) -> ModulePage:
    """The module's page; raises ModulePage.DoesNotExist."""
    course = CoursePage.objects.get(institute=institute, slug=course_slug)
    return ModulePage.objects.child_of(course).get(slug=module_slug)


def _fact_files(folder: Path) -> list[Path]:
    return sorted((folder / "facts").glob("*.toml"))


def _load_framework(institute: Institute, path: Path, overwrite: bool, at: datetime, report: Report) -> None:
    version, is_new = publish_framework(institute, slug_of(path), read_toml(path), at=at, overwrite=overwrite)
    report.made += [path.stem] * is_new
    written = Publication.objects.filter(version=version, by__isnull=False).select_related("by").first()
    if written:
        why = f"version {version.number} was published at the desk"
        report.left_alone.append(LeftAlone(path.stem, why, str(written.by), version.published_at))


def _load_course(home: InstitutePage, folder: Path, content: Path, overwrite: bool, report: Report) -> None:
    wanted = _wanted(CoursePage, folder / "course.toml", content, _course_fields(home.institute, folder))
    course = write_page(home, wanted, report, overwrite=overwrite)
    if course is None:
        return
    modules = module_folders(folder)
    for module in modules:
        wanted = _wanted(ModulePage, module / "module.toml", content, _module_fields(module))
        write_page(course, wanted, report, overwrite=overwrite)
    unpublish_gone(course, ModulePage, {slug_of(path) for path in modules}, report)
    put_in_order(course)
    for module in modules:
        page = ModulePage.objects.child_of(course).filter(slug=slug_of(module)).first()
        if page:
            _load_lessons(page, module, content, overwrite, report)
            for kind in KINDS:
                _load_steps(kind, page, module, content, overwrite, report)


def _load_lessons(module: ModulePage, folder: Path, content: Path, overwrite: bool, report: Report) -> None:
    files = step_files(folder, ".md")
    institute = module.get_parent().specific.institute
    for path in files:
        fields = _lesson_fields(read_lesson(path), institute)
        write_page(module, _wanted(LessonPage, path, content, fields), report, overwrite=overwrite)
    unpublish_gone(module, LessonPage, {slug_of(path) for path in files}, report)
    put_in_order(module)


def _load_steps(
    kind: "Kind", module: ModulePage, folder: Path, content: Path, overwrite: bool, report: Report
) -> None:
    files = step_files(folder, kind.suffix)
    for path in files:
        wanted = _wanted(kind.model, path, content, kind.fields(path))
        write_page(module, wanted, report, overwrite=overwrite)
    unpublish_gone(module, kind.model, {slug_of(path) for path in files}, report)
    put_in_order(module)


def _wanted(model: type, path: Path, content: Path, fields: dict[str, Any]) -> Wanted:
    slug = slug_of(path.parent if path.name in {"course.toml", "module.toml"} else path)
    return Wanted(model, slug, path.relative_to(content).as_posix(), fields)


def _course_fields(institute: Institute, folder: Path) -> dict[str, Any]:
    values = read_toml(folder / "course.toml")
    return {
        "institute": institute,
        "title": typeset(values["title"]),
        "code": values["code"],
        "level": values["level"],
        "cpd_minutes": values["cpd_minutes"],
        "summary": typeset(values["summary"]),
        "description": render_markdown(values["description"]),
        "outcomes": [typeset(outcome) for outcome in values["outcomes"]],
        "audience": typeset(values["audience"]),
    }


def _module_fields(folder: Path) -> dict[str, Any]:
    values = read_toml(folder / "module.toml")
    return {
        "title": typeset(values["title"]),
        "code": values["code"],
        "summary": typeset(values["summary"]),
        "outcomes": [typeset(outcome) for outcome in values["outcomes"]],
        "log": typeset(values.get("log", "")),
    }


def _lesson_fields(lesson: LessonFile, institute: Institute) -> dict[str, Any]:
    head = lesson.head
    return {
        "title": typeset(head["title"]),
        "code": head["code"],
        "minutes": head["minutes"],
        "summary": typeset(head["summary"]),
        "body": [
            (
                part.name,
                render_markdown(part.source) if part.name == "text" else stored(part.name, part.values),
            )
            for part in lesson.parts
        ],
        "competencies": list(
            Competency.objects.filter(domain__framework__institute=institute, code__in=head["competencies"])
        ),
        "as_at": head["as_at"],
        "review_by": head["review_by"],
        "invented": head.get("invented", []),
        "content_note": typeset(head.get("content_note", "")),
        "support": typeset(head.get("support", "")),
    }


def _step_head(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": typeset(values["title"]),
        "code": values["code"],
        "minutes": values["minutes"],
        "summary": typeset(values["summary"]),
        "introduction": render_markdown(values["introduction"]),
    }


def _simulator_fields(path: Path) -> dict[str, Any]:
    values = read_toml(path)
    return {**_step_head(values), "tasks": [("task", task_block(task)) for task in values.get("task", [])]}


def _scenario_fields(path: Path) -> dict[str, Any]:
    values = read_toml(path)
    return {
        **_step_head(values),
        "content_note": typeset(values.get("content_note", "")),
        "support": typeset(values.get("support", "")),
        "is_scored": values.get("scored", False),
        "counters": [("counter", counter_block(counter)) for counter in values.get("counter", [])],
        "nodes": [("node", node_block(node)) for node in values["node"]],
        "endings": [("ending", ending_block(ending)) for ending in values["ending"]],
    }


@dataclass(frozen=True)
class Kind:
    """A step whose file is one TOML table: how the file's name ends, its page, and the page's own fields."""

    suffix: str
    model: type[StepPage]
    fields: Callable[[Path], dict[str, Any]]


KINDS = (
    Kind(".scenario.toml", ScenarioPage, _scenario_fields),
    Kind(".simulator.toml", SimulatorPage, _simulator_fields),
)
