"""What a certificate costs from the registrar's decision to the finished, sealed file."""

import os
from collections.abc import Iterator

from django.utils import timezone

from certificates.actions import decisions, files
from certificates.models import Candidacy
from lms.benchmark import cpu
from lms.benchmark.measuring import Helpers
from lms.people.models import User
from lms.people.refusals import Refusal


def cpu_of_certificates(helpers: Helpers) -> list[float]:
    """CPU milliseconds of this process, its children and its helpers for each certificate that can be granted now."""
    return list(_issued(helpers))


def _issued(helpers: Helpers) -> Iterator[float]:
    registrar = User.objects.get(email="registrar@example.org")
    ready = Candidacy.objects.filter(state=Candidacy.State.READY, name_confirmed_at__isnull=False)
    for candidacy in ready.order_by("pk"):
        at = timezone.now()
        begun = cpu.milliseconds([os.getpid(), *helpers()])
        try:
            granted = decisions.grant(candidacy, name=candidacy.printed_name, by=registrar, at=at)
        except Refusal:
            continue  # the registrar taught or marked them
        files.file_certificate(granted, at=at)
        yield cpu.milliseconds([os.getpid(), *helpers()]) - begun
