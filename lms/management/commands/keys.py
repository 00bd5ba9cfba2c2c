"""`manage.py keys`: what institutes sign with, for whoever keeps the site."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from certificates.actions import keys
from certificates.models import SigningKey
from certificates.signing.wrapping import CannotOpen

SHORTEST_BEGINNING = 8


class Command(BaseCommand):
    help = (
        "List the keys that institutes sign with; retire one, give one up, or wrap all under a newer secret."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument(
            "--retire", metavar="FINGERPRINT", help="Sign with this key no more; what it signed still counts."
        )
        one.add_argument(
            "--compromised",
            metavar="FINGERPRINT",
            help="Somebody else may have this key: nothing counts that it, or a key under it, has signed.",
        )
        one.add_argument(
            "--rewrap", action="store_true", help="Encrypt every key under the first of PIPER_KEY_SECRETS."
        )

    def handle(self, *args: Any, retire: str, compromised: str, rewrap: bool, **options: Any) -> None:
        now = timezone.now()
        if rewrap:
            self._rewrap(now)
        elif retire:
            self._retire(_named(retire), now)
        elif compromised:
            keys.compromise(_named(compromised), by=None, at=now)
            self.stdout.write("Given up. Its certificate files need new ones; see docs/operations.md.")
        else:
            self._list()

    def _rewrap(self, now: datetime) -> None:
        try:
            done = keys.rewrap(at=now)
        except CannotOpen as why:
            raise CommandError(f"Not every key was wrapped anew. {why}") from why
        self.stdout.write(f"Wrapped anew: {done}. All keys now open with the first secret.")

    def _retire(self, key: SigningKey, now: datetime) -> None:
        try:
            keys.retire(key, by=None, at=now)
        except keys.AlreadyRetired as why:
            raise CommandError(str(why)) from why
        self.stdout.write("Retired. The next file that needs such a key makes one.")

    def _list(self) -> None:
        found = SigningKey.objects.select_related("institute")
        if not found:
            self.stdout.write(
                "No institute has signed anything yet. Its first certificate file makes its keys."
            )
        for key in found:
            whose = key.institute.name if key.institute else "the site"
            self.stdout.write(
                f"{key.fingerprint[:16]}  {key.get_purpose_display()}, {whose}: made {key.made_at:%Y-%m-%d}, {_state(key)}"
            )


def _named(beginning: str) -> SigningKey:
    found = SigningKey.objects.filter(fingerprint__startswith=beginning.lower())[:2]
    if len(beginning) < SHORTEST_BEGINNING or len(found) != 1:
        raise CommandError("No single key has a fingerprint that begins so. “manage.py keys” lists them.")
    return found[0]


def _state(key: SigningKey) -> str:
    if key.compromised_at:
        return f"given up {key.compromised_at:%Y-%m-%d}"
    if key.retired_at:
        return f"retired {key.retired_at:%Y-%m-%d}"
    return f"signs until {key.signs_until:%Y-%m-%d}"
