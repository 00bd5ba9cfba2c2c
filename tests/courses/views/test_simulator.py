"""The simulator as a learner, a member of staff and a stranger meet it."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import CoursePage, Enrolment, ModulePage, SimulatorNote, SimulatorPage, StepDone
from courses.models.outlines import address
from lms.people.models import User
from tests.conftest import SignIn
from tests.factories import courses as course_factory


@pytest.fixture
def simulator(module: ModulePage) -> SimulatorPage:
    return course_factory.simulator(module, "hourly", "cheap")


@pytest.fixture
def url(simulator: SimulatorPage) -> str:
    return address(simulator.url_path)


@pytest.fixture
def learner(sign_in: SignIn, ada: User, enrolment: Enrolment, simulator: SimulatorPage) -> Client:
    return sign_in(ada)


def _note(simulator: SimulatorPage, enrolment: Enrolment, task: str) -> str:
    return reverse("simulator_note", args=[enrolment.uuid, simulator.pk, task])


def _text(response: object) -> str:
    return response.content.decode()


def test_ada_sees_what_a_provider_does_with_the_first_contract_and_why(learner: Client, url: str) -> None:
    page = learner.get(url)

    assert [str(figure.here) for figure in page.context["figures"]] == [
        "£4,744,085",
        "£184,896 (3.9%)",
        "66.0",
        "0.0",
        "21.8",
        "13.0 to 15.4",
        "£0",
        "£4,853,085",
    ]
    assert "The provider stays" in _text(page)
    assert "What was left out" in _text(page)


def test_a_contract_that_is_handed_back_has_its_figures_struck_through(learner: Client, url: str) -> None:
    page = _text(learner.get(url, {"preset": "p2"}))

    assert "The provider hands the contract back" in page
    assert "<s>£2,562,855</s>" in page


def test_a_figure_set_by_hand_goes_beside_the_others_of_the_preset(learner: Client, url: str) -> None:
    page = learner.get(url, {"preset": "p7", "fee": "24.10"})

    assert page.context["run"].exits
    assert page.context["figures"][0].here == "£3,566,073"


def test_two_runs_stand_side_by_side(learner: Client, url: str) -> None:
    figures = learner.get(url, {"preset": "p3", "beside": "p4"}).context["figures"]

    assert (figures[2].here, figures[2].beside) == ("82.2", "185.1")


@pytest.mark.parametrize("fee", ["", "a lot", "-1", "61", "1e9", "24.105"])
def test_a_figure_out_of_bounds_is_named_and_nothing_is_run(learner: Client, url: str, fee: str) -> None:
    page = learner.get(url, {"fee": fee})

    assert page.status_code == 200
    assert page.context["run"] is None
    assert "Enter a number from 0 to 60 for “Fee for an hour”" in _text(page)


def test_a_live_change_brings_the_results_alone(learner: Client, url: str) -> None:
    part = _text(learner.get(url, {"fee": "30"}, headers={"HX-Request": "true"}))

    assert "The provider hands the contract back" in part
    assert "<html" not in part


def test_a_run_goes_into_a_memo_as_csv(learner: Client, url: str) -> None:
    response = learner.get(url, {"preset": "p1", "as": "csv"})

    assert response["Content-Disposition"] == 'attachment; filename="simulator-run.csv"'
    assert "Fee for an hour,32.14" in _text(response)
    assert 'Paid to the provider,"£4,744,085"' in _text(response)


def test_a_note_is_kept_with_its_contract_and_opens_the_debrief(
    learner: Client, simulator: SimulatorPage, enrolment: Enrolment, url: str
) -> None:
    assert "What hourly shows." not in _text(learner.get(url))

    answer = learner.post(_note(simulator, enrolment, "hourly"), {"text": "It waits.", "fee": "30.00"})

    note = SimulatorNote.objects.get()
    assert (note.task, note.text, note.controls["fee"], note.controls["hourly"]) == (
        "hourly",
        "It waits.",
        "30.00",
        "100",
    )
    assert answer.url.startswith(url)
    assert answer.url.endswith("#task-hourly")
    assert "What hourly shows." in _text(learner.get(url))


def test_a_second_note_replaces_the_first(
    learner: Client, simulator: SimulatorPage, enrolment: Enrolment
) -> None:
    for text in ("It waits.", "It waits, since waiting pays."):
        learner.post(_note(simulator, enrolment, "hourly"), {"text": text})

    assert [note.text for note in SimulatorNote.objects.all()] == ["It waits, since waiting pays."]


def test_the_last_task_noted_finishes_the_step(
    learner: Client, simulator: SimulatorPage, enrolment: Enrolment
) -> None:
    learner.post(_note(simulator, enrolment, "hourly"), {"text": "It waits."})
    assert not StepDone.objects.exists()

    learner.post(_note(simulator, enrolment, "cheap"), {"text": "Nobody delivers it."})

    assert [(done.step_id, done.by_what) for done in StepDone.objects.all()] == [(simulator.pk, "simulator")]


def test_an_empty_note_is_refused_with_a_sentence_and_keeps_nothing(
    learner: Client, simulator: SimulatorPage, enrolment: Enrolment
) -> None:
    page = learner.post(_note(simulator, enrolment, "hourly"), {"text": " "}, follow=True)

    assert not SimulatorNote.objects.exists()
    assert "Write what you saw, in a sentence or two." in _text(page)


def test_ben_meets_no_door_to_adas_notes(
    sign_in: SignIn, ben: User, simulator: SimulatorPage, enrolment: Enrolment
) -> None:
    answer = sign_in(ben).post(_note(simulator, enrolment, "hourly"), {"text": "Mine."})

    assert answer.status_code == 404
    assert not SimulatorNote.objects.exists()


def test_a_task_that_there_is_not_is_not_found(
    learner: Client, simulator: SimulatorPage, enrolment: Enrolment
) -> None:
    assert learner.post(_note(simulator, enrolment, "gone"), {"text": "It waits."}).status_code == 404


def test_an_author_tries_it_and_leaves_no_notes(sign_in: SignIn, adil: User, url: str) -> None:
    page = _text(sign_in(adil).get(url))

    assert "About hourly" in page
    assert "Keep my note" not in page


def test_a_stranger_is_led_to_the_course(client: Client, url: str, foundations: CoursePage) -> None:
    assert client.get(url).url == address(foundations.url_path)


def test_the_page_costs_the_same_statements_with_no_notes_and_with_all(
    learner: Client,
    simulator: SimulatorPage,
    enrolment: Enrolment,
    url: str,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    learner.get(url)
    with django_assert_num_queries(8):
        learner.get(url)
    for task in ("hourly", "cheap"):
        SimulatorNote.objects.create(
            enrolment=enrolment, simulator=simulator, task=task, controls={}, text="It waits.", written_at=at
        )

    with django_assert_num_queries(8):
        learner.get(url)
