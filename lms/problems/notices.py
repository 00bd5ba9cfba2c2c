"""The e-mails about problems: to the desk that one has come, to the reporter what was answered."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from lms.jobs.outbox import owe
from lms.people import access
from lms.problems import rules
from lms.problems.models import Kind, Problem


def reported(problem: Problem, at: datetime) -> None:
    """Tell everybody at its desk; the institute itself where nobody holds the role. The words stay at the desk."""
    permission, _ = rules.DESKS[Kind(problem.kind)]
    staff = [person.email for person in access.people_who(permission, problem.institute)]
    address = reverse("problem", args=[problem.institute.slug, problem.uuid])
    words = {"url": settings.PIPER_BASE_URL.rstrip("/") + address, "has_desk": bool(staff)}
    for recipient in staff or [problem.institute.contact_email]:
        _tell("problem_reported", problem, recipient, f"A problem was reported: {problem.title}", words, at)


def answered(problem: Problem, text: str, at: datetime) -> None:
    """Send the reporter the answer; whoever left no address has none."""
    recipient = problem.reporter.email if problem.reporter else problem.words.email
    if recipient:
        subject = f"What became of your report: {problem.get_kind_display().lower()}"
        _tell("problem_answered", problem, recipient, subject, {"answer": text}, at)


def _tell(
    kind: str, problem: Problem, recipient: str, subject: str, words: Mapping[str, object], at: datetime
) -> None:
    context = {"problem": problem, "site_url": settings.PIPER_BASE_URL, **words}
    owe(
        kind,
        problem.uuid,
        recipient,
        subject,
        render_to_string(f"problems/emails/{kind}.txt", context),
        at=at,
    )
