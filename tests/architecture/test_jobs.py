"""Jobs are enqueued by name; every name that stands in the code is a task."""

import re
from pathlib import Path

from lms.jobs.queue import task_named

ROOT = Path(__file__).resolve().parents[2]


def test_every_job_that_is_enqueued_exists() -> None:
    names = {
        name
        for root in ("lms", "courses", "assessments", "certificates")
        for path in (ROOT / root).rglob("*.py")
        for name in re.findall(r'enqueue\(\s*"([a-z_.]+)"', path.read_text())
    }

    for name in names:
        assert task_named(name).backend == "jobs", name
