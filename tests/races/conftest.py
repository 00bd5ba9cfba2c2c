"""How long to race, how to take a guard away, and where the figures are written down.

    PIPER_RACE_ROUNDS   rounds of each race (default 12); set, the figures are printed as Markdown
"""

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import QuerySet

from tests.races import figures

ROUNDS = "PIPER_RACE_ROUNDS"

Without = Callable[..., None]
Note = Callable[[str, int, list[str]], list[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.race)
            item.add_marker(pytest.mark.django_db(transaction=True))
