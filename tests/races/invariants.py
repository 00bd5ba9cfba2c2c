"""What must hold of stored rows however many hands were at them, and whoever was killed meanwhile."""

from pathlib import Path

from django.conf import settings

from assessments.models import Attempt, Result, Score
from certificates.models import Certificate
from lms.audit import chain
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.operations.archive import sha256


def wrongly_closed(closed: list[Attempt]) -> list[str]:
    """What does not fit together about attempts that should have been handed in once each."""
    return [fault for attempt in closed for fault in _faults_of(Attempt.objects.get(pk=attempt.pk))]


def _faults_of(attempt: Attempt) -> list[str]:
    answers = attempt.counted_answers()
    counted = [[place, answers[place].revision, answers[place].response_digest] for place in sorted(answers)]
    once = {
        "state": attempt.state == Attempt.State.SUBMITTED,
        "score": Score.objects.filter(attempt=attempt).count() == 1,
        "result": Result.objects.filter(attempt=attempt).count() == 1,
        "event": Event.objects.filter(subject=attempt.uuid, verb="attempt.submitted").count() == 1,
        # An answer that was acknowledged as counting and came too late for the receipt is a lost answer.
        "receipt": attempt.receipt == chain.digest({"attempt": str(attempt.uuid), "answers": counted}),
    }
    return [f"An attempt has a wrong {name}." for name, holds in once.items() if not holds]


def wrongly_issued(certificate: Certificate) -> list[str]:
    """What does not fit together about a certificate that should have been issued once, with one whole file of each kind."""
    kept = [Path(settings.MEDIA_ROOT) / file.path for file in certificate.files.all()]
    once = {
        "file": sorted(path.suffix for path in kept) == [".json", ".pdf"]
        and all(path.stem == sha256(path) for path in kept),
        "issued event": list(certificate.events.values_list("kind", flat=True)) == ["issued"],
        "e-mail": Mail.objects.filter(about=certificate.uuid, kind="certificates.issued").count() == 1,
    }
    return [f"A certificate has a wrong {name}." for name, holds in once.items() if not holds]
