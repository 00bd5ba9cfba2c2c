"""Controls that are drawn without templates look as Django's own templates draw them."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html
from django.utils.safestring import mark_safe

from lms.ui.forms import PiperRenderer
from lms.ui.widgets import DRAWN

HOSTILE = "\"><script>alert(1)</script> & it's"
CHOICES = [
    ("", "Choose one"),
    ("a", HOSTILE),
    ("b", mark_safe("<b>safe</b>")),
    ("More", [(1, "One"), (2, "Two")]),
]
FLAT = [("a", HOSTILE), ("b", "Another"), (3, 3)]
ATTRS = {"id": "id_x", "required": True, "autofocus": False, "data-note": HOSTILE, "maxlength": 40}

CONTROLS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput(), HOSTILE),
    (forms.TextInput(), None),
    (forms.TextInput(), mark_safe("a&amp;b")),
    (forms.HiddenInput(), 0),
    (forms.NumberInput(), 12345),
    (forms.EmailInput(), "ada@example.org"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.Select(choices=CHOICES), "b"),
    (forms.Select(choices=CHOICES), 2),
    (forms.SelectMultiple(choices=CHOICES), ["a", "1"]),
    (forms.RadioSelect(choices=FLAT), "b"),
    (forms.CheckboxSelectMultiple(choices=FLAT), ["a", "3"]),
    (forms.Textarea(), HOSTILE),
]


@pytest.mark.parametrize(("widget", "value"), CONTROLS, ids=lambda given: str(type(given).__name__))
@pytest.mark.parametrize("attrs", [ATTRS, {}], ids=["attributes", "bare"])
def test_a_control_says_what_djangos_template_says(
    widget: forms.Widget, value: Any, attrs: dict[str, Any]
) -> None:
    ours = widget.render("x", value, attrs, PiperRenderer())
    django = widget.render("x", value, attrs, DjangoTemplates())

    assert parse_html(ours) == parse_html(django)


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
def test_an_option_stands_by_itself_too(kind: type[forms.RadioSelect]) -> None:
    options = list(kind(choices=FLAT).subwidgets("x", ["b"], {"id": "id_x"}))[:3]

    for option in options:
        alone = {"widget": {**option, "wrap_label": False}}
        name = option["template_name"]
        assert parse_html(PiperRenderer().render(name, alone)) == parse_html(
            DjangoTemplates().render(name, alone)
        )


def test_every_template_that_is_replaced_is_one_of_djangos() -> None:
    assert [name for name in DRAWN if not DjangoTemplates().get_template(name)] == []
