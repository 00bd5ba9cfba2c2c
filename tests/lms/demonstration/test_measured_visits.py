"""What the bench measures can be done in the demonstration by the people that it names."""

import pytest

from lms.benchmark.lines import Inside
from lms.benchmark.measuring import Look, look_at
from lms.benchmark.pages import pages
from lms.benchmark.quizzes import whole_quiz
from lms.demonstration import filling
from lms.demonstration.stages import Stage
from lms.demonstration.world import World
from tests.lms.demonstration.conftest import taken_back

pytestmark = pytest.mark.django_db

# As design sets it for pages of learners and the public.
MOST_BYTES = 40_000


def test_every_measured_page_answers_and_is_small(founded: World) -> None:
    with taken_back():
        filling.live(founded, Stage.CERTIFIED)
        looks = {page.name: look_at(page) for page in pages()}

    assert {name for name, look in looks.items() if look.size > MOST_BYTES} == set()
    assert {name: look.statements for name, look in looks.items()} == {
        "catalogue": 4,
        "my learning": 11,
        "course home": 12,
        "lesson": 9,
        "quiz page, 1 of 20 questions": 7,
        "verify": 3,
        "marking queue": 9,
        "results, first 50": 9,
    }


def test_a_whole_quiz_can_be_taken_again_and_again(founded: World) -> None:
    """Moodle 4.5 sends 471 statements for it."""
    with taken_back():
        filling.live(founded, Stage.STUDYING)
        visit = whole_quiz()
        sizes = {visit.make(Inside()) > 0 for _ in range(2)}
        look: Look = look_at(visit)

    assert sizes == {True}
    assert look.statements <= 95
