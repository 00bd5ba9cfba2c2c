"""The figures of the web server's kills, where they were asked for."""

import os
from typing import Any

from django.db import connection

from tests.faults import web_figures


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if os.environ.get(web_figures.KILLS) and web_figures.KEPT:
        terminalreporter.write_line(web_figures.table(connection.vendor))
