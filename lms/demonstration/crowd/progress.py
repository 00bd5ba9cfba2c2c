"""A bar on standard error that says how far a long piece of work has come."""

from typing import TextIO

WIDTH = 30


class Progress:
    """Counts up to `total`; on a terminal the bar grows in its line, elsewhere there is a line for each tenth."""

    def __init__(self, stream: TextIO, total: int, what: str) -> None:
        self.stream = stream
        self.total = total
        self.what = what
        self.done = 0
        self._shown = -1

    def add(self, count: int) -> None:
        """So many more are done."""
        if not self.total:
            return
        self.done += count
        is_terminal = self.stream.isatty()
        share = (100 if is_terminal else 10) * self.done // self.total
        if share == self._shown:
            return
        self._shown = share
        filled = WIDTH * self.done // self.total
        bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {self.done:,} of {self.total:,} {self.what}"
        ending = "\n" if self.done >= self.total or not is_terminal else ""
        self.stream.write(("\r" if is_terminal else "") + bar + ending)
        self.stream.flush()
