"""The registrar's ready list, and deciding on one candidate."""

import pytest

from certificates.models import Candidacy, Certificate
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import courses as course_factory
from tests.factories import people

LIST = "/at/aldermoor/certificates/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def page(candidacy) -> str:
    return f"/at/aldermoor/certificates/candidates/{candidacy.uuid}/"


def ready(foundations, quiz, count: int) -> None:
    for number in range(count):
        person = people.person(f"Learner{number}")
        factory.passed(course_factory.enrol(person, foundations), quiz)


def test_an_empty_list_says_how_it_fills(rosa, sign_in):
    assert "Nobody waits for a decision" in text(sign_in(rosa).get(LIST))


def test_the_list_shows_what_each_holds_and_whose_name_is_missing(
    candidacy, foundations, ben, quiz, brief, asif, rosa, sign_in
):
    other = course_factory.enrol(ben, foundations)
    factory.passed(other, quiz)
    factory.competent(other, brief, assessor=asif)

    shown = text(sign_in(rosa).get(LIST))

    assert "2 candidates, longest waiting first" in shown
    assert "Not confirmed" in shown
    assert 'Ask again<span class="visually-hidden"> Ben Carter</span>' in shown
    assert 'Ask again<span class="visually-hidden"> Ada Bright</span>' not in shown


def test_a_candidate_under_an_earlier_version_is_shown_with_both_and_why(
    candidacy, scheme, quiz, rosa, sign_in
):
    assert "decided under it" not in text(sign_in(rosa).get(page(candidacy)))

    factory.next_version(scheme, quiz)

    assert (
        "They met version 1 of this certificate, published on 2 November 2026, and are decided under it."
        " Version 2 of 2 November 2026 is for those who come after."
    ) in text(sign_in(rosa).get(page(candidacy)))


def test_another_institutes_candidates_are_not_on_the_list(candidacy, fenwick, sign_in):
    fran = people.person("Fran", "Keller")
    people.appoint(fran, Role.REGISTRAR, fenwick)

    assert "Nobody waits" in text(sign_in(fran).get("/at/fenwick/certificates/"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    count, quiz_scheme, foundations, quiz, rosa, sign_in, django_assert_num_queries
):
    ready(foundations, quiz, count)
    client = sign_in(rosa)
    client.get(LIST)

    with django_assert_num_queries(11):
        client.get(LIST)


def test_a_candidate_is_shown_with_everybody_who_judged_them(candidacy, lesson, adil, rosa, sign_in):
    lesson.owner = adil
    lesson.save()

    shown = text(sign_in(rosa).get(page(candidacy)))

    for each in ("Asif Rahman", "Mina Kowalska", "The machine, by fixed rules", "written by Adil Hassan"):
        assert each in shown


def test_granting_leads_to_the_register(candidacy, rosa, sign_in):
    response = sign_in(rosa).post(
        page(candidacy), {"decision": "granted", "name": "Ada Bright", "reason": ""}, follow=True
    )

    assert response.redirect_chain == [("/at/aldermoor/certificates/register/AIC-2026-00001/", 302)]
    assert "Certificate AIC-2026-00001 is granted. Its file is being made." in text(response)


def test_granting_twice_is_told_apart(candidacy, rosa, sign_in):
    client = sign_in(rosa)
    client.post(page(candidacy), {"decision": "granted", "name": "Ada Bright"})

    response = client.post(page(candidacy), {"decision": "granted", "name": "Ada Bright"})

    assert response.status_code == 409
    assert "This candidate has been decided on already" in text(response)
    assert Certificate.objects.count() == 1


def test_a_name_that_changed_meanwhile_is_read_again_first(candidacy, rosa, sign_in):
    client = sign_in(rosa)
    client.get(page(candidacy))
    factory.confirmed(candidacy, "Somebody Else")

    response = client.post(page(candidacy), {"decision": "granted", "name": "Ada Bright"})

    assert response.status_code == 409
    assert "Read it again before you decide." in text(response)


def test_granting_waits_for_the_name(quiz_scheme, enrolment, quiz, rosa, sign_in):
    factory.passed(enrolment, quiz)
    candidacy = Candidacy.objects.get()

    response = sign_in(rosa).post(page(candidacy), {"decision": "granted", "name": ""})

    assert response.status_code == 409
    assert not Certificate.objects.exists()


def test_a_name_other_than_the_accounts_is_pointed_out(candidacy, rosa, sign_in):
    factory.confirmed(candidacy, "Ada Bright-Smith")

    assert "The account is in the name of Ada Bright." in text(sign_in(rosa).get(page(candidacy)))


@pytest.mark.parametrize("decision", ["deferred", "refused"])
def test_a_decision_against_the_candidate_asks_for_a_reason(decision, candidacy, rosa, sign_in):
    shown = text(sign_in(rosa).post(page(candidacy), {"decision": decision, "reason": " "}))

    assert "<title>Error: " in shown
    assert "Say why, in words that the candidate can do something with" in shown


def test_a_decision_must_be_chosen(candidacy, rosa, sign_in):
    assert "Choose an answer to “What do you decide?”" in text(
        sign_in(rosa).post(page(candidacy), {"reason": "x"})
    )


def test_putting_off_keeps_the_candidate_on_the_list(candidacy, rosa, sign_in):
    response = sign_in(rosa).post(
        page(candidacy), {"decision": "deferred", "reason": "Send proof."}, follow=True
    )

    assert "Deferred. Ada Bright is told by e-mail." in text(response)
    assert "Put off on 23 November 2026" in text(response)


def test_whoever_marked_is_told_who_may_decide_instead(candidacy, asif, rosa, aldermoor, sign_in):
    people.appoint(asif, Role.REGISTRAR, aldermoor)
    client = sign_in(asif)

    shown = text(client.get(page(candidacy)))
    response = client.post(page(candidacy), {"decision": "granted", "name": "Ada Bright"})

    assert "Your name is on the way here: you marked a result that counts." in shown
    assert "It can be decided by Rosa Lindqvist." in shown
    assert "Record the decision" not in shown
    assert response.status_code == 409
    assert "This is not yours to decide" in text(response)


def test_where_nobody_may_decide_the_desk_says_whom_to_ask(candidacy, asif, aldermoor, sign_in):
    people.appoint(asif, Role.REGISTRAR, aldermoor)
    client = sign_in(asif)

    assert "Needs another registrar" in text(client.get(LIST))
    assert "Nobody at Aldermoor Institute of Commissioning can decide it. Ask an administrator" in text(
        client.get(page(candidacy))
    )


def test_a_reminder_is_sent_and_said(quiz_scheme, enrolment, quiz, rosa, sign_in):
    factory.passed(enrolment, quiz)

    response = sign_in(rosa).post(f"{page(Candidacy.objects.get())}remind/", follow=True)

    assert "Ada Bright is asked again, by e-mail, to confirm their name." in text(response)


def test_a_candidate_with_a_name_is_not_reminded(candidacy, rosa, sign_in):
    response = sign_in(rosa).post(f"{page(candidacy)}remind/")

    assert response.status_code == 409
    assert "This candidate has nothing left to confirm." in text(response)
