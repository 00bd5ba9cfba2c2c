"""The content that ships, whole: loaded in the order in which its parts lean on each other, and checked."""

from datetime import date, datetime
from pathlib import Path

from assessments import checking as assessments_checking
from assessments.loading import load_assessments
from certificates import checking as certificates_checking
from certificates.loading import load_schemes
from courses import checking as courses_checking
from courses.content_files.faults import Fault
from courses.content_files.folders import CONTENT
from courses.content_files.reports import Report
from courses.loading import load_courses
from lms.operations import evidence
from lms.people import cms_groups
from lms.people.models import Institute

CHECKING = (courses_checking, assessments_checking, certificates_checking)


def load(institute: Institute, *, at: datetime, overwrite: bool = False, folder: Path = CONTENT) -> Report:
    """Bring an institute's courses, assessments and schemes to what the files say; again changes nothing.

    Raises Unreadable for a file that cannot be read, InstitutePage.DoesNotExist without the institute's page.
    """
    report = load_courses(institute, at=at, overwrite=overwrite, folder=folder)
    report += load_assessments(institute, at=at, overwrite=overwrite, folder=folder)
    report += load_schemes(institute, at=at, folder=folder)
    # An author may have been appointed before there was a page to write on.
    cms_groups.keep_all()
    return report


def faults(folder: Path = CONTENT, *, on: date) -> list[Fault]:
    """Everything that is wrong in the content folder, by file and line; `on` is the day that sources are held to."""
    found = {fault for each in CHECKING for fault in each.check_content(folder, on=on)}
    return sorted(found.union(evidence.faults(folder)))
