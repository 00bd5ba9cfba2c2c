"""What is done to a page of PDF before it is packed.

The artwork goes under the words, wrong tags are mended, the credential is attached, a place for the seal is kept, and
the file says that it is PDF/UA-1 as well as what the typesetter has made of it: WeasyPrint writes one standard at a time.
"""

import re
import zlib
from typing import Any

import pydyf

POINTS_PER_PIXEL = 0.75
OPAQUE = re.compile(rb"^/[aA]1(\.0)? gs\n", re.MULTILINE)
SEAL_FIELD = "Seal"
CREDENTIAL_NAME, CREDENTIAL_TYPE = "credential.json", "/application#2Fld+json"
PRINTED_AND_LOCKED = 4 | 128  # flags of an annotation

# PDF/A admits a property only if it is described in the same file; it must stand in the only rdf:RDF.
END_OF_METADATA = b"</rdf:RDF>"
PROMISE = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def artwork(pdf: pydyf.PDF) -> bytes:
    """Return the drawing of the only page, packed, without the opacity it sets: its lines are opaque anyway."""
    parts = (part if isinstance(part, bytes) else str(part).encode() for part in _content(pdf).stream)
    return zlib.compress(OPAQUE.sub(b"", b"\n".join(parts)), 9)


def finish(pdf: pydyf.PDF, backdrop: bytes, seal_words: str, credential: bytes = b"") -> None:
    """Make the only page whole; `seal_words` is what a reader is told of the seal, which shows nothing itself.

    The credential, where there is one, says the same to machines; the seal covers both, so neither is changed alone.
    """
    _lay_under(pdf, backdrop)
    _mend_tags(pdf)
    if credential:
        _attach(pdf, credential)
    _keep_a_place_for_the_seal(pdf, seal_words)
    _promise_accessibility(pdf)


def _lay_under(pdf: pydyf.PDF, backdrop: bytes) -> None:
    """Lay a packed drawing under the words, as an artifact."""
    page = _page(pdf)
    form = {"Type": "/XObject", "Subtype": "/Form", "BBox": page["MediaBox"], "Filter": "/FlateDecode"}
    drawing = pydyf.Stream([backdrop], form)
    pdf.add_object(drawing)
    _object(pdf, page["Resources"])["XObject"]["Backdrop"] = drawing.reference
    _content(pdf).stream.insert(0, b"/Artifact BMC /Backdrop Do EMC")


def _mend_tags(pdf: pydyf.PDF) -> None:
    page_height = _page(pdf)["MediaBox"][3]
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("Type") == "/StructElem":
            if element["S"] == "/Figure":
                _measure_from_below(element["A"]["BBox"], page_height)
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


def _attach(pdf: pydyf.PDF, credential: bytes) -> None:
    """Attach the credential as PDF/A-3 asks for it: with its media type, and with what it is to the page."""
    stream = {"Type": "/EmbeddedFile", "Subtype": CREDENTIAL_TYPE, "Filter": "/FlateDecode"}
    stream["Params"] = pydyf.Dictionary({"Size": len(credential)})
    content = pydyf.Stream([zlib.compress(credential, 9)], stream)
    pdf.add_object(content)
    file = pydyf.Dictionary({"Type": "/Filespec", "EF": pydyf.Dictionary({"F": content.reference})})
    file["F"] = file["UF"] = pydyf.String(CREDENTIAL_NAME)
    file["Desc"] = pydyf.String("This certificate as an Open Badges credential")
    file["AFRelationship"] = "/Data"
    pdf.add_object(file)
    names = pydyf.Dictionary({"Names": pydyf.Array([file["F"], file.reference])})
    pdf.add_object(names)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = names.reference
    pdf.catalog["AF"] = pydyf.Array([file.reference])


def _keep_a_place_for_the_seal(pdf: pydyf.PDF, words: str) -> None:
    """Add an empty signature field that is tagged and has words: what signs the file afterwards gives it neither."""
    page = _page(pdf)
    field = pydyf.Dictionary({"Type": "/Annot", "Subtype": "/Widget", "FT": "/Sig", "P": page.reference})
    field["T"] = pydyf.String(SEAL_FIELD)
    field["TU"] = field["Contents"] = pydyf.String(words)
    field["Rect"] = pydyf.Array([0, 0, 0, 0])
    field["F"] = PRINTED_AND_LOCKED
    pdf.add_object(field)
    page.setdefault("Annots", pydyf.Array()).append(field.reference)
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array([field.reference]), "SigFlags": 3})
    _tag(pdf, field, words)


def _tag(pdf: pydyf.PDF, field: pydyf.Dictionary, words: str) -> None:
    """Put a field at the end of what a screen reader says."""
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    document, places = _object(pdf, root["K"][0]), _object(pdf, root["ParentTree"])["Nums"]
    seen = pydyf.Dictionary({"Type": "/OBJR", "Obj": field.reference, "Pg": field["P"]})
    tag = pydyf.Dictionary({"Type": "/StructElem", "S": "/Form", "P": document.reference, "K": seen})
    tag["Alt"] = pydyf.String(words)
    pdf.add_object(tag)
    document["K"].append(tag.reference)
    field["StructParent"] = places[-2] + 1  # a list of keys and values, in order
    places.extend([field["StructParent"], tag.reference])


def _promise_accessibility(pdf: pydyf.PDF) -> None:
    """Say in the metadata that the file keeps to PDF/UA-1, and what that property means."""
    (metadata,) = _object(pdf, pdf.catalog["Metadata"]).stream
    said, end, rest = metadata.partition(END_OF_METADATA)
    _object(pdf, pdf.catalog["Metadata"]).stream[:] = [said + PROMISE + end + rest]


def _page(pdf: pydyf.PDF) -> pydyf.Dictionary:
    return _object(pdf, pdf.page_references[0])


def _content(pdf: pydyf.PDF) -> pydyf.Stream:
    return _object(pdf, _page(pdf)["Contents"])


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
