"""Which lessons count as continuing professional development, since when, and for how many minutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Min

from courses.models.activities import ActivityAnswer
from courses.models.enrolment import Enrolment, StepDone
from courses.models.pages import LessonPage
from courses.practice.sheets import ACTIVITIES
from lms.people.models import User
from lms.people.privacy import export

LONDON = ZoneInfo("Europe/London")


@export("the learner's own reckoning; it goes with the account")
class CpdMinutes(models.Model):
    """Fewer minutes than a lesson's own, because the learner says that it took them less."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="cpd_minutes")
    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson"], name="cpd_minutes_are_said_once_for_a_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes, {self.lesson}"


@dataclass(frozen=True)
class CpdLesson:
    """A lesson that counts: `minutes` are what it counts for, never more than the lesson's own."""

    enrolment: Enrolment
    lesson: LessonPage
    on: date
    minutes: int

    @property
    def is_lowered(self) -> bool:
        return self.minutes < self.lesson.minutes

    @property
    def course(self) -> str:
        return self.enrolment.course.title


def cpd_of(person: User) -> list[CpdLesson]:
    """Every lesson that counts for the person, newest first; five queries however many.

    A lesson with activities counts from the first answer to one of them, any other from the day that it
    was finished; once only, however often the course was taken.
    """
    finished = _earliest(
        StepDone.objects.filter(enrolment__learner=person, step__lessonpage__isnull=False).values_list(
            "enrolment", "step", "at"
        )
    )
    answers = ActivityAnswer.objects.filter(enrolment__learner=person).order_by()
    answered = _earliest(answers.values("enrolment", "lesson").annotate(at=Min("first_at")).values_list("enrolment", "lesson", "at"))  # fmt: skip
    lessons = LessonPage.objects.in_bulk(finished.keys() | answered.keys())
    enrolments = Enrolment.objects.filter(learner=person).select_related("course__institute").in_bulk()
    said = {
        (each.enrolment_id, each.lesson_id): each.minutes
        for each in CpdMinutes.objects.filter(enrolment__learner=person)
    }
    counting = []
    for lesson in lessons.values():
        found = (answered if _has_activity(lesson) else finished).get(lesson.pk)
        if found:
            enrolment, at = found
            minutes = min(lesson.minutes, said.get((enrolment, lesson.pk), lesson.minutes))
            on = at.astimezone(LONDON).date()
            counting.append(CpdLesson(enrolments[enrolment], lesson, on, minutes))
    return sorted(counting, key=lambda each: (each.on, each.lesson.pk), reverse=True)


def _earliest(rows: Iterable[tuple[Any, ...]]) -> dict[int, tuple[int, datetime]]:
    """For each lesson the enrolment and the instant that came first."""
    found: dict[int, tuple[int, datetime]] = {}
    for enrolment, lesson, at in rows:
        if lesson not in found or at < found[lesson][1]:
            found[lesson] = (enrolment, at)
    return found


def _has_activity(lesson: LessonPage) -> bool:
    return any(block["type"] in ACTIVITIES for block in lesson.body.raw_data)
