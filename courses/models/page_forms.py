"""The CMS's forms for pages, where Wagtail's own would ask an author too much or show them another's."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminPageForm

from courses.models.framework import Competency
from lms.people.models import Institute

# A year is how long a lesson stands before somebody looks at its law again; the author may say less.
REVIEWED_WITHIN = timedelta(days=365)


class LessonPageForm(WagtailAdminPageForm):
    """Offers the competencies of the lesson's own institute, and days that a new lesson begins with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "competencies" in self.fields:
            self.fields["competencies"].queryset = Competency.objects.filter(
                domain__framework__institute=self._institute()
            )
        if self.instance.pk is None:
            # The initial values hold None for a day that a new page has not got.
            today = timezone.localdate()
            self.initial["as_at"] = self.initial.get("as_at") or today
            self.initial["review_by"] = self.initial.get("review_by") or today + REVIEWED_WITHIN

    def _institute(self) -> Institute:
        """The institute of the course in which the module stands."""
        module = self.parent_page or self.instance.get_parent()
        return module.get_parent().specific.institute
