"""The simulator as a step of a module, and what its learners noted of their runs."""

from typing import ClassVar

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from courses.models.enrolment import Enrolment
from courses.models.pages import StepPage
from courses.simulation.presets import PRESETS
from lms.people.privacy import export

NARROW = ["bold", "italic", "link", "ol", "ul"]


class SimulatorTask(blocks.StructBlock):
    """A contract to begin with, a question about it, and what to say once the reader has answered."""

    key = blocks.RegexBlock(
        regex=r"^[a-z][a-z0-9-]{0,39}$",
        help_text="One word in small letters. Notes hang on it: never change it once people have answered.",
        error_messages={"invalid": "Use small letters, digits and hyphens, and begin with a letter."},
    )
    title = blocks.CharBlock()
    start = blocks.ChoiceBlock(
        choices=[(preset.key, preset.name) for preset in PRESETS],
        help_text="The contract that the simulator shows when this task is opened.",
    )
    ask = blocks.RichTextBlock(features=NARROW, help_text="What to try, and what to look for.")
    debrief = blocks.RichTextBlock(features=NARROW, help_text="Shown once the reader has written a note.")

    class Meta:
        icon = "tasks"


class SimulatorPage(StepPage):
    """Hours versus outcomes: set a contract, see what a rational provider would do, and say why."""

    step_kind = "simulator"
    step_word = "Simulator"

    introduction = RichTextField(features=NARROW)
    tasks = StreamField([("task", SimulatorTask())], blank=True)

    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "The simulator of contracts for home care, with tasks of yours."
    template = "courses/simulator_page.html"
    content_panels = [
        *StepPage.content_panels,
        *StepPage.step_panels,
        FieldPanel("introduction"),
        FieldPanel(
            "tasks",
            help_text="Each begins with a contract and asks what the provider does. The step is done when all are answered.",
        ),
    ]

    @property
    def task_values(self) -> list:
        return [block.value for block in self.tasks]


@export("the learner's own notes; they go with the account")
class SimulatorNote(models.Model):
    """What a learner wrote about one task, and the contract that was set when they wrote it. Practice, no evidence."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="simulator_notes")
    simulator = models.ForeignKey(SimulatorPage, on_delete=models.CASCADE, related_name="+")
    task = models.SlugField(max_length=40)
    # The controls as they stood, by their keys.
    controls = models.JSONField()
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "simulator", "task"], name="one_note_for_each_task_of_a_simulator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}, {self.enrolment}"
