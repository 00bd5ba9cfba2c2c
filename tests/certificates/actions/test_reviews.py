"""Looking again at a certificate whose result was withdrawn."""

from datetime import date

import pytest

from certificates.actions import certificates, reviews
from certificates.models import Review
from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import courses as course_factory
from tests.factories import people


@pytest.fixture
def result(certificate):
    return certificate.decision.results.get()


def state(certificate, at) -> str:
    return certificate.standing(at.date()).state


def close(review, outcome, by, at) -> None:
    reviews.close(review, outcome=outcome, reason="Looked at again.", by=by, at=at)


def test_a_withdrawn_result_opens_a_review_with_a_person_and_a_date(certificate, result, rolf, lena, at):
    factory.withdraw(result, by=lena, at=at)

    review = Review.objects.get()
    assert (review.certificate, review.result) == (certificate, result)
    assert (review.assigned_to, review.due_on) == (rolf, date(2026, 12, 7))
    assert state(certificate, at) == "valid"
    assert Mail.objects.filter(kind="certificates.review_opened", recipient=rolf.email).count() == 1


def test_with_one_registrar_nobody_else_is_named(certificate, result, lena, at):
    factory.withdraw(result, by=lena, at=at)

    assert Review.objects.get().assigned_to is None


@pytest.mark.parametrize("ground", ["fraud", "safety"])
def test_grave_grounds_suspend_at_once_in_the_name_of_whoever_withdrew(ground, certificate, result, lena, at):
    factory.withdraw(result, by=lena, at=at, ground=ground)

    assert state(certificate, at) == "suspended"
    assert certificate.events.last().by == lena


def test_a_certificate_that_rests_on_other_results_is_left_alone(
    certificate, ben, foundations, quiz, lena, at
):
    factory.withdraw(factory.passed(course_factory.enrol(ben, foundations), quiz), by=lena, at=at)

    assert not Review.objects.exists()


def test_a_revoked_certificate_is_not_reviewed(certificate, result, rosa, lena, at):
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")

    factory.withdraw(result, by=lena, at=at, ground="fraud")

    assert not Review.objects.exists()


def test_the_same_news_twice_opens_one_review(certificate, result, lena, at):
    event = factory.withdraw(result, by=lena, at=at, ground="fraud")

    reviews.open_for(result, event, at=at)

    assert Review.objects.count() == 1
    assert certificate.events.count() == 2


@pytest.mark.parametrize(
    ("ground", "outcome", "stands"),
    [
        ("error", "keep", "valid"),
        ("error", "suspend", "suspended"),
        ("error", "revoke", "revoked"),
        ("fraud", "keep", "valid"),
        ("fraud", "suspend", "suspended"),
        ("fraud", "revoke", "revoked"),
    ],
)
def test_a_review_leaves_the_certificate_as_it_says(
    ground, outcome, stands, certificate, result, rolf, lena, at
):
    factory.withdraw(result, by=lena, at=at, ground=ground)

    close(Review.objects.get(), outcome, rolf, at)

    review = Review.objects.get()
    assert (review.closed_by, review.closed_at, state(certificate, at)) == (rolf, at, stands)
    event = Event.objects.get(verb="review.closed")
    assert (event.facts["outcome"], event.words.text) == (outcome, "Looked at again.")


def test_a_review_closes_without_effect_where_the_certificate_has_ended(
    certificate, result, rolf, rosa, lena, at
):
    factory.withdraw(result, by=lena, at=at)
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")

    close(Review.objects.get(), "keep", rolf, at)

    assert state(certificate, at) == "revoked"


def test_a_review_is_closed_once(certificate, result, rolf, lena, at):
    factory.withdraw(result, by=lena, at=at)
    review = Review.objects.get()
    close(review, "keep", rolf, at)

    with pytest.raises(reviews.AlreadyClosed):
        close(review, "revoke", rolf, at)

    assert state(certificate, at) == "valid"


def test_whoever_decided_does_not_review_where_there_is_another(certificate, result, rolf, rosa, lena, at):
    factory.withdraw(result, by=lena, at=at)

    with pytest.raises(reviews.NotYoursToClose):
        close(Review.objects.get(), "keep", rosa, at)


def test_whoever_decided_reviews_where_there_is_nobody_else(certificate, result, rosa, lena, at):
    factory.withdraw(result, by=lena, at=at)

    close(Review.objects.get(), "keep", rosa, at)

    assert Review.objects.get().closed_by == rosa


def test_the_holder_never_reviews(certificate, result, ada, lena, aldermoor, at):
    people.appoint(ada, Role.REGISTRAR, aldermoor)
    factory.withdraw(result, by=lena, at=at)

    with pytest.raises(reviews.NotYoursToClose):
        close(Review.objects.get(), "keep", ada, at)


def test_a_review_without_a_reason_stays_open(certificate, result, rolf, lena, at):
    factory.withdraw(result, by=lena, at=at)

    with pytest.raises(certificates.ReasonMissing):
        reviews.close(Review.objects.get(), outcome="keep", reason=" ", by=rolf, at=at)

    assert Review.objects.get().closed_at is None
