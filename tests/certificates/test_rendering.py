"""The certificate on paper: what it says, how it is read aloud, and when it is refused."""

import io
import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from certificates import rendering
from certificates.rendering import CannotRender, PrintedCertificate, render_certificate

ROOT = Path(__file__).resolve().parents[2]
COMPETENCIES = (
    ("1.1", "Frame the question"),
    ("1.2", "Understand need, assets and the future"),
    ("1.3", "Co-produce"),
    ("1.4", "Rights, equality, prevention"),
    ("2.1", "Define outcomes"),
    ("2.2", "Design incentives"),
    ("2.3", "Measure and attribute"),
    ("2.4", "Understand cost and price"),
    ("3.1", "Shape and sustain markets"),
    ("3.2", "Open doors (VCSE, SME, mutual, user-led, in-house)"),
    ("3.3", "Choose the delivery model"),
    ("4.1", "Pick the right rulebook"),
    ("4.2", "Source fairly and openly"),
    ("4.3", "Manage the contract"),
    ("4.4", "Act with integrity"),
    ("5.1", "Place and review people"),
    ("5.2", "See what is really happening"),
    ("5.3", "Act and escalate"),
    ("5.4", "Candour, speaking up, continuity"),
    ("6.1", "Commission together"),
    ("6.2", "Answer to the public"),
    ("6.3", "Learn and spread"),
    ("6.4", "Lead as a professional"),
)
ADA = PrintedCertificate(
    name="Ada Okonkwo",
    title="Foundations: deciding what to acquire",
    level="foundation",
    institute="Aldermoor Institute of Commissioning",
    statement="The holder asks what people need before anything is bought.",
    competencies=COMPETENCIES[:3],
    number="AIC-2026-000417",
    code="7KQ2-M9TX-4HWB-C",
    issued_on=date(2026, 11, 21),
    valid_from=date(2026, 11, 21),
    valid_until=date(2029, 11, 20),
    verify_url="https://learn.aldermoor.example/v/7KQ2M9TX4HWBC/",
    signatory_name="Dr Rosa Achebe",
    signatory_role="Registrar",
)
SPOKEN = [
    "Aldermoor Institute of Commissioning",
    "This is to certify that",
    "Ada Okonkwo",
    "has been assessed as competent and has met every requirement of",
    "Foundations: deciding what to acquire",
    "Foundation level",
    "The holder asks what people need before anything is bought.",
    "Competencies",
    "1.1 Frame the question",
    "1.2 Understand need, assets and the future",
    "1.3 Co-produce",
    "Dr Rosa Achebe",
    "Registrar",
    "Number",
    "AIC-2026-000417",
    "Issued",
    "21 November 2026",
    "Valid",
    "21 November 2026 to 20 November 2029",
    "Check this certificate at",
    "learn.aldermoor.example/v/7KQ2M9TX4HWBC/",
    "Code 7KQ2-M9TX-4HWB-C",
    "A professional certificate of this institute, not a regulated qualification.",
]
NAMES = [
    "Bo Li",
    "Ŵyn ap Llŷr",
    "Zażółć Gęślą-Jaźń",
    "Nguyễn Thị Phương Thảo",
    "Siobhán O’Dwyer D'Arcy-Ní Bhraonáin",
    "Ελένη Παπαδοπούλου",
    "Дар'я Щербаківська-Їжакевич",
    "Maximiliana Konstantina Papadopoulou-Featherstonehaugh Vanderbilt",
]

designs = pytest.mark.parametrize("design", ["classic", "modern"])


def poppler(tool: str, *options: str, pdf: bytes) -> bytes:
    return subprocess.run([tool, *options], input=pdf, capture_output=True, check=True).stdout  # noqa: S603


def spoken(pdf: bytes) -> list[str]:
    """What a screen reader says, a block at a time: words of a block stand on lines of their own."""
    blocks: list[str] = []
    for line in poppler("pdfinfo", "-struct-text", "-", pdf=pdf).decode().splitlines():
        if "(block)" in line or "Figure" in line:
            blocks.append("")
        elif line.strip().startswith('"'):
            blocks[-1] += line.strip()[1:-1]
    return [block for block in blocks if block]


def in_both_designs() -> bytes:
    return b"".join(render_certificate(replace(ADA, design=design)) for design in ("classic", "modern"))


@designs
def test_a_screen_reader_says_all_of_it_in_order(design: str) -> None:
    pdf = render_certificate(replace(ADA, design=design))

    assert spoken(pdf) == SPOKEN


@designs
def test_the_file_says_that_it_is_tagged_whose_it_is_and_in_which_language(design: str) -> None:
    pdf = render_certificate(replace(ADA, design=design))

    info = dict(line.split(":", 1) for line in poppler("pdfinfo", "-", pdf=pdf).decode().splitlines())
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        language, promise = str(opened.Root.Lang), opened.open_metadata()["pdfuaid:part"]
    assert {key: info[key].strip() for key in ("Tagged", "Pages", "Page size", "Title", "Author")} == {
        "Tagged": "yes",
        "Pages": "1",
        "Page size": "841.89 x 595.276 pts (A4)",
        "Title": "Foundations: deciding what to acquire: certificate of Ada Okonkwo",
        "Author": "Aldermoor Institute of Commissioning",
    }
    assert (language, promise) == ("en", "1")


@designs
def test_the_code_square_has_words_for_those_who_cannot_see_it_and_a_true_place(design: str) -> None:
    pdf = render_certificate(replace(ADA, design=design))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (figure,) = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        words, (left, foot, right, head) = str(figure.Alt), map(float, figure.A.BBox)
    assert words == "QR code that opens https://learn.aldermoor.example/v/7KQ2M9TX4HWBC/"
    assert 0 < left < right < 842
    assert 0 < foot < head < 298  # in the lower half of the page, measured from its foot


@designs
def test_twenty_three_competencies_are_one_list_on_one_page(design: str) -> None:
    pdf = render_certificate(replace(ADA, design=design, competencies=COMPETENCIES))

    tree = poppler("pdfinfo", "-struct", "-", pdf=pdf).decode().split()
    assert (tree.count("L"), tree.count("LI")) == (1, 23)
    assert spoken(pdf)[8:31] == [f"{code} {title}" for code, title in COMPETENCIES]


@designs
def test_the_address_can_be_read_from_the_screen_at_100_dots_an_inch(design: str) -> None:
    pdf = render_certificate(replace(ADA, design=design))

    picture = Image.open(io.BytesIO(poppler("pdftoppm", "-r", "100", "-png", "-", pdf=pdf)))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADA.verify_url]


@designs
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_drawn_in_our_own_embedded_typefaces_and_the_file_stays_small(
    design: str, name: str
) -> None:
    pdf = render_certificate(replace(ADA, design=design, name=name))

    fonts = [line.split() for line in poppler("pdffonts", "-", pdf=pdf).decode().splitlines()[2:]]
    assert spoken(pdf)[2] == name
    assert {font[0].split("+")[1].split("-")[0] for font in fonts} == {"Certificate"}
    assert {tuple(font[-5:-2]) for font in fonts} == {("yes", "yes", "yes")}  # embedded, subset, readable
    assert len(pdf) <= 80_000


@designs
def test_the_artwork_is_lines_and_areas_that_need_nothing_else(design: str) -> None:
    pdf = render_certificate(replace(ADA, design=design))

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (artwork,) = opened.pages[0].Resources.XObject.values()
        operators = {str(step.operator) for step in pikepdf.parse_content_stream(artwork)}
    assert operators <= {
        *["q", "Q", "cm", "m", "l", "c", "h", "re", "W", "n", "w", "d", "J", "j", "M", "f", "RG", "rg", "S"]
    }


def test_a_certificate_without_end_says_so() -> None:
    pdf = render_certificate(replace(ADA, valid_until=None))

    assert spoken(pdf)[18] == "from 21 November 2026, with no end date"


def test_the_paper_is_given_no_result_no_employer_and_no_e_mail() -> None:
    assert [field.name for field in fields(PrintedCertificate)] == [
        *("name", "title", "level", "institute", "statement", "competencies", "number", "code"),
        *("issued_on", "valid_from", "valid_until", "verify_url", "signatory_name", "signatory_role"),
        *("design", "language"),
    ]


def test_markup_in_a_name_is_printed_and_not_obeyed() -> None:
    pdf = render_certificate(replace(ADA, name='<img src="file:///etc/passwd"> & Sons'))

    assert spoken(pdf)[2] == '<img src="file:///etc/passwd"> & Sons'


def test_accents_typed_apart_are_printed_together_and_spaces_once() -> None:
    apart, together = replace(ADA, name="W\u0302yn  ap\nLly\u0302r "), replace(ADA, name="Ŵyn ap Llŷr")

    assert render_certificate(apart) == render_certificate(together)


def test_a_letter_that_no_typeface_of_ours_has_is_refused_by_name() -> None:
    with pytest.raises(CannotRender) as refusal:
        render_certificate(replace(ADA, name="Ada 李 Okonkwo"))

    assert str(refusal.value) == "Our typefaces cannot draw “李” (cjk unified ideograph-674e)."


def test_words_that_do_not_fit_on_one_page_are_refused() -> None:
    with pytest.raises(CannotRender) as refusal:
        render_certificate(replace(ADA, statement=ADA.statement * 60))

    assert str(refusal.value) == (
        "The words do not fit on one page. Shorten the title, statement or competencies."
    )


def test_a_design_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CannotRender) as refusal:
        render_certificate(replace(ADA, design="baroque"))

    assert str(refusal.value) == "There is no certificate design called “baroque”."


def test_a_warning_of_the_typesetter_is_a_refusal_even_where_the_site_logs_errors_only() -> None:
    logger = logging.getLogger("weasyprint")
    logger.setLevel(logging.ERROR)

    with pytest.raises(CannotRender) as refusal, rendering._warnings_refused():
        logger.warning(".notdef glyph rendered")

    assert str(refusal.value) == "The page could not be set: .notdef glyph rendered"
    assert logger.level == logging.ERROR
    logger.setLevel(logging.NOTSET)


def test_a_page_may_ask_for_our_typefaces_and_for_nothing_else() -> None:
    for address in ("file:///etc/passwd", "https://example.org/font.ttf", "data:text/plain,x"):
        with pytest.raises(ValueError, match="may not ask for"):
            rendering._fetcher().fetch(address)


def test_the_same_facts_give_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys, django; django.setup()\n"
        "from tests.certificates.test_rendering import in_both_designs\n"
        "sys.stdout.buffer.write(in_both_designs())"
    )

    elsewhere = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"},
        capture_output=True,
        check=True,
    )

    assert elsewhere.stdout == in_both_designs()


def test_two_people_printing_at_once_get_their_own_certificates() -> None:
    orders = [replace(ADA, name=name) for name in NAMES[:4]]

    with ThreadPoolExecutor(max_workers=4) as printers:
        printed = list(printers.map(render_certificate, orders))

    assert printed == [render_certificate(order) for order in orders]


def test_without_pango_the_reason_is_a_sentence_and_nothing_is_printed(tmp_path: Path) -> None:
    (tmp_path / "libpango-1.0.so.0").write_bytes(b"")  # found first by the loader, and no library
    code = (
        "from tests.certificates.test_rendering import ADA, render_certificate, rendering\n"
        "try: render_certificate(ADA)\n"
        "except rendering.PangoMissing as refusal: print(refusal)"
    )

    without = subprocess.run(  # noqa: S603
        [sys.executable, "-c", "import django; django.setup()\n" + code],
        cwd=ROOT,
        env=os.environ | {"LD_LIBRARY_PATH": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )

    assert without.stdout == (
        "Certificates cannot be printed because the library Pango is missing. "
        "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )


def test_the_versions_of_all_tools_are_told() -> None:
    assert list(rendering.tool_versions()) == [
        *("weasyprint", "pydyf", "segno", "fonttools", "fontpkg-literata", "fontpkg-public-sans", "pango"),
    ]
