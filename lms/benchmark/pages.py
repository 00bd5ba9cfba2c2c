"""What is measured: the pages that people open most, each as the person who opens it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from assessments.actions import attempts
from assessments.models import Attempt, QuizPage, Result, Submission
from certificates.models import Certificate
from courses.models import CoursePage, LessonPage
from courses.models.outlines import address
from lms.benchmark.lines import Line, ask
from lms.benchmark.newcomers import foundations, newcomer
from lms.people.models import User

QUESTIONS = 20
MANY = 500


class Visit(Protocol):
    """Something that a person does, measured as a whole."""

    name: str
    # The most it may cost as a multiple of the bare view; 0 where nobody has set a limit.
    budget: int
    # How often it is done in a round, as a multiple of a page.
    weight: float

    def make(self, line: Line) -> int:
        """Do it once; returns the bytes of the last page."""


@dataclass
class Page:
    """Opening one page."""

    name: str
    url: str
    cookie: str = ""
    budget: int = 0
    weight: float = 1

    def make(self, line: Line) -> int:
        """Open it."""
        return len(ask(line, self.url, self.cookie).body)


def pages() -> Iterator[Page]:
    """The measured pages of a seeded demonstration."""
    learner = signed_in("learner@example.org")
    course = foundations()
    lesson = LessonPage.objects.descendant_of(course).order_by("path")[0]
    yield Page("catalogue", "/courses/", "", 30)
    yield Page("my learning", "/my/", learner, 55)
    yield Page("course home", address(course.url_path), learner, 55)
    yield Page("lesson", address(lesson.url_path), learner, 45)
    attempt, taker = _open_attempt(course)
    yield Page("quiz page, 1 of 20 questions", f"/my/attempts/{attempt.uuid}/1/", taker, 75)
    code = Certificate.objects.order_by("pk").values_list("code", flat=True)[0]
    yield Page("verify", f"/v/{code}/", "", 20)
    assessor, assurer = signed_in("assessor@example.org"), signed_in("iqa@example.org")
    yield Page("marking queue", "/at/aldermoor/marking/", assessor)
    yield Page("results, first 50", "/at/aldermoor/results/", assurer)
    # The limits are for five hundred rows, and grow with them.
    waiting = Submission.objects.filter(institute=course.institute).waiting(timezone.now()).count()
    if waiting >= MANY:
        yield Page(
            f"marking queue, all {waiting}",
            "/at/aldermoor/marking/?all",
            assessor,
            370 * waiting // MANY,
            MANY / waiting / 8,
        )
    released = Result.objects.released().filter(institute=course.institute).count()
    if released >= MANY:
        yield Page(
            f"results, all {released}",
            "/at/aldermoor/results/?all",
            assurer,
            440 * released // MANY,
            MANY / released / 8,
        )


def signed_in(email: str) -> str:
    """A session in which the person has signed in, as the browser would send it."""
    person = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _open_attempt(course: CoursePage) -> tuple[Attempt, str]:
    """An attempt in progress."""
    quiz = QuizPage.objects.descendant_of(course).order_by("path")[0]
    quiz.draw = QUESTIONS
    quiz.save(update_fields=["draw"])
    taker = newcomer()
    begun = attempts.start(taker, quiz, by=taker.learner, at=timezone.now())
    return begun, signed_in(taker.learner.email)
