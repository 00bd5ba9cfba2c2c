"""Word, Excel and PowerPoint files (ISO/IEC 29500): a ZIP of XML, unpacked in thought and never on the disk."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from assessments.intake.refusing import Unfit

MOST_PARTS = 5_000
MOST_UNPACKED = 300_000_000  # bytes
# XML that packs tighter than this is a bomb; an honest sheet of equal cells reaches about a hundred.
TIGHTEST = 1_000
PIECE = 1 << 16
CONTENT_TYPES = "[Content_Types].xml"
MAIN = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
}
WORDS = {"docx": "Word document", "xlsx": "Excel workbook", "pptx": "PowerPoint presentation"}
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CARRIES = "carries another file inside it. Take that out, or add it by itself."
# A hyperlink is followed only when somebody clicks it, all others when the file is opened.
HARMLESS_LINKS = {"hyperlink"}
# Where Word's own templates lie on somebody's computer: it looks there, and does without.
LOCAL_TEMPLATE = re.compile(r"(file:///)?[A-Za-z]:|(file:)?[^/\\:]+$")


def check(path: Path, name: str) -> None:
    """Raise Unfit for a file that is locked, damaged, packed too tightly, or that brings code or other files."""
    ending = name.rpartition(".")[2].lower()
    with path.open("rb") as file:
        head = file.read(8)
    if head == OLD_OR_LOCKED:
        raise Unfit(
            name, f"is protected with a password or in an old format. Save it as {ending} without a password."
        )
    try:
        with zipfile.ZipFile(path) as package:
            _look_over(package, ending, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as broken:
        raise Unfit(
            name, f"is no {WORDS[ending]} that can be opened. Save it again, then add it again."
        ) from broken


def _look_over(package: zipfile.ZipFile, ending: str, name: str) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise Unfit(name, "has too many parts to be checked. Save it again under a new name, then add that.")
    for part in parts:
        _refuse_part(part, name)
    _refuse_bomb(package, parts, name)
    types = _xml(package, CONTENT_TYPES, name)
    kinds = {element.get("ContentType", "") for element in types}
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds):
        raise Unfit(name, f"contains macros. Save it as a plain {ending} without them, then add it again.")
    if not any(kind.endswith(MAIN[ending]) for kind in kinds):
        raise Unfit(name, f"is no {WORDS[ending]}, whatever it is called. Save it as {ending} again.")
    for part in parts:
        if part.filename.endswith(".rels"):
            _refuse_links_out(package, part.filename, name)
        elif "embeddings/" in part.filename.lower():
            _look_into(package, part, name)


def _refuse_links_out(package: zipfile.ZipFile, part: str, name: str) -> None:
    for link in _links_out(package, part, name):
        raise Unfit(name, f"fetches something from elsewhere when it is opened ({link}). Take that link out.")


def _look_into(package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """The workbook behind a chart, which Word and PowerPoint keep inside: it has to be as clean, and carry nothing."""
    with package.open(part) as inside, zipfile.ZipFile(BytesIO(inside.read())) as workbook:
        if any("embeddings/" in each.filename.lower() for each in workbook.infolist()):
            raise Unfit(name, CARRIES)
        _look_over(workbook, "xlsx", name)


def _refuse_part(part: zipfile.ZipInfo, name: str) -> None:
    inside = PurePosixPath(part.filename.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts:
        raise Unfit(
            name, "is built to write outside its own folder. Save it again from Word, Excel or PowerPoint."
        )
    if part.flag_bits & 0x1:
        raise Unfit(name, "is protected with a password. Save it without one, then add it again.")
    last = inside.name.lower()
    if last == "vbaproject.bin" or "activex" in (folder.lower() for folder in inside.parts):
        raise Unfit(name, "contains macros or controls. Save it without them, then add it again.")
    if "embeddings" in (folder.lower() for folder in inside.parts[:-1]) and inside.suffix.lower() != ".xlsx":
        raise Unfit(name, CARRIES)


def _refuse_bomb(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> None:
    """Unpack every part and count: what a header says of its size may be a lie."""
    unpacked = 0
    for part in parts:
        length = 0
        with package.open(part) as stream:
            while piece := stream.read(PIECE):
                length += len(piece)
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED or length > TIGHTEST * max(part.compress_size, PIECE // TIGHTEST):
                    raise Unfit(
                        name, "unpacks to far more than it should. Make its pictures smaller, or its sheets."
                    )


def _links_out(package: zipfile.ZipFile, part: str, name: str) -> Iterator[str]:
    """The kinds of links in this part that lead out of the file and are followed by themselves."""
    for link in _xml(package, part, name):
        kind = link.get("Type", "").rpartition("/")[2]
        is_local = kind == "attachedTemplate" and LOCAL_TEMPLATE.match(link.get("Target", ""))
        if link.get("TargetMode") == "External" and kind not in HARMLESS_LINKS and not is_local:
            yield kind


def _xml(package: zipfile.ZipFile, part: str, name: str) -> ET.Element:
    try:
        text = package.read(part).decode("utf-8-sig")
    except KeyError as missing:
        raise Unfit(name, "is no file of Word, Excel or PowerPoint, whatever it is called.") from missing
    # Entities can grow without end, and these parts never have any.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unfit(name, "contains definitions that an honest file has not. Save it again under a new name.")
    try:
        return ET.fromstring(text)  # noqa: S314 - no entities, as asked above
    except ET.ParseError as broken:
        raise Unfit(name, "is damaged and cannot be opened. Save it again, then add it again.") from broken
