"""What is measured: the pages that people open most, each as the person who opens it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from assessments.actions import attempts
from assessments.models import Attempt, QuizPage
from certificates.models import Certificate
from courses.models import CoursePage, Enrolment, LessonPage
from courses.models.outlines import address
from lms.people.models import User


@dataclass(frozen=True)
class Measured:
    """A page, who opens it, and the most it may cost as a multiple of the bare view."""

    name: str
    url: str
    cookie: str
    budget: int


def pages() -> Iterator[Measured]:
    """The measured pages of a seeded demonstration."""
    learner = _cookie("learner@example.org")
    course = CoursePage.objects.get(slug="foundations", institute__slug="aldermoor")
    lesson = LessonPage.objects.descendant_of(course).order_by("path")[0]
    yield Measured("catalogue", "/courses/", "", 30)
    yield Measured("my learning", "/my/", learner, 55)
    yield Measured("course home", address(course.url_path), learner, 55)
    yield Measured("lesson", address(lesson.url_path), learner, 45)
    attempt, taker = _open_attempt(course)
    yield Measured("quiz page", f"/my/attempts/{attempt.uuid}/1/", taker, 75)
    yield Measured("marking queue", "/at/aldermoor/marking/", _cookie("assessor@example.org"), 370)
    yield Measured("results", "/at/aldermoor/results/", _cookie("iqa@example.org"), 440)
    code = Certificate.objects.order_by("pk").values_list("code", flat=True)[0]
    yield Measured("verify", f"/v/{code}/", "", 20)


def _open_attempt(course: CoursePage) -> tuple[Attempt, str]:
    """An attempt in progress, of somebody who may begin one now."""
    quiz = QuizPage.objects.descendant_of(course).order_by("path")[0]
    at = timezone.now()
    enrolment = Enrolment.objects.open().filter(course=course, attempts=None).order_by("-pk")[0]
    return attempts.start(enrolment, quiz, by=enrolment.learner, at=at), _cookie(enrolment.learner.email)


def _cookie(email: str) -> str:
    """A session in which the person has signed in, as the browser would send it."""
    person = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
