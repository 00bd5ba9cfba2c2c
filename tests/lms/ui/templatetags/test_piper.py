"""The words and marks that every template shares."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template

from lms.ui.templatetags import piper


class Order(forms.Form):
    name = forms.CharField(label="Name", widget=forms.TextInput(attrs={"placeholder": "Name"}))
    level = forms.ChoiceField(label="Level", choices=[("f", "Foundation")])
    place = forms.ChoiceField(
        label="Where do you work?", choices=[("c", "Council")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I agree")
    email = forms.EmailField(error_messages={"required": "Enter your work email address"})


def test_a_day_is_written_out_without_a_leading_zero() -> None:
    assert piper.day(date(2026, 11, 2)) == "2 November 2026"


def test_the_day_of_an_instant_is_its_day_in_london() -> None:
    assert piper.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_day_and_no_instant_are_written_as_nothing(nothing: None) -> None:
    assert (piper.day(nothing), piper.instant(nothing)) == ("", "")


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 5, "12:05am"), (9, 0, "9:00am"), (12, 0, "12:00pm"), (14, 5, "2:05pm")],
)
def test_an_instant_is_written_with_the_clock_of_london(hour: int, minute: int, words: str) -> None:
    winter = datetime(2026, 11, 22, hour, minute, tzinfo=UTC)

    assert piper.instant(winter) == (
        f'<time datetime="2026-11-22T{hour:02}:{minute:02}:00+00:00">22 November 2026 at {words}</time>'
    )


def test_an_instant_in_summer_is_an_hour_later_than_utc() -> None:
    summer = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)

    assert piper.instant(summer) == (
        '<time datetime="2026-07-01T10:30:00+01:00">1 July 2026 at 10:30am</time>'
    )


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (25, "25 minutes"),
        (60, "1 hour"),
        (80, "1 hour 20 minutes"),
        (1080, "18 hours"),
    ],
)
def test_minutes_are_said_in_hours_and_minutes(length: int, words: str) -> None:
    assert piper.minutes(length) == words


def test_a_count_takes_the_singular_for_one_only() -> None:
    counts = [piper.count(0, "quiz", "quizzes"), piper.count(1, "quiz", "quizzes"), piper.count(1200, "step")]

    assert counts == ["0 quizzes", "1 quiz", "1,200 steps"]


def test_a_tag_has_a_word_and_an_icon_and_escapes_the_word() -> None:
    assert piper.tag("ok", "Read & done") == (
        f'<span class="tag ok">{piper.ICONS["check"]}Read &amp; done</span>'
    )


def test_a_tag_takes_another_icon_and_a_count_takes_none() -> None:
    assert piper.tag("warn", "Expired", icon="clock") == (
        f'<span class="tag warn">{piper.ICONS["clock"]}Expired</span>'
    )
    assert piper.tag("part", "1 of 4") == '<span class="tag part">1 of 4</span>'


def test_a_ring_writes_its_numbers_and_draws_its_share() -> None:
    drawn = piper.ring(50, 6, 12)

    assert "<b>50%</b><span>6 of 12 steps</span>" in drawn
    assert 'stroke-dasharray="163.4 326.7"' in drawn


def test_an_empty_ring_draws_no_dot() -> None:
    assert 'class="value"' not in piper.ring(0, 0, 12)


def test_a_meter_has_a_segment_for_each_of_the_total() -> None:
    assert piper.meter(1, 3) == (
        '<div class="meter" aria-hidden="true"><i class="on"></i><i></i><i></i></div>'
    )


def test_crumbs_link_every_step_but_the_last() -> None:
    assert piper.crumbs("My learning", "/my/", "Tea & care") == (
        '<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/my/">My learning</a></li>'
        '<li aria-current="page">Tea &amp; care</li></ol></nav>'
    )


def test_a_required_field_is_named_in_its_error_by_what_it_asks() -> None:
    form = Order({})

    problems = {field.name: piper.problems(field) for field in form}

    assert problems == {
        "name": ["Fill in “Name”"],
        "level": ["Choose “Level”"],
        "place": ["Choose an answer to “Where do you work?”"],
        "agreed": ["Tick “I agree”"],
        "email": ["Enter your work email address"],
    }


def test_an_error_leads_to_the_control_or_to_the_first_of_a_group() -> None:
    form = Order()

    assert [piper.error_target(form["name"]), piper.error_target(form["place"])] == ["id_name", "id_place_0"]


def test_a_control_has_no_placeholder() -> None:
    assert "placeholder" not in piper.control(Order()["name"])


def test_days_and_lengths_are_filters_too() -> None:
    template = Template("{% load piper %}{{ on|day }}, {{ length|minutes }}")

    assert template.render(Context({"on": date(2026, 1, 9), "length": 90})) == (
        "9 January 2026, 1 hour 30 minutes"
    )
