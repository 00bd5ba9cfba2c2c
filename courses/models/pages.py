"""The page tree: home → institute → course → module → steps.

A module does not know what a quiz is; every page type names its parents, so the tree is the seam at
which assessments hangs its own steps.
"""

import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404, HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from courses.blocks.lesson import LESSON_BLOCKS
from courses.blocks.reading import NARROW
from courses.models.framework import Competency, Level
from courses.models.page_forms import CoursePageForm, LessonPageForm
from lms.people.models import Institute, Organisation


class FromFile(models.Model):
    """A page that a file of the shipped content keeps; its digest tells an edit in the CMS from the file's own words."""

    content_path = models.CharField(max_length=200, blank=True, editable=False)
    content_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        abstract = True


class HomePage(Page):
    """The front door: what Piper is, and the institutes and courses that it holds."""

    introduction = RichTextField(features=NARROW, blank=True)

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["courses.InstitutePage", "courses.CataloguePage"]
    max_count = 1
    page_description = "The front door of the site."
    template = "courses/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Wagtail's door to a page, for its previews and for addresses of ours that it makes itself."""
        if not path_components:
            return super().route(request, path_components)
        return RouteResult(page_at(self.url_path, path_components))


def page_at(home: str, parts: Sequence[str]) -> Page:
    """The page at an address below the home page's url_path, in two queries; it and all above it are live and open.

    Wagtail's own way takes a query for each part of the address, and asks only the last page. Raises Http404.
    """
    way = [home, *(f"{home}{'/'.join(parts[:end])}/" for end in range(1, len(parts) + 1))]
    # A page with two restrictions comes twice, and is refused by the first.
    columns = ("pk", "content_type", "live", "view_restrictions")
    found = list(Page.objects.filter(url_path__in=way).order_by("depth").values_list(*columns))
    if len(found) < len(way) or not all(live and restriction is None for _, _, live, restriction in found):
        raise Http404
    pk, kind, *_ = found[-1]
    page = ContentType.objects.get_for_id(kind).get_object_for_this_type(pk=pk)
    page.is_found_reachable = True
    return page


class CataloguePage(Page):
    """Every open course of every institute, searchable."""

    parent_page_types: ClassVar[list[str]] = ["courses.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count = 1
    page_description = "The list of courses, with search."
    template = "courses/catalogue_page.html"


class InstitutePage(FromFile, Page):
    """An institute's own page: who it is, what it teaches, what it certifies."""

    institute = models.OneToOneField(Institute, on_delete=models.PROTECT, related_name="page")
    summary = models.CharField(max_length=280)
    description = RichTextField(features=NARROW, blank=True)

    parent_page_types: ClassVar[list[str]] = ["courses.HomePage"]
    page_description = "An institute: who it is and the courses it offers."
    template = "courses/institute_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary", help_text="One or two sentences, shown wherever the institute is named."),
        FieldPanel("description"),
    ]


class CoursePage(FromFile, Page):
    """A course: what a learner enrols in."""

    class OpenTo(models.TextChoices):
        """Who may enrol."""

        EVERYONE = "everyone", "Everyone"
        ORGANISATIONS = "organisations", "People at invited organisations"
        INVITED = "invited", "People whom an organisation or the institute enrols"

    institute = models.ForeignKey(Institute, on_delete=models.PROTECT, related_name="courses")
    code = models.CharField(max_length=12)
    level = models.CharField(max_length=12, choices=Level.choices)
    cpd_minutes = models.PositiveIntegerField("CPD minutes")
    summary = models.CharField(max_length=280)
    description = RichTextField(features=NARROW)
    outcomes = models.JSONField(default=list, blank=True)
    audience = models.CharField("who it is for", max_length=280, blank=True)
    open_to = models.CharField(max_length=14, choices=OpenTo.choices, default=OpenTo.EVERYONE)
    organisations = ParentalManyToManyField(Organisation, blank=True, related_name="open_courses")
    # A new one with every change of a page at, above or below the course: what was read of its outline holds so long.
    outline_stamp = models.UUIDField(default=uuid.uuid4, editable=False)

    # The CMS lists modules as learners meet them, not by who was changed last.
    admin_default_ordering = "ord"
    parent_page_types: ClassVar[list[str]] = ["courses.InstitutePage"]
    subpage_types: ClassVar[list[str]] = ["courses.ModulePage"]
    page_description = "A course of modules, which learners enrol in."
    template = "courses/course_page.html"
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("description"),
        index.FilterField("level"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary", help_text="What a learner can do after it, in one or two sentences."),
        FieldPanel("description"),
        MultiFieldPanel(
            [FieldPanel("code"), FieldPanel("level"), FieldPanel("cpd_minutes"), FieldPanel("audience")],
            heading="Facts",
        ),
        MultiFieldPanel(
            [
                FieldPanel("open_to"),
                FieldPanel(
                    "organisations",
                    help_text="Only for people at invited organisations. Here stand those that your institute has "
                    "learners from, or has invited before; the site’s operator adds a first one.",
                ),
            ],
            heading="Who may enrol",
        ),
    ]
    base_form_class = CoursePageForm

    def clean(self) -> None:
        """Take the institute from the page above: an author never chooses it."""
        super().clean()
        parent = self.get_parent() if self.pk else getattr(self, "_parent_page", None)
        if parent is not None and not self.institute_id:
            self.institute = parent.specific.institute


class ModulePage(FromFile, Page):
    """A part of a course: a few lessons and what shows that they were understood."""

    # As in a course: the steps in their order.
    admin_default_ordering = "ord"

    code = models.CharField(max_length=12)
    summary = models.CharField(max_length=280)
    outcomes = models.JSONField(default=list, blank=True)
    log = models.CharField(
        "question for the log",
        max_length=280,
        blank=True,
        help_text="What learners are asked to write in their reflective log at the end of the module.",
    )

    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    page_description = "A module: a few lessons, and a quiz or an assignment."
    template = "courses/module_page.html"
    content_panels = [*Page.content_panels, FieldPanel("code"), FieldPanel("summary"), FieldPanel("log")]


class StepPage(FromFile, Page):
    """What a learner does one after the other in a module. Each kind of step is a page type below it.

    It has a table of its own so that a course's whole outline is one query, whatever kinds of step
    the apps above add.
    """

    step_kind: ClassVar[str] = "step"
    step_word: ClassVar[str] = "Step"

    code = models.CharField(max_length=12, blank=True)
    summary = models.CharField(max_length=280, blank=True)
    minutes = models.PositiveSmallIntegerField(
        default=20, help_text="How long it takes most people, in minutes."
    )

    is_creatable = False

    step_panels: ClassVar[list] = [
        FieldPanel("summary", help_text="One sentence that makes a busy person want to do it."),
        MultiFieldPanel(
            [
                FieldPanel("code", help_text="If your course numbers its steps: such as 1.2."),
                FieldPanel("minutes"),
            ],
            heading="Number and length",
        ),
    ]


class LessonPage(StepPage):
    """A lesson: something to read, with the sources it rests on."""

    step_kind = "lesson"
    step_word = "Lesson"

    body = StreamField(LESSON_BLOCKS)
    competencies = ParentalManyToManyField(Competency, blank=True, related_name="lessons")
    as_at = models.DateField("facts and law as at")
    review_by = models.DateField()
    invented = models.JSONField(
        "invented figures",
        default=list,
        blank=True,
        help_text="Figures in this lesson that belong to the invented county of Marlshire.",
    )
    content_note = models.TextField(blank=True, help_text="Shown before the lesson begins.")
    support = models.TextField("where to get support", blank=True)

    parent_page_types: ClassVar[list[str]] = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = "A lesson to read, with timelines, comparisons, cases and decisions."
    template = "courses/lesson_page.html"
    content_panels = [
        *Page.content_panels,
        *StepPage.step_panels,
        FieldPanel(
            "content_note",
            help_text="If something in it is hard to read, such as abuse or death, say so in a sentence. "
            "It stands before the lesson. Otherwise leave it empty.",
        ),
        FieldPanel(
            "body",
            help_text="Press the plus and begin with Text; a lesson opens with a situation and ends with a "
            "callout, “On Monday”. To give words their source, select them, press the link button, choose "
            "“Anchor link” and write source- with the fact’s key; the list of sources then makes itself.",
        ),
        FieldPanel("support", help_text="With a content note: where a reader finds somebody to talk to."),
        MultiFieldPanel(
            [
                FieldPanel("as_at", help_text="The day to which you checked figures and law."),
                FieldPanel("review_by", help_text="The day by which somebody checks them again."),
            ],
            heading="How fresh it is",
        ),
        FieldPanel("competencies", help_text="What the lesson teaches; two or three at most."),
    ]
    base_form_class = LessonPageForm

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """An author sees the sources while writing; everything about a reader is the view's."""
        # It reads the course above a lesson, which stands in this module.
        from courses.models.sources import sources_of

        return {**super().get_preview_context(request, mode_name), "sources": sources_of(self)}
