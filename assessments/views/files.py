"""Giving out a file of written work: as an attachment, to whoever the page beside it is shown to."""

import logging
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header

from assessments.intake import storing
from assessments.intake.checking import KINDS
from assessments.models import DraftFile, Submission, SubmissionFile

logger = logging.getLogger(__name__)

# Whatever is in it, a browser that shows it all the same runs nothing and fetches nothing.
SANDBOX = "sandbox; default-src 'none'"


@login_required
def submission_file(request: HttpRequest, submission: UUID, place: int) -> HttpResponse:
    """A file that the reader handed in, under the name they gave it."""
    found = get_object_or_404(Submission, uuid=submission, learner=request.user)
    file = file_of(found, place)
    return handed_out(file, file.content.name or file.neutral_name, file.content.path)


def neutrally(submission: Submission, place: int) -> HttpResponse:
    """A file as whoever judges the work gets it; the caller has asked whether they may open the work."""
    file = file_of(submission, place)
    return handed_out(file, file.neutral_name, file.content.path)


def with_addresses(
    submission: Submission, door: str, *arguments: object, own: bool = False
) -> list[tuple[SubmissionFile, str, str]]:
    """Each file with the name it is shown under and its address; `own` shows the names that their writer gave."""
    return [
        (
            file,
            (file.content.name if own else "") or file.neutral_name,
            reverse(door, args=[*arguments, file.number]),
        )
        for file in submission.files.select_related("content")
    ]


def file_of(submission: Submission, place: int) -> SubmissionFile:
    """A file of the submission; raises Http404."""
    return get_object_or_404(submission.files.select_related("content"), number=place)


def handed_out(file: DraftFile | SubmissionFile, name: str, path: str) -> HttpResponse:
    """The bytes as an attachment that nobody keeps a copy of; raises Http404 where they were erased or lost."""
    content = storing.read(path, file.sha256) if path else None
    if content is None:
        if path:
            logger.error("A file of written work is missing or is not what was sent: %s.", file.uuid)
        raise Http404("This file is not there any more.")
    response = HttpResponse(content, content_type=KINDS[file.kind].content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response
