"""`seed` fills an empty database for the demonstration, and says why it leaves another one alone."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from courses.models import Enrolment
from lms.people.models import Institute, User

pytestmark = pytest.mark.django_db

ALREADY = "This database is filled already, so nothing was changed.\n"


def seed(**options: Any) -> str:
    said = StringIO()
    call_command("seed", stdout=said, **options)
    return said.getvalue()


def test_an_empty_database_is_filled_at_the_stage_that_was_asked_for(settings: Any) -> None:
    settings.PIPER_DEMO = True

    said = seed(stage="studying")

    assert said.startswith("The demonstration is filled, at the stage “studying”.\n")
    assert "learner@example.org" in said
    assert Enrolment.objects.filter(learner__email="learner@example.org").count() == 1


def test_a_database_of_somebodys_own_is_left_alone_and_shows_no_accounts(
    aldermoor: Institute, settings: Any, table_digests: Callable[[], dict[str, str]]
) -> None:
    settings.PIPER_DEMO = True
    before = table_digests()

    assert seed() == ALREADY

    assert table_digests() == before


@pytest.mark.parametrize("options", [{}, {"learners": 40}])
def test_without_the_demonstrations_settings_nothing_is_made(options: dict[str, str]) -> None:
    with pytest.raises(CommandError, match=r"^These accounts share a password that everybody knows"):
        seed(**options)

    assert not User.objects.exists()
    assert not Institute.objects.exists()


def test_a_stage_that_is_not_told_and_a_number_that_is_none_are_refused() -> None:
    with pytest.raises(CommandError, match="invalid choice: 'finished'"):
        call_command("seed", "--stage", "finished")
    with pytest.raises(CommandError, match="a number of learners, not 'many'"):
        call_command("seed", "--learners", "many")


def test_learners_do_not_join_a_database_of_somebodys_own(aldermoor: Institute, settings: Any) -> None:
    settings.PIPER_DEMO = True

    with pytest.raises(CommandError, match="was not filled by this command"):
        seed(learners=3)
