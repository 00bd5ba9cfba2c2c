"""Files of tables (quizzes, rubrics, assignments): what they hold, and on which line each entry stands."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.content_files.folders import parse_toml, slug_of


@dataclass(frozen=True)
class Entries:
    """A file of tables such as [[question]], with the line on which each begins."""

    path: Path
    source: str
    values: dict[str, Any]

    def lines(self, name: str) -> list[int]:
        """The line of each `[[name]]`, in order."""
        head = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
        return [n for n, line in enumerate(self.source.splitlines(), start=1) if head.match(line)]

    def tables(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """Each `[[name]]` with its line; what is no table is left out."""
        values = self.values.get(name, [])
        rows = zip(self.lines(name), values if isinstance(values, list) else [], strict=False)
        return [(line, each) for line, each in rows if isinstance(each, dict)]

    def line_of(self, words: str, first: int = 1) -> int:
        """The first line from `first` on that holds the words, else `first` itself."""
        lines = self.source.splitlines()
        return next((n for n in range(first, len(lines) + 1) if words in lines[n - 1]), first)


def read_entries(path: Path) -> Entries:
    """The file and its tables; raises Unreadable with the line at which it breaks."""
    source = path.read_text(encoding="utf-8")
    return Entries(path, source, parse_toml(source, path))


def pool_slug(course: str, module: str, path: Path) -> str:
    """The name of the pool that a quiz's questions stand in, unique at the institute."""
    return f"{course}-{module}-{slug_of(path)}"
