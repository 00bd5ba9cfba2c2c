"""Finishing steps, and with the last one the course."""

from datetime import datetime, timedelta

import pytest

from courses.actions import enrolments, steps
from courses.models import Enrolment, LessonPage, ModulePage, StepDone
from courses.models.outlines import steps_done
from lms.audit.models import Event
from lms.people.models import Institute, User
from tests.factories import courses as factory


@pytest.fixture
def second(module: ModulePage, lesson: LessonPage) -> LessonPage:
    return factory.lesson(module, "The cycle")


def test_a_step_is_done_once_however_often_it_is_said(
    enrolment: Enrolment, lesson: LessonPage, second: LessonPage, at: datetime
) -> None:
    steps.finish(enrolment, lesson, by_what="reading", at=at)
    steps.finish(enrolment, lesson, by_what="reading", at=at + timedelta(hours=1))

    done = StepDone.objects.get()
    assert (done.enrolment, done.step.pk, done.at, done.by_what) == (enrolment, lesson.pk, at, "reading")
    enrolment.refresh_from_db()
    assert enrolment.finished_at is None


def test_the_last_step_dates_the_end_of_the_course_once(
    enrolment: Enrolment, lesson: LessonPage, second: LessonPage, at: datetime
) -> None:
    steps.finish(enrolment, second, by_what="reading", at=at)
    steps.finish(enrolment, lesson, by_what="reading", at=at + timedelta(hours=1))
    steps.finish(enrolment, lesson, by_what="reading", at=at + timedelta(hours=2))

    enrolment.refresh_from_db()
    assert enrolment.finished_at == at + timedelta(hours=1)


def test_the_end_stays_when_the_course_grows(
    enrolment: Enrolment, lesson: LessonPage, module: ModulePage, at: datetime
) -> None:
    steps.finish(enrolment, lesson, by_what="reading", at=at)
    later = factory.lesson(module, "Added later")

    steps.finish(enrolment, later, by_what="reading", at=at + timedelta(days=9))

    enrolment.refresh_from_db()
    assert enrolment.finished_at == at


def test_a_step_of_another_course_is_a_mistake(
    enrolment: Enrolment, aldermoor: Institute, at: datetime
) -> None:
    elsewhere = factory.lesson(factory.module(factory.course(aldermoor, "Another")))

    with pytest.raises(ValueError, match="is no step of"):
        steps.finish(enrolment, elsewhere, by_what="reading", at=at)


def test_a_result_that_comes_after_leaving_still_finishes_its_step(
    enrolment: Enrolment, lesson: LessonPage, ada: User, at: datetime
) -> None:
    enrolments.leave(enrolment, by=ada, at=at)

    steps.finish(enrolment, lesson, by_what="assignment", at=at)

    assert steps_done(enrolment) == {lesson.pk}


def test_a_reopened_step_is_not_done_and_the_day_of_the_end_stays(
    enrolment: Enrolment, lesson: LessonPage, lena: User, at: datetime
) -> None:
    steps.finish(enrolment, lesson, by_what="assignment", at=at)

    steps.reopen(enrolment, lesson, by=lena, at=at)

    assert steps_done(enrolment) == frozenset()
    enrolment.refresh_from_db()
    assert enrolment.finished_at == at
    event = Event.objects.get()
    assert (event.verb, event.actor, event.facts) == ("step.reopened", lena.uuid, {"step": lesson.pk})


def test_reopening_what_was_never_done_records_nothing(
    enrolment: Enrolment, lesson: LessonPage, lena: User, at: datetime
) -> None:
    steps.reopen(enrolment, lesson, by=lena, at=at)

    assert not Event.objects.exists()
