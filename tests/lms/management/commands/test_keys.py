"""The operator's list of keys, and what may be done with them."""

import pytest
from django.core.management import CommandError, call_command

from certificates.actions import keys
from certificates.models import SigningKey

pytestmark = pytest.mark.django_db
OTHER_SECRET = "another secret of more than thirty-two characters"


@pytest.fixture
def seal(aldermoor, at):
    return keys.seal_of(aldermoor, at=at)


def told(capsys, *arguments: str) -> list[str]:
    call_command("keys", *arguments)
    return capsys.readouterr().out.splitlines()


def test_a_site_that_has_signed_nothing_says_when_it_will(capsys):
    assert told(capsys) == [
        "No institute has signed anything yet. Its first certificate file makes its keys."
    ]


def test_every_key_is_listed_with_its_owner_and_its_state(seal, ines, at, capsys):
    keys.compromise(seal.above, by=ines, at=at)
    new = keys.seal_of(seal.institute, at=at)
    keys.retire(new, by=ines, at=at)

    name = "Aldermoor Institute of Commissioning"
    assert [line[18:] for line in told(capsys)] == [
        "Root of the site, the site: made 2026-11-23, signs until 2041-11-23",
        f"Authority of an institute, {name}: made 2026-11-23, given up 2026-11-23",
        f"Seal of certificate files, {name}: made 2026-11-23, given up 2026-11-23",
        f"Authority of an institute, {name}: made 2026-11-23, signs until 2041-11-23",
        f"Seal of certificate files, {name}: made 2026-11-23, retired 2026-11-23",
    ]


def test_a_key_is_retired_by_the_beginning_of_its_fingerprint_and_once(seal, capsys):
    beginning = seal.fingerprint[:12].upper()

    assert told(capsys, "--retire", beginning) == ["Retired. The next file that needs such a key makes one."]
    with pytest.raises(CommandError, match="has been retired already"):
        call_command("keys", "--retire", beginning)

    seal.refresh_from_db()
    assert seal.retired_at is not None
    assert seal.compromised_at is None


def test_a_key_is_given_up(seal, capsys):
    assert told(capsys, "--compromised", seal.fingerprint) == [
        "Given up. Its certificate files need new ones; see docs/operations.md."
    ]
    seal.refresh_from_db()
    assert seal.compromised_at is not None


@pytest.mark.parametrize("beginning", ["", "ab", "0123456789abcdef"])
def test_what_names_no_single_key_changes_none(seal, beginning):
    with pytest.raises(CommandError, match="No single key"):
        call_command("keys", "--compromised", beginning or "e")

    assert not SigningKey.objects.filter(retired_at__isnull=False).exists()


def test_all_keys_are_wrapped_under_the_newest_secret(seal, settings, capsys):
    settings.PIPER_KEY_SECRETS = [OTHER_SECRET, *settings.PIPER_KEY_SECRETS]

    assert told(capsys, "--rewrap") == ["Wrapped anew: 3. All keys now open with the first secret."]

    settings.PIPER_KEY_SECRETS = [OTHER_SECRET]
    assert told(capsys, "--rewrap") == ["Wrapped anew: 0. All keys now open with the first secret."]


def test_a_key_under_a_secret_that_is_gone_is_not_passed_over_in_silence(seal, settings):
    settings.PIPER_KEY_SECRETS = [OTHER_SECRET]

    with pytest.raises(CommandError, match="PIPER_KEY_SECRETS does not hold"):
        call_command("keys", "--rewrap")
