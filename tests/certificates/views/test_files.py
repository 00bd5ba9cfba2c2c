"""Anybody checks a certificate by its file: the register's answer, the seal's answer, and nothing is kept."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from certificates.actions import certificates, keys
from certificates.models import CertificateFile, SigningKey
from certificates.views import patience
from tests.certificates.signing.conftest import chain, sealed_by

pytestmark = pytest.mark.django_db
ADDRESS = "/verify/file/"


@pytest.fixture(autouse=True)
def _nobody_has_guessed_before(db):
    cache.clear()


@pytest.fixture
def file(certificate) -> CertificateFile:
    return CertificateFile.objects.get(kind="pdf")


@pytest.fixture
def pdf(file) -> bytes:
    return (Path(settings.MEDIA_ROOT) / file.path).read_bytes()


def ask(content: bytes, **headers):
    return Client().post(ADDRESS, {"file": SimpleUploadedFile("anything.pdf", content)}, **headers)


def said(content: bytes) -> dict:
    return ask(content, HTTP_ACCEPT="application/json").json()


def words(response) -> str:
    return " ".join(response.content.decode().split())


def turned(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def test_the_file_that_was_issued_is_known_bit_for_bit(certificate, pdf):
    page = words(ask(pdf))

    assert '<h1 id="verdict">This certificate is valid</h1>' in page
    assert (
        f'issued as <span class="no-wrap">{certificate.number}</span> on 23 November 2026. Not one bit differs.'
        in page
    )
    assert f'href="/v/{certificate.code}/"' in page
    assert said(pdf) == {
        "file": "issued",
        "sentence": said(pdf)["sentence"],
        "seal": "",
        "state": "valid",
        "number": certificate.number,
        "code": certificate.code,
    }


@pytest.mark.parametrize(
    ("change", "state", "headline"),
    [
        (certificates.suspend, "suspended", "This certificate is suspended"),
        (certificates.revoke, "revoked", "This certificate is revoked"),
    ],
)
def test_a_true_file_of_a_certificate_that_holds_no_more_is_not_called_valid(
    certificate, pdf, rosa, at, change, state, headline
):
    change(certificate, by=rosa, at=at, reason="Fraud.")

    assert f"{headline}</h1>" in words(ask(pdf))
    assert (said(pdf)["file"], said(pdf)["state"]) == ("issued", state)


def test_the_page_names_the_holder_of_a_file_nowhere(certificate, pdf):
    assert certificate.facts["name"] not in words(ask(pdf))


def test_one_bit_that_differs_is_found(pdf):
    page = words(ask(turned(pdf, len(pdf) // 3)))

    assert "This file was altered</h1>" in page
    assert "The file was changed under its seal." in page
    assert "Not known: nobody can say from this file which certificate is meant." in page


def test_an_addition_is_found(pdf):
    assert said(pdf + b"\n% more") == {
        "file": "altered",
        "sentence": "This file was altered. It is not what the institute has sealed. "
        "Do not rely on anything that it says.",
        "seal": "Something was added to the file after it was sealed.",
        "state": "unknown",
        "number": None,
        "code": None,
    }


def test_a_bit_that_differs_where_the_seal_itself_stands_is_found_too(pdf):
    """The signature does not cover its own container: its padding may be written on, and the register knows."""
    container = pdf.rindex(b"00000000>")

    assert said(pdf[:container] + b"00000001>" + pdf[container + 9 :])["file"] in {"unlisted", "altered"}


def test_a_forgers_own_seal_is_nobodys(certificate, pdf):
    unsealed = pdf[: pdf.index(b"%%EOF") + 6]
    _, forged = chain(body="Aldermoor Institute of Commissioning")

    assert "No institute here has sealed this file</h1>" in words(ask(sealed_by(forged, unsealed)))


def test_a_file_cut_back_to_before_its_seal_carries_none(pdf):
    assert "This file carries no seal</h1>" in words(ask(pdf[: pdf.index(b"%%EOF") + 6]))


@pytest.mark.parametrize("rubbish", [b"", b"a letter", b"%PDF-1.7"])
def test_what_is_no_pdf_is_not_readable(rubbish):
    assert "This file cannot be read</h1>" in words(ask(rubbish))


def test_what_a_lost_key_has_sealed_counts_only_where_the_register_has_it(certificate, file, pdf, ines, at):
    keys.compromise(file.key, by=ines, at=at)

    assert said(pdf)["file"] == "issued"
    elsewhere = sealed_again(file, pdf)
    assert said(elsewhere)["file"] == "given_up"
    assert "This seal counts no more</h1>" in words(ask(elsewhere))


def test_a_file_that_is_sealed_and_not_on_the_register_is_not_called_valid(file, pdf):
    elsewhere = sealed_again(file, pdf)

    assert (said(elsewhere)["file"], said(elsewhere)["state"]) == ("unlisted", "unknown")
    assert "The register does not have this file</h1>" in words(ask(elsewhere))


def sealed_again(file: CertificateFile, pdf: bytes) -> bytes:
    """What somebody can make who has the institute's key."""
    from certificates.signing import sealing

    key = SigningKey.objects.get(pk=file.key.pk)
    above = [each.x509 for each in key.all_above()]
    seal = sealing.Seal(keys.open_key(key), key.x509, above)
    unsealed = pdf[: pdf.index(b"%%EOF") + 6]
    return sealing.seal(unsealed, seal, field="Seal", at=timezone.now() + timedelta(seconds=5))


def test_nothing_chosen_is_said_beside_the_field():
    page = words(Client().post(ADDRESS))

    assert "Choose the PDF that you were sent" in page
    assert "<title>Error: " in page


def test_a_file_larger_than_any_certificate_is_not_read():
    assert "larger than 5 MB, and no certificate is" in words(ask(b"%PDF-" + b" " * 5 * 1024 * 1024))


def test_nothing_that_was_sent_is_kept(pdf, tmp_path):
    before = sorted(tmp_path.rglob("*"))

    ask(pdf)
    ask(pdf + b"x")

    assert sorted(tmp_path.rglob("*")) == before


def test_who_sends_too_many_strange_files_waits_and_a_true_one_is_never_counted(pdf, settings):
    for _ in range(patience.MISSES_A_MINUTE):
        assert ask(pdf).status_code == 200
    for _ in range(patience.MISSES_A_MINUTE):
        assert ask(b"strange").status_code == 200

    response = ask(b"strange")

    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert "Too many files that no institute has issued" in words(response)


def test_no_cache_keeps_the_answer_and_no_search_engine_lists_it(pdf):
    for response in (ask(pdf), Client().get(ADDRESS)):
        assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


def test_a_known_file_takes_three_statements(pdf, django_assert_num_queries):
    ask(pdf)

    with django_assert_num_queries(
        3
    ):  # how often this address has missed, the file, the certificate's events
        ask(pdf)
