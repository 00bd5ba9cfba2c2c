"""The certificate on paper: facts in, one tagged page of PDF out. The only door to WeasyPrint.

WeasyPrint needs Pango, a system library. It is imported inside functions, so that a site without Pango
runs and says why its certificates have no PDF.
"""

import contextlib
import hashlib
import io
import itertools
import logging
import re
import threading
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import segno
from django.template.loader import render_to_string
from django.utils import translation

from certificates import glyphs
from certificates.designs import DESIGNS, MILLIMETRE, Sizes

if TYPE_CHECKING:
    import pydyf
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

FAMILIES = frozenset({"Certificate Display", "Certificate Text", "Certificate Sans"})
CUT_SCHEME = "cut:"
POINTS_PER_PIXEL = 0.75
OPAQUE = re.compile(rb"^/[aA]1(\.0)? gs\n", re.MULTILINE)  # the artwork has no other resources
QUIET_ZONE = 4  # modules of white that a QR code needs on every side

# One layout at a time in a process: Pango's font map is not made for threads, and one map keeps memory flat.
_press = threading.RLock()


class CannotRender(Exception):
    """No certificate was printed; the message says why, to the registrar."""


class PangoMissing(CannotRender):
    """The system library that sets text is not installed."""


@dataclass(frozen=True)
class PrintedCertificate:
    """What the paper says, and nothing else; `code` is grouped for reading, a competency is code and title."""

    name: str
    title: str
    level: str
    institute: str
    statement: str
    competencies: tuple[tuple[str, str], ...]
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


SPACINGS = ("open", "close", "dense")


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters of `text` that no font of ours can draw; to be asked before a number is taken."""
    return glyphs.missing_glyphs(text)


@cache
def pango_problem() -> str | None:
    """Return a sentence that says why no PDF can be made here and what to install, or None."""
    install = "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0."
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # WeasyPrint prints a banner before it raises
            from weasyprint.text import ffi
    except OSError:
        return f"Certificates cannot be printed: the library Pango is missing. {install}"
    if ffi.harfbuzz_subset is None:
        return f"Certificates cannot be printed: the library HarfBuzz-Subset is missing. {install}"
    return None


def tool_versions() -> dict[str, str]:
    """Return what a certificate file is made with, to be kept beside its digest."""
    packages = ("weasyprint", "pydyf", "segno", "fonttools", "fontpkg-literata", "fontpkg-public-sans")
    versions = {package: version(package) for package in packages}
    if pango_problem() is None:
        from weasyprint.text.ffi import ffi, harfbuzz, pango

        number = pango.pango_version()
        versions["pango"] = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return versions


def render_certificate(facts: PrintedCertificate) -> bytes:
    """Return the certificate as a tagged PDF (PDF/UA-1), A4 landscape; the same facts give the same bytes.

    Raises PangoMissing, or CannotRender when a character cannot be drawn, the text does not fit on the
    page, or WeasyPrint warned of anything at all.
    """
    if problem := pango_problem():
        raise PangoMissing(problem)
    facts = _composed(facts)
    _refuse_what_cannot_be_drawn(facts)
    with _press, _warnings_refused():
        document = _laid_out(facts)
        printed = document.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=_identifier(facts),
            finisher=lambda document, pdf: _finish(pdf, facts.design),
        )
        _refuse_foreign_fonts(document)
    return printed

def _composed(facts: PrintedCertificate) -> PrintedCertificate:
    """Return the facts with every letter and its accents joined (NFC): fonts draw what is joined better."""
    words = {key: unicodedata.normalize("NFC", value) for key, value in vars(facts).items() if isinstance(value, str)}
    pairs = tuple((code, unicodedata.normalize("NFC", title)) for code, title in facts.competencies)
    return replace(facts, competencies=pairs, **words)


def _refuse_what_cannot_be_drawn(facts: PrintedCertificate) -> None:
    if facts.design not in DESIGNS:
        raise CannotRender(f"There is no certificate design called “{facts.design}”.")
    words = [value for value in vars(facts).values() if isinstance(value, str)]
    words += [word for pair in facts.competencies for word in pair]
    if missing := missing_glyphs("".join(words)):
        raise CannotRender(f"Our typefaces cannot draw {' '.join(map(_named, missing))}.")


def _named(character: str) -> str:
    return f"“{character}” ({unicodedata.name(character, f'U+{ord(character):04X}').lower()})"


@contextlib.contextmanager
def _warnings_refused() -> Iterator[None]:
    """Turn whatever WeasyPrint logs as a warning or worse into a refusal: a box for a letter is no certificate."""
    heard: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if heard:
        raise CannotRender("The page could not be set: " + "; ".join(dict.fromkeys(heard)))


def _refuse_foreign_fonts(document: "Document") -> None:
    """Pango borrows a font of the machine in silence; then the paper would look different on every machine."""
    foreign = sorted({font.family for font in document.fonts.values()} - FAMILIES)
    if foreign:
        raise CannotRender(f"The page would need typefaces that are not ours: {', '.join(foreign)}.")


def _laid_out(facts: PrintedCertificate) -> "Document":
    """Set the page with as much space as fits on one."""
    first = 0 if len(facts.competencies) <= 4 else 1 if len(facts.competencies) <= 10 else 2
    for spacing in SPACINGS[first:]:
        document = _set(_html(facts, spacing), facts.design)
        if len(document.pages) == 1:
            return document
    raise CannotRender("The certificate does not fit on one page; shorten the statement or the competencies.")


def _html(facts: PrintedCertificate, spacing: str) -> str:
    design = DESIGNS[facts.design]
    context = {
        "facts": facts,
        "spacing": spacing,
        "columns": 1 if len(facts.competencies) <= 4 else 2 if len(facts.competencies) <= 10 else 3,
        "name_line": _fitted(facts.name, design.measure, design.name),
        "title_line": _fitted(facts.title, design.measure, design.title),
        "address": facts.verify_url.removeprefix("https://"),
        "code_square": _code_square(facts.verify_url),
    }
    with translation.override(facts.language):
        return render_to_string("certificates/pdf/certificate.html", context)


@dataclass(frozen=True)
class Line:
    """Text as large as fits: `size` in points and `measure` in mm, narrow enough to break it into even lines."""

    size: float
    measure: float


def _fitted(text: str, measure: float, sizes: Sizes) -> Line:
    whole, words = glyphs.width_in_ems(text), re.split(r"(?<=[\s-])", text)
    longest = max(map(glyphs.width_in_ems, words))
    for lines in (1, 2, 3):
        ems = max(whole / lines * (1 if lines == 1 else 1.15), longest)
        size = min(sizes.largest * (1 - 0.15 * (lines - 1)), measure * MILLIMETRE / ems)
        if size >= sizes.largest * 0.65 or (lines > 1 and size >= sizes.smallest):
            break
    return Line(round(size, 2), round(measure if lines == 1 else ems * size / MILLIMETRE + 1, 2))


@dataclass(frozen=True)
class CodeSquare:
    """A QR code as one path: a unit is a module, `side` counts the quiet zone."""

    side: int
    path: str


def _code_square(url: str) -> CodeSquare:
    code = segno.make_qr(url, error="m")
    parts = []
    for y, row in enumerate(code.matrix, start=QUIET_ZONE):
        x = QUIET_ZONE
        for dark, run in itertools.groupby(row):
            length = len(list(run))
            if dark:
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return CodeSquare(len(code.matrix) + 2 * QUIET_ZONE, "".join(parts))


def _identifier(facts: PrintedCertificate) -> bytes:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32].encode()


def _set(html: str, design: str) -> "Document":
    from weasyprint import HTML

    return HTML(string=html, url_fetcher=_fetcher()).render(font_config=_fonts(), stylesheets=[_style(design)])


@cache
def _fonts() -> "FontConfiguration":
    """One for all designs: a new one for every file takes twice the time and never gives its memory back."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _style(design: str) -> "CSS":
    from weasyprint import CSS

    sheets = ("certificate", f"certificate_{design}")
    text = "".join(render_to_string(f"certificates/pdf/{sheet}.css") for sheet in sheets)
    return CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher())


@cache
def _fetcher() -> "URLFetcher":
    """Return the fetcher of everything a page may ask for: our cuts and nothing else, from disk or network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurCutsOnly(URLFetcher):
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            if not url.startswith(CUT_SCHEME):
                raise ValueError(f"A certificate asks for nothing from outside: {url}")
            return URLFetcherResponse(url, glyphs.cut_font(url.removeprefix(CUT_SCHEME)), {"Content-Type": "font/ttf"})

    return OurCutsOnly()


@cache
def _backdrop(design: str) -> bytes:
    """Return the artwork of a design as packed drawing operators, made once: it is the same on every certificate."""
    drawn: list[bytes] = []

    def keep(document: "Document", pdf: "pydyf.PDF") -> None:
        drawn.append(b"\n".join(item if isinstance(item, bytes) else str(item).encode() for item in _content(pdf).stream))

    svg = render_to_string(f"certificates/pdf/artwork_{design}.svg", {"art": DESIGNS[design].artwork})
    page = "<html lang='en'><style>@page {size: A4 landscape; margin: 0} body {margin: 0} svg {display: block}</style>"
    _set(page + svg, design).write_pdf(finisher=keep)
    return zlib.compress(OPAQUE.sub(b"", drawn[0]), 9)


def _finish(pdf: "pydyf.PDF", design: str) -> None:
    """Lay the artwork under the page as an artifact and mend where WeasyPrint says its figures are."""
    import pydyf

    page = _page(pdf)
    box = page["MediaBox"]
    backdrop = pydyf.Stream(
        [_backdrop(design)], {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Filter": "/FlateDecode"}
    )
    pdf.add_object(backdrop)
    _object(pdf, page["Resources"])["XObject"]["Backdrop"] = backdrop.reference
    _content(pdf).stream.insert(0, b"/Artifact BMC /Backdrop Do EMC")
    for figure in (item for item in pdf.objects if isinstance(item, dict) and item.get("S") == "/Figure"):
        left, top, right, bottom = (edge * POINTS_PER_PIXEL for edge in figure["A"]["BBox"])
        figure["A"]["BBox"] = pydyf.Array([left, box[3] - bottom, right, box[3] - top])


def _page(pdf: "pydyf.PDF") -> "pydyf.Dictionary":
    return _object(pdf, pdf.page_references[0])


def _content(pdf: "pydyf.PDF") -> "pydyf.Stream":
    return _object(pdf, _page(pdf)["Contents"])


def _object(pdf: "pydyf.PDF", reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
