"""Data Integrity proofs: as the W3C's own vectors have them, and nothing that was changed passes."""

import copy
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.signing import canonical, multibase, proofs
from certificates.signing.canonical import NotCanonical
from certificates.signing.proofs import NotProved

# Data Integrity EdDSA Cryptosuites v1.0, appendix B.1.
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
MULTIKEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
METHOD = f"did:key:{MULTIKEY}#{MULTIKEY}"
SECRET = multibase.decode("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")[2:]
ALUMNI = {
    "@context": [canonical.CREDENTIALS, EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
HASHES = (
    "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
    "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
)
VALUE = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
AT = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(SECRET)
KEYS = {METHOD: KEY.public_key()}

OURS: dict[str, Any] = {
    "@context": [canonical.CREDENTIALS, canonical.OPEN_BADGES, canonical.EXTENSIONS],
    "id": "urn:uuid:0a1b2c3d-0000-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Zażółć gęślą jaźń",
    "issuer": {"id": "did:web:learn.aldermoor.example:i:aldermoor", "type": ["Profile"], "name": "Aldermoor"},
    "validFrom": "2026-11-23T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": "Ada"}
        ],
    },
}


@pytest.fixture
def _examples_known(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {**canonical._known(), EXAMPLES: {"@context": {"@vocab": f"{EXAMPLES[:-3]}#"}}}
    monkeypatch.setattr(canonical, "_known", lambda: known)


@pytest.fixture(scope="module")
def proved() -> dict[str, Any]:
    return proofs.prove(OURS, KEY, method=METHOD, at=AT)


@pytest.mark.usefixtures("_examples_known")
def test_the_proof_of_the_standard_is_made_letter_for_letter() -> None:
    made = proofs.prove(ALUMNI, KEY, method=METHOD, at=AT)

    assert multibase.multikey(KEY.public_key()) == MULTIKEY
    options = {name: value for name, value in made["proof"].items() if name != "proofValue"}
    assert proofs._hashes(ALUMNI, options).hex() == HASHES
    assert made["proof"]["proofValue"] == VALUE


@pytest.mark.usefixtures("_examples_known")
def test_the_proof_of_the_standard_is_found_good_and_no_other() -> None:
    made = proofs.prove(ALUMNI, KEY, method=METHOD, at=AT)
    proofs.check(made, KEYS)

    with pytest.raises(NotProved, match="changed under its proof"):
        proofs.check({**made, "name": "Alumni credential"}, KEYS)


@pytest.mark.parametrize("address", canonical.PINNED)
def test_each_context_is_the_one_that_was_pinned(address: str) -> None:
    file, digest = canonical.PINNED[address]
    assert hashlib.sha256((canonical.FOLDER / file).read_bytes()).hexdigest() == digest


def test_a_context_that_was_edited_is_not_signed_with(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(canonical, "FOLDER", tmp_path)
    (tmp_path / "credentials-v2.json").write_text("{}")
    with pytest.raises(NotCanonical, match=r"credentials-v2\.json is not the one"):
        canonical._read(*canonical.PINNED[canonical.CREDENTIALS])


def test_a_proof_is_the_same_for_the_same_document_however_it_is_laid_out(proved) -> None:
    shuffled = json.loads(json.dumps(dict(reversed(OURS.items())), indent=4))

    assert proofs.prove(shuffled, KEY, method=METHOD, at=AT)["proof"] == proved["proof"]
    proofs.check(json.loads(json.dumps(proved)), KEYS)


def changed(document: Any) -> Iterator[Any]:
    """The document with each of its texts and truths changed, one at a time; proof and contexts apart."""
    if isinstance(document, str):
        yield document + "x"
    elif isinstance(document, bool):
        yield not document
    elif isinstance(document, list):
        for at, each in enumerate(document):
            yield from ([*document[:at], other, *document[at + 1 :]] for other in changed(each))
    elif isinstance(document, dict):
        for name, value in document.items():
            if name not in {"@context", "proof"}:
                yield from ({**document, name: other} for other in changed(value))


def test_whatever_is_changed_is_found(proved) -> None:
    others = list(changed(proved))
    assert len(others) == 13
    for other in others:
        with pytest.raises(NotProved):
            proofs.check(other, KEYS)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("proofValue", VALUE, "It was changed under its proof."),
        ("proofValue", "no signature", "It was changed under its proof."),
        ("proofValue", None, "It was changed under its proof."),
        ("created", "2023-02-24T23:36:39Z", "It was changed under its proof."),
        ("more", "words", "No context knows the word “more”, so it would not be signed."),
        ("cryptosuite", "eddsa-jcs-2022", "Its proof is of a kind that is not checked here."),
        ("proofPurpose", "authentication", "Its proof is of a kind that is not checked here."),
        ("type", ["DataIntegrityProof"], "Its proof is of a kind that is not checked here."),
        (
            "verificationMethod",
            "did:web:elsewhere.example#key",
            "Its proof is by a key that is not known here.",
        ),
        ("verificationMethod", [METHOD], "Its proof is by a key that is not known here."),
    ],
)
def test_no_other_proof_passes(proved, field: str, value: object, said: str) -> None:
    other = copy.deepcopy(proved)
    other["proof"][field] = value
    with pytest.raises(NotProved) as refused:
        proofs.check(other, KEYS)
    assert str(refused.value) == said


@pytest.mark.parametrize("proof", [None, [], "proof"])
def test_a_document_without_one_proof_does_not_pass(proved, proof: object) -> None:
    with pytest.raises(NotProved, match="exactly one proof"):
        proofs.check({**proved, "proof": proof}, KEYS)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"grade": "A"}, "No context knows the word “grade”, so it would not be signed."),
        ({"id": "certificates/1"}, "It contains an address or a type that is not absolute."),
        (
            {"type": ["VerifiableCredential", "MadeUp"]},
            "It contains an address or a type that is not absolute.",
        ),
        ({"name": "Ada\x08"}, "It contains a control character."),
        ({"name": "Ada\x7f"}, "It contains a control character."),
        ({"name": "Ada\ud800"}, "It contains a control character."),
        ({"\x0c": "Ada"}, "It contains a control character."),
        ({"name": {"@type": ["not"], "@value": 1}}, "It is not JSON-LD."),
        ({"@context": canonical.CREDENTIALS}, "It does not name its contexts in one list of addresses."),
        ({"@context": None}, "It does not name its contexts in one list of addresses."),
        (
            {"@context": [canonical.CREDENTIALS, {"@vocab": "https://elsewhere.example/#"}]},
            "It does not name its contexts in one list of addresses.",
        ),
        (
            {"@context": [canonical.CREDENTIALS, "https://elsewhere.example/words"]},
            "It is written in words that are not known here: https://elsewhere.example/words.",
        ),
        (
            {"issuer": {"@context": {"@vocab": "https://elsewhere.example/#"}, "grade": "A"}},
            "It has a context of its own within.",
        ),
    ],
)
def test_what_no_signature_would_cover_is_not_signed(more: dict[str, Any], said: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        proofs.prove({**OURS, **more}, KEY, method=METHOD, at=AT)
    assert str(refused.value) == said


def test_a_word_that_was_added_afterwards_is_found(proved) -> None:
    with pytest.raises(NotProved, match="No context knows the word “grade”"):
        proofs.check({**proved, "grade": "A"}, KEYS)


def test_what_may_be_written_is_escaped_as_the_standard_has_it() -> None:
    written = canonical.statements({**OURS, "name": 'Ada\t\n\r"\\ł\u0085😀'}).decode()
    assert r'"Ada\t\n\r\"\\ł' + '\u0085😀"' in written
