"""A branching scenario as a learner goes through it, and as staff read it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from courses.models import (
    CoursePage,
    Enrolment,
    ModulePage,
    ScenarioChoice,
    ScenarioPage,
    ScenarioPlay,
    ScenarioScript,
    StepDone,
)
from courses.models.outlines import address
from lms.people.models import User
from tests.conftest import SignIn
from tests.factories import courses as course_factory

Decide = Callable[..., object]


@pytest.fixture
def scenario(module: ModulePage) -> ScenarioPage:
    return course_factory.scenario(module)


@pytest.fixture
def url(scenario: ScenarioPage) -> str:
    return address(scenario.url_path)


@pytest.fixture
def learner(sign_in: SignIn, ada: User, enrolment: Enrolment, scenario: ScenarioPage) -> Client:
    return sign_in(ada)


@pytest.fixture
def play(learner: Client, enrolment: Enrolment, scenario: ScenarioPage) -> ScenarioPlay:
    learner.post(reverse("scenario_begin", args=[enrolment.uuid, scenario.pk]))
    return ScenarioPlay.objects.get()


@pytest.fixture
def decide(learner: Client, play: ScenarioPlay) -> Decide:
    def decide(position: int, choice: str, **options: object) -> object:
        address = reverse("scenario_decide", args=[play.uuid])
        return learner.post(address, {"position": position, "choice": choice}, **options)

    return decide


def _text(response: object) -> str:
    return response.content.decode()


def test_before_it_begins_ada_reads_what_it_is(learner: Client, url: str) -> None:
    page = _text(learner.get(url))

    assert "You commission for Marlshire." in page
    assert "The report" not in page
    assert "Begin" in page


def test_two_clicks_begin_one_play(
    learner: Client, play: ScenarioPlay, enrolment: Enrolment, scenario: ScenarioPage
) -> None:
    learner.post(reverse("scenario_begin", args=[enrolment.uuid, scenario.pk]))

    assert ScenarioPlay.objects.count() == 1


def test_ada_decides_and_reads_what_followed_above_the_next_moment(
    learner: Client, decide: Decide, url: str
) -> None:
    answer = decide(1, "ask")

    assert answer.url == f"{url}#followed"
    page = _text(learner.get(url))
    assert "What ask led to." in page
    assert "About the visit." in page
    assert "What others did" not in page


def test_the_ending_shows_the_path_the_other_ways_and_the_debriefs_and_finishes_the_step(
    learner: Client, decide: Decide, scenario: ScenarioPage, url: str
) -> None:
    decide(1, "ask")
    answer = decide(2, "unannounced")

    assert answer.url == f"{url}#end"
    page = learner.get(url)
    assert [
        (moment.taken.key, [other.key for other in moment.others]) for moment in page.context["path"]
    ] == [("ask", ["file"]), ("unannounced", ["announce"])]
    assert page.context["standing"].ending.key == "heard"
    assert "What file led to." in _text(page)
    assert "What others did about the report." in _text(page)
    assert "5</b> of 5 points" in _text(page)
    assert [(done.step_id, done.by_what) for done in StepDone.objects.all()] == [(scenario.pk, "scenario")]


def test_going_back_and_choosing_otherwise_changes_nothing(learner: Client, decide: Decide, url: str) -> None:
    decide(1, "ask")

    page = decide(1, "file", follow=True)

    assert [row.choice for row in ScenarioChoice.objects.all()] == ["ask"]
    assert "You have decided this already" in _text(page)
    assert "About the visit." in _text(page)


def test_sending_the_same_decision_again_changes_nothing(decide: Decide, url: str) -> None:
    for _ in range(2):
        decide(1, "ask")

    assert [row.choice for row in ScenarioChoice.objects.all()] == ["ask"]


@pytest.mark.parametrize(
    ("position", "choice"),
    [(1, ""), (1, "unannounced"), (2, "announce"), ("", "ask"), ("x", "ask"), (0, "ask")],
)
def test_what_does_not_stand_there_is_refused_with_a_sentence(
    decide: Decide, position: object, choice: str
) -> None:
    page = decide(position, choice, follow=True)

    assert not ScenarioChoice.objects.exists()
    assert "Choose one of the ways below, then decide." in _text(page)


def test_an_edit_by_the_author_does_not_move_a_story_that_has_begun(
    learner: Client, decide: Decide, scenario: ScenarioPage, url: str
) -> None:
    decide(1, "ask")
    scenario.nodes[1].value["title"] = "Quite another visit"
    scenario.save()

    assert "The visit" in _text(learner.get(url))
    decide(2, "announce")
    assert ScenarioScript.objects.count() == 1


def test_ada_may_go_through_it_again_and_both_ways_are_kept(
    learner: Client, decide: Decide, enrolment: Enrolment, scenario: ScenarioPage
) -> None:
    decide(1, "file")

    learner.post(reverse("scenario_begin", args=[enrolment.uuid, scenario.pk]))

    assert [(play.number, play.ended_at is None) for play in ScenarioPlay.objects.all()] == [
        (2, True),
        (1, False),
    ]


def test_nobody_decides_for_ada(sign_in: SignIn, ben: User, play: ScenarioPlay) -> None:
    answer = sign_in(ben).post(reverse("scenario_decide", args=[play.uuid]), {"position": 1, "choice": "ask"})

    assert answer.status_code == 404
    assert not ScenarioChoice.objects.exists()


def test_an_author_reads_the_whole_story_and_leaves_no_play(sign_in: SignIn, adil: User, url: str) -> None:
    page = _text(sign_in(adil).get(url))

    assert "About the visit." in page
    assert "What others did about the visit." in page
    assert "From score 5." in page
    assert 'Leads to <a href="#node-visit">The visit</a>.' in page
    assert 'Leads to <a href="#node-silent">Silent</a>.' in page
    assert not ScenarioPlay.objects.exists()


def test_a_stranger_is_led_to_the_course(client: Client, url: str, foundations: CoursePage) -> None:
    assert client.get(url).url == address(foundations.url_path)


def test_the_cms_refuses_a_story_that_a_reader_could_get_lost_in(scenario: ScenarioPage) -> None:
    scenario.nodes[0].value["choices"][1]["to"] = "nowhere"

    with pytest.raises(ValidationError) as refused:
        scenario.clean()

    assert refused.value.message_dict["nodes"] == [
        "The choice “Do ask” leads to “nowhere”, which is nowhere.",
        "No way leads to “The visit”.",
    ]


def test_a_longer_path_costs_no_more_statements(
    learner: Client, decide: Decide, url: str, django_assert_num_queries: Callable
) -> None:
    learner.get(url)
    with django_assert_num_queries(9):
        learner.get(url)
    decide(1, "ask")

    with django_assert_num_queries(9):
        learner.get(url)
