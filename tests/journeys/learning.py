"""What a learner does: enrol, read, answer, write."""

from assessments.forms.wording import plain
from assessments.models import AssignmentPage, AttemptQuestion, QuizPage
from courses.models import CoursePage, LessonPage
from lms.people.models import User
from tests.journeys.visitors import Visitor

WORK = """## What should we acquire?

People who leave hospital do for themselves again what they did before.

- Nobody has counted why 372 people did not start.
- The villages are missing from the figures.

Before any hours are bought, we ask Edna and Mr Osei what would have helped."""


def enrol(learner: Visitor, course: CoursePage, through: str) -> None:
    """Find the course, read what an employer will see, and enrol through one."""
    learner.follows("Courses")
    learner.follows(course.title)
    learner.follows(f"Enrol in {course.title}")
    learner.stands_before("What an employer sees")
    learner.reads("They never see your answers, scores or feedback")
    learner.chooses(f"Through {through}")
    learner.presses("Enrol")
    learner.reads(f"You are enrolled in “{course.title}”.")


def read_the_lessons(learner: Visitor, course: CoursePage) -> None:
    """From the first lesson on each leads to the next, and the last to the quiz."""
    lessons = list(LessonPage.objects.descendant_of(course))
    learner.follows(f"Start with {lessons[0].title}")
    for lesson in lessons:
        learner.stands_before(lesson.title)
        learner.presses("Mark as complete and continue")
    learner.stands_before(QuizPage.objects.descendant_of(course).get().title)


def answer(learner: Visitor, person: User, right: int) -> None:
    """Answer each question of the open attempt, so many of them right, and hand in."""
    asked = AttemptQuestion.objects.filter(attempt__enrolment__learner=person, attempt__state="open")
    questions = list(asked.order_by("position").select_related("version"))
    for question in questions:
        is_wanted = question.position <= right
        option = next(each for each in question.version.body["options"] if each["correct"] is is_wanted)
        learner.reads(f"Question {question.position} of {len(questions)}")
        learner.chooses(plain(option["text"]))
        learner.presses("Save and check your answers" if question is questions[-1] else "Save and continue")
    learner.stands_before("Check your answers")
    learner.reads("Every question has an answer.")
    learner.presses("Hand in my answers")


def hand_in(learner: Visitor, course: CoursePage, text: str) -> None:
    """From the assignment's page to the receipt."""
    learner.stands_before(AssignmentPage.objects.descendant_of(course).get().title)
    learner.follows("Start writing")
    finish_writing(learner, text)


def finish_writing(learner: Visitor, text: str) -> None:
    """Write, save, check, declare and hand in."""
    learner.writes("Your work", text)
    learner.presses("Save draft")
    learner.reads("Your draft is saved.")
    learner.presses("Check and hand in")
    learner.stands_before("Check your work, then hand it in")
    learner.ticks("This is my own work")
    learner.presses("Hand in my work")
    learner.reads("We have your work.")
