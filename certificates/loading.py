"""From the content folder to the site: what the certificates of each course ask for."""

from datetime import datetime
from pathlib import Path
from typing import Any

from assessments.models import AssignmentPage, Criterion
from certificates.actions.schemes import Asked, Wanted, publish
from courses.content_files.folders import CONTENT, course_folders, read_toml, scheme_files, slug_of
from courses.content_files.markdown import typeset
from courses.content_files.reports import LeftAlone, Report
from courses.models import Competency, CoursePage, StepPage
from lms.people.models import Institute


class NotOnSite(LookupError):
    """The file names a page or a competency that the site does not have."""


def load_schemes(institute: Institute, *, at: datetime, folder: Path = CONTENT) -> Report:
    """Publish the schemes of each of the institute's courses; a changed file makes a new version.

    After the courses and the assessments have been loaded: a scheme that names something missing is
    left alone, and the report says what. Raises Unreadable for a file that is no TOML.
    """
    report = Report()
    for course in course_folders(folder):
        for path in scheme_files(course):
            _load(institute, path, report, at)
    return report


def _load(institute: Institute, path: Path, report: Report, at: datetime) -> None:
    values = read_toml(path)
    try:
        version, is_new = publish(_wanted(institute, slug_of(path.parent), values), at=at)
    except NotOnSite as problem:
        report.left_alone.append(LeftAlone(values["slug"], str(problem)))
        return
    if not is_new:
        report.unchanged += 1
    elif version.number == 1:
        report.made.append(values["slug"])
    else:
        report.changed.append(f"{values['slug']}, now version {version.number}")


def _wanted(institute: Institute, course_slug: str, values: dict[str, Any]) -> Wanted:
    course = CoursePage.objects.filter(institute=institute, slug=course_slug).first()
    if course is None:
        raise NotOnSite(f"there is no course “{course_slug}”")
    return Wanted(
        slug=values["slug"],
        course=course,
        title=typeset(values["title"]),
        level=values["level"],
        statement=typeset(values["statement"]),
        validity_months=values["validity_months"],
        design=values.get("design", "classic"),
        competencies=[_competency(institute, code) for code in values["competencies"]],
        requirements=[_asked(course, each) for each in values["requirement"]],
    )


def _asked(course: CoursePage, values: dict[str, Any]) -> Asked:
    step = None if values["kind"] == "course" else _step(course, values["step"])
    key = values.get("criterion", "")
    title = _criterion(course, values["step"], key).title if key else ""
    return Asked(values["kind"], step, values.get("minimum_band"), key, title, values.get("minimum_percent"))


def _step(course: CoursePage, named: str) -> StepPage:
    """The step that "module/step" names in the course, or "course/module/step" in any of the institute's."""
    home = course.get_parent() if named.count("/") > 1 else course
    step = StepPage.objects.descendant_of(home).filter(url_path=f"{home.url_path}{named}/").first()
    if step is None:
        where = "the course" if home == course else "the institute"
        raise NotOnSite(f"{where} has no step “{named}”")
    return step


def _criterion(course: CoursePage, named: str, key: str) -> Criterion:
    """What the step's rubric judges under this key now."""
    work = AssignmentPage.objects.get(pk=_step(course, named).pk)
    newest = work.rubric.versions.latest("number")
    found = newest.criteria.filter(key=key).first()
    if found is None:
        raise NotOnSite(f"the rubric of “{named}” has no criterion “{key}”")
    return found


def _competency(institute: Institute, code: str) -> Competency:
    found = Competency.objects.filter(domain__framework__institute=institute, code=code).first()
    if found is None:
        raise NotOnSite(f"the framework has no competency “{code}”")
    return found
