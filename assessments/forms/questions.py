"""Writing a question at the desk: what every kind has in common. `question_forms` holds a form for each kind."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.text import slugify

from assessments.actions.versions import Wording
from assessments.content_files.questions import faults_of
from assessments.forms.question_rows import PART_NAMES, ProseField, Row, Rows
from assessments.forms.question_search import competencies_of
from assessments.forms.wording import plain
from assessments.models import Pool, Question, QuestionVersion
from courses.models import Competency, Level, StepPage
from lms.people.models import Institute

ABOUT = ("stem", "competency", "level", "demand", "lesson")
CHOOSE = "Choose one"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Table(NamedTuple):
    """Rows that a kind of question has: of which sort, how many stand there at first, and what they are for."""

    row: type[Row]
    fewest: int
    title: str
    hint: str = ""


class QuestionForm(forms.Form):
    """What is asked, its parts, and where it belongs.

    A draft may be as unfinished as it is; `is_fit` finds what is missing before a question is published.
    """

    kind: ClassVar[str]
    lede: ClassVar[str]
    tables: ClassVar[Mapping[str, Table]] = {}
    # The fields of this kind beside its rows, before and after them.
    before: ClassVar[Sequence[str]] = ()
    after: ClassVar[Sequence[str]] = ()

    # The newest version that this page has seen; nothing for a new question.
    seen = forms.IntegerField(widget=forms.HiddenInput)
    stem = ProseField(
        label="The question",
        widget=forms.Textarea({"rows": 4}),
        help_text="Put a situation first, if there is one, and the question after an empty line.",
    )
    pool = forms.ModelChoiceField(
        Pool.objects.none(),
        help_text="Quizzes draw from a pool. It stays in the one that you choose.",
        empty_label=CHOOSE,
    )
    competency = forms.ModelChoiceField(Competency.objects.none(), empty_label=CHOOSE)
    level = forms.ChoiceField(choices=Level.choices)
    demand = forms.ChoiceField(label="What it asks of the mind", choices=QuestionVersion.Demand.choices)
    lesson: "forms.ModelChoiceField[StepPage]" = forms.ModelChoiceField(
        StepPage.objects.none(),
        label="The lesson that teaches it",
        required=False,
        empty_label="No lesson in particular",
    )

    def __init__(
        self,
        institute: Institute,
        question: Question | None = None,
        *args: Any,
        rows: Mapping[str, Rows] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.institute, self.question = institute, question
        self.rows = rows or {name: self._rows(name, table) for name, table in self.tables.items()}
        self.fields["pool"].queryset = institute.pools.order_by("title")
        if question:
            del self.fields["pool"]  # a question stays in the pool that it was written for
        else:
            del self.fields["seen"]
        self.fields["competency"].queryset = competencies_of(institute)
        self.fields["lesson"].queryset = lessons_of(institute)
        self.lay_out()

    @classmethod
    def changing(cls, institute: Institute, version: QuestionVersion) -> "QuestionForm":
        """The form with a version in it that is to be changed."""
        about = {name: getattr(version, name) for name in ABOUT}
        parts = cls.parts_of(version.body)
        rows = {
            name: Rows.of(name, it.row, parts.get(name, ()), it.fewest) for name, it in cls.tables.items()
        }
        initial = {**about, **cls.initial_of(version.body), "seen": version.number}
        return cls(institute, version.question, initial=initial, rows=rows)

    @classmethod
    def parts_of(cls, body: Mapping[str, Any]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The values of the rows for a body that is to be changed."""
        return {name: body.get(name, ()) for name in cls.tables}

    @classmethod
    def initial_of(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        """The values of this kind's own fields for a body that is to be changed."""
        return {name: body.get(name, "") for name in (*cls.before, *cls.after)}

    def lay_out(self) -> None:
        """Whatever of the form follows from the rows that it has."""

    def body(self) -> dict[str, Any]:
        """What decides the score, as `scoring.parse` reads it."""
        raise NotImplementedError

    def faults(self) -> None:
        """Add what is wrong with this kind of question to the fields that it is wrong with."""

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(row.is_valid() for row in self.all_rows())])

    def is_fit(self) -> bool:
        """Valid, and each part written, with nothing said twice; otherwise the fields say what is missing."""
        if not self.is_valid():
            return False
        for table in self.rows.values():
            for row in table.written():
                _find_blanks(row)
            _find_twins(table)
        self.faults()
        if not self.errors and not self.row_problems():
            for fault in faults_of(self.kind, self.body()):
                self.add_error(None, fault)
        return not self.errors and not self.row_problems()

    def overtaken(self) -> QuestionVersion | None:
        """The version that somebody made after this page was opened; the page has seen it from now on."""
        if self.question is None:
            return None
        newest = self.question.versions.select_related("made_by").latest("number")
        if newest.number == self.cleaned_data["seen"]:
            return None
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = newest.number
        self.data = data
        return newest

    def pressed(self, press: str) -> "QuestionForm":
        """The same page, unchecked, after a press of a button that adds, removes or moves a row."""
        typed = {name: self[name].value() for name in self.fields}
        rows = {name: rows.pressed(press) for name, rows in self.rows.items()}
        return type(self)(self.institute, self.question, initial=typed, rows=rows)

    def wording(self) -> Wording:
        """The question as the form has it, fit to be asked or not."""
        about = {name: self.cleaned_data[name] for name in ABOUT}
        return Wording(kind=self.kind, body=self.body(), **about)

    def version(self) -> QuestionVersion:
        """The same as a version that is not kept, to be looked at."""
        return QuestionVersion(**self.wording().columns())

    def new_key(self) -> str:
        """A key made of the question's first words, new at the institute."""
        start = slugify(" ".join(plain(self.cleaned_data["stem"]).split()[:6]))[:60] or "question"
        taken = set(self.institute.questions.filter(key__startswith=start).values_list("key", flat=True))
        return next(key for key in _numbered(start) if key not in taken)

    def all_rows(self) -> list[Row]:
        return [row for rows in self.rows.values() for row in rows]

    def row_problems(self) -> list[dict[str, str]]:
        """What is wrong with the rows, each with the address of its field, for the list at the top."""
        return [
            {"text": str(sentence), "href": f"#{row[name].id_for_label}"}
            for row in self.all_rows()
            if row.is_bound
            for name, sentences in row.errors.items()
            for sentence in sentences
        ]

    def sections(self) -> list[tuple[Table, Rows]]:
        """The rows by table, for the page."""
        return [(table, self.rows[name]) for name, table in self.tables.items()]

    def fields_before(self) -> list[forms.BoundField]:
        return [self[name] for name in self.before]

    def fields_after(self) -> list[forms.BoundField]:
        return [self[name] for name in self.after]

    def keyed(self, name: str) -> list[tuple[str, Row]]:
        """The written rows with their keys; a new row gets one that no part of this question ever had."""
        written = self.rows[name].written()
        used = {row.said("key") for row in self.rows[name]} | self.keys_of_before(name)
        free = (key for key in letters() if key not in used)
        return [(row.said("key") or next(free), row) for row in written]

    def keys_of_before(self, name: str) -> set[str]:
        """The keys of parts in every version so far: a key never comes back with another meaning."""
        bodies = self.question.versions.values_list("body", flat=True) if self.question else ()
        return {part["key"] for body in bodies for part in body.get(name, ())}

    def _rows(self, name: str, table: Table) -> Rows:
        if self.is_bound:
            return Rows.sent(name, table.row, self.data)
        return Rows.of(name, table.row, (), table.fewest)


def lessons_of(institute: Institute) -> Any:
    """The lessons of the institute's courses, in the order of the page tree."""
    page = getattr(institute, "page", None)
    lessons = StepPage.objects.filter(lessonpage__isnull=False).order_by("path")
    return lessons.descendant_of(page) if page else lessons.none()


def folded(text: str) -> str:
    """The text without what does not tell it from another: capitals and spacing."""
    return " ".join(text.split()).casefold()


def letters() -> Iterator[str]:
    """Keys for parts of a question, in the order in which they are given."""
    yield from LETTERS
    yield from (f"{first}{second}" for first in LETTERS for second in LETTERS)


def _find_blanks(row: Row) -> None:
    for name in row.needed:
        if not row.said(name) and name not in row.errors:
            row.add_error(name, f"Write the {PART_NAMES[name]} of {row.name}.")


def _find_twins(table: Rows) -> None:
    """Two rows that say the same: a learner could not tell the options apart, nor two mistakes."""
    for name in table.row.own:
        seen: dict[str, Row] = {}
        for row in table.written():
            said = folded(row.said(name))
            if said in seen:
                row.add_error(name, _twins(name, seen[said], row))
            elif said:
                seen[said] = row


def _twins(name: str, first: Row, second: Row) -> str:
    both = f"{first.name.capitalize()} and {second.name}"
    if name == "reason":
        return f"{both} have the same reason. Each reason names a mistake, or a ground, of its own."
    return f"{both} say the same. Change one of them, or remove it."


def _numbered(start: str) -> Iterator[str]:
    yield start
    number = 2
    while True:
        yield f"{start}-{number}"
        number += 1
