"""Pasted addresses: what each line would do, and doing it, once."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.models import CoursePage, Enrolment, LessonPage
from lms.jobs.models import Mail
from lms.people.models import Employment, Invitation, Organisation, User
from lms.views.bulk_enrolment import Does, carry_out, pieces, plan
from lms.views.bulk_enrolment import _address as address
from tests.factories import courses as course_factory
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(lesson: LessonPage, foundations: CoursePage) -> CoursePage:
    return foundations


def does(text: str, organisation: Organisation, course: CoursePage, at: datetime) -> list[tuple[str, Does]]:
    return [(line.address, line.does) for line in plan(text, organisation, course, at)]


def test_each_line_says_what_it_will_do_and_nothing_happens(
    ada: User, ben: User, manuel: User, marlshire: Organisation, course: CoursePage, at: datetime
) -> None:
    carla = people.person("Carla")
    people.employ(carla, marlshire)
    course_factory.enrol(carla, course, organisation=marlshire)
    text = """Ada.Bright@example.org
        carla.okafor@example.org
        Ben Carter <ben.carter@example.org>
        new@example.org
        NEW@example.org
        not an address"""

    assert does(text, marlshire, course, at) == [
        ("ada.bright@example.org", Does.ENROL),
        ("carla.okafor@example.org", Does.NOTHING),
        ("ben.carter@example.org", Does.INVITE),
        ("new@example.org", Does.INVITE),
        ("new@example.org", Does.TWICE),
        ("", Does.WRONG),
    ]
    assert Enrolment.objects.count() == 1
    assert not Invitation.objects.exists()


def test_an_address_with_and_one_without_an_account_look_the_same(
    ben: User, manuel: User, marlshire: Organisation, course: CoursePage, at: datetime
) -> None:
    """A manager cannot ask this page who has an account here."""
    lines = plan("ben.carter@example.org; nobody@example.org", marlshire, course, at)

    assert [(line.does, line.person) for line in lines] == [(Does.INVITE, None), (Does.INVITE, None)]


def test_somebody_who_has_not_accepted_or_works_elsewhere_is_invited_not_enrolled(
    ada: User, ben: User, manuel: User, marlshire: Organisation, course: CoursePage, at: datetime
) -> None:
    ada.employments.update(accepted_at=None)
    people.employ(ben, people.organisation("marlshire-icb", "NHS Marlshire"))

    assert does("ada.bright@example.org\nben.carter@example.org", marlshire, course, at) == [
        ("ada.bright@example.org", Does.INVITE),
        ("ben.carter@example.org", Does.INVITE),
    ]


def test_two_addresses_of_one_person_are_one_person(
    ada: User, manuel: User, marlshire: Organisation, course: CoursePage, at: datetime
) -> None:
    ada.employments.update(work_email="a.bright@marlshire.example.org")

    assert [
        what
        for _, what in does("a.bright@marlshire.example.org, ada.bright@example.org", marlshire, course, at)
    ] == [
        Does.ENROL,
        Does.TWICE,
    ]


def test_confirming_enrols_and_invites_and_confirming_again_changes_nothing(
    ada: User, manuel: User, marlshire: Organisation, course: CoursePage, at: datetime
) -> None:
    text = "ada.bright@example.org\nnew@example.org\nnonsense"

    first = carry_out(plan(text, marlshire, course, at), marlshire, course, by=manuel, at=at)
    again = carry_out(plan(text, marlshire, course, at), marlshire, course, by=manuel, at=at)

    enrolment = Enrolment.objects.get()
    assert (first.enrolled, first.invited, first.refused) == (1, 1, ())
    assert first.sentence == "1 person is enrolled now. 1 invitation is on the way."
    assert (again.enrolled, again.invited, again.refused) == (0, 0, ())
    assert (enrolment.learner, enrolment.organisation, enrolment.enrolled_by) == (ada, marlshire, manuel)
    assert Invitation.objects.get().email == "new@example.org"
    assert Mail.objects.filter(kind="invitation").count() == 1


def test_a_plan_made_before_somebody_left_refuses_them_and_goes_on(
    ada: User, ben: User, manuel: User, marlshire: Organisation, course: CoursePage, at: datetime
) -> None:
    people.employ(ben, marlshire)
    lines = plan("ada.bright@example.org, ben.carter@example.org", marlshire, course, at)
    Employment.objects.filter(person=ada).update(ended_on=at.date())

    done = carry_out(lines, marlshire, course, by=manuel, at=at)

    assert done.enrolled == 1
    assert len(done.refused) == 1
    assert done.refused[0].startswith("ada.bright@example.org: ")


def test_the_dry_run_and_its_sentence_say_nothing_about_who_enrolled_by_themselves(
    ada: User,
    ben: User,
    manuel: User,
    enrolment: Enrolment,
    marlshire: Organisation,
    course: CoursePage,
    at: datetime,
) -> None:
    """Ada takes the course by herself, Ben does not take it: a manager reads the same of both."""
    people.employ(ben, marlshire)
    lines = plan("ada.bright@example.org, ben.carter@example.org", marlshire, course, at)
    done = carry_out(lines, marlshire, course, by=manuel, at=at)

    assert [line.does for line in lines] == [Does.ENROL, Does.ENROL]
    assert done.sentence == "2 people are enrolled now. 0 invitations are on the way."
    assert Enrolment.objects.get(learner=ada).organisation is None
    assert Enrolment.objects.get(learner=ben).organisation == marlshire


def test_five_hundred_lines_cost_as_many_queries_as_one(
    ada: User,
    manuel: User,
    marlshire: Organisation,
    course: CoursePage,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(4):
        plan("ada.bright@example.org", marlshire, course, at)
    with django_assert_num_queries(4):
        plan(
            "ada.bright@example.org\n" + "\n".join(f"p{n}@example.org" for n in range(499)),
            marlshire,
            course,
            at,
        )


@pytest.mark.parametrize(
    ("piece", "read"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  ADA@Example.Org ", "ada@example.org"),
        ("Ada Bright <ada@example.org>", "ada@example.org"),
        ("<ada@example.org>", "ada@example.org"),
        ("ａｄａ@example.org", "ada@example.org"),
        ("ada", ""),
        ("ada@", ""),
        ("ada@example", ""),
        ("ada bright@example.org", ""),
        ("аda@example.org", ""),  # a Cyrillic letter that looks like an a
        ("ada@example.org\0", ""),
        ("=cmd|' /C calc'!A0", ""),
    ],
)
def test_a_piece_is_an_address_or_it_is_not(piece: str, read: str) -> None:
    assert address(piece) == read


@given(st.text())
def test_no_pasted_text_whatever_breaks_the_reading(text: str) -> None:
    for piece in pieces(text):
        read = address(piece)

        assert read == read.lower()
        assert read == "" or "@" in read
