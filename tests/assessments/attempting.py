"""What the tests of an attempt's pages share: answering as a browser does, and reading a page as a person does."""

import re
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import answers, attempts
from assessments.models import Attempt
from lms.people.models import User


def question_url(attempt: Attempt, position: int) -> str:
    return reverse("attempt_question", args=[attempt.uuid, position])


def place_of(attempt: Attempt, position: int, key: str) -> str:
    """What the page sends back for an option: its place in this attempt's order."""
    return str(attempt.questions.get(position=position).option_order.index(key) + 1)


def post_answer(
    browser: Client, attempt: Attempt, position: int, key: str, seen: int = 0, **more: Any
) -> Any:
    fields = {"answer": place_of(attempt, position, key), "base_revision": seen, **more}
    return browser.post(question_url(attempt, position), fields)


def submit(attempt: Attempt, right: int, by: User, at: datetime) -> Attempt:
    for asked in attempt.questions.all():
        key = "a" if asked.position <= right else "b"
        answers.save(attempt, asked.position, key, base_revision=0, by=by, at=at)
    return attempts.submit(attempt, by=by, at=at)


def words(response: Any) -> str:
    """The page's text, with its white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def queries(browser: Client, url: str) -> int:
    browser.get(url)  # content types and the site's root are kept in the process
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)
