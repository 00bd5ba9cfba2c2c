"""Reading a finished certificate as a stranger would, before anybody is given it.

The typesetter is trusted to draw; that the file keeps its promises is read from the file itself. veraPDF, which knows
every rule of both standards, needs Java and stands in the tests; here is what can be asked of each file in milliseconds.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import zxingcpp
from PIL import Image, ImageDraw

PROMISES = {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
NOT_MARKED: dict[str, bool] = {}
DOTS = 4  # for each module of a code square: what a camera would still make out


def faults(pdf: bytes, address: str, credential: bytes = b"") -> list[str]:
    """Return what is wrong with a file; nothing, if all is well.

    Its link and its code square must open `address`, and it must carry the credential, where there is one, and no other.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return list(_faults(opened, address, credential))
    except (pikepdf.PdfError, AttributeError, KeyError) as broken:
        return [f"It cannot be read: {broken}."]


def _faults(pdf: pikepdf.Pdf, address: str, credential: bytes) -> Iterator[str]:
    if len(pdf.pages) != 1:
        yield f"It has {len(pdf.pages)} pages."
    yield from _promises_broken(pdf)
    page = pdf.pages[0]
    for name, font in page.Resources.Font.items():
        if not _is_embedded(font):
            yield f"The typeface {name.removeprefix('/')} is not embedded."
    if (links := _links(page)) != {address}:
        yield f"It links to {' and '.join(sorted(links)) or 'nothing'} and not to {address}."
    if (opened := _read_code_square(page)) != address:
        yield f"Its code square opens {opened or 'nothing'} and not {address}."
    if _attached(pdf) != ([credential] if credential else []):
        yield "It does not carry its credential, or carries something else."


def _promises_broken(pdf: pikepdf.Pdf) -> Iterator[str]:
    said = pdf.open_metadata()
    for name, value in PROMISES.items():
        if said.get(name) != value:
            yield f"Its metadata does not say {name} {value}."
    if "/StructTreeRoot" not in pdf.Root or pdf.Root.get("/MarkInfo", NOT_MARKED).get("/Marked") is not True:
        yield "It is not tagged for a screen reader."
    if not str(pdf.Root.get("/Lang", "")):
        yield "It does not say its language."


def _is_embedded(font: Any) -> bool:
    descriptors = [
        cut.FontDescriptor for cut in font.get("/DescendantFonts", [font]) if "/FontDescriptor" in cut
    ]
    return any(name in each for each in descriptors for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def _attached(pdf: pikepdf.Pdf) -> list[bytes]:
    """What is attached; both lists that a reader may look in must name the same."""
    named = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles", pikepdf.Dictionary())
    files = list(named.get("/Names", pikepdf.Array()))[1::2]
    associated = list(pdf.Root.get("/AF", pikepdf.Array()))
    if [each.objgen for each in files] != [each.objgen for each in associated]:
        return [b"", b""]
    return [each.EF.F.read_bytes() for each in files]


def _links(page: pikepdf.Page) -> set[str]:
    return {str(each.A.URI) for each in page.get("/Annots", []) if each.Subtype == "/Link"}


def _read_code_square(page: pikepdf.Page) -> str:
    """Paint the strokes of the page's figure, module by module, and read them as a camera does."""
    strokes = list(_figure_strokes(page))
    side = round(max((right for _, right, _ in strokes), default=0)) + 4
    square = Image.new("L", (side * DOTS, side * DOTS), "white")
    pen = ImageDraw.Draw(square)
    for left, right, middle in strokes:
        top = (middle - 0.5) * DOTS
        pen.rectangle((left * DOTS, top, right * DOTS - 1, top + DOTS - 1), fill="black")
    found = zxingcpp.read_barcodes(square)
    return found[0].text if len(found) == 1 else ""


def _figure_strokes(page: pikepdf.Page) -> Iterator[tuple[float, float, float]]:
    """Yield left, right and height of each line that the page's figure draws, in the figure's own units."""
    inside, at = False, (0.0, 0.0)
    for step in pikepdf.parse_content_stream(page):
        operator, operands = str(step.operator), step.operands
        if operator == "BDC":
            inside = str(operands[0]) == "/Figure"
        elif operator == "EMC":
            inside = False
        elif inside and operator == "m":
            at = (float(operands[0]), float(operands[1]))
        elif inside and operator == "l":
            yield at[0], float(operands[0]), at[1]
