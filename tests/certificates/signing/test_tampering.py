"""Every way to tamper with a sealed file that we could think of, each found and told in its own words."""

import io
import random
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import NameObject, NumberObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from certificates import rendering
from certificates.signing import examining, sealing
from tests.certificates.signing.conftest import SEALED_AT, chain, sealed_by
from tests.certificates.test_rendering import ADA

FLIPS = 1_000


@pytest.fixture
def found(root) -> Callable[[bytes], tuple[str, ...]]:
    """What a stranger who trusts our root finds against a file."""
    return lambda pdf: examining.examine(pdf, [root.certificate], at=SEALED_AT).faults


def ranges(sealed: bytes) -> tuple[int, int]:
    """Where the signature stands: all before the first place and after the second is signed."""
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        _, begin, end, _ = map(int, opened.Root.Perms.DocMDP.ByteRange)
    return begin, end


def test_a_thousand_single_bits_turned_anywhere_under_the_seal_are_all_found(sealed, found):
    begin, end = ranges(sealed)
    signed = [*range(begin), *range(end, len(sealed))]
    chance = random.Random()  # noqa: S311 - another thousand each time; the place is told if one is missed
    flips = [(place, 1 << chance.randrange(8)) for place in chance.sample(signed, FLIPS)]

    missed = [(place, bit) for place, bit in flips if not found(_turned(sealed, place, bit))]

    assert missed == []


def _turned(pdf: bytes, place: int, bit: int) -> bytes:
    turned = bytearray(pdf)
    turned[place] ^= bit
    return bytes(turned)


def test_a_letter_changed_in_the_title_is_found(sealed, found):
    assert found(sealed.replace(b"Foundation", b"Foundatiom", 1)) == (examining.CHANGED,)


def test_bytes_appended_are_found(sealed, found):
    assert found(sealed + b"\n% and one thing more") == (examining.ADDED_TO,)


def test_a_page_changed_by_an_addition_is_found(sealed, found):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[pdf_name("/Rotate")] = NumberObject(180)
    writer.update_container(page)
    kept = io.BytesIO()
    writer.write(kept)

    assert found(kept.getvalue()) == (examining.ADDED_TO,)


def test_another_credential_in_the_place_of_its_own_is_found(sealed, found):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    file = writer.root["/AF"][0].get_object()
    file["/EF"][pdf_name("/F")] = writer.add_object(StreamObject(stream_data=b"{}"))
    writer.update_container(file)
    kept = io.BytesIO()
    writer.write(kept)

    assert found(kept.getvalue()) == (examining.ADDED_TO,)


def test_a_file_that_was_saved_again_is_found(sealed, found):
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as opened:
        opened.save(kept)

    assert found(kept.getvalue()) == (examining.CHANGED,)


def test_a_file_cut_short_is_found(sealed, found):
    assert found(sealed[:-200]) == (examining.UNREADABLE,)


def test_a_file_cut_back_to_what_it_was_before_the_seal_is_found(page, found):
    assert found(page) == (examining.UNSEALED,)


def test_a_seal_by_a_key_of_the_same_names_is_foreign(page, found):
    _, forged = chain()

    assert found(sealed_by(forged, page)) == (examining.FOREIGN,)


def test_our_own_authority_is_no_seal_of_a_foreign_root(page, seal, found):
    """The forger puts our certificates into the file beside a key of their own."""
    _, forged = chain()
    mixed = sealing.Seal(forged.key, forged.certificate, seal.above)

    assert found(sealed_by(mixed, page)) == (examining.FOREIGN,)


def test_our_certificate_over_a_foreign_key_is_found(page, seal, found):
    _, forged = chain()
    borrowed = sealing.Seal(forged.key, seal.certificate, seal.above)

    assert found(sealed_by(borrowed, page)) == (examining.CHANGED,)


def test_a_seal_moved_to_another_certificate_is_found(sealed, seal, found):
    other = sealed_by(seal, rendering.render_certificate(replace(ADA, name="Eve Forger")))
    (begin, end), (place, place_end) = ranges(sealed), ranges(other)

    moved = other[:place] + sealed[begin:end] + other[place_end:]

    assert found(moved) == (examining.CHANGED,)


def test_a_second_signature_on_top_is_found(sealed, seal, found):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    # A signer that keeps to the seal's rule refuses; a forger's does not.
    again = _Lawless(
        PdfSignatureMetadata("Again"), sealing._signer(seal), new_field_spec=SigFieldSpec("Again")
    )
    twice = sealing.at_once(again.async_sign_pdf(writer)).getvalue()

    assert found(twice) == (examining.TWICE,)


class _Lawless(PdfSigner):
    def _enforce_certification_constraints(self, reader: object) -> None:
        pass


@pytest.mark.parametrize(
    "metadata",
    [
        PdfSignatureMetadata("Seal"),
        PdfSignatureMetadata("Seal", certify=True, docmdp_permissions=MDPPerm.FILL_FORMS),
    ],
    ids=["signs without certifying", "lets forms be filled"],
)
def test_a_signature_of_ours_that_forbids_less_is_no_seal(page, seal, found, metadata):
    signer = PdfSigner(metadata, sealing._signer(seal))
    signed = sealing.at_once(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(page)))).getvalue()

    assert found(signed) == (examining.NOT_A_SEAL,)


def test_a_seal_whose_field_was_emptied_is_found(sealed, found):
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    field = writer.root["/AcroForm"]["/Fields"][0].get_object()
    del field[NameObject("/V")]
    writer.update_container(field)
    kept = io.BytesIO()
    writer.write(kept)

    assert found(kept.getvalue()) == (examining.UNSEALED,)


@pytest.mark.parametrize("rubbish", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n0\n%%EOF"])
def test_what_is_no_pdf_is_said_to_be_none(rubbish, found):
    assert found(rubbish) == (examining.UNREADABLE,)
