"""What each band looks like: exemplar answers, for those who judge work or keep its rubric."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from assessments import rules
from assessments.models import BANDS, Criterion, Exemplar, RubricVersion
from courses.models.sources import facts_named_in
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission


@institute_view(Permission.READ_EXEMPLARS)
def exemplars(request: HttpRequest, institute: Institute, rubric: UUID, number: int) -> HttpResponse:
    """One answer in each band of a rubric version; the marking screens show the same in a panel."""
    version = get_object_or_404(
        RubricVersion.objects.select_related("rubric"),
        rubric__institute=institute,
        rubric__uuid=rubric,
        number=number,
    )
    if not rules.may_read_exemplars(request.user, version):
        raise PermissionDenied(
            "You are learning in a course that sets this assignment. You may read its exemplar answers "
            "once you have left or finished the course."
        )
    found = list(version.exemplars.in_force())
    criteria = list(version.criteria.all())
    context = {
        "institute": institute,
        "version": version,
        "exemplars": [_told(each, criteria) for each in found],
        "sources": facts_named_in([[each.text, *each.notes.values()] for each in found], institute.pk),
    }
    return render(request, "assessments/exemplars.html", context)


def _told(exemplar: Exemplar, criteria: list[Criterion]) -> dict[str, object]:
    """The answer with its word and, for each criterion, the descriptor that it meets and the note on it."""
    return {
        "band": exemplar.band,
        "word": BANDS[exemplar.band],
        "text": exemplar.text,
        "notes": [
            (each, each.descriptor(exemplar.band), exemplar.notes.get(each.key, "")) for each in criteria
        ],
    }
