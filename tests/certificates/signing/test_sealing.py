"""What a seal adds to a file: a certification, by the institute, that strangers can check with their own tools."""

import asyncio
import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest

from certificates import proofing, rendering
from certificates.signing import chains, examining, sealing
from tests.certificates import verapdf
from tests.certificates.signing.conftest import CREDENTIAL, SEALED_AT, chain, sealed_by
from tests.certificates.test_rendering import ADA, poppler, spoken

LATER = SEALED_AT + timedelta(days=4000)


def test_a_stranger_who_trusts_the_root_finds_nothing_against_the_file(sealed, seal, root):
    finding = examining.examine(sealed, [root.certificate], at=SEALED_AT)

    assert finding.faults == ()
    assert finding.fingerprint == chains.fingerprint(seal.certificate)
    assert finding.sealed_at == SEALED_AT


def test_the_page_is_kept_byte_for_byte_and_says_the_same(page, sealed):
    assert sealed.startswith(page)
    assert spoken(sealed) == spoken(page)
    assert proofing.faults(sealed, ADA.verify_url, CREDENTIAL) == []


def test_poppler_finds_the_signature_valid_and_the_whole_document_signed(sealed, tmp_path):
    (tmp_path / "sealed.pdf").write_bytes(sealed)

    told = subprocess.run(  # noqa: S603
        ["pdfsig", "-nocert", str(tmp_path / "sealed.pdf")],  # noqa: S607
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    lines = {line.strip() for line in told.splitlines()}
    assert {
        "- Signature Field Name: Seal",
        "- Signer Certificate Common Name: Aldermoor Institute of Commissioning",
        "- Signature Type: ETSI.CAdES.detached",
        "- Total document signed",
        "- Signature Validation: Signature is Valid.",
    } <= lines


def test_the_seal_certifies_and_forbids_every_change(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        signature = opened.Root.Perms.DocMDP
        (rule,) = signature.Reference
        assert (str(signature.SubFilter), int(rule.TransformParams.P)) == ("/ETSI.CAdES.detached", 1)
        # PDF/A-3 is PDF 1.7, whatever a signer thinks of newer curves.
        assert opened.pdf_version == "1.7"
        assert "/Version" not in opened.Root


def test_the_seal_has_words_for_a_screen_reader(sealed):
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        assert str(field.TU) == "Seal of Aldermoor Institute of Commissioning"
    assert "Form" in poppler("pdfinfo", "-struct", "-", pdf=sealed).decode().split()


def test_the_seal_still_holds_when_its_key_signs_no_longer(sealed, root):
    assert examining.examine(sealed, [root.certificate], at=LATER).faults == ()


def test_after_the_certificate_of_the_key_has_ended_the_seal_alone_proves_nothing(sealed, root):
    in_2047 = datetime(2047, 1, 1, tzinfo=UTC)

    assert examining.examine(sealed, [root.certificate], at=in_2047).faults == (examining.OUTLIVED,)


def test_a_seal_takes_room_to_spare_and_little_of_the_file(page, sealed):
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        held = bytes(opened.Root.Perms.DocMDP.Contents)
    taken = len(held.rstrip(b"\0"))

    assert 2_000 < taken < sealing.BYTES_FOR_SIGNATURE - 1_000
    assert len(sealed) - len(page) < 12_500


def test_sealing_works_where_an_event_loop_runs_already(page, seal, root):
    async def inside() -> bytes:
        return sealed_by(seal, page)

    assert examining.examine(asyncio.run(inside()), [root.certificate], at=SEALED_AT).faults == ()


@pytest.mark.skipif(not verapdf.is_here(), reason="Java or the wheel with veraPDF is not installed")
def test_verapdf_finds_no_failure_after_sealing_either(sealed, tmp_path):
    long_names = sealed_by(
        chain(body="Sefydliad ŵ " * 12)[1],
        rendering.render_certificate(replace(ADA, design="modern"), CREDENTIAL),
    )
    files = {"classic.pdf": sealed, "modern.pdf": long_names}

    assert verapdf.failures(files, tmp_path) == {
        (name, each): "" for name in files for each in verapdf.PROFILES
    }
