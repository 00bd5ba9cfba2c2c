"""Saying that a lesson took less time than it is meant to."""

from datetime import datetime

from courses.models import CpdMinutes, Enrolment, LessonPage


class TooManyMinutes(Exception):
    """More minutes than the lesson has; the message says how many it may be."""


def say_minutes(enrolment: Enrolment, lesson: LessonPage, minutes: int, *, at: datetime) -> None:
    """Count the lesson for so many minutes; raises TooManyMinutes above the lesson's own."""
    if not 0 <= minutes <= lesson.minutes:
        raise TooManyMinutes(f"“{lesson.title}” counts for {lesson.minutes} minutes at most.")
    CpdMinutes.objects.update_or_create(
        enrolment=enrolment, lesson=lesson, defaults={"minutes": minutes, "said_at": at}
    )
