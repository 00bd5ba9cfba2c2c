"""The controls that pages hold most of, drawn as Django's own templates draw them, in a tenth of their time.

A quiz of twenty questions has more than eighty controls, and Django fills two or three templates for each. What is
not drawn here is left to those templates; a test holds both side by side.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

Widget = Mapping[str, Any]


def _input(widget: Widget) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return (
        f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'
    )


def _input_option(widget: Widget) -> str:
    """One of several radio buttons or tick boxes, within its label if it is to have one."""
    if not widget["wrap_label"]:
        return _input(widget)
    place = widget["attrs"].get("id")
    target = f' for="{_text(place)}"' if place else ""
    return f"<label{target}>{_input(widget)} {_text(widget['label'])}</label>"


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _place in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}</select>'


def _group(name: object, options: list[Widget]) -> str:
    drawn = "".join(_option(option) for option in options)
    return f'<optgroup label="{_text(name)}">{drawn}</optgroup>' if name else drawn


def _option(widget: Widget) -> str:
    value, label = _text(widget["value"]), _text(widget["label"])
    return f'<option value="{value}"{_attributes(widget)}>{label}</option>'


def _attributes(widget: Widget) -> str:
    """True stands for an attribute without a value, False for none."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: object) -> str:
    """As a template prints it: escaped, unless it is safe already."""
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


DRAWN: Mapping[str, Callable[[Widget], str]] = {
    "django/forms/widgets/checkbox.html": _input,
    "django/forms/widgets/checkbox_option.html": _input_option,
    "django/forms/widgets/email.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/radio_option.html": _input_option,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/text.html": _input,
}
"""What draws the widget in place of each of Django's templates."""
