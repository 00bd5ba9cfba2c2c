"""The e-mails of assessment: what happened and where to read more; never a score, an outcome or feedback."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.models import Quarantine, Result, ResultEvent, Submission
from lms.jobs.outbox import owe
from lms.people.models import User


def submitted(submission: Submission, at: datetime) -> None:
    """Tell the learner that the work arrived, and by when there will be a decision."""
    _tell(
        "submission_handed_in",
        submission.uuid,
        submission.learner,
        f"We have your work: {submission.assignment.title}",
        {"submission": submission, "url": _page(submission)},
        at,
    )


def quarantined(opened: Quarantine, at: datetime) -> None:
    """Tell the writer what to do, and the institute's contact that there is something to look at; neither what it is."""
    submission = opened.submission
    _tell(
        "submission_quarantined",
        opened.uuid,
        submission.learner,
        f"Please take something out of your work: {submission.assignment.title}",
        {"submission": submission, "url": _page(submission)},
        at,
    )
    institute = opened.institute
    url = _site(reverse("quarantine_list", args=[institute.slug]))
    context = {"recipient_name": institute.name, "site_url": settings.PIPER_BASE_URL, "url": url}
    body = render_to_string("assessments/emails/quarantine_opened.txt", {**context, "submission": submission})
    owe(
        "quarantine_opened",
        opened.uuid,
        institute.contact_email,
        "A piece of work was set aside",
        body,
        at=at,
    )


def quarantine_lifted(submission: Submission, opened: Quarantine, at: datetime) -> None:
    """Tell the writer that nothing has to be taken out after all, and the new day of the decision."""
    _tell(
        "quarantine_lifted",
        opened.uuid,
        submission.learner,
        f"Your work is back in the queue: {submission.assignment.title}",
        {"submission": submission, "url": _page(submission)},
        at,
    )


def result_released(result: Result, at: datetime) -> None:
    """Tell the learner that a result of marked work is ready, without saying what it is."""
    submission = result.marking.submission
    _tell(
        "result_released",
        result.uuid,
        result.learner,
        f"Your result is ready: {submission.assignment.title}",
        {"submission": submission, "url": _page(submission)},
        at,
    )


def result_withdrawn(event: ResultEvent, at: datetime) -> None:
    """Tell the learner that a result was withdrawn, and where the reason stands."""
    result = event.result
    _tell(
        "result_withdrawn",
        result.uuid,
        result.learner,
        f"A result was withdrawn: {result.step.title}",
        {"result": result, "url": _page(result.marking.submission) if result.marking else _site("/my/")},
        at,
    )


def _tell(kind: str, about: UUID, person: User, subject: str, words: dict[str, object], at: datetime) -> None:
    context = {"recipient_name": person.get_short_name(), "site_url": settings.PIPER_BASE_URL, **words}
    body = render_to_string(f"assessments/emails/{kind}.txt", context)
    owe(kind, about, person.email, subject, body, at=at)


def _page(submission: Submission) -> str:
    return _site(reverse("submission", args=[submission.uuid]))


def _site(path: str) -> str:
    return settings.PIPER_BASE_URL.rstrip("/") + path
