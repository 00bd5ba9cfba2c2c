"""Plain text, in the encodings that people's programs write: UTF-8, UTF-16 with its mark, and Windows' own."""

import codecs
import unicodedata
from pathlib import Path

from assessments.intake.refusing import Unfit

MARKED = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What begins like this is something else in disguise.
OTHER = (
    b"%PDF",
    b"PK\x03\x04",
    b"MZ",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"#!",
    b"GIF8",
)
ALLOWED = "\n\r\t\f"


def check(path: Path, name: str) -> None:
    """Raise Unfit for what cannot be read as text."""
    content = path.read_bytes()
    if content.startswith(OTHER):
        raise Unfit(
            name, "is no text, whatever it is called. Add it under its own ending, or save it as text."
        )
    text = _decoded(content)
    if text is None or any(unicodedata.category(letter) == "Cc" and letter not in ALLOWED for letter in text):
        raise Unfit(name, "cannot be read as text. Save it as plain text (UTF-8), then add it again.")


def _decoded(content: bytes) -> str | None:
    encoding = next((name for mark, name in MARKED if content.startswith(mark)), "")
    for each in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return content.decode(each)
        except UnicodeDecodeError:
            continue
    return None
