"""Pages are opened on the day of the test."""

import pytest


@pytest.fixture(autouse=True)
def _today(time_machine, at):
    time_machine.move_to(at)
