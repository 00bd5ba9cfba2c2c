"""Stories of people who find something wrong: two reports, one answered and one that waits."""

from assessments.models import Question
from lms.demonstration.calendar import Story
from lms.demonstration.world import Course, World
from lms.problems import actions
from lms.problems.actions import Subject
from lms.problems.models import Kind, Problem

LESSON_REPORT = "The link to the guidance at the end of the second part leads to a page that has moved."
LESSON_ANSWER = "Thank you. The page has a new address, and the lesson names it now."
QUESTION_REPORT = "I am not sure that only one of the answers is right. The third is what our own procurement team would say."


def reports_a_lesson(world: World, course: Course, who: str, *, days: int, answered: int) -> Story:
    """Somebody reports a lesson, and the author answers some days later."""
    at = yield world.calendar.ago(days, "12:50")
    lesson = course.lessons[0]
    subject = Subject(world.aldermoor, Kind.LESSON, lesson.translation_key, lesson.title, lesson.get_url())
    problem = actions.report(subject, LESSON_REPORT, by=world.people[who], at=at)
    at = yield world.calendar.ago(answered, "10:40")
    actions.answer(problem, Problem.State.ANSWERED, LESSON_ANSWER, by=world.people["author"], at=at)


def reports_a_question(world: World, course: Course, who: str, *, days: int) -> Story:
    """Somebody reports a question after an attempt; nobody has answered yet."""
    at = yield world.calendar.ago(days, "13:05")
    question = Question.objects.filter(pool=course.quizzes[0].pool_id).order_by("key")[0]
    address = f"/at/{world.aldermoor.slug}/questions/{question.uuid}/"
    subject = Subject(world.aldermoor, Kind.QUESTION, question.uuid, f"{question.key}, version 1", address)
    actions.report(subject, QUESTION_REPORT, by=world.people[who], at=at)
