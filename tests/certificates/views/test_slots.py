"""What stands of certificates on the pages of courses and institutes."""

import pytest
from django.test import RequestFactory

from certificates.actions import certificates, decisions
from certificates.models import Candidacy
from certificates.views import slots
from courses.models import StepDone
from courses.models.outlines import outline_of, steps_done
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as factory
from tests.factories import courses as course_factory


@pytest.fixture
def route(foundations, enrolment, at):
    """The route as Ada's course page shows it now."""

    def read() -> str:
        request = RequestFactory().get("/")
        request.at = at
        read = outline_of(foundations).progress_in("lesson", steps_done(enrolment))
        return " ".join(slots.route_to_certification(request, foundations, enrolment, read).split())

    return read


def test_a_course_without_a_scheme_shows_no_route(route):
    assert route() == ""


def test_the_route_begins_with_the_lessons(scheme, route):
    shown = route()

    assert "Your route to certification" in shown
    assert (
        '<li class="current" aria-current="step"><b>Work through the lessons</b><small>0 of 1 done</small>'
        in shown
    )
    assert "You have no result for this quiz yet." in shown
    assert "When everything above is met." in shown
    assert "Valid for 2 years" in shown


def test_the_route_goes_on_from_what_is_done(scheme, enrolment, lesson, quiz, route, at):
    StepDone.objects.create(enrolment=enrolment, step=lesson, at=at, by_what="reading")
    factory.passed(enrolment, quiz)

    shown = route()

    assert '<span class="visually-hidden">Done. </span>1 of 1 done' in shown
    assert '<span class="visually-hidden">Done. </span>Passed on 2 November 2026' in shown
    assert 'aria-current="step"><b><a href="/aldermoor/foundations/what-commissioning-is/brief/">' in shown


def test_the_route_leads_a_candidate_to_the_name_and_then_to_patience(quiz_scheme, enrolment, quiz, route):
    factory.passed(enrolment, quiz)
    candidacy = Candidacy.objects.get()
    assert f'href="/my/certificates/names/{candidacy.uuid}/"' in route()

    factory.confirmed(candidacy)

    assert "Waiting since 2 November 2026" in route()


def test_the_route_ends_with_the_certificate(certificate, route):
    shown = route()

    assert "Granted on 23 November 2026" in shown
    assert "Valid: AIC-2026-00001" in shown
    assert shown.count('class="done"') == 3


def test_the_route_tells_of_a_refusal(candidacy, rosa, route, at):
    decisions.refuse(candidacy, reason="Private words.", by=rosa, at=at)

    shown = route()

    assert "Not granted on 23 November 2026. Read why." in shown
    assert "Private words." not in shown


def test_the_route_does_not_hide_that_a_certificate_has_ended(certificate, rosa, route, at):
    certificates.revoke(certificate, by=rosa, at=at, reason="Private words.")

    shown = route()

    assert "A certificate of yours has ended. Read more." in shown
    assert "Private words." not in shown


def test_the_route_takes_few_queries(certificate, route, django_assert_num_queries):
    with django_assert_num_queries(6):  # two of them read the lessons, for the course's page
        route()


def test_the_course_home_stays_within_its_budget(certificate, ada, sign_in, django_assert_max_num_queries):
    client = sign_in(ada)

    with django_assert_max_num_queries(15):
        assert client.get("/aldermoor/foundations/").status_code == 200


def test_an_institute_shows_what_it_certifies(scheme, aldermoor, fenwick):
    request = RequestFactory().get("/")

    assert "Foundations of commissioning" in slots.what_it_certifies(request, aldermoor)
    assert slots.what_it_certifies(request, fenwick) == ""


def test_the_route_names_the_course_of_what_stands_in_another(scheme, quiz, aldermoor, route):
    module = course_factory.module(course_factory.course(aldermoor, "Leading"), "Your assignment")
    paper = assessment_factory.assignment(module, slug="board-paper", title="Board paper")
    factory.next_version(scheme, quiz, paper)

    assert (
        '<a href="/aldermoor/leading/your-assignment/board-paper/">Board paper</a></b>'
        "<small>In the course “Leading”.</small>"
    ) in route()


def test_the_route_says_which_band_is_asked_for_until_it_is_reached(
    quiz_scheme, enrolment, brief, asif, route
):
    factory.asks_for_criterion(quiz_scheme, brief, "criterion-2")
    before = route()

    factory.competent(enrolment, brief, assessor=asif, bands={"criterion-1": 2, "criterion-2": 3})

    assert "<small>With band 3 or better in “Criterion 2”.</small>" in before
    assert "With band 3" not in route()


def test_the_route_of_a_course_without_lessons_begins_with_what_is_asked(scheme, lesson, route):
    lesson.unpublish()

    shown = route()

    assert "Work through the lessons" not in shown
    assert (
        'class="current" aria-current="step"><b><a href="/aldermoor/foundations/what-commissioning-is/quiz/">'
        in shown
    )
