"""Keeping what a learner answered in a lesson."""

from collections.abc import Sequence
from datetime import datetime

from courses.models import ActivityAnswer, Enrolment, LessonPage
from courses.practice.sheets import Sheet


def keep_answer(
    enrolment: Enrolment, lesson: LessonPage, sheet: Sheet, answers: Sequence[str], *, at: datetime
) -> ActivityAnswer:
    """Keep the learner's answer to an activity; another try replaces it. The day of the first one stays."""
    kept, _ = ActivityAnswer.objects.update_or_create(
        enrolment=enrolment,
        lesson=lesson,
        activity=sheet.name,
        defaults={"digest": sheet.digest, "answers": list(answers), "at": at},
        create_defaults={"digest": sheet.digest, "answers": list(answers), "at": at, "first_at": at},
    )
    return kept
