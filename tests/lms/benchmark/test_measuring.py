"""A round is measured against the real server, the cheapest one counts, and a page that fails is no figure."""

import os
import time
from contextlib import closing
from dataclasses import dataclass, field

import pytest
from django.test import Client

from lms.benchmark.bare import PAGE
from lms.benchmark.lines import Inside, Line, Wire, WrongAnswer, ask
from lms.benchmark.measuring import WARM_UP, Round, cheapest_rounds, look_at
from lms.benchmark.pages import Page
from lms.benchmark.server import Served, serving
from lms.people.models import User


@dataclass
class Chore:
    """A visit that uses as much CPU time as its next turn says, and writes down that it was made."""

    name: str
    log: list[str]
    costs: list[float] = field(default_factory=list)
    budget: int = 0
    weight: float = 1

    def make(self, line: Line) -> int:  # noqa: ARG002 - it needs nobody
        self.log.append(self.name)
        until = time.process_time() + (self.costs.pop(0) if self.costs else 0)
        while time.process_time() < until:
            pass
        return 0


def here() -> Served:
    """This process, as if it were the server."""
    return Served(os.getpid(), 0)


def test_every_visit_has_its_turn_in_each_round() -> None:
    log: list[str] = []

    cheapest_rounds([(Chore("read", log), here()), (Chore("write", log), here())], list, requests=1, rounds=2)

    assert log == ["read"] * WARM_UP + ["write"] * WARM_UP + ["read", "write"] * 2


def test_the_cheapest_round_counts() -> None:
    chore = Chore("read", [], costs=[0.0] * WARM_UP + [0.3, 0.1, 0.5])

    [best] = cheapest_rounds([(chore, here())], list, requests=1, rounds=3)

    assert 90 <= best.cpu_ms <= 200


def test_one_visit_is_its_own_percentiles() -> None:
    assert Round(1.0, (7.0,)).percentiles == [7.0] * 19


def test_the_bare_view_is_served_over_a_connection_and_costs_its_server_cpu_time() -> None:
    with serving("lms.benchmark.bare:application", {}) as bare:
        with closing(Wire(bare.port)) as line:
            size = Page("bare", "/").make(line)
        [best] = cheapest_rounds([(Page("bare", "/"), bare)], list, requests=400, rounds=1)

    assert size == len(PAGE)
    assert 0 < best.cpu_ms < 20


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_no_figure() -> None:
    with pytest.raises(WrongAnswer, match="/nowhere/ answered 404"):
        ask(Inside(), "/nowhere/")


@pytest.mark.django_db
def test_a_look_counts_the_statements_of_a_visit_and_the_bytes_of_its_last_page(ada: User) -> None:
    look = look_at(Page("verify", "/verify/"))

    assert look.size == len(Client(SERVER_NAME="localhost").get("/verify/").content)
    assert look.statements == 0
