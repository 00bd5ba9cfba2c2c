"""Who may enrol, leave, and read what; each as a question about one thing, and where a list needs it as a set."""

from datetime import date

from django.db.models import Q, QuerySet
from wagtail.models import Page

from courses.models import CoursePage, Enrolment, InstitutePage, LogEntry
from lms.people import access
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Permission

# The functions whose holders read a course without being enrolled in it: they write, mark or check it.
READERS = (
    Permission.WRITE_COURSES,
    Permission.MARK_WORK,
    Permission.ASSURE_QUALITY,
    Permission.CHANGE_SETTINGS,
)


def courses_open_to(person: access.Person) -> QuerySet[CoursePage]:
    """The live courses that the person may enrol in, or is enrolled in: what the catalogue shows them."""
    live = CoursePage.objects.live().filter(institute__page__live=True)
    if not person.is_authenticated:
        return live.filter(open_to=CoursePage.OpenTo.EVERYONE)
    employers = person.employments.current().values("organisation")
    invited = CoursePage.organisations.through.objects.filter(organisation__in=employers)
    taken = Enrolment.objects.open().filter(learner=person)
    return live.filter(
        Q(open_to=CoursePage.OpenTo.EVERYONE)
        | Q(open_to=CoursePage.OpenTo.ORGANISATIONS, pk__in=invited.values("coursepage"))
        | Q(pk__in=taken.values("course"))
    )


def may_enrol(person: User, course: CoursePage) -> bool:
    """Whether the person may enrol themselves."""
    if not is_reachable(course):
        return False
    if course.open_to == CoursePage.OpenTo.ORGANISATIONS:
        employers = person.employments.current().values("organisation")
        return course.organisations.filter(pk__in=employers).exists()
    return course.open_to == CoursePage.OpenTo.EVERYONE


def may_enrol_others(person: User, course: CoursePage, organisation: Organisation | None, on: date) -> bool:
    """Whether the person may enrol others: for the employer they act for, or for the course's institute."""
    if not is_reachable(course):
        return False
    if organisation is None:
        return access.can(person, Permission.APPOINT_PEOPLE, course.institute, on)
    if not access.can(person, Permission.ENROL_STAFF, organisation, on):
        return False
    if course.open_to == CoursePage.OpenTo.EVERYONE:
        return True
    return course.organisations.filter(pk=organisation.pk).exists()


def may_leave(person: User, enrolment: Enrolment) -> bool:
    """Only learners themselves leave a course."""
    return enrolment.learner_id == person.pk


def may_show(person: User, enrolment: Enrolment) -> bool:
    """Only learners themselves show an employer where they stand, in a course that they take."""
    return enrolment.learner_id == person.pk and enrolment.is_open


def may_study(person: access.Person, page: Page, enrolment: Enrolment | None, on: date) -> bool:
    """Whether the person may read this module or step: enrolled in its course, or staff who read it at work.

    `enrolment` is the person's open enrolment in the course above the page, if there is one.
    """
    if not is_reachable(page):
        return False
    if enrolment is not None:
        return enrolment.learner_id == person.pk and enrolment.is_open
    return may_read_as_staff(person, page, on)


def may_read_as_staff(person: access.Person, page: Page, on: date) -> bool:
    """Whether a role at the page's institute lets the person read it without being enrolled."""
    if not access.memberships(person):
        return False
    institute = CoursePage.objects.ancestor_of(page, inclusive=True).get().institute
    return any(access.can(person, permission, institute, on) for permission in READERS)


def log_readers(entry: LogEntry) -> list[tuple[Institute, User]]:
    """Whom the learner may show the entry: assessors of the institutes whose courses they took, but no line manager."""
    institutes = Institute.objects.filter(courses__enrolments__learner=entry.learner_id).distinct()
    kept_out = _never_shown(entry)
    return [
        (institute, assessor)
        for institute in institutes.order_by("name")
        for assessor in access.people_who(Permission.MARK_WORK, institute)
        if assessor.pk not in kept_out
    ]


def may_be_shown_log(assessor: User, entry: LogEntry, institute: Institute, on: date) -> bool:
    """Whether the learner may show the entry to this person at this institute."""
    return (
        assessor.pk not in _never_shown(entry)
        and access.can(assessor, Permission.MARK_WORK, institute, on)
        and Enrolment.objects.filter(learner=entry.learner_id, course__institute=institute).exists()
    )


def _never_shown(entry: LogEntry) -> set[int | None]:
    """Learners themselves, and their line managers: a log shown to a manager would be written for one."""
    managers = entry.learner.employments.current().values_list("line_manager", flat=True)
    return {entry.learner_id, *managers}


def institutes_in_cms(person: access.Person) -> set[access.Body]:
    """The institutes whose pages the person writes, or publishes when somebody else has written them."""
    return {
        body
        for permission in (Permission.WRITE_COURSES, Permission.PUBLISH_COURSES)
        for body in access.bodies_where(person, permission)
    }


def may_meet_in_cms(person: access.Person, page: int) -> bool:
    """Whether somebody may meet this page in the CMS: their own institutes' trees, and the way down to them."""
    path = Page.objects.filter(pk=page).values_list("path", flat=True).first()
    institutes = institutes_in_cms(person)
    homes = InstitutePage.objects.filter(institute__in=institutes).values_list("path", flat=True)
    return path is not None and any(path.startswith(home) or home.startswith(path) for home in homes)


def is_reachable(page: Page) -> bool:
    """Whether the page and everything above it is published, and nobody has made any of it private in the CMS."""
    if getattr(page, "is_found_reachable", False):
        # The home page has just asked the same, on the way from the address to this page.
        return True
    hidden = Q(live=False) | Q(view_restrictions__isnull=False)
    return not page.get_ancestors(inclusive=True).filter(hidden).exists()
