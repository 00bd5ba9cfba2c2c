"""What is done to a page of PDF before it is packed: the artwork goes under the words, wrong tags are mended."""

import re
import zlib
from typing import Any

import pydyf

POINTS_PER_PIXEL = 0.75
OPAQUE = re.compile(rb"^/[aA]1(\.0)? gs\n", re.MULTILINE)


def artwork(pdf: pydyf.PDF) -> bytes:
    """Return the drawing of the only page, packed, without the opacity it sets: its lines are opaque anyway."""
    parts = (part if isinstance(part, bytes) else str(part).encode() for part in _content(pdf).stream)
    return zlib.compress(OPAQUE.sub(b"", b"\n".join(parts)), 9)


def finish(pdf: pydyf.PDF, backdrop: bytes) -> None:
    """Lay a packed drawing under the only page, as an artifact, and mend the tags that WeasyPrint gets wrong."""
    page = _page(pdf)
    box = page["MediaBox"]
    form = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Filter": "/FlateDecode"}
    drawing = pydyf.Stream([backdrop], form)
    pdf.add_object(drawing)
    _object(pdf, page["Resources"])["XObject"]["Backdrop"] = drawing.reference
    _content(pdf).stream.insert(0, b"/Artifact BMC /Backdrop Do EMC")
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("Type") == "/StructElem":
            if element["S"] == "/Figure":
                _measure_from_below(element["A"]["BBox"], page_height=box[3])
            _join_lists(pdf, element)


def _measure_from_below(bounds: list[float], page_height: float) -> None:
    """Give a figure's place in points from the foot of the page; WeasyPrint gives pixels from its head."""
    left, top, right, bottom = (edge * POINTS_PER_PIXEL for edge in bounds)
    bounds[:] = [left, page_height - bottom, right, page_height - top]


def _join_lists(pdf: pydyf.PDF, element: pydyf.Dictionary) -> None:
    """Make one list of the lists in `element`: columns are for the eye, a screen reader counts the whole."""
    children = [_object(pdf, kid) for kid in element["K"] if isinstance(kid, bytes)]
    lists = [child for child in children if child.get("S") == "/L"]
    for other in lists[1:]:
        for item in other["K"]:
            _object(pdf, item)["P"] = lists[0].reference
        lists[0]["K"].extend(other["K"])
        element["K"].remove(other.reference)
        other.clear()


def _page(pdf: pydyf.PDF) -> pydyf.Dictionary:
    return _object(pdf, pdf.page_references[0])


def _content(pdf: pydyf.PDF) -> pydyf.Stream:
    return _object(pdf, _page(pdf)["Contents"])


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
