"""Granting to many: the dry look, the decisions, and the certificates on their way."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from certificates.actions import decisions
from certificates.models import Candidacy, Certificate
from lms.audit.models import Event
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import courses, people


def _text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def unnamed(candidacy, foundations, quiz, brief, ben, asif, mina) -> Candidacy:
    """Ben has everything, and has not confirmed his name."""
    enrolment = courses.enrol(ben, foundations)
    factory.passed(enrolment, quiz)
    factory.competent(enrolment, brief, assessor=asif, checker=mina)
    return Candidacy.objects.get(learner=ben)


@pytest.fixture
def granted(candidacy, rosa, at: datetime) -> Certificate:
    """Ada's, whose file nobody has made yet."""
    return decisions.grant(candidacy, name=candidacy.printed_name, by=rosa, at=at)


@pytest.fixture
def grant_url() -> str:
    return reverse("grant_many", args=["aldermoor"])


def test_the_page_says_what_would_be_granted_and_who_is_left_over(
    rosa, sign_in, candidacy, unnamed, grant_url
):
    chosen = {"candidacy": [candidacy.uuid, unnamed.uuid]}

    page = sign_in(rosa).post(grant_url, chosen)

    assert [seen.candidacy for seen in page.context["granted"]] == [candidacy]
    assert [(line.seen.candidacy, line.why) for line in page.context["left_over"]] == [
        (unnamed, "They have not confirmed their name yet.")
    ]
    assert not Certificate.objects.exists()


def test_the_button_grants_and_leads_to_what_is_being_made(rosa, sign_in, candidacy, grant_url):
    data = {
        "candidacy": [candidacy.uuid],
        f"name-{candidacy.uuid}": candidacy.printed_name,
        "confirmed": "yes",
    }

    answer = sign_in(rosa).post(grant_url, data, follow=True)

    certificate = Certificate.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("being_made", args=["aldermoor"])
    assert "1 certificate is granted. Their files are being made." in _text(answer)
    assert certificate.number in _text(answer)


def test_whoever_was_decided_on_meanwhile_is_left_over_before_and_after_the_button(
    rosa, sign_in, candidacy, granted, grant_url
):
    desk = sign_in(rosa)

    page = desk.post(grant_url, {"candidacy": [candidacy.uuid]})
    data = {
        "candidacy": [candidacy.uuid],
        f"name-{candidacy.uuid}": candidacy.printed_name,
        "confirmed": "yes",
    }
    answer = desk.post(grant_url, data, follow=True)

    assert [line.why for line in page.context["left_over"]] == [
        "They have been decided on since you opened the list."
    ]
    assert "Ada Bright: This candidate has been decided on already, or is no longer eligible." in _text(
        answer
    )
    assert list(Certificate.objects.all()) == [granted]


def test_a_name_changed_since_is_left_over_with_a_sentence(rosa, sign_in, candidacy, grant_url):
    data = {"candidacy": [candidacy.uuid], f"name-{candidacy.uuid}": "Somebody Else", "confirmed": "yes"}

    answer = sign_in(rosa).post(grant_url, data, follow=True)

    assert not Certificate.objects.exists()
    assert "has changed or not yet confirmed the name" in _text(answer)


def test_sending_it_twice_grants_once(rosa, sign_in, candidacy, grant_url):
    data = {
        "candidacy": [candidacy.uuid],
        f"name-{candidacy.uuid}": candidacy.printed_name,
        "confirmed": "yes",
    }
    desk = sign_in(rosa)

    for _ in range(2):
        desk.post(grant_url, data)

    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("chosen", [[], ["nonsense"]])
def test_choosing_nobody_says_so(rosa, sign_in, db, grant_url, chosen):
    answer = sign_in(rosa).post(grant_url, {"candidacy": chosen}, follow=True)

    assert "Choose at least one candidate first." in _text(answer)


def test_another_institutes_candidate_is_nobody(otto, fenwick, sign_in, candidacy):
    people.appoint(otto, Role.REGISTRAR, fenwick)

    answer = sign_in(otto).post(reverse("grant_many", args=["fenwick"]), {"candidacy": [candidacy.uuid]})

    assert answer.status_code == 302
    assert Candidacy.objects.get(pk=candidacy.pk).state == Candidacy.State.READY


def test_one_that_waits_may_be_made_again_or_given_up(rosa, sign_in, granted):
    desk = sign_in(rosa)
    page = _text(desk.get(reverse("being_made", args=["aldermoor"])))
    assert "0</b> of 1 made" in page

    again = desk.post(reverse("certificate_try_again", args=["aldermoor", granted.number]), follow=True)
    assert "is being made again, under the same number." in _text(again)

    reason = {"reason": "The worker cannot set it."}
    given_up = desk.post(reverse("certificate_void", args=["aldermoor", granted.number]), reason, follow=True)
    assert f"Certificate {granted.number} is void." in _text(given_up)
    late = desk.post(reverse("certificate_try_again", args=["aldermoor", granted.number]))
    assert late.status_code == 409


def test_the_register_goes_out_as_csv_and_the_trail_says_so(rosa, sign_in, certificate):
    answer = sign_in(rosa).post(reverse("register_export", args=["aldermoor"]), {"state": "valid"})

    lines = answer.content.decode().splitlines()
    assert lines[0].endswith("Number,Holder,Certificate,Level,Stands,Valid from,Valid until,Code")
    assert lines[1].startswith(f"{certificate.number},{certificate.facts['name']},")
    assert Event.objects.get(verb="register.exported").facts == {
        "rows": 1,
        "state": "valid",
        "searched_by": ["state"],
    }


@pytest.mark.parametrize(("days", "shown"), [(0, 1), (2, 0)])
def test_what_was_made_leaves_the_page_after_a_day(rosa, sign_in, certificate, days, shown):
    with time_machine.travel(certificate.made_at + timedelta(days=days), tick=False):
        page = sign_in(rosa).get(reverse("being_made", args=["aldermoor"]))

    assert (len(page.context["rows"]), page.context["waiting"]) == (shown, 0)


def test_the_page_of_what_is_made_costs_the_same_for_one_and_for_many(
    rosa, sign_in, granted, django_assert_num_queries
):
    desk, address = sign_in(rosa), reverse("being_made", args=["aldermoor"])
    desk.get(address)
    with django_assert_num_queries(5):
        desk.get(address)
