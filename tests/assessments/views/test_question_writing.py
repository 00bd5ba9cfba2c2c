"""The questions desk, for writing: every kind, row by row, looked at, kept and published."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments import scoring
from assessments.actions import content, questions
from assessments.forms.question_forms import QUESTION_FORMS, SingleChoiceForm
from assessments.models import Pool, Question, QuestionVersion
from courses.content_files.reports import Report
from courses.models import ModulePage
from lms.audit.models import Event
from lms.people.models import Institute, User
from tests.assessments.asking import sent, written
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import assessments as factory


@pytest.fixture
def browser(adil: User, sign_in: SignIn) -> Client:
    return sign_in(adil)


@pytest.fixture
def pool(aldermoor: Institute) -> Pool:
    """A pool that no quiz draws from."""
    return Pool.objects.create(institute=aldermoor, slug="m11", title="Questions on module one")


@pytest.fixture
def counting(module: ModulePage) -> Pool:
    """The pool of a quiz whose result counts."""
    return factory.quiz(module).pool


def url(name: str, *args: object) -> str:
    return reverse(name, args=["aldermoor", *args])


def form_of(pool: Pool) -> SingleChoiceForm:
    form = SingleChoiceForm(pool.institute, None, written(pool))
    assert form.is_fit()
    return form


def opened(version: QuestionVersion) -> dict[str, str]:
    """The page on which the version is changed, as it would be sent back untouched."""
    return sent(QUESTION_FORMS[version.kind].changing(version.question.institute, version))


def test_the_first_page_offers_all_seven_kinds(browser: Client, pool: Pool, read: Read) -> None:
    response = browser.get(url("question_new"))

    links = [url("question_write", kind) in response.content.decode() for kind in scoring.KINDS]
    assert links == [True] * 7
    assert browser.get(url("question_write", "essay")).status_code == 404


@pytest.mark.parametrize("kind", list(scoring.KINDS))
def test_an_author_publishes_a_new_question_of_any_kind(
    browser: Client, pool: Pool, adil: User, read: Read, kind: str
) -> None:
    page = browser.get(url("question_write", kind))
    response = browser.post(url("question_write", kind), written(pool, kind, publish="1"), follow=True)

    version = QuestionVersion.objects.get()
    assert page.status_code == 200
    assert (version.question.state, version.question.asked, version.question.proposed) == ("live", 1, None)
    assert (version.kind, version.made_by, version.number) == (kind, adil, 1)
    assert version.question.key == "what-has-she-asked-for"
    assert "Published. Attempts that begin from now on may draw it" in read(response)
    assert list(Event.objects.values_list("verb", flat=True)) == ["question.published"]


@pytest.mark.parametrize("kind", list(scoring.KINDS))
def test_a_question_of_any_kind_is_opened_and_published_again_without_a_new_version(
    browser: Client, pool: Pool, kind: str
) -> None:
    version = factory.question(pool, "m11-kind", kind=kind, body=factory.body_of(kind))
    browser.post(url("question_edit", version.question.uuid), opened(version) | {"publish": "1"})
    first = version.question.versions.latest("number")

    browser.post(url("question_edit", version.question.uuid), opened(first) | {"publish": "1"})

    assert version.question.versions.latest("number") == first


def test_a_draft_is_drawn_by_no_quiz_until_it_is_published(browser: Client, pool: Pool, read: Read) -> None:
    fields = written(pool, draft="1") | {"options-2-reason": ""}
    browser.post(url("question_write", "single"), fields)
    question = Question.objects.get()
    drafted = question.state, QuestionVersion.objects.in_force().count()

    page = read(browser.get(url("question_detail", question.uuid)))
    whole = opened(question.versions.get()) | {"options-2-reason": "No result is named.", "publish": "1"}
    browser.post(url("question_edit", question.uuid), whole)

    question.refresh_from_db()
    assert drafted == ("draft", 0)
    assert "Not fit to be asked yet" in page
    assert (question.state, QuestionVersion.objects.in_force().count()) == ("live", 1)


def test_a_draft_of_a_live_question_leaves_attempts_with_the_words_they_had(
    browser: Client, pool: Pool, read: Read
) -> None:
    version = factory.question(pool, "m11-purchase")
    fields = opened(version) | {"options-2-text": "A result", "draft": "1"}

    response = browser.post(url("question_edit", version.question.uuid), fields, follow=True)

    assert list(QuestionVersion.objects.in_force()) == [version]
    assert "Attempts go on with version 1 until version 2 is published." in read(response)


def test_a_question_in_a_pool_that_counts_waits_for_somebody_else(
    browser: Client, counting: Pool, read: Read
) -> None:
    response = browser.post(url("question_write", "single"), written(counting, publish="1"), follow=True)

    question = Question.objects.get(key="what-has-she-asked-for")
    assert (question.state, question.asked, question.proposed) == ("draft", None, 1)
    assert "Version 1 waits for review by another author of the institute. No attempt draws it" in read(
        response
    )
    assert "Nobody can review version 1" in read(response)
    assert list(Event.objects.values_list("verb", flat=True)) == ["question.proposed"]


def test_where_a_quiz_is_practice_only_nobody_has_to_review(
    browser: Client, module: ModulePage, pool: Pool
) -> None:
    factory.quiz(module, pool=pool, questions=0, draw=1, attempts_allowed=0)

    browser.post(url("question_write", "single"), written(pool, publish="1"))

    assert Question.objects.get().state == "live"


def test_a_change_of_a_live_question_that_counts_waits_while_the_old_words_are_drawn(
    browser: Client, counting: Pool, read: Read
) -> None:
    version = counting.questions.first().versions.get()
    fields = opened(version) | {"options-2-text": "A result", "publish": "1"}

    response = browser.post(url("question_edit", version.question.uuid), fields, follow=True)

    assert version in QuestionVersion.objects.in_force()
    assert "Until then attempts draw version 1." in read(response)


def test_words_that_came_with_the_files_are_published_again_without_a_review(
    browser: Client, counting: Pool, adil: User, at: datetime
) -> None:
    wording = form_of(counting).wording()
    content.keep_question(counting, "m11-from-a-file", wording, Report(), at=at)
    question = Question.objects.get(key="m11-from-a-file")
    questions.retire(question, by=adil, at=at)

    browser.post(url("question_edit", question.uuid), opened(question.versions.get()) | {"publish": "1"})

    question.refresh_from_db()
    assert (question.state, question.asked, question.proposed) == ("live", 1, None)


def test_a_question_with_faults_is_sent_back_with_each_of_them_linked(
    browser: Client, pool: Pool, read: Read
) -> None:
    twins = written(pool, publish="1") | {"options-2-reason": "The need is not stated.", "options-3-text": ""}

    response = browser.post(url("question_write", "single"), twins)

    page = read(response)
    assert "Error: Write a question" in page
    assert "Answer 1 and answer 2 have the same reason." in page
    assert 'href="#id_options-2-reason"' in response.content.decode()
    assert 'href="#id_options-3-text"' in response.content.decode()
    assert Question.objects.count() == 0


def test_a_question_without_its_words_names_what_is_missing(browser: Client, pool: Pool, read: Read) -> None:
    response = browser.post(url("question_write", "single"), written(pool, publish="1", stem=""))

    assert "Fill in “The question”" in read(response)


def test_preview_shows_the_question_as_a_learner_sees_it_and_keeps_nothing(
    browser: Client, pool: Pool, read: Read
) -> None:
    stem = "Ofsted looked at [12 areas](fact:ofsted).\n\nHow many managed it?"

    response = browser.post(url("question_write", "single"), written(pool, preview="1", stem=stem))

    page = read(response)
    assert "As a learner sees it Ofsted looked at 12 areas. How many managed it?" in page
    assert "Right answer The need is not stated." in page
    assert "Somebody who guesses earns 0.25 of a point on average." in page
    assert "assessments/questions/choice.html" in [template.name for template in response.templates]
    assert Question.objects.count() == 0


def test_a_number_is_previewed_with_the_rule_on_commas_that_holds_for_learners(
    browser: Client, pool: Pool, read: Read
) -> None:
    page = read(browser.post(url("question_write", "number"), written(pool, "number", preview="1")))

    assert "A decimal point and a decimal comma are the same." in page
    assert "12.5 give or take 0.5 Right answer" in page
    assert "25 1/2 of a point" in page


def test_a_row_is_added_without_javascript_and_nothing_typed_is_lost_or_judged(
    browser: Client, pool: Pool, read: Read
) -> None:
    unfinished = written(pool, press="add options", stem="") | {"options-1-text": "Hours of care"}

    response = browser.post(url("question_write", "single"), unfinished)

    page = response.content.decode()
    assert "Hours of care" in page
    assert 'name="options-5-text"' in page
    assert "There is a problem" not in page
    assert 'value="1 2 3 4 5"' in page
    assert Question.objects.count() == 0


def test_removing_the_right_answer_leaves_none_chosen(browser: Client, pool: Pool, read: Read) -> None:
    response = browser.post(url("question_write", "single"), written(pool, press="remove options-1"))

    page = response.content.decode()
    assert 'name="options-1-text"' not in page
    assert 'name="correct"' in page
    assert 'type="radio" name="correct" id="id_correct_2" value="2" checked' not in page


def test_an_item_moves_up_and_keeps_its_key(browser: Client, pool: Pool) -> None:
    version = factory.question(pool, "m11-order", kind="ordering", body=factory.body_of("ordering"))
    address = url("question_edit", version.question.uuid)
    moved = browser.post(address, opened(version) | {"press": "up items-3"})

    browser.post(address, sent(moved.context["form"]) | {"publish": "1"})

    newest = version.question.versions.latest("number")
    assert [item["key"] for item in newest.body["items"]] == ["a", "c", "b"]


def test_enter_in_a_field_looks_at_the_question_before_any_other_button(browser: Client, pool: Pool) -> None:
    page = browser.get(url("question_write", "number")).content.decode()

    form = page[page.index('<form method="post" novalidate') :]
    assert re.search(r'<button[^>]*name="(\w+)"', form)[1] == "preview"


def test_a_pool_of_another_institute_cannot_be_chosen(
    browser: Client, pool: Pool, fenwick: Institute, read: Read
) -> None:
    theirs = Pool.objects.create(institute=fenwick, slug="secret", title="Secret pool of Fenwick")

    form = browser.get(url("question_write", "single")).content.decode()
    posted = browser.post(
        url("question_write", "single"), written(pool, publish="1") | {"pool": str(theirs.pk)}
    )

    assert "Secret pool" not in form
    assert "Select a valid choice" in read(posted)
    assert Question.objects.count() == 0


def test_a_newer_draft_takes_a_version_out_of_review(
    browser: Client, counting: Pool, adil: User, at: datetime
) -> None:
    browser.post(url("question_write", "single"), written(counting, publish="1"))
    question = Question.objects.get(key="what-has-she-asked-for")
    fields = opened(question.versions.get()) | {"options-2-text": "A result", "draft": "1"}

    browser.post(url("question_edit", question.uuid), fields)

    question.refresh_from_db()
    assert (question.state, question.proposed) == ("draft", None)


def test_two_authors_at_the_same_question_do_not_overwrite_each_other_unawares(
    browser: Client, pool: Pool, adil: User, at: datetime, read: Read
) -> None:
    version = factory.question(pool, "m11-purchase")
    address = url("question_edit", version.question.uuid)
    page = opened(version) | {"options-2-text": "A result", "publish": "1"}
    questions.redraft(version.question, form_of(pool).wording(), by=adil, at=at)

    first = browser.post(address, page)
    kept_meanwhile = version.question.versions.count()
    again = sent(first.context["form"]) | {"publish": "1"}
    browser.post(address, again)

    newest = version.question.versions.latest("number")
    assert "Version 2 was made by Adil Hassan after you opened this page." in read(first)
    assert kept_meanwhile == 2
    assert (newest.number, newest.body["options"][1]["text"]) == (3, "A result")


def test_the_line_ends_of_a_browser_make_no_new_version(
    browser: Client, pool: Pool, adil: User, at: datetime
) -> None:
    first = Question.objects.get_or_create(institute=pool.institute, pool=pool, key="m11-lines")[0]
    wording = replace(form_of(pool).wording(), stem="A trust asks for beds.\n\nWhat is it?")
    version = questions.publish(first, wording, by=adil, at=at)
    page = {name: value.replace("\n", "\r\n") for name, value in opened(version).items()}

    browser.post(url("question_edit", first.uuid), page | {"publish": "1"})

    assert first.versions.get() == version
