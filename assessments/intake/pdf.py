"""PDF files: opened with qpdf, and every object looked at for what would run, open or carry something else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from assessments.intake.refusing import Unfit

MOST_PAGES = 500
MOST_OBJECTS = 200_000
# Names of dictionaries' keys, and of the actions and annotations that may not be there (ISO 32000-2, 12.6).
SCRIPTS = {"/JS", "/JavaScript"}
ACTIONS = {"/JavaScript": "a script", "/Launch": "a command that starts a program"}
ACTIONS |= dict.fromkeys(
    ("/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute"), "an action"
)
MEDIA = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"}


def check(path: Path, name: str) -> None:
    """Raise Unfit for a PDF that is locked, damaged, or more than pages to read."""
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise Unfit(name, "is no PDF, whatever it is called. Save it as a PDF again.")
    try:
        with pikepdf.open(path) as document:
            _look_over(document, name)
    except pikepdf.PasswordError as locked:
        raise Unfit(name, "is protected with a password. Save it without one, then add it again.") from locked
    except (pikepdf.PdfError, ValueError, RecursionError) as broken:
        raise Unfit(name, "is damaged and cannot be opened. Save it again, then add it again.") from broken


def _look_over(document: pikepdf.Pdf, name: str) -> None:
    if document.is_encrypted:
        raise Unfit(name, "is protected with a password. Save it without one, then add it again.")
    if len(document.pages) > MOST_PAGES:
        raise Unfit(name, f"has more than {MOST_PAGES} pages. Hand in the pages that matter.")
    if not document.pages:
        raise Unfit(name, "has no pages.")
    if len(document.objects) > MOST_OBJECTS:
        raise Unfit(name, "is too complicated to be checked. Print it to a new PDF, then add that.")
    for each in document.objects:
        for dictionary in _dictionaries(each):
            _refuse(dictionary, name)


def _dictionaries(thing: Any) -> Iterator[Any]:
    """The dictionaries in an object, with those that stand inside it; what it refers to is an object of its own."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.Stream):
            each = each.stream_dict
        if isinstance(each, pikepdf.Dictionary):
            yield each
            waiting += [value for value in _values(each) if _is_direct(value)]
        elif isinstance(each, pikepdf.Array):
            waiting += [value for value in each if _is_direct(value)]


def _values(dictionary: Any) -> list[Any]:
    return [dictionary[key] for key in dictionary.keys()]  # noqa: SIM118 - a pikepdf dictionary is no mapping


def _is_direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.Stream) and not value.is_indirect


def _refuse(dictionary: Any, name: str) -> None:
    keys = set(dictionary.keys())
    kinds = {
        str(dictionary[key])
        for key in ("/S", "/Type", "/Subtype")
        if isinstance(dictionary.get(key), pikepdf.Name)
    }
    if keys & SCRIPTS:
        raise Unfit(name, "contains a script. Print it to a new PDF, then add that.")
    action = next((words for kind, words in ACTIONS.items() if str(dictionary.get("/S", "")) == kind), "")
    if action:
        raise Unfit(name, f"contains {action}. Print it to a new PDF, then add that.")
    if keys & {"/EF", "/EmbeddedFiles"} or "/EmbeddedFile" in kinds:
        raise Unfit(name, "carries another file inside it. Take that out, or add it by itself.")
    if kinds & MEDIA:
        raise Unfit(name, "contains sound, film or an attachment. Print it to a new PDF, then add that.")
    if "/XFA" in keys:
        raise Unfit(name, "is a form that runs scripts (XFA). Print it to a new PDF, then add that.")
