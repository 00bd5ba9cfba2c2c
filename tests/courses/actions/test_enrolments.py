"""Enrolling in a course and leaving it."""

from datetime import datetime, timedelta

import pytest

from courses.actions import enrolments
from courses.models import CoursePage, Enrolment
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.people.models import Institute, Organisation, User
from tests.factories import courses as factory
from tests.factories import people


def test_ada_enrols_herself_and_it_is_recorded(
    ada: User, foundations: CoursePage, aldermoor: Institute, at: datetime
) -> None:
    enrolment = enrolments.enrol(ada, foundations, by=ada, at=at)

    assert (enrolment.learner, enrolment.course, enrolment.enrolled_by) == (ada, foundations, ada)
    assert (enrolment.enrolled_at, enrolment.organisation, enrolment.is_open) == (at, None, True)
    event = Event.objects.get()
    assert (event.chain, event.verb) == (str(aldermoor.uuid), "enrolment.made")
    assert (event.actor, event.subject) == (ada.uuid, enrolment.uuid)
    assert event.facts == {"course": foundations.pk, "organisation": None}


def test_enrolling_again_gives_the_same_enrolment(ada: User, foundations: CoursePage, at: datetime) -> None:
    first = enrolments.enrol(ada, foundations, by=ada, at=at)

    again = enrolments.enrol(ada, foundations, by=ada, at=at + timedelta(days=1))

    assert again == first
    assert again.enrolled_at == at
    assert Event.objects.count() == 1


def test_ada_enrols_through_the_council_that_employs_her(
    ada: User, foundations: CoursePage, marlshire: Organisation, at: datetime
) -> None:
    people.employ(ada, marlshire, accepted_at=at)

    enrolment = enrolments.enrol(ada, foundations, by=ada, at=at, organisation=marlshire)

    assert enrolment.organisation == marlshire
    assert Event.objects.get().facts["organisation"] == str(marlshire.uuid)


def test_nobody_enrols_through_an_employer_who_does_not_employ_them(
    ada: User, foundations: CoursePage, marlshire: Organisation, at: datetime
) -> None:
    with pytest.raises(
        enrolments.NotEmployed, match="Ada Bright has not confirmed that they work at Marlshire"
    ):
        enrolments.enrol(ada, foundations, by=ada, at=at, organisation=marlshire)

    assert not Enrolment.objects.exists()


def test_manuel_enrols_ada_who_works_at_marlshire(
    ada: User, manuel: User, foundations: CoursePage, marlshire: Organisation, at: datetime
) -> None:
    enrolment = enrolments.enrol(ada, foundations, by=manuel, at=at, organisation=marlshire)

    assert (enrolment.learner, enrolment.enrolled_by) == (ada, manuel)


def test_manuel_cannot_enrol_ada_before_she_accepts_that_she_works_there(
    ada: User, manuel: User, foundations: CoursePage, marlshire: Organisation, at: datetime
) -> None:
    ada.employments.update(accepted_at=None)

    with pytest.raises(enrolments.NotEmployed):
        enrolments.enrol(ada, foundations, by=manuel, at=at, organisation=marlshire)


def test_somebody_without_the_function_enrols_nobody_else(
    ada: User, ben: User, foundations: CoursePage, at: datetime
) -> None:
    with pytest.raises(enrolments.NotOpen, match="“Foundations” is not open to Ada Bright"):
        enrolments.enrol(ada, foundations, by=ben, at=at)


def test_a_closed_course_refuses(ada: User, aldermoor: Institute, at: datetime) -> None:
    closed = factory.course(aldermoor, "Closed", open_to=CoursePage.OpenTo.INVITED)

    with pytest.raises(enrolments.NotOpen, match="“Closed” is not open to you"):
        enrolments.enrol(ada, closed, by=ada, at=at)


def test_ada_leaves_and_what_she_did_stays(ada: User, enrolment: Enrolment, at: datetime) -> None:
    enrolments.leave(enrolment, by=ada, at=at)

    enrolment.refresh_from_db()
    assert enrolment.left_at == at
    assert Event.objects.get().verb == "enrolment.left"


def test_leaving_twice_is_refused_and_recorded_once(ada: User, enrolment: Enrolment, at: datetime) -> None:
    enrolments.leave(enrolment, by=ada, at=at)

    with pytest.raises(enrolments.AlreadyLeft, match="You have left this course already"):
        enrolments.leave(enrolment, by=ada, at=at + timedelta(hours=1))

    enrolment.refresh_from_db()
    assert enrolment.left_at == at
    assert Event.objects.count() == 1


def test_nobody_else_ends_an_enrolment(manuel: User, enrolment: Enrolment, at: datetime) -> None:
    with pytest.raises(enrolments.NotTheirs):
        enrolments.leave(enrolment, by=manuel, at=at)


def test_who_left_may_come_back_to_a_new_enrolment(ada: User, enrolment: Enrolment, at: datetime) -> None:
    enrolments.leave(enrolment, by=ada, at=at)

    again = enrolments.enrol(ada, enrolment.course, by=ada, at=at)

    assert again != enrolment
    assert list(Enrolment.objects.open()) == [again]


@pytest.fixture
def private(ada: User, manuel: User, foundations: CoursePage, at: datetime) -> Enrolment:
    """Ada works at the council, where Manuel manages her, and takes the course on her own."""
    return enrolments.enrol(ada, foundations, by=ada, at=at)


def test_an_employer_who_enrols_her_sees_nothing_of_what_she_does_on_her_own_and_she_is_told(
    private: Enrolment,
    manuel: User,
    marlshire: Organisation,
    foundations: CoursePage,
    ada: User,
    at: datetime,
) -> None:
    again = enrolments.enrol(ada, foundations, by=manuel, at=at, organisation=marlshire)

    assert (again, again.organisation) == (private, None)
    (letter,) = Mail.objects.filter(recipient=ada.email)
    assert letter.subject == "Marlshire County Council has enrolled you in a course that you take already"
    assert f"http://localhost:8000/my/enrolments/{private.uuid}/show/" in letter.body


def test_ada_shows_the_council_where_she_stands_and_it_is_recorded(
    private: Enrolment, ada: User, marlshire: Organisation, at: datetime
) -> None:
    enrolments.show(private, marlshire, by=ada, at=at)

    assert list(Enrolment.objects.visible_to_employer(marlshire)) == [private]
    event = Event.objects.get(verb="enrolment.shown")
    assert (event.actor, event.facts) == (ada.uuid, {"organisation": str(marlshire.uuid)})


def test_what_the_council_sees_is_not_shown_to_it_again(
    private: Enrolment, ada: User, marlshire: Organisation, at: datetime
) -> None:
    enrolments.show(private, marlshire, by=ada, at=at)

    with pytest.raises(enrolments.AlreadyShown):
        enrolments.show(private, marlshire, by=ada, at=at)


def test_after_a_change_of_job_the_next_employer_may_be_shown_it(
    private: Enrolment, ada: User, marlshire: Organisation, at: datetime
) -> None:
    enrolments.show(private, marlshire, by=ada, at=at)
    ada.employments.update(ended_on=at.date())
    board = people.organisation("Marlshire Board")
    people.employ(ada, board, accepted_at=at)

    enrolments.show(private, board, by=ada, at=at)

    assert list(Enrolment.objects.visible_to_employer(board)) == [private]
    assert list(Enrolment.objects.visible_to_employer(marlshire)) == []


def test_nobody_else_shows_it_and_to_nobody_for_whom_she_does_not_work(
    private: Enrolment, ada: User, manuel: User, marlshire: Organisation, at: datetime
) -> None:
    with pytest.raises(enrolments.NotTheirs):
        enrolments.show(private, marlshire, by=manuel, at=at)
    with pytest.raises(enrolments.NotEmployed):
        enrolments.show(private, people.organisation("Somewhere else"), by=ada, at=at)

    assert Enrolment.objects.get().organisation is None
