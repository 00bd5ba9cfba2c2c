"""A quiz's blueprint as authors edit it in the CMS: how many questions of each kind, and which domains must be passed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wagtail import blocks

from assessments.drawing import Row, drawn_by_domain
from assessments.models.questions import QuestionVersion
from courses.models import Level

# A row as it is pinned: domain, level, demand and draw, by these names.
Pinned = Mapping[str, Any]


class BlueprintRow(blocks.StructBlock):
    """So many questions of one domain, at one level, that ask one thing of the mind."""

    domain = blocks.CharBlock(max_length=8, help_text="The domain's code in the framework, such as D5.")
    level = blocks.ChoiceBlock(choices=Level.choices)
    demand = blocks.ChoiceBlock(
        choices=QuestionVersion.Demand.choices, help_text="What the questions ask of the mind."
    )
    draw = blocks.IntegerBlock(min_value=1, help_text="How many of these each attempt draws.")

    class Meta:
        icon = "list-ul"
        label = "Row"
        label_format = "{domain} {level} {demand}: {draw}"


class MustPass(blocks.StructBlock):
    """A domain for whose questions nothing else makes up."""

    domain = blocks.CharBlock(max_length=8, help_text="The domain's code in the framework, such as D5.")
    right = blocks.IntegerBlock(
        min_value=1, label="Marks needed", help_text="Of the questions that the rows above draw of it."
    )

    class Meta:
        icon = "tick"
        label = "Domain"
        label_format = "{domain}: {right}"


def complete(stream: Iterable[Any]) -> list[dict[str, Any]]:
    """The entries of a stream as plain values; a draft may hold some that are not filled in yet."""
    return [dict(each.value) for each in stream if all(each.value.values())]


def rows_of(pinned: Iterable[Pinned]) -> tuple[Row, ...]:
    """The rows, as drawing takes them."""
    return tuple(Row((row["domain"], row["level"], row["demand"]), row["draw"]) for row in pinned)


def blueprint_faults(
    draw: int, pinned: Iterable[Pinned], must_pass: Iterable[Pinned]
) -> Iterator[tuple[str, str]]:
    """What does not add up, as the field to mend and a sentence; what the pool holds is no matter here."""
    rows = rows_of(pinned)
    drawn = drawn_by_domain(rows)
    if len({row.cell for row in rows}) < len(rows):
        yield "blueprint", "Two rows are for the same domain, level and demand. Make one of them."
    elif rows and drawn.total() != draw:
        yield (
            "draw",
            f"The rows of the blueprint draw {drawn.total()} questions together. Say the same number here, or change the rows.",
        )
    seen = set()
    for each in must_pass:
        code, right = each["domain"], each["right"]
        if not rows:
            yield "must_pass", "It needs a blueprint: say above how many questions of this domain are drawn."
        elif code not in drawn:
            yield "must_pass", f"No row of the blueprint draws questions of {code}, so nobody could pass it."
        elif code in seen:
            yield "must_pass", f"{code} stands here twice."
        elif right > drawn[code]:
            yield (
                "must_pass",
                f"The rows draw {drawn[code]} questions of {code}; {right} marks could not be reached.",
            )
        seen.add(code)
