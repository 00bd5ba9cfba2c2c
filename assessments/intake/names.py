"""What a file may be called: what a person can read, and what no disk or download takes for something else."""

import unicodedata

from assessments.intake.refusing import Unfit

LONGEST = 120
# Control and format characters, among them those that turn the direction of writing round and hide an ending.
UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


def tidy(name: str) -> str:
    """The name without the folders that some browsers send before it, composed, with single spaces."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    return " ".join(last.split())


def check(name: str) -> None:
    """Raise Unfit for a name that hides something."""
    if any(unicodedata.category(letter) in UNSEEN for letter in name):
        shown = "".join(letter for letter in name if unicodedata.category(letter) not in UNSEEN)
        raise Unfit(shown, "has characters in its name that cannot be seen. Rename it, then add it again.")
    if len(name) > LONGEST:
        raise Unfit(
            f"{name[:40]}…", f"has a name of more than {LONGEST} characters. Rename it, then add it again."
        )
    if name.startswith(".") or not name.strip(". "):
        raise Unfit(name, "has no name before its ending. Rename it, then add it again.")
