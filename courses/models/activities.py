"""What a learner answered in the activities of a lesson."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from courses.blocks.activities import plain
from courses.models.enrolment import Enrolment
from courses.models.pages import LessonPage
from courses.practice.sheets import ACTIVITIES, Sheet, answered, blank
from lms.people.privacy import export


@export("practice, and the learner's own; it goes with the account")
class ActivityAnswer(models.Model):
    """A learner's newest answer to an activity: practice, no evidence, so another try replaces it.

    `digest` says which wording was answered. When the author changes the activity the answer no longer
    fits and is not shown, yet that the learner once did the activity stays true.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="activity_answers")
    lesson = models.ForeignKey(LessonPage, on_delete=models.CASCADE, related_name="+")
    activity = models.CharField(max_length=80)
    digest = models.CharField(max_length=32)
    answers = models.JSONField()
    first_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson", "activity"], name="one_answer_to_each_activity_of_a_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity}, {self.enrolment}"


def activities_in(lesson: LessonPage) -> Iterator[tuple[Any, dict[str, Any], Sheet]]:
    """Each activity of the lesson: its block, its values, and its sheet that nobody has answered."""
    for block in lesson.body:
        if block.block_type in ACTIVITIES:
            values = plain(block.value)
            yield block, values, blank(block.block_type, values)


def sheets_of(enrolment: Enrolment | None, lesson: LessonPage) -> dict[str, Sheet]:
    """The learner's sheets of the lesson by their activities' names, in one query however many there are."""
    if enrolment is None:
        return {}
    kept = {each.activity: each for each in enrolment.activity_answers.filter(lesson=lesson)}
    if not kept:
        return {}
    return {
        sheet.name: answered(sheet.kind, values, kept[sheet.name].answers)
        for _, values, sheet in activities_in(lesson)
        if sheet.name in kept and kept[sheet.name].digest == sheet.digest
    }
