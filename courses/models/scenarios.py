"""Branching scenarios as steps of a module, and what readers decided in them."""

import hashlib
import json
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from courses.branching.checking import MOODS, flaws
from courses.branching.playing import Standing, stand
from courses.branching.script import Script, script_of
from courses.models.enrolment import Enrolment
from courses.models.pages import StepPage
from lms.people.privacy import export

NARROW = ["bold", "italic", "link", "ol", "ul"]
INLINE = ["bold", "italic", "link"]


class KeyBlock(blocks.RegexBlock):
    """A short word by which choices find their way."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("regex", r"^[a-z][a-z0-9-]{0,39}$")
        kwargs.setdefault(
            "error_messages", {"invalid": "Use small letters, digits and hyphens, and begin with a letter."}
        )
        super().__init__(**kwargs)


class CounterBlock(blocks.StructBlock):
    """A figure that choices move."""

    key = KeyBlock(help_text="One short word, such as days.")
    label = blocks.CharBlock(help_text="As the reader sees it: Days waited.")
    start = blocks.DecimalBlock(default=0, required=False)
    before = blocks.CharBlock(required=False, help_text="Before the figure, such as £.")
    after = blocks.CharBlock(required=False, help_text="After the figure, such as %.")
    hidden = blocks.BooleanBlock(required=False, help_text="Kept back until the story has ended.")


class EffectBlock(blocks.StructBlock):
    """How a choice moves one counter: multiplied first, then added to."""

    counter = KeyBlock()
    times = blocks.DecimalBlock(required=False)
    adds = blocks.DecimalBlock(required=False)


class ChoiceBlock(blocks.StructBlock):
    """One thing that the reader may do."""

    key = KeyBlock(help_text="One short word.")
    text = blocks.CharBlock(max_length=300)
    consequence = blocks.RichTextBlock(
        features=INLINE, help_text="What follows, read right after the choice."
    )
    to = KeyBlock(
        required=False,
        help_text="The situation or ending it leads to; empty: the counters decide the ending.",
    )
    score = blocks.IntegerBlock(default=0, required=False)
    harm = blocks.BooleanBlock(required=False, help_text="Somebody would be harmed by it.")
    effects = blocks.ListBlock(EffectBlock(), default=[])


class NodeBlock(blocks.StructBlock):
    """A moment of decision."""

    key = KeyBlock(help_text="One short word by which choices lead here.")
    title = blocks.CharBlock()
    situation = blocks.RichTextBlock(features=NARROW)
    question = blocks.CharBlock(default="What do you do?")
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2)
    debrief = blocks.RichTextBlock(
        features=NARROW, help_text="Read afterwards: what real cases say about it."
    )

    class Meta:
        icon = "help"


class EndingBlock(blocks.StructBlock):
    """How the story may come out."""

    key = KeyBlock()
    title = blocks.CharBlock()
    text = blocks.RichTextBlock(features=NARROW)
    mood = blocks.ChoiceBlock(choices=[(mood, mood) for mood in MOODS], default="info")
    least = blocks.ListBlock(
        blocks.StructBlock([("counter", KeyBlock()), ("value", blocks.DecimalBlock())]),
        default=[],
        help_text="What counters must have reached; score is one. Endings are tried in order, the last asks for nothing.",
    )

    class Meta:
        icon = "flag"


class ScenarioPage(StepPage):
    """A story in which the reader decides, and reads afterwards what other ways would have led to."""

    step_kind = "scenario"
    step_word = "Scenario"

    introduction = RichTextField(features=NARROW)
    content_note = models.TextField(blank=True, help_text="Shown before the scenario begins.")
    support = models.TextField("where to get support", blank=True)
    is_scored = models.BooleanField(
        "score is shown", default=False, help_text="The score is practice: it never becomes a result."
    )
    counters = StreamField([("counter", CounterBlock())], blank=True)
    nodes = StreamField([("node", NodeBlock())])
    endings = StreamField([("ending", EndingBlock())])

    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A story with decisions: what follows, and what other ways would have led to."
    template = "courses/scenario_page.html"
    content_panels = [
        *StepPage.content_panels,
        *StepPage.step_panels,
        FieldPanel("content_note"),
        FieldPanel("introduction"),
        FieldPanel("is_scored"),
        FieldPanel("counters"),
        FieldPanel("nodes", heading="Situations", help_text="The first one begins the story."),
        FieldPanel("endings"),
        FieldPanel("support"),
    ]

    def clean(self) -> None:
        """Refuse a story that a reader could get lost in, with every fault in a sentence."""
        super().clean()
        found = [flaw.sentence for flaw in flaws(self.script)]
        if found:
            raise ValidationError({"nodes": found})

    @property
    def script(self) -> Script:
        return script_of(self.script_values())

    def script_values(self) -> dict[str, Any]:
        """The story as plain values: what a play is pinned to."""
        return {
            "scored": self.is_scored,
            "counters": [_plain(block.value) for block in self.counters],
            "nodes": [_node_values(block.value) for block in self.nodes],
            "endings": [_ending_values(block.value) for block in self.endings],
        }


class ScenarioScript(models.Model):
    """A scenario as it stood when somebody began it; made on first use, found again by its digest, never edited."""

    scenario = models.ForeignKey(ScenarioPage, on_delete=models.PROTECT, related_name="scripts")
    digest = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "digest"], name="one_row_for_each_script_of_a_scenario"
            )
        ]

    def __str__(self) -> str:
        return f"{self.scenario}, {self.digest[:8]}"

    @property
    def script(self) -> Script:
        return script_of(self.body)


@export("the learner's own practice; it goes with the account")
class ScenarioPlay(models.Model):
    """One way through a scenario. Where it stands is a fold over its decisions; practice, no evidence."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="scenario_plays")
    script = models.ForeignKey(ScenarioScript, on_delete=models.PROTECT, related_name="plays")
    scenario = models.ForeignKey(ScenarioPage, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "scenario", "number"], name="plays_are_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "scenario"],
                condition=Q(ended_at__isnull=True),
                name="one_open_play_of_each_scenario",
            ),
        ]

    def __str__(self) -> str:
        return f"Play {self.number} of {self.scenario}"

    def standing(self) -> Standing:
        """The story so far, in one query."""
        return stand(self.script.script, self.choices.values_list("choice", flat=True))


class ScenarioChoice(models.Model):
    """What was chosen at one moment of a play; never changed, so that going back changes nothing."""

    play = models.ForeignKey(ScenarioPlay, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["play", "position"], name="one_decision_at_each_moment_of_a_play")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.choice}"


def digest_of(values: dict[str, Any]) -> str:
    """The digest by which a script is found again."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _node_values(value: Any) -> dict[str, Any]:
    return {**_plain(value, "choices"), "choices": [_choice_values(choice) for choice in value["choices"]]}


def _choice_values(value: Any) -> dict[str, Any]:
    moved: dict[str, dict[str, str]] = {"adds": {}, "times": {}}
    for effect in value["effects"]:
        for kind, effects in moved.items():
            if effect[kind] is not None:
                effects[effect["counter"]] = str(effect[kind])
    return {**_plain(value, "effects"), **moved}


def _ending_values(value: Any) -> dict[str, Any]:
    return {
        **_plain(value, "least"),
        "least": {each["counter"]: str(each["value"]) for each in value["least"]},
    }


def _plain(value: Any, *without: str) -> dict[str, Any]:
    """A block's own values as JSON holds them: rich text as its source, decimals as text."""
    return {name: _plain_value(each) for name, each in value.items() if name not in without}


def _plain_value(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int):
        return value if value is not None else ""
    return str(getattr(value, "source", value))
