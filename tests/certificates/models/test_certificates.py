"""How a certificate stands, as a fold over one and as a filter over many."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certificates.models import Certificate, CertificateEvent
from tests.factories import certificates as factory

ISSUED_AT = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)
HOLDS_UNTIL = date(2027, 11, 23)
LIVES = (
    (),
    ("voided",),
    ("issued",),
    ("issued", "suspended"),
    ("issued", "suspended", "reinstated"),
    ("issued", "suspended", "revoked"),
    ("issued", "revoked"),
    ("issued", "superseded"),
)
STATES = ("valid", "expired", "suspended", "revoked", "superseded", "void", "being_made", "not_yet_valid")


@pytest.fixture
def lived(quiz_scheme, foundations, rosa):
    """A certificate for each life that one may have had."""
    granted = factory.granted(foundations, len(LIVES), by=rosa, at=ISSUED_AT)
    for certificate, life in zip(granted, LIVES, strict=True):
        for position, kind in enumerate(life, start=1):
            CertificateEvent.objects.create(
                certificate=certificate,
                position=position,
                kind=kind,
                at=ISSUED_AT + timedelta(hours=position),
            )


@pytest.mark.parametrize("on", [ISSUED_AT.date(), HOLDS_UNTIL, HOLDS_UNTIL + timedelta(days=1)])
def test_the_filter_finds_what_the_fold_says(lived, on):
    folded = {each.number: each.standing(on).state for each in Certificate.objects.all()}

    filtered = {each.number: state for state in STATES for each in Certificate.objects.in_state(state, on)}

    assert filtered == folded


def test_a_certificate_without_end_never_expires(foundations, quiz, rosa):
    factory.scheme(foundations, quiz, validity_months=0)
    (certificate,) = factory.issued(foundations, 1, by=rosa, at=ISSUED_AT)

    assert certificate.standing(date(2099, 1, 1)).state == "valid"
    assert list(Certificate.objects.in_state("valid", date(2099, 1, 1))) == [certificate]


def test_a_certificate_stands_suspended_since_the_day_it_was_in_london(quiz_scheme, foundations, rosa):
    (certificate,) = factory.issued(foundations, 1, by=rosa, at=ISSUED_AT)
    after_midnight = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    CertificateEvent.objects.create(certificate=certificate, position=2, kind="suspended", at=after_midnight)

    assert certificate.standing(date(2026, 7, 1)).since == date(2026, 7, 1)
