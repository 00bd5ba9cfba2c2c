"""A chain of keys, a page and the page sealed: made once, as a key takes longer to make than a test."""

from datetime import UTC, datetime

import pytest

from certificates import finishing, rendering
from certificates.signing import chains, sealing
from certificates.signing.chains import Certified
from certificates.signing.sealing import Seal
from tests.certificates.test_rendering import ADA

CREDENTIAL = b'{"name": "Foundations: deciding what to acquire"}'
SEALED_AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def chain(site: str = "learn.aldermoor.example", body: str = ADA.institute) -> tuple[Certified, Seal]:
    """A root, and a seal that stands under it."""
    root = chains.certified("root", site, None, SEALED_AT)
    authority = chains.certified("authority", body, root, SEALED_AT)
    seal = chains.certified("seal", body, authority, SEALED_AT)
    return root, Seal(seal.key, seal.certificate, [authority.certificate, root.certificate])


def sealed_by(seal: Seal, pdf: bytes) -> bytes:
    return sealing.seal(pdf, seal, field=finishing.SEAL_FIELD, at=SEALED_AT)


@pytest.fixture(scope="session")
def root_and_seal() -> tuple[Certified, Seal]:
    return chain()


@pytest.fixture(scope="session")
def root(root_and_seal) -> Certified:
    return root_and_seal[0]


@pytest.fixture(scope="session")
def seal(root_and_seal) -> Seal:
    return root_and_seal[1]


@pytest.fixture(scope="session")
def page() -> bytes:
    """Ada's certificate before it is sealed, with something in the place of its credential."""
    return rendering.render_certificate(ADA, CREDENTIAL)


@pytest.fixture(scope="session")
def sealed(page, seal) -> bytes:
    """Ada's certificate under the seal of Aldermoor."""
    return sealed_by(seal, page)
