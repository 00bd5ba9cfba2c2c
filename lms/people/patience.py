"""How often one place on the network may do something without an account, counted for all processes together."""

import contextlib
import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def is_out(request: HttpRequest, what: str, allowed: int, seconds: int = 60) -> bool:
    """Whether it was done from there as often as is allowed in this minute, or in so many seconds."""
    return cache.get(_key(request, what, seconds), 0) >= allowed


def count(request: HttpRequest, what: str, seconds: int = 60) -> None:
    """Count it once."""
    key = _key(request, what, seconds)
    with contextlib.suppress(ValueError):  # the cache dropped it between the two calls
        if not cache.add(key, 1, timeout=2 * seconds):
            cache.incr(key)


def _key(request: HttpRequest, what: str, seconds: int) -> str:
    # The stretch of time is part of the key: incr() would move the time-out with every count.
    stretch = int(request.at.timestamp()) // seconds  # type: ignore[attr-defined]
    return f"{what}:{stretch}:{_network(request)}"


def _network(request: HttpRequest) -> str:
    """Where the request comes from, behind as many proxies as we trust; an IPv6 customer has a whole /64."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address)
