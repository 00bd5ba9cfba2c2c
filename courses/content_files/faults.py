"""A fault in a content file, said so that the person who wrote the file can find and mend it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, in which file, on which line (counted from 1)."""

    file: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class Unreadable(Exception):
    """A file that cannot be read at all; its fault says where it breaks."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
