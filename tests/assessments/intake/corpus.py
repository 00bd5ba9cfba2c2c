"""Files made for the tests: clean ones as people's programs make them, and hostile ones of each kind."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image

MAIN = {
    "docx": ("wordprocessingml.document", "word/document.xml"),
    "xlsx": ("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": ("presentationml.presentation", "ppt/presentation.xml"),
}
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def office(ending: str, *, main: str = "", more: dict[str, bytes] | None = None, links: str = "") -> bytes:
    """A package as Word, Excel and PowerPoint build it, with more parts and links if asked for."""
    kind, part = MAIN[ending]
    main = main or f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    types = f'<Types xmlns="t"><Override PartName="/{part}" ContentType="{main}"/></Types>'
    parts = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f'<Relationships xmlns="{RELS}"/>'.encode(),
        part: b"<x/>",
        f"{part.partition('/')[0]}/_rels/x.rels": f'<Relationships xmlns="{RELS}">{links}</Relationships>'.encode(),
        **(more or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return packed.getvalue()


def link(kind: str, target: str) -> str:
    return f'<Relationship Id="r" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **how: object) -> bytes:
    """One empty page, changed as asked."""
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    written = io.BytesIO()
    document.save(written, **how)
    return written.getvalue()


def picture(kind: str, size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "white").save(written, kind, **how)
    return written.getvalue()


def phone_picture() -> bytes:
    """A JPEG with the turn and the model that a phone notes."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "Phone"
    return picture("JPEG", exif=exif)


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / "part"
    path.write_bytes(content)
    return path
