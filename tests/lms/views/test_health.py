"""Whether a site can do its work."""

import pytest
from django.test import Client

from lms.guards import triggers

pytestmark = pytest.mark.django_db


def wrong(client: Client) -> set[str]:
    """What `/readyz` names; a test's cache is never shared."""
    return set(client.get("/readyz").content.decode().split(", ")) - {"shared cache"}


def test_a_site_whose_guards_stand_is_ready(client: Client) -> None:
    assert wrong(client) <= {"ok"}


def test_a_site_that_a_failed_migration_left_without_its_guards_is_not_ready(client: Client) -> None:
    triggers.lift()

    assert wrong(client) == {"database guards"}
