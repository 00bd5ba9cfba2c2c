"""What a certificate's files cost the worker that makes them: proved and checked, drawn, sealed, and examined twice over."""

import statistics
import time
from dataclasses import dataclass
from datetime import datetime

from certificates.actions.files import made
from certificates.models import Certificate

BUDGET = 150  # CPU milliseconds
WARM_UP = 3  # fonts are cut and libraries loaded once in a worker's life


@dataclass(frozen=True)
class FileCost:
    """CPU milliseconds (the median) for paper and credential, and bytes of the paper."""

    cpu_ms: float
    size: int


def cost_of_a_file(*, at: datetime, files: int) -> FileCost:
    """Make the file of a certificate so many times, and keep none of them."""
    certificate = Certificate.objects.select_related("institute", "version").order_by("pk")[0]
    times = []
    for _ in range(WARM_UP + files):
        begun = time.process_time()
        *_, paper = made(certificate, at=at)
        times.append((time.process_time() - begun) * 1000)
    return FileCost(statistics.median(times[WARM_UP:]), len(paper.content))
