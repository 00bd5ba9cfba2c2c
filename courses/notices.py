"""The e-mails of courses."""

from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from courses.models import Enrolment, LogEntry
from lms.jobs import outbox
from lms.people.models import Organisation

ASKED_AFTER = timedelta(weeks=4)
KIND = "log_did_you_do_it"


def ask_later(entry: LogEntry) -> None:
    """Owe the question whether the change was made, four weeks after the entry; it quotes nothing of the log."""
    url = settings.PIPER_BASE_URL + reverse("log_entry", args=[entry.uuid])
    context = {
        "recipient_name": entry.learner.get_short_name(),
        "site_url": settings.PIPER_BASE_URL,
        "written_on": entry.written_at.date(),
        "url": url,
    }
    body = render_to_string("courses/emails/log_did_you_do_it.txt", context)
    owed_at: datetime = entry.written_at + ASKED_AFTER
    outbox.owe(KIND, entry.uuid, entry.learner.email, "Did you do it?", body, at=owed_at)


def employer_would_see(enrolment: Enrolment, organisation: Organisation, *, at: datetime) -> None:
    """Tell a learner that an employer enrolled them in what they take by themselves; at most once a day."""
    learner, course = enrolment.learner, enrolment.course
    context = {
        "recipient_name": learner.get_short_name(),
        "site_url": settings.PIPER_BASE_URL,
        "course": course.title,
        "organisation": organisation,
        "url": settings.PIPER_BASE_URL + reverse("enrolment_show", args=[enrolment.uuid]),
    }
    body = render_to_string("courses/emails/employer_would_see.txt", context)
    subject = f"{organisation} has enrolled you in a course that you take already"
    version = timezone.localdate(at).toordinal()
    outbox.owe("employer_would_see", enrolment.uuid, learner.email, subject, body, at=at, version=version)


def ask_no_more(entry: LogEntry) -> None:
    """Take the question back while it has not been sent."""
    outbox.take_back(KIND, entry.uuid)
