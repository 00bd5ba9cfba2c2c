"""What a lesson asks the reader to do. Every activity is practice: nothing of it is scored."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from courses.blocks.reading import FACT_HELP, INLINE, NARROW
from courses.practice.faults import activity_faults
from courses.practice.sheets import Sheet, blank, solved

TITLE_HELP = "Unlike every other title in this lesson: the reader’s answer is kept under it."
IN_A_FILE = {
    f"{name}s": name for name in ("card", "item", "part", "row", "input", "result", "remark", "choice")
}
INSTRUCTION_HELP = "What to do, in a sentence or two."


class Activity(blocks.StructBlock):
    """What all activities share: one rule for files and CMS, and the reader's own sheet when one reads."""

    def clean(self, value: Any) -> Any:
        """Refuse what `check_content` would find in a file."""
        cleaned = super().clean(value)
        wrong = activity_faults(self.name, _as_in_a_file(plain(cleaned)))
        if wrong:
            raise blocks.StructBlockValidationError(
                non_block_errors=[ValidationError(each) for each in wrong]
            )
        return cleaned

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The learner's sheet, from the view; for staff and in the CMS's preview what is read afterwards as well."""
        context = super().get_context(value, parent_context=parent_context)
        sheets: dict[str, Sheet] = context.get("sheets") or {}
        values = plain(value)
        sheet = blank(self.name, values)
        sheet = sheets.get(sheet.name, sheet)
        seen = sheet if context.get("enrolment") else solved(self.name, values)
        return {**context, "sheet": sheet, "seen": seen}


def plain(value: Any) -> Any:
    """A block's value as bare lists, names and words, such as the files have."""
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, blocks.list_block.ListValue):
        return [plain(each) for each in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    # Rich text gives its source: as text it would ask the database where its links lead.
    return str(getattr(value, "source", value))


def _as_in_a_file(values: dict[str, Any]) -> dict[str, Any]:
    """A file calls a list of entries by the name of one of them."""
    return {IN_A_FILE.get(name, name): each for name, each in _said(values).items()}


def _said(value: Any) -> Any:
    """Without what was left empty, as a file would leave it out."""
    if isinstance(value, dict):
        return {name: _said(each) for name, each in value.items() if each not in (None, "", [])}
    return [_said(each) for each in value] if isinstance(value, list) else value


class Choice(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300, help_text="Something that a sensible person might do.")
    consequence = blocks.RichTextBlock(
        features=INLINE, help_text="What would follow; read once the reader has decided."
    )


class Decision(Activity):
    """A moment at which the reader decides, then reads what follows. It is not scored."""

    title = blocks.CharBlock(help_text=TITLE_HELP)
    situation = blocks.RichTextBlock(features=NARROW, help_text="Who is where, and what presses.")
    question = blocks.CharBlock(max_length=300, help_text="Such as: What do you do first?")
    choices = blocks.ListBlock(
        Choice(), min_num=2, help_text="Two to four, none of them silly. The plus adds one."
    )

    class Meta:
        group = "To do"
        icon = "help"
        template = "courses/blocks/decision.html"
        description = "The reader chooses, then reads what would follow. Not scored."
        preview_value = {
            "title": "The Friday tender",
            "situation": "<p>People are waiting, and procurement can hold a slot for Friday.</p>",
            "question": "What do you do first?",
            "choices": [
                {"text": "Send last year’s specification.", "consequence": "<p>It goes out on time.</p>"},
                {"text": "Ask for an hour with the waiting list.", "consequence": "<p>You find out.</p>"},
            ],
        }


class SortCard(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300)
    group = blocks.CharBlock(help_text="One of the groups above, word for word.")
    reason = blocks.RichTextBlock(
        features=INLINE, help_text="Why it belongs there; shown once all are placed."
    )


class Sort(Activity):
    """Cards that the reader puts into groups."""

    title = blocks.CharBlock(help_text=TITLE_HELP)
    instruction = blocks.CharBlock(max_length=300, help_text=INSTRUCTION_HELP)
    groups = blocks.ListBlock(blocks.CharBlock(), min_num=2, max_num=5)
    cards = blocks.ListBlock(SortCard(), min_num=4, max_num=16)

    class Meta:
        group = "To do"
        icon = "folder-open-inverse"
        template = "courses/blocks/sort.html"
        description = "Four to sixteen cards that the reader puts into two to five groups."
        preview_value = {
            "title": "Four cards on one desk",
            "instruction": "Put each card where it belongs.",
            "groups": ["Commissioning", "Procurement"],
            "cards": [
                {
                    "text": "Ask people on the waiting list what a good week looks like.",
                    "group": "Commissioning",
                    "reason": "<p>It comes before anybody knows what to buy.</p>",
                },
                {
                    "text": "Publish the notice.",
                    "group": "Procurement",
                    "reason": "<p>The market is told what is wanted.</p>",
                },
                {
                    "text": "Decide what should exist.",
                    "group": "Commissioning",
                    "reason": "<p>Nothing can be bought before.</p>",
                },
                {
                    "text": "Open the bids.",
                    "group": "Procurement",
                    "reason": "<p>It is one stage of securing it fairly.</p>",
                },
            ],
        }


class OrderItem(blocks.StructBlock):
    text = blocks.CharBlock(max_length=300)
    reason = blocks.RichTextBlock(features=INLINE, required=False, help_text="Why it stands at this place.")


class Order(Activity):
    """Steps that the reader puts in order."""

    title = blocks.CharBlock(help_text=TITLE_HELP)
    instruction = blocks.CharBlock(max_length=300, help_text=INSTRUCTION_HELP)
    items = blocks.ListBlock(
        OrderItem(),
        min_num=3,
        max_num=9,
        help_text="In the right order. Readers see them shuffled, all in the same way.",
    )

    class Meta:
        group = "To do"
        icon = "list-ol"
        template = "courses/blocks/order.html"
        description = "Three to nine steps that the reader puts in order."
        preview_value = {
            "title": "From question to contract",
            "instruction": "What comes first?",
            "items": [
                {"text": "Agree the outcome.", "reason": "<p>Everything else serves it.</p>"},
                {"text": "Look at what exists already.", "reason": "<p>It may be there.</p>"},
                {"text": "Choose the route to market.", "reason": ""},
            ],
        }


class PassagePart(blocks.StructBlock):
    text = blocks.CharBlock()
    marked = blocks.BooleanBlock(required=False, help_text="The reader should mark this part.")
    reason = blocks.RichTextBlock(
        features=INLINE, required=False, help_text="Needed where the part is to be marked."
    )


class Passage(Activity):
    """A text in which the reader marks what is wrong, or telling."""

    title = blocks.CharBlock(help_text=TITLE_HELP)
    instruction = blocks.CharBlock(max_length=300, help_text=INSTRUCTION_HELP)
    parts = blocks.ListBlock(
        PassagePart(), min_num=4, max_num=14, help_text="They stand one after the other."
    )

    class Meta:
        group = "To do"
        icon = "edit"
        template = "courses/blocks/passage.html"
        description = "A text of four to fourteen parts; the reader marks some of them."
        preview_value = {
            "title": "Tender clinic",
            "instruction": "Mark every clause that shuts the door on a small provider.",
            "parts": [
                {
                    "text": "Bidders must show a turnover of at least four times the yearly value.",
                    "marked": True,
                    "reason": "<p>The risk does not need it.</p>",
                },
                {
                    "text": "Bidders must be registered for the care they offer.",
                    "marked": False,
                    "reason": "",
                },
                {
                    "text": "Questions are answered by telephone on one morning only.",
                    "marked": True,
                    "reason": "<p>A team of two cannot keep a line open.</p>",
                },
                {"text": "The award rests on quality and price.", "marked": False, "reason": ""},
            ],
        }


class MatrixRow(blocks.StructBlock):
    heading = blocks.CharBlock()
    answers = blocks.ListBlock(
        blocks.CharBlock(), help_text="One for each column, each one of the options, word for word."
    )
    reason = blocks.RichTextBlock(features=INLINE, required=False)


class Matrix(Activity):
    """An answer for each row and column."""

    title = blocks.CharBlock(help_text=TITLE_HELP)
    instruction = blocks.CharBlock(max_length=300, help_text=INSTRUCTION_HELP)
    columns = blocks.ListBlock(blocks.CharBlock(), min_num=2, max_num=6)
    options = blocks.ListBlock(blocks.CharBlock(), min_num=2, max_num=4)
    rows = blocks.ListBlock(MatrixRow(), min_num=2, max_num=8)

    class Meta:
        group = "To do"
        icon = "table"
        template = "courses/blocks/matrix.html"
        description = "An answer for each row and column, out of two to four options."
        preview_value = {
            "title": "Two clubs, two features",
            "instruction": "For each club: was it there?",
            "columns": ["The day club", "The lunch club"],
            "options": ["Yes", "No"],
            "rows": [
                {"heading": "People were asked", "answers": ["No", "Yes"], "reason": "<p>Only one did.</p>"},
                {"heading": "Somebody visited", "answers": ["No", "No"], "reason": ""},
            ],
        }


class CalculatorInput(blocks.StructBlock):
    key = blocks.CharBlock(max_length=30, help_text="One word of small letters, used in the formulas.")
    label = blocks.CharBlock()
    before = blocks.CharBlock(required=False, help_text="Such as £.")
    after = blocks.CharBlock(required=False, help_text="Such as %.")
    value = blocks.CharBlock(max_length=20, help_text="The figure that the reader first sees.")
    fact = blocks.CharBlock(required=False, help_text=FACT_HELP)
    least = blocks.CharBlock(required=False, max_length=20)
    most = blocks.CharBlock(required=False, max_length=20)


class CalculatorResult(blocks.StructBlock):
    key = blocks.CharBlock(max_length=30, help_text="One word of small letters, for the formulas below.")
    label = blocks.CharBlock()
    before = blocks.CharBlock(required=False)
    after = blocks.CharBlock(required=False)
    places = blocks.IntegerBlock(required=False, min_value=0, max_value=4, help_text="Decimal places.")
    formula = blocks.CharBlock(
        max_length=300, help_text="With + - * / ( ), min, max, and the keys of inputs and of results above."
    )


class CalculatorRemark(blocks.StructBlock):
    when = blocks.CharBlock(max_length=300, help_text="One comparison, such as: fee < direct")
    text = blocks.RichTextBlock(features=INLINE)


class Calculator(Activity):
    """A sum of which the reader changes the figures."""

    title = blocks.CharBlock(help_text=TITLE_HELP)
    instruction = blocks.CharBlock(max_length=300, help_text=INSTRUCTION_HELP)
    inputs = blocks.ListBlock(CalculatorInput())
    results = blocks.ListBlock(CalculatorResult())
    remarks = blocks.ListBlock(
        CalculatorRemark(),
        min_num=0,
        default=[],
        required=False,
        help_text="What a result means; may be none.",
    )

    class Meta:
        group = "To do"
        icon = "order"
        template = "courses/blocks/calculator.html"
        description = "A sum of which the reader changes the figures and sees what follows."
        preview_value = {
            "title": "Build a fee",
            "instruction": "Change a figure and see what follows.",
            "inputs": [
                {"key": "wage", "label": "Wage for an hour", "before": "£", "value": "13", "least": "0"},
                {"key": "oncosts", "label": "What the law adds", "after": "%", "value": "12"},
            ],
            "results": [
                {
                    "key": "direct",
                    "label": "Direct cost of an hour",
                    "before": "£",
                    "places": 2,
                    "formula": "wage * (1 + oncosts / 100)",
                }
            ],
            "remarks": [{"when": "direct > 14", "text": "<p>It costs more than it seems.</p>"}],
        }


class RewriteItem(blocks.StructBlock):
    text = blocks.CharBlock(help_text="What is to be rewritten, or a question to answer.")
    example = blocks.RichTextBlock(features=INLINE, help_text="One good answer, shown afterwards.")
    note = blocks.RichTextBlock(features=INLINE, required=False, help_text="What makes it better.")


class Rewrite(Activity):
    """The reader writes, then compares."""

    title = blocks.CharBlock(help_text=TITLE_HELP)
    instruction = blocks.CharBlock(max_length=300, help_text=INSTRUCTION_HELP)
    items = blocks.ListBlock(RewriteItem(), min_num=1, max_num=6)

    class Meta:
        group = "To do"
        icon = "pilcrow"
        template = "courses/blocks/rewrite.html"
        description = "The reader writes, then compares with one good answer."
        preview_value = {
            "title": "One bad outcome",
            "instruction": "Write it so that the person would recognise it.",
            "items": [
                {
                    "text": "The service user will engage with sessions.",
                    "example": "<p>“I go to the choir most weeks, and they miss me when I am not there.”</p>",
                    "note": "<p>It says whose life is different.</p>",
                }
            ],
        }
