"""How often one address may ask for codes that no certificate has. Only misses count: honest checks never wait."""

from django.http import HttpRequest

from lms.people import patience

MISSES_A_MINUTE = 20


def is_out(request: HttpRequest) -> bool:
    """Whether this address has guessed wrong too often in this minute."""
    return patience.is_out(request, "verify-misses", MISSES_A_MINUTE)


def count_miss(request: HttpRequest) -> None:
    """Count one miss."""
    patience.count(request, "verify-misses")
