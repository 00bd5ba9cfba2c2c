"""What stands of certificates on the pages of courses and institutes."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from certificates.models import SchemeVersion
from certificates.models.evidence import current_versions
from certificates.views.routes import routes_in, validity
from courses.models import CoursePage, Enrolment
from courses.outline import Progress
from lms.people.models import Institute


def route_to_certification(
    request: HttpRequest, course: CoursePage, enrolment: Enrolment, lessons: Progress
) -> str:
    """What the learner has and what is missing for each certificate that the course leads to."""
    routes = routes_in(course, enrolment, lessons, at=request.at)  # type: ignore[attr-defined]
    return render_to_string("certificates/_course_route.html", {"routes": routes}) if routes else ""


def what_it_certifies(request: HttpRequest, institute: Institute) -> str:
    """The certificates that an institute offers."""
    versions: list[SchemeVersion] = current_versions(scheme__institute=institute)
    context = {"institute": institute, "versions": [(each, validity(each)) for each in versions]}
    return render_to_string("certificates/_institute_certifies.html", context) if versions else ""
