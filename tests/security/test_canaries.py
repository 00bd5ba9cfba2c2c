"""Words that stand for secrets: whoever may read one finds it, and nobody else does, on any page."""

from collections.abc import Iterator

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories.work import FEEDBACK
from tests.security import world as canaries
from tests.security.personas import browser_of
from tests.security.registry import DOORS
from tests.security.test_addresses import PERSONAS, ask, url_of
from tests.security.world import (
    ANSWER_KEY,
    CASE_KEY,
    CLAIM,
    DRAFT,
    EXEMPLAR,
    HANDED_IN,
    LOG,
    MORE_TIME,
    REPORTED,
    REVOKED_BECAUSE,
    World,
)

# The beginning of her e-mail address holds her family name too, so one word stands for both.
LEARNER = canaries.LEARNER.lower()

# Who may read what. Equality is asked for: a reader who finds nothing means that the test looks past it.
READERS = {
    ANSWER_KEY: {"adil"},
    # Not even who wrote the case: its key is read at no page while somebody may still be judged by it.
    CASE_KEY: set(),
    DRAFT: {"ada"},
    HANDED_IN: {"ada", "asif", "mina", "lena", "ewan"},
    FEEDBACK.lower(): {"ada", "asif", "mina", "lena", "ewan"},
    LOG: {"ada", "asif"},
    # For those who judge or keep rubrics; never for those who write what is judged.
    EXEMPLAR: {"adil", "asif", "asha", "mina", "lena", "ewan"},
    # What she says of herself is shown to her line manager alone.
    CLAIM: {"ada", "manuel"},
    REVOKED_BECAUSE: {"ada", "rosa", "ines"},
    REPORTED: {"ada", "adil"},
    # That somebody has more time is told to nobody who teaches, marks, checks, certifies or employs them.
    f"{MORE_TIME}%": {"ada", "ines"},
    # Asif because she shows him her log. Not Rosa: the register knows Ada by the name that she had printed.
    LEARNER: {"ada", "asif", "mina", "lena", "ewan", "ines", "manuel"},
}
# Marked and checked by number: until the release nobody learns here whose work it is.
BLIND = {
    "marking_queue", "marking_next", "marking_edit", "marking_check", "marking_hand_back",
    "marking_recorded", "quality_desk", "batch_detail", "batch_close", "batch_release",
    "quality_marking", "quality_agree", "quality_overturn",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def pages(client: Client, world: World) -> Iterator[tuple[str, str]]:
    """Every page that a browser can open, of ours and of the tree, as (address name, its text)."""
    urls = {name: url_of(name, door, world) for name, door in DOORS.items()}
    tree = Page.objects.descendant_of(world.course.get_parent(), inclusive=True)
    urls |= {f"page {page.title}": page.get_url() for page in tree}
    for name, url in urls.items():
        response = ask(client, "get", url)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        yield name, content.decode(errors="replace").lower()


@pytest.mark.parametrize("name", PERSONAS)
def test_each_finds_the_secrets_that_are_theirs_to_read_and_no_other(world: World, name: str) -> None:
    allowed = {canary for canary, readers in READERS.items() if name in readers}

    found: dict[str, set[str]] = {}
    for address, text in pages(browser_of(name, world), world):
        for canary in READERS:
            if canary in text:
                found.setdefault(canary, set()).add(address)

    assert {canary: sorted(found[canary]) for canary in found.keys() - allowed} == {}
    assert found.keys() == allowed


@pytest.mark.parametrize("name", ["asif", "asha", "mina", "lena", "ewan"])
def test_work_is_marked_and_checked_without_a_name(world: World, name: str) -> None:
    client = browser_of(name, world)
    names = {person.last_name.lower() for person in (world.people["ada"], world.people["ben"])} | {"dunn"}

    told = {
        (address, word)
        for address in BLIND
        for word in names
        if word in ask(client, "get", url_of(address, DOORS[address], world)).content.decode().lower()
    }

    assert told == set()


def test_the_public_page_shows_the_printed_name_and_nothing_else_of_the_person(world: World) -> None:
    ada = world.people["ada"]

    text = ask(Client(), "get", url_of("check", DOORS["check"], world)).content.decode()

    assert "Ada Bright" in text
    secrets = (
        ada.last_name,
        ada.email,
        REVOKED_BECAUSE,
        world.marlshire.name,
        str(ada.uuid),
        f"{MORE_TIME}%",
    )
    assert [secret for secret in secrets if secret in text] == []
