"""The demonstration at each of its stages, made once for all tests of a module and taken back at its end."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from lms.demonstration import filling
from lms.demonstration.crowd import joining
from lms.demonstration.stages import Stage
from lms.demonstration.world import World

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CROWD = "a crowd of forty"


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    """The demonstration before anybody has enrolled; the content is loaded once for all stages."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(PIPER_DEMO=True, MEDIA_ROOT=media), taken_back():
        yield filling.found(NOW)


@pytest.fixture(scope="module", params=["studying", "marking", "certified", CROWD])
def stage(request: Any, founded: World) -> Iterator[str]:
    """Each stage in turn, and the first of them with forty more learners."""
    with taken_back():
        filling.live(founded, Stage.STUDYING if request.param == CROWD else Stage(request.param))
        if request.param == CROWD:
            joining.join(40, now=NOW, progress_to=io.StringIO())
        yield request.param
