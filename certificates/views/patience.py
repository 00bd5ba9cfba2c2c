"""How often one address may ask for codes that no certificate has. Only misses count: honest checks never wait."""

import contextlib
import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

MISSES_A_MINUTE = 20


def is_out(request: HttpRequest) -> bool:
    """Whether this address has guessed wrong too often in this minute."""
    return cache.get(_key(request), 0) >= MISSES_A_MINUTE


def count_miss(request: HttpRequest) -> None:
    """Count one miss, in the cache that all processes share."""
    key = _key(request)
    with contextlib.suppress(ValueError):  # the cache dropped it between the two calls
        if not cache.add(key, 1, timeout=120):
            cache.incr(key)


def _key(request: HttpRequest) -> str:
    # The minute is part of the key: incr() would move the time-out with every miss.
    minute = int(request.at.timestamp()) // 60  # type: ignore[attr-defined]
    return f"verify-misses:{minute}:{_network(request)}"


def _network(request: HttpRequest) -> str:
    """Where the request comes from, behind as many proxies as we trust; an IPv6 customer has a whole /64."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False) if address.version == 6 else address)
