"""What each certificate of a key allows, and that none outlives the one above it."""

from datetime import UTC, datetime

from cryptography import x509

from certificates.signing import chains

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def rights(certificate: x509.Certificate) -> tuple[bool, int | None, list[str]]:
    basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    named = ("digital_signature", "content_commitment", "key_cert_sign", "crl_sign", "key_encipherment")
    return basic.ca, basic.path_length, [each for each in named if getattr(usage, each)]


def test_a_root_certifies_authorities_an_authority_seals_and_a_seal_documents(root, seal):
    authority, top = seal.above

    assert top == root.certificate
    assert rights(top) == (True, 1, ["key_cert_sign", "crl_sign"])
    assert rights(authority) == (True, 0, ["key_cert_sign", "crl_sign"])
    assert rights(seal.certificate) == (False, None, ["digital_signature", "content_commitment"])


def test_each_is_signed_by_the_one_above(seal):
    authority, root = seal.above

    seal.certificate.verify_directly_issued_by(authority)
    authority.verify_directly_issued_by(root)
    root.verify_directly_issued_by(root)


def test_no_certificate_outlives_the_one_above_even_if_made_on_the_last_day_it_may():
    at, above, ends = AT, None, datetime.max.replace(tzinfo=UTC)
    for kind in ("root", "authority", "seal"):
        made = chains.certified(kind, "Aldermoor", above, at)
        assert made.certificate.not_valid_after_utc <= ends
        at, above, ends = (
            chains.later(at, chains.TERMS[kind].signs),
            made,
            made.certificate.not_valid_after_utc,
        )

    # What was sealed on the seal's own last day is checked for fifteen years, less the hour that clocks may differ.
    assert chains.later(at, 15) - ends == chains.CLOCKS_DIFFER


def test_a_name_longer_than_x509_allows_is_cut_between_letters_and_says_so():
    long = "Sefydliad Comisiynu Gwasanaethau Cyhoeddus ym Mhob Sir a Thref ŵŵŵŵŵ"
    name = chains.certified("seal", long, None, AT).certificate.subject.rfc4514_string()

    cut = "Sefydliad Comisiynu Gwasanaethau Cyhoeddus ym Mhob Sir a Thre..."
    assert name == f"CN={cut},O={cut}"


def test_a_term_that_begins_on_a_leap_day_ends_on_a_day_that_exists():
    assert chains.later(datetime(2028, 2, 29, tzinfo=UTC), 15) == datetime(2043, 2, 28, tzinfo=UTC)
