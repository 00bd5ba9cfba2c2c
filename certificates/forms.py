"""What people type about certificates: a name, a decision, a reason, a code."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import OuterRef, Subquery, TextChoices
from django.utils.text import slugify

from assessments.models import AssignmentPage, CasePage, Criterion, QuizPage, RubricVersion
from certificates import designs, numbering, rendering
from certificates.actions.reviews import Outcome
from certificates.actions.schemes import Asked, Wanted
from certificates.models import CertificationDecision, Hearing, Scheme, SchemeVersion
from courses.models import Competency, CoursePage, Level, StepPage
from courses.models.outlines import at_or_below
from lms.people.models import Institute

LONGEST_PASTED = 300
IN_AN_ADDRESS = re.compile(r"/v/([^/?#\s]+)")
LIKE_A_CODE = re.compile(r"[0-9A-Za-z\s\-]{8,24}")
NO_DAY = "Write the day as a date, such as 2026-11-28"
NOT_A_CODE = (
    "That is not the code of a certificate: its last character does not fit the others. "
    "Look for a character that was mistyped or left out."
)


def named(character: str) -> str:
    """A character as a person can find it again, such as “☃” (snowman)."""
    return f"“{character}” ({unicodedata.name(character, 'a character without a name').lower()})"


class NameForm(forms.Form):
    """The name that will be printed, as the candidate writes it."""

    name = forms.CharField(
        label="Your name, as it will be printed",
        max_length=120,
        strip=True,
        help_text="Use the name that an employer would find on your proof of identity. "
        "Capitals and accents are printed as you write them.",
        error_messages={"required": "Write the name that will be printed on your certificate"},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        """Joined letters (NFC), single spaces, nothing that cannot be seen or that we cannot print."""
        name = " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())
        hidden = [each for each in name if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn"}]
        if hidden:
            raise ValidationError(
                "The name holds a character that cannot be seen. Type it in instead of pasting it."
            )
        missing = rendering.missing_glyphs(name)
        if missing:
            raise ValidationError(
                f"Our certificate cannot show {', '.join(map(named, missing))}. "
                "Write the name without it, or write to your institute if it belongs to your name."
            )
        if not any(each.isalpha() for each in name):
            raise ValidationError("Write a name with at least one letter")
        return name


class DecisionForm(forms.Form):
    """A certification decision. The name is the one that was on the page: what was read is what is granted."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[
            (CertificationDecision.Decision.GRANTED, "Grant the certificate"),
            (CertificationDecision.Decision.DEFERRED, "Put the decision off: something is missing"),
            (CertificationDecision.Decision.REFUSED, "Refuse the certificate"),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why, for the candidate",
        required=False,
        max_length=2000,
        help_text="Needed when you put the decision off or refuse. The candidate reads it on their page; "
        "say what they can do.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    name = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, str]:
        """Only a grant speaks for itself."""
        values = super().clean() or {}
        is_grant = values.get("decision") == CertificationDecision.Decision.GRANTED
        if values.get("decision") and not is_grant and not values.get("reason"):
            self.add_error("reason", "Say why, in words that the candidate can do something with")
        return values


class ReasonForm(forms.Form):
    """Why the standing of a certificate changes."""

    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        help_text="Kept with the certificate. The holder reads it on their own page; "
        "the public page never shows it.",
        error_messages={"required": "Write down why: it is kept with the certificate"},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReviewForm(ReasonForm):
    """How a certificate stands after it was looked at again, and why."""

    outcome = forms.ChoiceField(
        label="How does the certificate stand now?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
    )
    field_order = ["outcome", "reason"]


class AppealForm(forms.Form):
    """Why a candidate thinks that a decision is wrong."""

    words = forms.CharField(
        label="Why do you think that the decision is wrong?",
        max_length=4000,
        help_text="Say what was overlooked or misunderstood, and where it can be seen. "
        "The person who reads this has the reason that you were given and everything you handed in.",
        error_messages={"required": "Say why you think that the decision is wrong"},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class HearingForm(forms.Form):
    """What was found on an appeal, and why."""

    outcome = forms.ChoiceField(
        label="What do you find?",
        choices=Hearing.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you find"},
    )
    words = forms.CharField(
        label="Why, for the candidate",
        max_length=4000,
        help_text="The candidate reads it on their page. Go into what they wrote.",
        error_messages={"required": "Say what you found, in words that the candidate can do something with"},
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class RegisterForm(forms.Form):
    """A search of the register."""

    class State(TextChoices):
        """The states that a register is asked for."""

        VALID = "valid", "Valid"
        EXPIRED = "expired", "Expired"
        SUSPENDED = "suspended", "Suspended"
        REVOKED = "revoked", "Revoked"
        SUPERSEDED = "superseded", "Replaced"
        BEING_MADE = "being_made", "Being made"
        VOID = "void", "Void"

    q = forms.CharField(label="Number, name or code", required=False, max_length=120)
    scheme = forms.ChoiceField(label="Certificate", required=False)
    state = forms.ChoiceField(label="State", required=False, choices=[("", "Any"), *State.choices])
    since = forms.DateField(
        label="Granted from",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": NO_DAY},
    )
    until = forms.DateField(
        label="Granted to",
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": NO_DAY},
    )

    def __init__(self, institute: Institute, data: Any) -> None:
        super().__init__(data)
        versions = SchemeVersion.objects.filter(scheme__institute=institute).order_by("number")
        titles = {version.scheme.slug: version.title for version in versions.select_related("scheme")}
        by_title = sorted(titles.items(), key=lambda each: each[1])
        self.fields["scheme"].choices = [("", "Any"), *by_title]

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for, without what was left open or makes no sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


LARGEST_FILE = 5 * 1024 * 1024  # bytes


class CodeForm(forms.Form):
    """The code of a certificate, or the whole address that its QR code opens."""

    code = forms.CharField(
        label="Code of the certificate",
        help_text="Thirteen letters and digits, such as 7K3M-9QXD-2VTH-9. Capitals, spaces and hyphens do "
        "not matter. You can also paste the whole address.",
        error_messages={"required": "Type the code that is printed on the certificate"},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    code.validators = []  # a NUL is garbage like any other and gets no message of its own

    def clean_code(self) -> str:
        """The code as it is kept."""
        typed = self.cleaned_data["code"][:LONGEST_PASTED]
        found = IN_AN_ADDRESS.search(typed)
        code = numbering.normalise(found[1] if found else typed)
        if code is None:
            raise ValidationError(NOT_A_CODE)
        return code

    def forget_garbage(self) -> None:
        """Give back what looks like a mistyped code, to be mended, and nothing else of what was typed."""
        if not LIKE_A_CODE.fullmatch(str(self.data.get("code", ""))):
            self.data = {}


class FileForm(forms.Form):
    """The PDF of a certificate, as somebody was sent it."""

    file = forms.FileField(
        label="The certificate’s file",
        help_text="A PDF. Choose it, or drop it onto the button.",
        allow_empty_file=True,  # it is told as any other file that is no certificate
        error_messages={"required": "Choose the PDF that you were sent"},
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        """The file, unless it is far larger than any certificate."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("This file is larger than 5 MB, and no certificate is. Choose another one")
        return file


class SchemeForm(forms.Form):
    """What a certificate asks for and says. The steps of the institute's own courses are what may be asked for."""

    title = forms.CharField(
        label="Title of the certificate",
        max_length=160,
        error_messages={"required": "Write the title that is printed on the certificate"},
    )
    course: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Whose course page shows the way to it?",
        queryset=CoursePage.objects.none(),
        error_messages={"required": "Choose the course"},
    )
    level = forms.ChoiceField(label="Level", choices=Level.choices)
    statement = forms.CharField(
        label="What it attests: the holder …",
        help_text="One sentence after the holder’s name, such as “has shown that they can …”. It ends with a full stop.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": "Say what the certificate attests"},
    )
    asked = forms.MultipleChoiceField(
        label="What does it require?",
        help_text="All of what you choose. A quiz that is practice counts for nothing and does not stand here.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing that is required"},
    )
    minimum_band = forms.TypedChoiceField(
        label="Lowest band in written work",
        coerce=int,
        choices=[
            (0, "Pass (band 2), as the rubric says"),
            (3, "Merit (band 3)"),
            (4, "Distinction (band 4)"),
        ],
        empty_value=0,
        help_text="On every criterion of every assignment that is required.",
    )
    criteria = forms.MultipleChoiceField(
        label="Criteria that must reach more",
        help_text="Of written work that is required above. Leave all of them open if a pass is enough.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    criteria_band = forms.TypedChoiceField(
        label="The band that these criteria must reach",
        coerce=int,
        choices=[(3, "Merit (band 3)"), (4, "Distinction (band 4)")],
        empty_value=3,
        required=False,
    )
    minimum_percent = forms.IntegerField(
        label="Least share of the points in a case, in per cent",
        help_text="Leave it open if a pass is enough.",
        min_value=1,
        max_value=100,
        required=False,
    )
    competencies: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        label="Competencies that are printed",
        queryset=Competency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    validity_months = forms.IntegerField(
        label="Months for which it holds",
        min_value=0,
        max_value=120,
        help_text="0 means that it does not expire.",
        error_messages={"required": "Write for how many months it holds"},
    )
    design = forms.ChoiceField(
        label="Design", choices=[(name, name.capitalize()) for name in designs.DESIGNS]
    )

    def __init__(
        self, institute: Institute, scheme: Scheme | None, current: SchemeVersion | None, data: Any
    ) -> None:
        super().__init__(data, initial=_initial(current))
        self.institute, self.scheme = institute, scheme
        courses = CoursePage.objects.live().filter(institute=institute).order_by("path")
        if scheme:
            del self.fields["course"]
        else:
            self.fields["course"].queryset = courses
        self.steps = {f"step-{page.pk}": page for page in _certifying_steps(courses)}
        self.fields["asked"].choices = [
            *((key, _named_by_kind(page)) for key, page in self.steps.items()),
            ("course", "Finish the whole course"),
        ]
        self.offered = _criteria_of(self.steps)
        self.fields["criteria"].choices = [
            (key, f"{criterion.title} ({self.steps[step].title})")
            for key, (step, criterion) in self.offered.items()
        ]
        self.fields["competencies"].queryset = Competency.objects.filter(
            domain__framework__institute=institute
        ).order_by("code")

    def clean_title(self) -> str:
        """Another scheme of the institute may not have the same short name."""
        title = " ".join(self.cleaned_data["title"].split())
        taken = Scheme.objects.filter(institute=self.institute, slug=slugify(title)[:80])
        if self.scheme is None and taken.exists():
            raise ValidationError(
                "There is a scheme of this title already. Change that one, or choose another title."
            )
        if missing := rendering.missing_glyphs(title):
            raise ValidationError(
                f"Our certificate cannot show {', '.join(map(named, missing))} in its title."
            )
        return title

    def clean_criteria(self) -> list[str]:
        """A criterion is asked for together with its work."""
        chosen = self.cleaned_data["criteria"]
        for key in chosen:
            step, criterion = self.offered[key]
            if step not in self.cleaned_data.get("asked", []):
                raise ValidationError(
                    f"“{criterion.title}” belongs to “{self.steps[step].title}”. Choose that above, too."
                )
        return chosen

    def wanted(self) -> Wanted:
        """The scheme as the form has it, in the order of the courses."""
        values = self.cleaned_data
        asked = [one for key in self.steps if key in values["asked"] for one in self._asked(key)]
        if "course" in values["asked"]:
            asked.append(Asked("course", None))
        return Wanted(
            slug=self.scheme.slug if self.scheme else slugify(values["title"])[:80],
            course=self.scheme.course if self.scheme else values["course"],
            title=values["title"],
            level=values["level"],
            statement=values["statement"],
            validity_months=values["validity_months"],
            design=values["design"],
            competencies=list(values["competencies"]),
            requirements=asked,
        )

    def _asked(self, key: str) -> list[Asked]:
        """A step with what is asked of its points or bands: as a whole, and on each criterion that was chosen."""
        page, values = self.steps[key], self.cleaned_data
        if page.step_kind == "case":
            return [Asked("case", page, minimum_percent=values["minimum_percent"])]
        if page.step_kind != "assignment":
            return [Asked(page.step_kind, page)]
        chosen = [
            criterion
            for one, (step, criterion) in self.offered.items()
            if step == key and one in values["criteria"]
        ]
        band = values["minimum_band"] or None
        whole = [Asked("assignment", page, band)] if band or not chosen else []
        return whole + [
            Asked("assignment", page, values["criteria_band"], each.key, each.title) for each in chosen
        ]


def _criteria_of(steps: dict[str, StepPage]) -> dict[str, tuple[str, Criterion]]:
    """What the rubrics of these steps judge now, each criterion with the key of its step."""
    rubrics = {key: page.rubric_id for key, page in steps.items() if isinstance(page, AssignmentPage)}
    newest = RubricVersion.objects.filter(rubric=OuterRef("version__rubric")).order_by("-number")
    criteria = Criterion.objects.filter(
        version__rubric__in=rubrics.values(), version=Subquery(newest.values("pk")[:1])
    ).select_related("version")
    return {
        f"{key}:{criterion.key}": (key, criterion)
        for key, rubric in rubrics.items()
        for criterion in criteria
        if criterion.version.rubric_id == rubric
    }


def _named_by_kind(step: StepPage) -> str:
    """The step's title, with the kind before it where the title does not say it."""
    is_said = step.title.lower().startswith(step.step_word.lower())
    return step.title if is_said else f"{step.step_word}: {step.title}"


def _certifying_steps(courses: Any) -> list[StepPage]:
    """The quizzes that count, the cases and the assignments of these courses, in the order in which they are studied."""
    within = at_or_below(courses.values_list("path", flat=True))
    quizzes = QuizPage.objects.live().filter(within).exclude(attempts_allowed=0)
    cases = CasePage.objects.live().filter(within)
    steps = [*quizzes, *cases, *AssignmentPage.objects.live().filter(within)]
    return sorted(steps, key=lambda step: step.path)


def _initial(current: SchemeVersion | None) -> dict[str, Any]:
    if current is None:
        return {"validity_months": 24, "level": Level.FOUNDATION}
    bands = [each.minimum_band for each in current.asked if each.minimum_band and not each.criterion]
    better = [each for each in current.asked if each.criterion]
    return {
        "title": current.title,
        "level": current.level,
        "statement": current.statement,
        "validity_months": current.validity_months,
        "design": current.design,
        "asked": [f"step-{each.step_id}" if each.step_id else "course" for each in current.asked],
        "minimum_band": max(bands, default=0),
        "criteria": [f"step-{each.step_id}:{each.criterion}" for each in better],
        "criteria_band": max((each.minimum_band or 0 for each in better), default=3),
        "minimum_percent": max((each.minimum_percent or 0 for each in current.asked), default=0) or None,
        "competencies": list(current.competencies.all()),
    }
