"""Reviews of certificates whose result was withdrawn, at the desk."""

import pytest

from assessments.models import WithdrawalReason
from certificates.models import Review
from tests.factories import certificates as factory

LIST = "/at/aldermoor/certificates/reviews/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def review(certificate, rolf, lena, at) -> Review:
    event = factory.withdraw(certificate.decision.results.get(), by=lena, at=at, ground="fraud")
    WithdrawalReason.objects.create(event=event, text="Two answers were the same word for word.")
    return Review.objects.get()


def test_without_a_withdrawal_there_is_nothing_to_look_at(rosa, sign_in):
    assert "Nothing to look at again" in text(sign_in(rosa).get(LIST))


def test_an_open_review_shows_with_whom_it_is_and_by_when(review, rosa, sign_in):
    shown = text(sign_in(rosa).get(LIST))

    for each in ("1 open review", "AIC-2026-00001", "Suspended", "Rolf Meier", "7 December 2026"):
        assert each in shown


def test_a_late_review_says_so(review, rosa, sign_in, time_machine):
    time_machine.move_to("2026-12-08T09:00:00Z")

    assert "Overdue" in text(sign_in(rosa).get(LIST))


def test_a_review_shows_what_was_withdrawn_and_what_is_left(review, rolf, sign_in):
    shown = text(sign_in(rolf).get(f"{LIST}{review.uuid}/"))

    for each in (
        "Fraud or malpractice",
        "Lena Fischer, 23 November 2026",
        "Two answers were the same word for word.",
        "Rosa Lindqvist, 23 November 2026",
        "The holder reads: “Your result of 2 November 2026 was withdrawn, so it does not count.”",
    ):
        assert each in shown


def test_closing_a_review_is_said_and_listed(review, rolf, sign_in):
    response = sign_in(rolf).post(
        f"{LIST}{review.uuid}/", {"outcome": "keep", "reason": "The other paper was the copy."}, follow=True
    )

    assert response.redirect_chain == [(LIST, 302)]
    assert "The review of certificate AIC-2026-00001 is closed." in text(response)
    assert "It stands; a suspension is lifted" in text(response)
    assert review.certificate.events.last().kind == "reinstated"


def test_revoking_in_a_review_asks_once_more(review, rolf, sign_in):
    client, url = sign_in(rolf), f"{LIST}{review.uuid}/"
    typed = {"outcome": "revoke", "reason": "Not her own work."}

    assert "for good?" in text(client.post(url, typed))
    assert review.certificate.events.last().kind == "suspended"

    client.post(url, {**typed, "confirmed": "yes"})
    assert review.certificate.events.last().kind == "revoked"


def test_a_review_needs_outcome_and_reason(review, rolf, sign_in):
    shown = text(sign_in(rolf).post(f"{LIST}{review.uuid}/", {}))

    assert "<title>Error: " in shown
    assert "Choose an answer to “How does the certificate stand now?”" in shown
    assert "Write down why: it is kept with the certificate" in shown


def test_whoever_decided_is_told_whose_it_is(review, rosa, sign_in):
    client, url = sign_in(rosa), f"{LIST}{review.uuid}/"

    shown = text(client.get(url))
    response = client.post(url, {"outcome": "keep", "reason": "Because."})

    assert "Somebody else reviews this" in shown
    assert "It is with Rolf Meier." in shown
    assert response.status_code == 409


def test_a_review_is_closed_once(review, rolf, sign_in):
    client, url = sign_in(rolf), f"{LIST}{review.uuid}/"
    typed = {"outcome": "keep", "reason": "Because."}
    client.post(url, typed)

    assert client.post(url, typed).status_code == 409
    assert "Closed on 23 November 2026 by Rolf Meier" in text(client.get(url))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    count, quiz_scheme, foundations, quiz, enrolment, rosa, lena, at, sign_in, django_assert_num_queries
):
    result = factory.passed(enrolment, quiz)
    for certificate in factory.issued(foundations, count, by=rosa, at=at):
        Review.objects.create(
            institute=certificate.institute,
            certificate=certificate,
            result=result,
            opened_at=at,
            due_on=at.date(),
        )
    client = sign_in(rosa)

    with django_assert_num_queries(6):
        client.get(LIST)
