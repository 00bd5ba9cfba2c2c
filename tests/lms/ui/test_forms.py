"""How a form is drawn: label, hint, error and control, wired together."""

from django import forms
from django.template.loader import render_to_string

from lms.ui.forms import PiperRenderer


class Claim(forms.Form):
    default_renderer = PiperRenderer

    name = forms.CharField(label="Name", help_text="As on your staff record.")
    note = forms.CharField(label="Note", required=False)
    place = forms.ChoiceField(
        label="Place", choices=[("c", "Council"), ("n", "NHS body")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I agree")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(form: forms.Form) -> str:
    return " ".join(str(form).split())


def test_the_label_stands_before_the_hint_and_the_hint_before_the_control() -> None:
    html = drawn(Claim())

    assert (
        html.index('<label for="id_name">') < html.index('id="id_name_helptext"') < html.index('name="name"')
    )


def test_a_label_ends_without_a_colon() -> None:
    assert '<label for="id_name">Name</label>' in drawn(Claim())


def test_only_optional_fields_are_marked() -> None:
    assert drawn(Claim()).count("(optional)") == 1


def test_hint_and_error_are_described_by_ids_that_exist() -> None:
    html = drawn(Claim({}))

    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_radios_stand_in_a_fieldset_that_says_what_is_wrong() -> None:
    html = drawn(Claim({}))

    assert '<fieldset aria-describedby="id_place_error"> <legend>Place</legend>' in html
    assert html.count('<label class="choice" for="id_place_') == 2


def test_the_error_summary_links_every_problem_to_its_field() -> None:
    html = render_to_string("ui/error_summary.html", {"form": Claim({})})

    assert [target for target in ("#id_name", "#id_place_0", "#id_agreed") if f'href="{target}"' in html] == [
        "#id_name",
        "#id_place_0",
        "#id_agreed",
    ]


def test_a_form_without_problems_has_no_error_summary() -> None:
    assert render_to_string("ui/error_summary.html", {"form": Claim()}).strip() == ""


def test_a_page_can_name_problems_without_a_form() -> None:
    problems = [{"text": "Choose a band", "href": "#c1"}]

    assert '<a href="#c1">Choose a band</a>' in render_to_string(
        "ui/error_summary.html", {"problems": problems}
    )
