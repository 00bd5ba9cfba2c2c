"""Where staff stand: whose rows an employer sees, and what stands in them."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from certificates.actions import certificates as lives
from certificates.models import SchemeVersion
from courses.actions import steps
from courses.models import CoursePage, Enrolment, LessonPage, ModulePage
from lms.people.models import Organisation, User
from lms.views import staff
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.factories import people
from tests.lms.views.conftest import Certify

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture
def through_work(
    ada: User, manuel: User, lesson: LessonPage, foundations: CoursePage, marlshire: Organisation
) -> Enrolment:
    """Ada's enrolment in Foundations, made by Manuel for Marlshire."""
    return course_factory.enrol(ada, foundations, organisation=marlshire, enrolled_by=manuel)


@pytest.fixture
def scheme(foundations: CoursePage) -> SchemeVersion:
    return certificate_factory.scheme(foundations)


def cells(organisation: Organisation) -> list[tuple[object, ...]]:
    return [row.cells for row in staff.rows_of(organisation, staff.visible(organisation), TODAY)]


def test_a_row_names_the_course_and_the_step_that_comes_next(
    through_work: Enrolment, marlshire: Organisation
) -> None:
    assert cells(marlshire) == [("Ada Bright", "Foundations", "What, not how", None, "", None, "Not started")]


def test_the_step_moves_on_and_a_finished_course_has_a_day_and_no_step(
    through_work: Enrolment, module: ModulePage, lesson: LessonPage, marlshire: Organisation, at: datetime
) -> None:
    second = course_factory.lesson(module, "The cycle")
    steps.finish(through_work, lesson, by_what="reading", at=at)
    assert cells(marlshire)[0][2:4] == ("The cycle", None)
    assert cells(marlshire)[0][6] == "Studying"

    steps.finish(through_work, second, by_what="reading", at=at)

    assert cells(marlshire) == [("Ada Bright", "Foundations", "", TODAY, "", None, "Finished")]


def test_a_certificate_shows_its_title_its_last_day_and_how_it_stands(
    through_work: Enrolment,
    scheme: SchemeVersion,
    certify: Certify,
    marlshire: Organisation,
    rosa: User,
    at: datetime,
) -> None:
    certificate = certify(through_work, scheme)
    assert cells(marlshire)[0][4:] == ("Foundations of commissioning", date(2028, 11, 22), "Certified")

    lives.follow(certificate, "suspended", by=rosa, at=at + timedelta(minutes=1))
    assert cells(marlshire)[0][6] == "Certificate suspended"

    lives.follow(certificate, "revoked", by=rosa, at=at + timedelta(minutes=2))
    assert cells(marlshire)[0][6] == "Certificate revoked"


def test_a_certificate_that_ends_within_ninety_days_says_so(
    through_work: Enrolment, foundations: CoursePage, certify: Certify, marlshire: Organisation
) -> None:
    assert not staff.expiring(staff.visible(marlshire), TODAY).exists()

    certify(through_work, certificate_factory.scheme(foundations, validity_months=2))

    assert cells(marlshire)[0][5:] == (date(2027, 1, 22), "Certificate ends soon")
    assert staff.expiring(staff.visible(marlshire), TODAY).get() == through_work
    assert not staff.expiring(staff.visible(marlshire), date(2027, 1, 23)).exists()


def test_a_certificate_from_before_the_enrolment_is_none_of_the_employers_business(
    ada: User,
    manuel: User,
    lesson: LessonPage,
    foundations: CoursePage,
    scheme: SchemeVersion,
    certify: Certify,
    marlshire: Organisation,
    at: datetime,
) -> None:
    own = course_factory.enrol(ada, foundations)
    certify(own, scheme)
    Enrolment.objects.filter(pk=own.pk).update(left_at=at)
    course_factory.enrol(ada, foundations, organisation=marlshire, enrolled_at=at + timedelta(hours=1))

    assert cells(marlshire)[0][4:] == ("", None, "Not started")


def test_only_enrolments_through_this_organisation_are_seen(
    ada: User, manuel: User, enrolment: Enrolment, foundations: CoursePage, marlshire: Organisation
) -> None:
    elsewhere = people.organisation("marlshire-icb", "NHS Marlshire")
    people.employ(ada, elsewhere)

    assert cells(marlshire) == []
    assert cells(elsewhere) == []


@pytest.mark.parametrize(
    "change", [{"accepted_at": None}, {"ended_on": TODAY}], ids=["not accepted", "ended"]
)
def test_only_people_it_employs_now_and_who_accepted_are_seen(
    change: dict[str, object], through_work: Enrolment, ada: User, marlshire: Organisation
) -> None:
    assert len(cells(marlshire)) == 1

    ada.employments.update(**change)

    assert cells(marlshire) == []


def test_a_person_who_was_employed_twice_has_one_row(
    through_work: Enrolment, ada: User, marlshire: Organisation
) -> None:
    people.employ(ada, marlshire, ended_on=date(2025, 1, 1))

    assert len(cells(marlshire)) == 1


def test_a_course_that_was_left_says_so_until_they_are_enrolled_again(
    through_work: Enrolment,
    ada: User,
    manuel: User,
    foundations: CoursePage,
    marlshire: Organisation,
    at: datetime,
) -> None:
    Enrolment.objects.update(left_at=at)
    assert [row[6] for row in cells(marlshire)] == ["Left the course"]

    course_factory.enrol(ada, foundations, organisation=marlshire, enrolled_by=manuel, enrolled_at=at)

    assert [row[6] for row in cells(marlshire)] == ["Not started"]


def test_a_team_is_the_people_who_name_that_line_manager(
    through_work: Enrolment, manuel: User, ben: User, foundations: CoursePage, marlshire: Organisation
) -> None:
    people.employ(ben, marlshire)
    course_factory.enrol(ben, foundations, organisation=marlshire)

    everybody = staff.visible(marlshire)
    team = staff.in_team_of(everybody, manuel, marlshire)

    assert [str(each.learner) for each in everybody] == ["Ada Bright", "Ben Carter"]
    assert [str(each.learner) for each in team] == ["Ada Bright"]


@pytest.mark.parametrize(
    ("words", "found"), [("ada", 1), ("bright ada", 1), ("found", 1), ("ada zebra", 0), ("", 1)]
)
def test_search_wants_every_word_in_name_or_course(
    words: str, found: int, through_work: Enrolment, marlshire: Organisation
) -> None:
    assert staff.matching(staff.visible(marlshire), words).count() == found


def test_days_are_londons(through_work: Enrolment, marlshire: Organisation) -> None:
    finished = datetime(2026, 7, 1, 23, 30, tzinfo=timezone.get_default_timezone()).astimezone(
        tz=timezone.get_fixed_timezone(0)
    )
    Enrolment.objects.update(finished_at=finished)

    assert cells(marlshire)[0][3] == date(2026, 7, 1)
