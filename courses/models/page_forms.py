"""The CMS's forms for pages, where Wagtail's own would ask an author too much or show them another's."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from lms.people.models import Institute, Organisation

# A year is how long a lesson stands before somebody looks at its law again; the author may say less.
REVIEWED_WITHIN = timedelta(days=365)
NO_SUCH_FACT = "No fact has the key “{key}”. The keys stand at your desk, under “To read again”, “All facts”."


class OwnPageForm(WagtailAdminPageForm):
    """Offers in the fields of `own` only what belongs to the institute in whose part of the tree the page stands."""

    # The lookup, by field, that leads from what is offered to its institute.
    own: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page or self.instance.get_parent()
        self.institute = Institute.objects.get(page__in=parent.get_ancestors(inclusive=True))
        for name, lookup in self.own.items():
            if name in self.fields:
                field = self.fields[name]
                field.queryset = field.queryset.filter(**{lookup: self.institute})


class CoursePageForm(OwnPageForm):
    """Offers the organisations that the institute knows; whom another institute works with is not shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "organisations" in self.fields and not self.for_user.is_superuser:
            self.fields["organisations"].queryset = Organisation.objects.filter(
                Q(open_courses__institute=self.institute) | Q(enrolments__course__institute=self.institute)
            ).distinct()


class LessonPageForm(OwnPageForm):
    """Offers the competencies of the lesson's own institute, and days that a new lesson begins with."""

    own: ClassVar[dict[str, str]] = {"competencies": "domain__framework__institute"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # The initial values hold None for a day that a new page has not got.
            today = timezone.localdate()
            self.initial["as_at"] = self.initial.get("as_at") or today
            self.initial["review_by"] = self.initial.get("review_by") or today + REVIEWED_WITHIN

    def clean(self) -> dict[str, Any]:
        """Refuse a key that no fact has: its source would be missing from the lesson, and nobody would notice."""
        cleaned: dict[str, Any] = super().clean()
        if "body" in cleaned and not self.is_deferred_validation:
            # It reads the pages, whose forms stand here.
            from courses.models.sources import keys_named_in

            named = keys_named_in(list(cleaned["body"].get_prep_value()))
            known = set(self.institute.facts.filter(key__in=named).values_list("key", flat=True))
            for key in named:
                if key not in known:
                    self.add_error("body", NO_SUCH_FACT.format(key=key))
        return cleaned
