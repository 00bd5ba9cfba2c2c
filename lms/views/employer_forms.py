"""What an employer fills in."""

from typing import Any

from django import forms
from django.db.models import Q

from courses.models import CoursePage
from lms.people import access
from lms.people.models import Organisation, User
from lms.people.roles import Permission
from lms.views.bulk_enrolment import MOST_LINES, pieces


class StaffFilterForm(forms.Form):
    """Whom the table lists; nothing in it can be wrong, only empty."""

    q = forms.CharField(label="Name or course", required=False, max_length=120)
    team = forms.ChoiceField(label="Whom", required=False, choices=[("", "Everyone"), ("mine", "My team")])
    ending = forms.ChoiceField(
        label="Certificates",
        required=False,
        choices=[("", "All"), ("soon", "Ending within 90 days")],
    )


class CourseChoice(forms.ModelChoiceField):
    """A course with the institute that teaches it."""

    def label_from_instance(self, obj: CoursePage) -> str:
        return f"{obj.title} ({obj.institute})"


class BulkEnrolForm(forms.Form):
    """Work e-mail addresses, pasted, and the course."""

    course = CourseChoice(label="Course", queryset=CoursePage.objects.none(), empty_label="Choose a course")
    addresses = forms.CharField(
        label="Work e-mail addresses",
        help_text=f"One a line, up to {MOST_LINES}. You see what each line will do before anything happens.",
        widget=forms.Textarea({"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Paste at least one e-mail address"},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses_for(organisation)

    def clean_addresses(self) -> str:
        text = self.cleaned_data["addresses"]
        if len(pieces(text)) > MOST_LINES:
            raise forms.ValidationError(f"Paste at most {MOST_LINES} addresses at a time")
        return text


class LineManagerForm(forms.Form):
    """Whose team somebody is in."""

    line_manager = forms.ModelChoiceField(
        label="Line manager",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody",
        to_field_name="uuid",
        help_text="“My team” on a manager's list are the people who name that manager here.",
    )

    def __init__(self, *args: Any, organisation: Organisation, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        managers = access.people_who(Permission.SEE_STAFF, organisation)
        self.fields["line_manager"].queryset = managers.exclude(pk=person.pk)


def courses_for(organisation: Organisation) -> Any:
    """The published courses in which the organisation may enrol its staff."""
    is_open = Q(open_to=CoursePage.OpenTo.EVERYONE) | Q(
        pk__in=CoursePage.organisations.through.objects.filter(organisation=organisation).values("coursepage")
    )
    live = CoursePage.objects.live().filter(is_open, institute__page__live=True)
    return live.select_related("institute").order_by("title")
