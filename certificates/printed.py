"""What the paper says, as it says it."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

Competencies = tuple[tuple[str, str], ...]  # code and title


@dataclass(frozen=True)
class PrintedCertificate:
    """The facts on a certificate and nothing else.

    `level` is the bare word (“foundation”), `code` is grouped for reading.
    """

    name: str
    title: str
    level: str
    institute: str
    statement: str
    competencies: Competencies
    number: str
    code: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    verify_url: str
    signatory_name: str
    signatory_role: str
    design: str = "classic"
    language: str = "en"

    @property
    def address(self) -> str:
        """The address to check at, as people type it."""
        return self.verify_url.removeprefix("https://")

    @property
    def level_word(self) -> str:
        """The level with a capital."""
        return self.level[:1].upper() + self.level[1:]

    def words(self) -> list[str]:
        """Return all that the paper must show, save the dates."""
        return [
            *(self.name, self.title, self.level_word, self.institute, self.statement, self.number, self.code),
            *(self.address, self.signatory_name, self.signatory_role),
            *chain.from_iterable(self.competencies),
        ]

    def composed(self) -> "PrintedCertificate":
        """Return the facts with letters joined to their accents, as fonts draw them best, and single spaces."""
        words: dict[str, Any] = {
            key: _composed(value) for key, value in vars(self).items() if isinstance(value, str)
        }
        pairs = tuple((_composed(code), _composed(title)) for code, title in self.competencies)
        return replace(self, competencies=pairs, **words)


def _composed(words: str) -> str:
    return unicodedata.normalize("NFC", " ".join(words.split()))
