"""Whether a file may be taken: looked at as a whole, by what it is and not by what it calls itself.

A file that is refused is refused in a sentence that names it and says what to do instead.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assessments.intake import images, names, office, pdf, texts
from assessments.intake.refusing import Unfit

LARGEST = 25_000_000  # bytes
SMALLEST = 1


@dataclass(frozen=True)
class Kind:
    """A kind of file that is taken: its ending, what it is called, how it is served and how it is checked."""

    ending: str
    word: str
    content_type: str
    check: Callable[[Path, str], None]


OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    kind.ending: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", pdf.check),
        Kind("docx", "Word document", f"{OFFICE}wordprocessingml.document", office.check),
        Kind("xlsx", "Excel workbook", f"{OFFICE}spreadsheetml.sheet", office.check),
        Kind("pptx", "PowerPoint presentation", f"{OFFICE}presentationml.presentation", office.check),
        Kind("png", "PNG picture", "image/png", images.check),
        Kind("jpg", "JPEG picture", "image/jpeg", images.check),
        Kind("txt", "text file", "text/plain; charset=utf-8", texts.check),
    )
}
SAME_KIND = {"jpeg": "jpg", "jpe": "jpg"}
TAKEN = "PDF, Word (docx), Excel (xlsx), PowerPoint (pptx), PNG, JPEG and plain text (txt)"


def kind_of(name: str) -> Kind:
    """The kind that a name claims; raises Unfit where no such file is taken."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    kind = KINDS.get(SAME_KIND.get(ending, ending))
    if kind is None:
        raise Unfit(name, f"is of a kind that is not taken here. Take one of these: {TAKEN}.")
    return kind


def check(path: Path, name: str) -> Kind:
    """Look the whole file over and give its kind; raises Unfit with the reason."""
    names.check(name)
    kind = kind_of(name)
    size = path.stat().st_size
    if size < SMALLEST:
        raise Unfit(name, "is empty. Save it again and look whether it opens.")
    if size > LARGEST:
        raise too_large(name)
    kind.check(path, name)
    return kind


def too_large(name: str) -> Unfit:
    """The refusal of a file of more than `LARGEST` bytes."""
    most = f"{LARGEST // 1_000_000} MB"
    return Unfit(name, f"is larger than {most}, the most that is taken. Make its pictures smaller.")
