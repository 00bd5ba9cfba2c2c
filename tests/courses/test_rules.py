"""Who may enrol, leave and read what."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, PageViewRestriction

from courses import rules
from courses.models import CoursePage, Enrolment, InstitutePage, LessonPage
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role
from tests.factories import courses as factory
from tests.factories import people

ON = date(2026, 11, 23)
ACCEPTED = datetime(2026, 5, 1, tzinfo=UTC)
Open = CoursePage.OpenTo


@pytest.fixture
def invited(aldermoor: Institute, marlshire: Organisation) -> CoursePage:
    """A course for the people of Marlshire."""
    course = factory.course(aldermoor, "For Marlshire", open_to=Open.ORGANISATIONS)
    course.organisations.set([marlshire])
    course.save()
    return course


def test_a_course_for_everyone_is_open_to_ada(ada: User, foundations: CoursePage) -> None:
    assert rules.may_enrol(ada, foundations)
    assert list(rules.courses_open_to(ada)) == [foundations]
    assert list(rules.courses_open_to(AnonymousUser())) == [foundations]


def test_a_course_for_an_organisation_is_open_to_those_who_work_there(
    ada: User, ben: User, invited: CoursePage, marlshire: Organisation
) -> None:
    people.employ(ada, marlshire, accepted_at=ACCEPTED)

    assert (rules.may_enrol(ada, invited), rules.may_enrol(ben, invited)) == (True, False)
    assert list(rules.courses_open_to(ada)) == [invited]
    assert list(rules.courses_open_to(ben)) == []
    assert list(rules.courses_open_to(AnonymousUser())) == []


@pytest.mark.parametrize("fields", [{"accepted_at": None}, {"ended_on": date(2026, 6, 1)}])
def test_an_employment_that_is_not_accepted_or_has_ended_opens_nothing(
    ada: User, invited: CoursePage, marlshire: Organisation, fields: dict[str, object]
) -> None:
    people.employ(ada, marlshire, **fields)

    assert not rules.may_enrol(ada, invited)
    assert list(rules.courses_open_to(ada)) == []


def test_nobody_enrols_themselves_by_invitation(ada: User, aldermoor: Institute) -> None:
    course = factory.course(aldermoor, "By invitation", open_to=Open.INVITED)

    assert not rules.may_enrol(ada, course)
    assert list(rules.courses_open_to(ada)) == []

    factory.enrol(ada, course)

    assert list(rules.courses_open_to(ada)) == [course]


def test_a_course_is_closed_while_its_institute_s_page_is_a_draft(ada: User, foundations: CoursePage) -> None:
    InstitutePage.objects.update(live=False)

    assert not rules.may_enrol(ada, foundations)
    assert list(rules.courses_open_to(ada)) == []


def test_a_manager_enrols_staff_in_what_is_open_to_the_organisation(
    manuel: User, marlshire: Organisation, foundations: CoursePage, invited: CoursePage, aldermoor: Institute
) -> None:
    closed = factory.course(aldermoor, "By invitation", open_to=Open.INVITED)

    assert rules.may_enrol_others(manuel, foundations, marlshire, ON)
    assert rules.may_enrol_others(manuel, invited, marlshire, ON)
    assert not rules.may_enrol_others(manuel, closed, marlshire, ON)


def test_a_manager_enrols_for_no_other_organisation(manuel: User, foundations: CoursePage) -> None:
    elsewhere = people.organisation("brackwater", "Brackwater Trust")

    assert not rules.may_enrol_others(manuel, foundations, elsewhere, ON)
    assert not rules.may_enrol_others(manuel, foundations, None, ON)


def test_an_administrator_enrols_for_their_own_institute(
    ines: User, otto: User, foundations: CoursePage
) -> None:
    assert rules.may_enrol_others(ines, foundations, None, ON)
    assert not rules.may_enrol_others(otto, foundations, None, ON)


def test_only_the_learner_leaves(enrolment: Enrolment, ada: User, manuel: User) -> None:
    assert rules.may_leave(ada, enrolment)
    assert not rules.may_leave(manuel, enrolment)


def test_an_enrolled_learner_studies_every_live_step(
    ada: User, enrolment: Enrolment, lesson: LessonPage
) -> None:
    assert rules.may_study(ada, lesson, enrolment, ON)


def test_nobody_studies_on_another_s_enrolment(ben: User, enrolment: Enrolment, lesson: LessonPage) -> None:
    assert not rules.may_study(ben, lesson, enrolment, ON)


def test_an_enrolment_that_was_left_opens_nothing(
    ada: User, enrolment: Enrolment, lesson: LessonPage
) -> None:
    enrolment.left_at = ACCEPTED

    assert not rules.may_study(ada, lesson, enrolment, ON)


def test_somebody_who_is_not_enrolled_studies_nothing(ben: User, lesson: LessonPage) -> None:
    assert not rules.may_study(ben, lesson, None, ON)
    assert not rules.may_study(AnonymousUser(), lesson, None, ON)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.AUTHOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.ASSESSOR, True),
        (Role.IQA, True),
        (Role.LEAD_IQA, True),
        (Role.EQA, False),
        (Role.REGISTRAR, False),
    ],
)
def test_staff_who_write_mark_or_check_read_without_enrolling(
    aldermoor: Institute, fenwick: Institute, lesson: LessonPage, role: Role, may: bool
) -> None:
    here, elsewhere = people.person("Here"), people.person("Elsewhere")
    people.appoint(here, role, aldermoor)
    people.appoint(elsewhere, role, fenwick)

    assert rules.may_study(here, lesson, None, ON) == may
    assert not rules.may_study(elsewhere, lesson, None, ON)


@pytest.mark.parametrize("above", ["institute", "course", "module", "lesson"])
def test_a_draft_anywhere_above_closes_the_step(
    ada: User, adil: User, enrolment: Enrolment, lesson: LessonPage, above: str
) -> None:
    depth = {"institute": 3, "course": 4, "module": 5, "lesson": 6}[above]
    Page.objects.filter(depth=depth).update(live=False)
    lesson.refresh_from_db()

    assert not rules.may_study(ada, lesson, enrolment, ON)
    assert not rules.may_study(adil, lesson, None, ON)


def test_what_an_editor_made_private_is_closed(ada: User, enrolment: Enrolment, lesson: LessonPage) -> None:
    PageViewRestriction.objects.create(page=lesson.get_parent(), restriction_type=PageViewRestriction.LOGIN)

    assert not rules.may_study(ada, lesson, enrolment, ON)
