"""Writing a scheme at the desk: seen before it is published, a new version each time, the old ones untouched."""

import pytest
from django.urls import reverse

from assessments.models import Pool
from certificates.models import Scheme, SchemeVersion
from lms.audit.models import Event
from lms.people.roles import Role
from tests.factories import assessments as assessment_factory
from tests.factories import courses as course_factory
from tests.factories import people


def _text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def edit_url(scheme) -> str:
    return reverse("scheme_edit", args=["aldermoor", scheme.scheme.uuid])


@pytest.fixture
def typed(scheme, quiz, brief):
    """What the form holds when it is opened, with the statement changed."""
    return {
        "title": scheme.title,
        "level": "foundation",
        "statement": "has shown that they ask first.",
        "validity_months": 24,
        "design": scheme.design,
        "asked": [f"step-{quiz.pk}", f"step-{brief.pk}"],
        "minimum_band": 0,
        "competencies": [each.pk for each in scheme.competencies.all()],
    }


def test_the_form_opens_with_the_version_in_force(rosa, sign_in, scheme, quiz, brief, edit_url):
    form = sign_in(rosa).get(edit_url).context["form"]

    assert form["asked"].value() == [f"step-{quiz.pk}", f"step-{brief.pk}"]
    assert form["statement"].value() == scheme.statement


def test_what_changes_is_shown_before_anything_is_published(rosa, sign_in, typed, edit_url):
    page = sign_in(rosa).post(edit_url, typed)

    assert [(change.what, change.becomes) for change in page.context["changes"]] == [
        ("Attests", "The holder has shown that they ask first.")
    ]
    assert SchemeVersion.objects.count() == 1


def test_publishing_makes_a_version_and_leaves_the_old_one(rosa, sign_in, scheme, typed, edit_url):
    answer = sign_in(rosa).post(edit_url, {**typed, "confirmed": "yes", "seen": 1}, follow=True)

    assert "Version 2 of" in _text(answer)
    assert [each.statement for each in scheme.scheme.versions.order_by("number")] == [
        scheme.statement,
        "has shown that they ask first.",
    ]
    event = Event.objects.get(verb="scheme.published")
    assert (event.actor, event.facts["number"]) == (rosa.uuid, 2)


def test_a_scheme_may_ask_for_merit_in_written_work(rosa, sign_in, scheme, typed, edit_url):
    data = {**typed, "minimum_band": 3, "confirmed": "yes", "seen": 1}

    sign_in(rosa).post(edit_url, data)

    asked = SchemeVersion.objects.get(number=2).asked
    assert [(each.kind, each.minimum_band) for each in asked] == [("quiz", None), ("assignment", 3)]


def test_nothing_changed_is_said(rosa, sign_in, scheme, typed, edit_url):
    page = sign_in(rosa).post(edit_url, {**typed, "statement": scheme.statement})

    assert "Nothing has changed" in _text(page)


def test_somebody_elses_version_in_between_is_a_conflict(rosa, sign_in, scheme, typed, edit_url):
    desk = sign_in(rosa)
    desk.post(edit_url, {**typed, "confirmed": "yes", "seen": 1})

    late = desk.post(edit_url, {**typed, "statement": "has more.", "confirmed": "yes", "seen": 1})

    assert late.status_code == 409
    assert "Somebody has published another version meanwhile." in _text(late)
    assert SchemeVersion.objects.count() == 2


@pytest.mark.parametrize("seen", ["the newest", "1.5", "-1", "9" * 5000])
def test_a_version_that_no_page_showed_is_a_conflict(rosa, sign_in, scheme, typed, edit_url, seen):
    answer = sign_in(rosa).post(edit_url, {**typed, "confirmed": "yes", "seen": seen})

    assert answer.status_code == 409
    assert SchemeVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Write the title that is printed on the certificate"),
        ("title", "Foundations ☃", "Our certificate cannot show “☃” (snowman) in its title."),
        ("statement", "", "Say what the certificate attests"),
        ("asked", [], "Choose at least one thing that is required"),
        ("asked", ["step-999999"], "Select a valid choice"),
        ("validity_months", "", "Write for how many months it holds"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(rosa, sign_in, typed, edit_url, field, value, sentence):
    page = sign_in(rosa).post(edit_url, {**typed, field: value})

    assert sentence in _text(page)
    assert field == "statement" or "has shown that they ask first." in _text(page)
    assert SchemeVersion.objects.count() == 1


def test_going_back_brings_what_was_typed(rosa, sign_in, typed, edit_url):
    page = sign_in(rosa).post(edit_url, {**typed, "back": "yes"})

    assert "has shown that they ask first." in _text(page)
    assert "See what it would say" in _text(page)


def test_a_new_scheme_takes_its_short_name_from_its_title(rosa, sign_in, foundations, quiz, db):
    url = reverse("scheme_new", args=["aldermoor"])
    data = {
        "title": "Commissioning with people",
        "course": foundations.pk,
        "level": "practitioner",
        "statement": "has shown it.",
        "validity_months": 0,
        "design": "classic",
        "asked": [f"step-{quiz.pk}", "course"],
        "minimum_band": 0,
        "confirmed": "yes",
        "seen": 0,
    }
    desk = sign_in(rosa)

    desk.post(url, data)
    again = desk.post(url, data)

    scheme = Scheme.objects.get()
    assert (scheme.slug, scheme.course.title) == ("commissioning-with-people", "Foundations")
    assert [each.kind for each in scheme.versions.get().asked] == ["quiz", "course"]
    assert "There is a scheme of this title already." in _text(again)


def test_practice_is_no_requirement(rosa, sign_in, scheme, module, edit_url):
    practice = assessment_factory.quiz(module, slug="practice", attempts_allowed=0, pool=Pool.objects.first())

    choices = sign_in(rosa).get(edit_url).context["form"].fields["asked"].choices

    assert f"step-{practice.pk}" not in [key for key, _ in choices]


def test_another_institutes_scheme_is_not_found(otto, fenwick, sign_in, scheme):
    people.appoint(otto, Role.REGISTRAR, fenwick)

    assert sign_in(otto).get(reverse("scheme_edit", args=["fenwick", scheme.scheme.uuid])).status_code == 404


def test_a_scheme_may_ask_for_merit_on_one_criterion(rosa, sign_in, scheme, brief, typed, edit_url):
    data = {**typed, "criteria": [f"step-{brief.pk}:criterion-2"], "criteria_band": 3}
    desk = sign_in(rosa)

    seen = desk.post(edit_url, data)
    desk.post(edit_url, {**data, "confirmed": "yes", "seen": 1})
    again = desk.get(edit_url).context["form"]

    assert "band 3 or better in “Criterion 2”" in _text(seen)
    asked = SchemeVersion.objects.get(number=2).asked
    assert [(each.kind, each.minimum_band, each.criterion) for each in asked] == [
        ("quiz", None, ""),
        ("assignment", 3, "criterion-2"),
    ]
    assert (again["criteria"].value(), again["minimum_band"].value()) == (data["criteria"], 0)
    assert "band 3 or better in “Criterion 2”" in _text(desk.get(reverse("scheme_list", args=["aldermoor"])))


def test_a_criterion_without_its_work_is_refused(rosa, sign_in, quiz, brief, typed, edit_url):
    data = {**typed, "asked": [f"step-{quiz.pk}"], "criteria": [f"step-{brief.pk}:criterion-2"]}

    page = sign_in(rosa).post(edit_url, data)

    assert page.context["form"].errors["criteria"] == [
        f"“Criterion 2” belongs to “{brief.title}”. Choose that above, too."
    ]


def test_a_step_of_another_course_is_shown_with_its_course(rosa, sign_in, aldermoor, typed, edit_url):
    module = course_factory.module(course_factory.course(aldermoor, "Leading"), "Your assignment")
    paper = assessment_factory.assignment(module, slug="board-paper", title="Board paper")
    desk = sign_in(rosa)
    data = {**typed, "asked": [*typed["asked"], f"step-{paper.pk}"]}

    seen = desk.post(edit_url, data)
    desk.post(edit_url, {**data, "confirmed": "yes", "seen": 1})

    assert "“Board paper (Leading)”" in _text(seen)
    assert "Nothing has changed" in _text(desk.post(edit_url, data))
