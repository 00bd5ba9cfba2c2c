"""The product reads its own work: what is wrong with a file is said, each fault in its own words."""

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from certificates import proofing, rendering
from tests.certificates import verapdf
from tests.certificates.test_rendering import ADA, COMPETENCIES, NAMES, designs

ADDRESS = ADA.verify_url
CREDENTIAL = b'{"name": "Foundations", "holder": "Zo\xc3\xab"}' * 40
Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="module")
def printed() -> bytes:
    return rendering.render_certificate(ADA)


def changed(pdf: bytes, change: Change) -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        change(opened)
        opened.save(kept)
    return kept.getvalue()


@designs
@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_as_it_is_printed_has_no_fault(design: str, name: str) -> None:
    pdf = rendering.render_certificate(replace(ADA, design=design, name=name))

    assert proofing.faults(pdf, ADDRESS) == []


def test_a_file_that_is_no_pdf_cannot_be_read() -> None:
    (fault,) = proofing.faults(b"%PDF-1.7 and then nothing", ADDRESS)

    assert fault.startswith("It cannot be read: ")


def test_another_address_is_found_in_link_and_code_square(printed: bytes) -> None:
    elsewhere = "https://learn.aldermoor.example/v/0000000000000/"

    assert proofing.faults(printed, elsewhere) == [
        f"It links to {ADDRESS} and not to {elsewhere}.",
        f"Its code square opens {ADDRESS} and not {elsewhere}.",
    ]


def test_a_code_square_that_is_gone_opens_nothing(printed: bytes) -> None:
    def without_figure(pdf: pikepdf.Pdf) -> None:
        steps = [step for step in pikepdf.parse_content_stream(pdf.pages[0]) if str(step.operator) != "l"]
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(steps))

    assert proofing.faults(changed(printed, without_figure), ADDRESS) == [
        f"Its code square opens nothing and not {ADDRESS}."
    ]


@pytest.mark.parametrize("promise", ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"])
def test_a_promise_that_is_not_made_is_missed(printed: bytes, promise: str) -> None:
    def silenced(pdf: pikepdf.Pdf) -> None:
        with pdf.open_metadata() as said:
            del said[promise]

    assert proofing.faults(changed(printed, silenced), ADDRESS) == [
        f"Its metadata does not say {promise} {proofing.PROMISES[promise]}."
    ]


def test_tags_and_language_are_missed(printed: bytes) -> None:
    def mute(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot
        del pdf.Root.Lang

    assert proofing.faults(changed(printed, mute), ADDRESS) == [
        "It is not tagged for a screen reader.",
        "It does not say its language.",
    ]


def test_a_typeface_that_is_not_embedded_is_named(printed: bytes) -> None:
    def borrowed(pdf: pikepdf.Pdf) -> None:
        font = pdf.pages[0].Resources.Font
        first = font[min(font.keys())]
        del first.DescendantFonts[0].FontDescriptor.FontFile2

    (fault,) = proofing.faults(changed(printed, borrowed), ADDRESS)
    assert fault.startswith("The typeface ")
    assert fault.endswith(" is not embedded.")


def test_a_second_page_is_one_too_many(printed: bytes) -> None:
    two = changed(printed, lambda pdf: pdf.pages.append(pdf.pages[0]))

    assert proofing.faults(two, ADDRESS) == ["It has 2 pages."]


@pytest.mark.skipif(not verapdf.is_here(), reason="Java or the wheel with veraPDF is not installed")
def test_verapdf_finds_no_failure_of_pdf_a_3a_or_pdf_ua_1_in_any_design(tmp_path) -> None:
    papers = {"short": ADA, "long": replace(ADA, competencies=COMPETENCIES, valid_until=None)} | {
        f"name-{place}": replace(ADA, name=name) for place, name in enumerate(NAMES)
    }
    files = {
        f"{design}-{paper}.pdf": rendering.render_certificate(replace(facts, design=design), CREDENTIAL)
        for design in ("classic", "modern")
        for paper, facts in papers.items()
    }

    found = verapdf.failures(files, tmp_path)

    assert found == {(name, profile): "" for name in files for profile in verapdf.PROFILES}


@pytest.mark.skipif(not verapdf.is_here(), reason="Java or the wheel with veraPDF is not installed")
def test_verapdf_would_say_what_is_broken(printed: bytes, tmp_path) -> None:
    untagged = changed(printed, lambda pdf: pdf.Root.MarkInfo.update({"/Marked": False}))

    found = verapdf.failures({"untagged.pdf": untagged}, tmp_path)

    assert all("Marked" in broken for broken in found.values()), found


@pytest.fixture(scope="module")
def carrying() -> bytes:
    return rendering.render_certificate(ADA, CREDENTIAL)


def test_a_credential_is_carried_with_its_type_and_what_it_is_to_the_page(carrying: bytes) -> None:
    assert proofing.faults(carrying, ADDRESS, CREDENTIAL) == []
    with pikepdf.open(io.BytesIO(carrying)) as opened:
        (file,) = opened.Root.AF
        assert (str(file.UF), str(file.F), str(file.AFRelationship)) == (
            "credential.json",
            "credential.json",
            "/Data",
        )
        assert str(file.EF.F.Subtype) == "/application/ld+json"
        assert int(file.EF.F.Params.Size) == len(CREDENTIAL)


def test_the_same_facts_and_credential_give_the_same_bytes(carrying: bytes) -> None:
    assert rendering.render_certificate(ADA, CREDENTIAL) == carrying


def test_another_credential_or_none_is_found(printed: bytes, carrying: bytes) -> None:
    def hidden(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.AF

    said = ["It does not carry its credential, or carries something else."]
    assert proofing.faults(printed, ADDRESS, CREDENTIAL) == said
    assert proofing.faults(carrying, ADDRESS) == said
    assert proofing.faults(carrying, ADDRESS, CREDENTIAL + b" ") == said
    assert proofing.faults(changed(carrying, hidden), ADDRESS, CREDENTIAL) == said
