"""What tests of pages lean on: a clock that stands still, and a page read as text."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from lms.people.models import User
from tests.conftest import SignIn

Read = Callable[[Any], str]


@pytest.fixture
def clock(at: datetime) -> Iterator[None]:
    """Requests arrive at the instant of the test."""
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def read() -> Read:
    """A page's words as a person reads them, with its white space folded."""

    def read(response: Any) -> str:
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())

    return read


@pytest.fixture
def browser(ada: User, sign_in: SignIn) -> Client:
    """Ada's."""
    return sign_in(ada)
