"""The certificate on paper: facts in, one tagged page of PDF out. The only door to WeasyPrint, for a learner's record as well.

WeasyPrint needs Pango, a library of the system. It is imported inside functions, so that a site without
Pango runs and says why its certificates have no PDF.
"""

import atexit
import contextlib
import hashlib
import io
import logging
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils import translation

from certificates import finishing, glyphs
from certificates.designs import DESIGNS
from certificates.glyphs import missing_glyphs
from certificates.printed import PrintedCertificate
from certificates.typesetting import code_square, fitted, in_columns

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

__all__ = [
    "CannotRender",
    "PangoMissing",
    "PrintedCertificate",
    "missing_glyphs",
    "pango_problem",
    "render_certificate",
    "render_record",
    "tool_versions",
]

SPACINGS = ("open", "close", "dense", "snug", "tight")
FAMILIES = frozenset({"Certificate Display", "Certificate Text", "Certificate Sans"})
CUT_SCHEME = "cut:"

# One layout at a time in a process: Pango's font map is not made for threads, and one map keeps memory flat.
_press = threading.Lock()


class CannotRender(Exception):
    """No certificate was printed; the message tells the registrar why."""


class PangoMissing(CannotRender):
    """The library that sets text is not installed on this machine."""


@cache
def pango_problem() -> str | None:
    """Return a sentence that says why no PDF can be made on this machine and what to install, or None."""
    remedy = "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # WeasyPrint prints a banner before it raises
            from weasyprint.text import ffi
    except OSError:
        return f"Certificates cannot be printed because the library Pango is missing. {remedy}"
    if ffi.harfbuzz_subset is None:
        return f"Certificates cannot be printed because the library HarfBuzz-Subset is missing. {remedy}"
    return None


@cache
def tool_versions() -> Mapping[str, str]:
    """Return what a certificate file is made with, to be kept beside its digest."""
    packages = ("weasyprint", "pydyf", "segno", "fonttools", "fontpkg-literata", "fontpkg-public-sans")
    versions = {package: version(package) for package in packages}
    if pango_problem() is None:
        from weasyprint.text.ffi import pango

        number = pango.pango_version()
        versions["pango"] = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return MappingProxyType(versions)


def render_certificate(facts: PrintedCertificate, credential: bytes = b"") -> bytes:
    """Return the certificate as PDF/A-3a and PDF/UA-1 in one, A4 landscape; the same facts give the same bytes.

    The credential, where there is one, is attached to the page.

    Raises PangoMissing, or CannotRender when a character cannot be drawn, the words do not fit on one
    page, or WeasyPrint warned of anything at all.
    """
    if problem := pango_problem():
        raise PangoMissing(problem)
    facts = facts.composed()
    _refuse_what_cannot_be_drawn(facts)
    with _press, _warnings_refused():
        document = _laid_out(facts)
        _refuse_lost_words(document, facts)
        backdrop = _backdrop(facts.design)
        printed = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=hashlib.sha256(repr(facts).encode()).hexdigest()[:32].encode(),
            finisher=lambda _, pdf: finishing.finish(pdf, backdrop, f"Seal of {facts.institute}", credential),
        )
        _refuse_foreign_fonts(document)
    return printed


def render_record(html: str) -> bytes:
    """Return a document of any length as tagged PDF (PDF/UA-1), A4 upright, in our own typefaces.

    Raises PangoMissing, or CannotRender when WeasyPrint warned of anything.
    """
    if problem := pango_problem():
        raise PangoMissing(problem)
    with _press, _warnings_refused():
        document = _set(html, _sheets("record"))
        printed = document.write_pdf(pdf_variant="pdf/ua-1")
        _refuse_foreign_fonts(document)
    return bytes(printed)


def _refuse_what_cannot_be_drawn(facts: PrintedCertificate) -> None:
    if facts.design not in DESIGNS:
        raise CannotRender(f"There is no certificate design called “{facts.design}”.")
    if missing := missing_glyphs("".join(facts.words())):
        raise CannotRender(f"Our typefaces cannot draw {', '.join(map(_named, missing))}.")


def _named(character: str) -> str:
    return f"“{character}” ({unicodedata.name(character, f'U+{ord(character):04X}').lower()})"


class _Heard(logging.Handler):
    """Keeps what WeasyPrint says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextlib.contextmanager
def _warnings_refused() -> Iterator[None]:
    """Refuse whatever WeasyPrint only logs: an empty box for a letter is no certificate."""
    logger, heard = logging.getLogger("weasyprint"), _Heard()
    level = logger.level
    logger.addHandler(heard)
    logger.setLevel(logging.WARNING)  # the site may be set to log errors only
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(heard)
    if heard.messages:
        raise CannotRender("The page could not be set: " + "; ".join(dict.fromkeys(heard.messages)))


def _laid_out(facts: PrintedCertificate) -> "Document":
    """Set the page with as much white space as one page allows."""
    columns = max(1, len(in_columns(facts.competencies)))
    for spacing in SPACINGS[columns - 1 :]:
        document = _set(_html(facts, spacing), _style(facts.design))
        if len(document.pages) == 1:
            return document
    raise CannotRender("The words do not fit on one page. Shorten the title, statement or competencies.")


def _html(facts: PrintedCertificate, spacing: str) -> str:
    design = DESIGNS[facts.design]
    context = {
        "facts": facts,
        "spacing": spacing,
        "columns": in_columns(facts.competencies),
        "name_line": fitted(facts.name, design.measure, design.name),
        "title_line": fitted(facts.title, design.measure, design.title),
        "signatory_line": fitted(facts.signatory_name, design.signatory_measure, design.signatory),
        "code_square": code_square(facts.verify_url),
    }
    with translation.override(facts.language):
        return render_to_string("certificates/pdf/certificate.html", context)


def _refuse_lost_words(document: "Document", facts: PrintedCertificate) -> None:
    """WeasyPrint drops in silence what a box of fixed height has no room for."""
    page = document.pages[0]._page_box  # noqa: SLF001 the only way to read the words of a page; weasyprint<71
    boxes = page.descendants(placeholders=True)
    printed = "".join("".join(box.text.split()) for box in boxes if hasattr(box, "text"))
    if lost := [words for words in facts.words() if "".join(words.split()) not in printed]:
        raise CannotRender(f"The page has no room for “{lost[0]}”.")


def _refuse_foreign_fonts(document: "Document") -> None:
    """Pango borrows a font of the machine in silence, and the paper then differs from machine to machine."""
    if foreign := {font.family for font in document.fonts.values()} - FAMILIES:
        raise CannotRender(f"The page would need typefaces that are not ours: {', '.join(sorted(foreign))}.")


def _set(html: str, style: "CSS") -> "Document":
    from weasyprint import HTML

    return HTML(string=html, url_fetcher=_fetcher()).render(font_config=_fonts(), stylesheets=[style])


@cache
def _fonts() -> "FontConfiguration":
    """One for the life of the process: a new one for every file takes twice the time and is never freed."""
    from weasyprint.text.fonts import FontConfiguration

    # It removes a folder as it goes; left to the end of the interpreter, it no longer finds how.
    atexit.register(_fonts.cache_clear)
    atexit.register(_sheets.cache_clear)
    return FontConfiguration()


def _style(design: str) -> "CSS":
    return _sheets("certificate", f"certificate_{design}")


@cache
def _sheets(*names: str) -> "CSS":
    from weasyprint import CSS

    text = "".join(render_to_string(f"certificates/pdf/{name}.css") for name in ("faces", *names))
    return CSS(string=text, font_config=_fonts(), url_fetcher=_fetcher())


@cache
def _fetcher() -> "URLFetcher":
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurCutsOnly(URLFetcher):
        """Gives out our typefaces and nothing else, be it on this disk or in the network."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 theirs
            if not url.startswith(CUT_SCHEME):
                raise ValueError(f"A certificate may not ask for {url}")
            return URLFetcherResponse(url, glyphs.cut_font(url.removeprefix(CUT_SCHEME)))

    return OurCutsOnly()


@cache
def _backdrop(design: str) -> bytes:
    """Return a design's artwork as packed PDF operators: drawn once, for it is the same on every certificate."""
    drawn: list[bytes] = []
    svg = render_to_string(f"certificates/pdf/artwork_{design}.svg", {"art": DESIGNS[design].artwork})
    page = _set(f'<html lang="en"><body class="artwork">{svg}', _style(design))
    page.write_pdf(finisher=lambda _, pdf: drawn.append(finishing.artwork(pdf)))
    return drawn[0]
