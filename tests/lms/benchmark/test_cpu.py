"""CPU time is that of a process and of all below it, and of nobody else."""

import os
import subprocess
import sys

from lms.benchmark import cpu

# Until two tenths of a second of CPU time have been used, and then asleep until somebody closes the door.
BUSY = (
    "import sys, time\nwhile time.process_time() < 0.2: pass\nprint('done', flush=True)\nsys.stdin.read()\n"
)


def test_what_a_child_uses_is_its_parents() -> None:
    before = cpu.milliseconds([os.getpid()])

    with subprocess.Popen(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as busy:
        busy.stdout.readline()
        alive = cpu.milliseconds([busy.pid]), cpu.milliseconds([os.getpid()]) - before
        busy.stdin.close()

    after = cpu.milliseconds([os.getpid()]) - before

    assert [used >= 150 for used in (*alive, after)] == [True, True, True]


def test_a_process_that_is_gone_has_used_nothing() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass

    assert cpu.milliseconds([ended.pid]) == 0
