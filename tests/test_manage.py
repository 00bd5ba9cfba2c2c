"""manage.py, run as somebody does who has just cloned the project."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def manage(**settings: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` with these variables and none of ours."""
    ours = ("DJANGO_", "PIPER_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**inherited, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_its_secrets_it_says_in_a_few_lines_what_to_do() -> None:
    refused = manage()

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "Set the PIPER_SECRET_KEY environment variable",
        "docs/operations.md lists what production needs. On a copy of your own, say this first:",
        "  export DJANGO_SETTINGS_MODULE=lms.settings.demo",
    ]


def test_on_the_demonstrations_settings_it_needs_nothing_else() -> None:
    assert manage(DJANGO_SETTINGS_MODULE="lms.settings.demo").returncode == 0
