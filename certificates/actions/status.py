"""Status lists: a place for each certificate, and lists signed anew whenever one changes, or has grown old."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from certificates import credential
from certificates.actions import keys
from certificates.models import Certificate, SigningKey, StatusList, StatusPlace, StatusPurpose
from certificates.signing import status_bits
from lms.jobs.queue import enqueue
from lms.people.models import Institute

# A list begins half empty and the next begins when it is half full: a place is found by chance at once.
MOST_ON_A_LIST = status_bits.ENTRIES // 2
# A list that nobody renews is a week later no answer any more: a verifier then says that it does not know.
HOLDS, RENEWED = timedelta(days=7), timedelta(days=1)
JOB = "certificates.sign_status_lists"

# What sets the bit of a list, as the last thing that happened to a certificate.
SETS: dict[str, tuple[str, ...]] = {
    StatusPurpose.REVOCATION: ("revoked", "superseded", "voided"),
    StatusPurpose.SUSPENSION: ("suspended",),
}


def place_of(certificate: Certificate) -> StatusPlace:
    """The place of a certificate on its institute's lists, taken now where it has none."""
    if found := StatusPlace.objects.filter(certificate=certificate).select_related("institute").first():
        return found
    others = StatusPlace.objects.filter(institute=certificate.institute)
    number = 1 + others.count() // MOST_ON_A_LIST
    taken = set(others.filter(number=number).values_list("position", flat=True))
    position = status_bits.free_position(taken)
    return StatusPlace.objects.create(
        certificate=certificate, institute=certificate.institute, number=number, position=position
    )


def sign_lists(institute: Institute, *, at: datetime) -> None:
    """Sign each list of an institute as the register stands now. May run twice, or in two workers at once."""
    key = keys.credential_key_of(institute, at=at)
    places = StatusPlace.objects.filter(institute=institute)
    for number in places.values_list("number", flat=True).distinct().order_by("number"):
        for purpose in StatusPurpose.values:
            StatusList.objects.get_or_create(institute=institute, number=number, purpose=purpose)
            _sign(institute, number, purpose, key, at)


def tell_lists(institute: Institute) -> None:
    """Have the lists signed by a worker, for a change in the caller's transaction."""
    enqueue(JOB, institute.pk)


def tell_of_new_list(place: StatusPlace) -> None:
    """The same for a place on a list that nobody has signed yet."""
    if not StatusList.objects.filter(institute=place.institute, number=place.number).exists():
        tell_lists(place.institute)


def renew_lists(at: datetime) -> int:
    """Have those signed anew that are a day old, or by a key that has been given up; returns of how many institutes."""
    old = StatusList.objects.filter(
        Q(signed_at=None) | Q(signed_at__lte=at - RENEWED) | Q(key__compromised_at__isnull=False)
    )
    with transaction.atomic():
        found = Institute.objects.filter(pk__in=old.values("institute")).order_by("pk")
        for institute in found:
            tell_lists(institute)
    return len(found)


def _sign(institute: Institute, number: int, purpose: str, key: SigningKey, at: datetime) -> None:
    from certificates.signing import proofs  # PyLD, which only workers need to load

    with transaction.atomic():
        # Of two workers the second waits, and then reads what the first may not have seen.
        row = (
            StatusList.objects.select_related("institute")
            .select_for_update(of=("self",))
            .get(institute=institute, number=number, purpose=purpose)
        )
        row.credential = proofs.prove(
            credential.status_list(
                row.address,
                issuer=keys.identifier_of(institute.slug),
                purpose=purpose,
                bits=status_bits.encoded(_set_places(row)),
                at=at,
                until=at + HOLDS,
            ),
            keys.open_credential_key(key),
            method=keys.method_of(key),
            at=at,
        )
        row.signed_at, row.key = at, key
        row.save()


def _set_places(row: StatusList) -> Iterator[Any]:
    ended = Certificate.objects.with_last_kind().filter(last_kind__in=SETS[row.purpose])
    places = StatusPlace.objects.filter(institute=row.institute, number=row.number)
    return places.filter(certificate__in=ended.values("pk")).values_list("position", flat=True).iterator()
