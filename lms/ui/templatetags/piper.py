"""The words and marks that every template shares: icons, tags, rings, days, times and counts."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django import template
from django.core.exceptions import ValidationError
from django.forms import BoundField, CheckboxInput, Field, FileInput, RadioSelect, Select
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from lms.ui.icons import PATHS

register = template.Library()

LONDON = ZoneInfo("Europe/London")
RING_LENGTH = 326.73  # the circumference of the ring's circle, radius 52

ICONS = {
    name: mark_safe(  # noqa: S308 - the paths are ours
        '<svg class="icon" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">'
        f'<path d="{path}"/></svg>'
    )
    for name, path in PATHS.items()
}

TAG_ICONS = {
    "ok": "check",
    "now": "arrow-right",
    "info": "info",
    "warn": "warning",
    "bad": "cross",
    "hot": "flag",
    "idle": "minus",
    # Counts say all by themselves.
    "part": "",
    "plain": "",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon for the eye only; the word beside it says the same. Raises KeyError for an unknown name."""
    return ICONS[name]


@register.simple_tag
def tag(kind: str, words: str, icon: str = "") -> SafeString:
    """A state in words with its icon: ok, now, info, warn, bad, hot, idle; part and plain have none."""
    name = icon or TAG_ICONS[kind]
    return format_html('<span class="tag {}">{}{}</span>', kind, ICONS[name] if name else "", words)


@register.simple_tag
def ring(percent: int, done: int, total: int, noun: str = "steps", ground: str = "dark") -> SafeString:
    """Progress as a ring with its numbers written in it; ground says what it stands on, dark or light."""
    filled = RING_LENGTH * max(0, min(100, percent)) / 100
    # A round cap would draw a dot at nothing.
    value = (
        format_html(
            '<circle class="value" cx="60" cy="60" r="52" stroke-dasharray="{} {}"/>',
            f"{filled:.1f}",
            f"{RING_LENGTH:.1f}",
        )
        if percent
        else ""
    )
    return format_html(
        '<div class="ring{}"><svg viewBox="0 0 120 120" aria-hidden="true">'
        '<circle class="track" cx="60" cy="60" r="52"/>{}</svg>'
        '<p class="label"><b>{}%</b><span>{} of {} {}</span></p></div>',
        " on-light" if ground == "light" else "",
        value,
        percent,
        done,
        total,
        noun,
    )


@register.simple_tag
def meter(done: int, total: int) -> SafeString:
    """Segments, one for each of total, for the eye only: write "4 of 5" beside it."""
    segments = '<i class="on"></i>' * done + "<i></i>" * (total - done)
    return format_html('<div class="meter" aria-hidden="true">{}</div>', mark_safe(segments))  # noqa: S308 - as above


@register.filter
@register.simple_tag
def day(when: date | datetime | None) -> str:
    """A day as "22 November 2026", an instant as its day in London, nothing as nothing."""
    if not when:
        return ""
    if isinstance(when, datetime):
        when = when.astimezone(LONDON)
    return f"{when.day} {when:%B} {when.year}"


@register.simple_tag
def instant(when: datetime | None) -> str:
    """An instant as London reads it, "22 November 2026 at 2:05pm", in a time element."""
    if not when:
        return ""
    local = when.astimezone(LONDON)
    return format_html(
        '<time datetime="{}">{} at {}</time>',
        local.isoformat(timespec="seconds"),
        day(local),
        time_of_day(local),
    )


def time_of_day(when: datetime) -> str:
    """The time as London reads it, "2:05pm"."""
    local = when.astimezone(LONDON)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


@register.filter
@register.simple_tag
def minutes(length: int) -> str:
    """A length in minutes as "25 minutes" or "1 hour 20 minutes"."""
    hours, rest = divmod(int(length), 60)
    parts = [count(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(count(rest, "minute"))
    return " ".join(parts)


@register.simple_tag
def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, "1 lesson" or "7 lessons"; plural only where an s is not enough."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


@register.simple_tag
def crumbs(*steps: str) -> SafeString:
    """The way here: label, address, label, address …, and last the label of this page alone."""
    way = list(zip(steps[:-1:2], steps[1::2], strict=True))
    links = format_html_join("", '<li><a href="{1}">{0}</a></li>', way)
    return format_html(
        '<nav class="crumbs" aria-label="Breadcrumb"><ol>{}<li aria-current="page">{}</li></ol></nav>',
        links,
        steps[-1],
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget without a placeholder: a label stays when the person starts to type."""
    return field.as_widget(attrs={"placeholder": False})


@register.filter
def problems(field: BoundField) -> list[str]:
    """The field's errors as sentences that name it: Django's "This field is required." names nothing."""
    return [
        f"{_request(field)} “{field.label}”" if _is_unnamed(error) else str(message)
        for error, message in zip(field.errors.as_data(), field.errors, strict=True)
    ]


def _is_unnamed(error: ValidationError) -> bool:
    return error.code == "required" and error.message == Field.default_error_messages["required"]


def _request(field: BoundField) -> str:
    match field.field.widget:
        case CheckboxInput():
            return "Tick"
        case RadioSelect() | Select() | FileInput():
            return "Choose an answer to" if str(field.label).endswith("?") else "Choose"
        case _:
            return "Fill in"


@register.filter
def figure(value: Decimal) -> str:
    """A number as people write it: 4,100, 0.39, −2; no noughts at its end."""
    rounded = round(Decimal(value), 2)
    said = f"{abs(rounded):,.2f}".rstrip("0").rstrip(".")
    return f"−{said}" if rounded < 0 else said


@register.filter
def error_target(field: BoundField) -> str:
    """The id that a link in the error summary leads to: the first option of a group of them."""
    if field.use_fieldset and (options := field.subwidgets):
        return options[0].id_for_label or field.auto_id
    return field.id_for_label or field.auto_id


@register.filter
def is_choice(field: BoundField) -> bool:
    """Whether the field is one checkbox, a group of radios or a group of checkboxes."""
    return getattr(field.field.widget, "input_type", "") in {"checkbox", "radio"}
