"""What Aldermoor's authors have to read again."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from courses.models import Fact
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory

PAGE = "/at/aldermoor/review-due/"
MONDAY = date(2026, 11, 23)


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def _today(time_machine, at):
    time_machine.move_to(at)


def fact(institute, key: str, review_by: date) -> Fact:
    return Fact.objects.create(
        institute=institute,
        key=key,
        claim=f"The {key} has 12 parts.",
        source="Somebody, Something, 2025",
        as_at=date(2026, 7, 1),
        review_by=review_by,
        mark="V",
    )


@pytest.fixture
def resting(foundations, module):
    """A lesson that names the rulebook."""
    body = [("text", '<p>It has <a href="#source-rulebook">12 parts</a>.</p>')]
    return course_factory.lesson(module, "Which rulebook", body=body)


@pytest.fixture
def rulebook(foundations, resting) -> Fact:
    return fact(foundations.institute, "rulebook", date(2026, 11, 1))


def test_where_everything_is_fresh_the_page_says_when_something_appears(foundations, adil, sign_in):
    assert "Nothing is due" in text(sign_in(adil).get(PAGE))


def test_an_overdue_fact_shows_with_its_source_lessons_and_questions(rulebook, resting, quiz, adil, sign_in):
    assessment_factory.question(quiz.pool, "rulebook-parts", lesson=resting)

    response = sign_in(adil).get(PAGE)

    (row,) = response.context["rows"]
    assert (row[0].fact, row[0].lessons, row[0].questions, row[1]) == (rulebook, (resting,), 1, True)
    for each in (
        "1 entry overdue",
        "The rulebook has 12 parts.",
        "Somebody, Something, 2025",
        "Which rulebook",
    ):
        assert each in text(response)


def test_what_comes_due_within_two_months_is_listed_and_not_called_overdue(
    resting, foundations, adil, sign_in
):
    fact(foundations.institute, "rulebook", date(2027, 1, 22))

    response = sign_in(adil).get(PAGE)

    assert [is_late for _due, is_late in response.context["rows"]] == [False]
    assert "overdue" not in text(response).replace("the longest overdue first", "")


def test_a_fact_that_no_lesson_names_waits_for_nobody(rulebook, resting, adil, sign_in):
    resting.unpublish()

    assert sign_in(adil).get(PAGE).context["rows"] == []


def test_a_lesson_has_a_day_of_its_own(resting, adil, sign_in):
    type(resting).objects.filter(pk=resting.pk).update(review_by=date(2026, 11, 22))

    assert "The lesson “Which rulebook” as a whole" in text(sign_in(adil).get(PAGE))


def test_certificates_in_force_that_rest_on_it_are_counted(
    rulebook, foundations, aldermoor, quiz, rosa, adil, at, sign_in
):
    certificate_factory.scheme(foundations, quiz)
    certificate_factory.issued(foundations, 2, by=rosa, at=at)
    certificate_factory.granted(foundations, 1, by=rosa, at=at)
    elsewhere = course_factory.course(aldermoor, "Leading")
    certificate_factory.scheme(elsewhere, slug="leading", title="Leading")

    affected = sign_in(adil).get(PAGE).context["affected"]

    assert [(each.version.title, each.in_force) for each in affected] == [("Foundations of commissioning", 2)]


def test_another_institutes_facts_are_not_listed(fenwick, resting, adil, sign_in):
    fact(fenwick, "rulebook", date(2026, 11, 1))

    assert sign_in(adil).get(PAGE).context["rows"] == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_for_one_and_for_thirty(
    count, foundations, module, adil, sign_in, django_assert_num_queries
):
    for number in range(count):
        fact(foundations.institute, f"rule-{number}", date(2026, 11, 1))
        body = [("text", f'<p><a href="#source-rule-{number}">12 parts</a>.</p>')]
        course_factory.lesson(module, f"Lesson {number}", body=body)
    client = sign_in(adil)
    client.get(PAGE)

    with django_assert_num_queries(9):
        client.get(PAGE)


def test_the_command_lists_it_at_a_prompt(rulebook, resting, capsys):
    call_command("review_due", "--institute", "aldermoor")

    said = capsys.readouterr().out
    assert said.startswith("Aldermoor Institute of Commissioning: 1 to read again by 23 November 2026\n")
    assert "2026-11-01  rulebook: The rulebook has 12 parts." in said
    assert "lessons: /aldermoor/foundations/what-commissioning-is/which-rulebook/" in said


def test_the_command_looks_ahead_when_asked(rulebook, resting, capsys):
    call_command("review_due", "--institute", "aldermoor", "--until", "2027-06-01")

    assert "2 to read again by 1 June 2027" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--institute", "nowhere"], "There is no institute “nowhere”."),
        (["--until", "soon"], "“soon” is no day such as 2027-01-31."),
    ],
)
def test_the_command_says_what_it_did_not_understand(foundations, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("review_due", *words)


def test_whoever_writes_finds_the_key_of_every_fact_also_of_those_not_due(
    rulebook, foundations, adil, sign_in
):
    fact(foundations.institute, "pilot", date(2029, 1, 1))
    browser = sign_in(adil)

    everything, found = text(browser.get(f"{PAGE}?all")), text(browser.get(f"{PAGE}?all&q=PILOT"))

    assert "<code>pilot</code>" in everything
    assert "<code>rulebook</code>" in everything
    assert "The pilot has 12 parts.<small>Somebody, Something, 2025</small>" in found
    assert "<code>rulebook</code>" not in found


def test_a_search_for_a_fact_that_nobody_wrote_says_so(rulebook, adil, sign_in):
    assert "No fact holds these words" in text(sign_in(adil).get(f"{PAGE}?all&q=unicorn"))


def test_where_there_are_no_facts_the_page_says_where_they_come_from(foundations, adil, sign_in):
    assert "Facts come with the files of your courses" in text(sign_in(adil).get(f"{PAGE}?all"))
