"""Appeals in the browser: the candidate's page, and the registrar's."""

import pytest

from certificates.actions import appeals, decisions
from certificates.models import Appeal, Candidacy, Hearing
from tests.factories import certificates as factory
from tests.factories import courses, people

MINE, LIST = "/my/certificates/", "/at/aldermoor/certificates/appeals/"
WRONG = "The pages are our team's contract."


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def appeal(refusal, ada, at) -> Appeal:
    return appeals.lodge(refusal, words=WRONG, by=ada, at=at)


def own(decision) -> str:
    return f"/my/certificates/appeals/{decision.uuid}/"


def page(appeal) -> str:
    return f"{LIST}{appeal.uuid}/"


def test_a_refused_candidate_is_told_that_and_until_when_they_can_appeal(refusal, ada, sign_in):
    shown = text(sign_in(ada).get(MINE))

    assert f'<a href="{own(refusal)}">Appeal against the decision</a> until 21 December 2026.' in shown


def test_so_is_one_who_was_put_off(candidacy, rosa, ada, sign_in, at):
    put_off = decisions.defer(candidacy, reason="Send proof of identity.", by=rosa, at=at)

    assert f'<a href="{own(put_off)}">Appeal against the decision</a>' in text(sign_in(ada).get(MINE))


def test_once_the_time_is_over_nothing_is_offered(refusal, ada, sign_in, time_machine):
    time_machine.move_to("2026-12-22T09:00:00Z")

    assert "Appeal against the decision" not in text(sign_in(ada).get(MINE))


def test_the_page_says_how_an_appeal_goes_and_takes_it(refusal, rolf, ada, sign_in):
    client = sign_in(ada)
    assert "Another registrar reads it" in text(client.get(own(refusal)))

    sent = text(client.post(own(refusal), {"words": WRONG}, follow=True))

    assert "Your appeal has arrived. Somebody who did not decide on you reads it." in sent
    assert "You have an answer by 21 December 2026." in sent
    assert WRONG.replace("'", "&#x27;") in sent
    assert "You have an answer by 21 December 2026." in sent
    assert "is being looked at: you have an answer by 21 December 2026." in text(client.get(MINE))


def test_left_empty_it_says_what_is_missing_and_keeps_nothing(refusal, ada, sign_in):
    shown = text(sign_in(ada).post(own(refusal), {"words": ""}))

    assert "Say why you think that the decision is wrong" in shown
    assert not Appeal.objects.exists()


def test_sent_twice_the_second_is_answered_with_a_sentence(appeal, refusal, ada, sign_in):
    again = sign_in(ada).post(own(refusal), {"words": "Again."})

    assert again.status_code == 409
    assert "You have appealed against this decision already." in text(again)


def test_somebody_elses_decision_is_not_found(refusal, ben, sign_in):
    assert sign_in(ben).get(own(refusal)).status_code == 404


def test_there_is_nothing_to_appeal_against_in_a_grant(certificate, ada, sign_in):
    assert sign_in(ada).get(own(certificate.decision)).status_code == 409


def test_an_empty_list_says_how_it_fills(rosa, sign_in):
    assert "No open appeal" in text(sign_in(rosa).get(LIST))


def test_the_list_shows_whose_decision_it_is_and_when_an_answer_is_due(appeal, rolf, sign_in):
    shown = text(sign_in(rolf).get(LIST))

    for each in ("1 open appeal", "Ada Bright", "Refused", "Rosa Lindqvist", "21 December 2026"):
        assert each in shown


def test_a_late_one_says_so(appeal, rolf, sign_in, time_machine):
    time_machine.move_to("2026-12-22T09:00:00Z")

    assert "Overdue" in text(sign_in(rolf).get(LIST))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    count, quiz_scheme, foundations, quiz, rosa, rolf, sign_in, at, django_assert_num_queries
):
    for number in range(count):
        person = people.person(f"Learner{number}")
        factory.passed(courses.enrol(person, foundations), quiz)
        decision = decisions.refuse(Candidacy.objects.get(learner=person), reason="No.", by=rosa, at=at)
        appeals.lodge(decision, words="Yes.", by=person, at=at)
    client = sign_in(rolf)
    client.get(LIST)

    with django_assert_num_queries(5):
        client.get(LIST)


def test_whoever_decided_is_told_who_can_hear_it(appeal, rosa, rolf, sign_in):
    shown = text(sign_in(rosa).get(page(appeal)))

    assert "This is not yours to hear" in shown
    assert "That can be Rolf Meier." in shown


def test_where_nobody_can_the_page_says_whom_to_ask(appeal, rosa, sign_in):
    assert "Ask an administrator to appoint another registrar." in text(sign_in(rosa).get(page(appeal)))


def test_the_hearer_reads_both_sides_and_answers(appeal, ada, rolf, sign_in):
    client = sign_in(rolf)
    shown = text(client.get(page(appeal)))
    for each in ("Whole pages are shared.", WRONG.replace("'", "&#x27;"), "What the candidate meets today"):
        assert each in shown

    answered = text(
        client.post(page(appeal), {"outcome": "upheld", "words": "It was declared."}, follow=True)
    )

    assert "The appeal is answered. Ada Bright is told by e-mail." in answered
    assert "Upheld: the decision is taken anew, by somebody else" in answered
    mine = text(sign_in(ada).get(MINE))
    assert "Your appeal was upheld on 23 November 2026" in mine
    assert "It was declared." in mine
    assert "Not granted" not in mine


def test_one_that_is_not_upheld_is_shown_with_its_reason(appeal, refusal, ada, rolf, at, sign_in):
    appeals.hear(appeal, outcome=Hearing.Outcome.DISMISSED, words="The text is yours alone.", by=rolf, at=at)

    client = sign_in(ada)
    assert "was not upheld on 23 November 2026" in text(client.get(MINE))
    assert "The text is yours alone." in text(client.get(own(refusal)))


def test_an_answer_without_a_finding_or_a_word_says_what_is_missing(appeal, rolf, sign_in):
    shown = text(sign_in(rolf).post(page(appeal), {}))

    assert "Choose what you find" in shown
    assert "Say what you found, in words that the candidate can do something with" in shown
    assert not Hearing.objects.exists()


def test_an_answer_to_what_was_answered_meanwhile_is_a_conflict(appeal, rolf, at, sign_in):
    appeals.hear(appeal, outcome=Hearing.Outcome.DISMISSED, words="No.", by=rolf, at=at)

    late = sign_in(rolf).post(page(appeal), {"outcome": "upheld", "words": "Yes."})

    assert late.status_code == 409
    assert "This appeal has been answered by somebody else." in text(late)


def test_the_candidates_page_bars_whoever_was_overruled(appeal, rosa, rolf, at, sign_in):
    appeals.hear(appeal, outcome=Hearing.Outcome.UPHELD, words="Yes.", by=rolf, at=at)
    again = Candidacy.objects.get(state="ready")

    shown = text(sign_in(rosa).get(f"/at/aldermoor/certificates/candidates/{again.uuid}/"))

    assert "you took the decision that an appeal has overruled" in shown
    assert "It can be decided by Rolf Meier." in shown
