"""A job that only the tests enqueue: long enough for its worker to be killed in the middle of it."""

import time
from pathlib import Path

from django_tasks import task


@task(backend="jobs")
def note_slowly(folder: str) -> None:
    """Note that it began; sleep, unless it had been begun before; note that it is done."""
    begun, done = Path(folder, "begun"), Path(folder, "done")
    is_again = begun.exists()
    begun.touch()
    if not is_again:
        time.sleep(120)
    with done.open("a") as lines:
        lines.write("done\n")
