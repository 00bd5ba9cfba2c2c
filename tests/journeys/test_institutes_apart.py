"""Two institutes on one site: whoever works at one meets nothing of the other, by its links or by its addresses."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import AssignmentPage
from courses.models import CoursePage
from lms.people.models import Institute, User
from lms.people.roles import Role
from lms.views.desk import DOORS
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.factories import people, work
from tests.journeys.conftest import Visit

ROLES = [Role.ASSESSOR, Role.LEAD_IQA, Role.REGISTRAR, Role.AUTHOR]
# Whom and what nobody at Fenwick may read of.
NAMES = ["Ada", "Bright", "Asif", "Marlshire", "Aldermoor", "AIC-", "Learner0"]
PARTS = [
    "",
    "marking/",
    "quality/",
    "results/",
    "certificates/",
    "certificates/register/",
    "certificates/reviews/",
    "schemes/",
    "questions/",
    "people/",
    "people/invite/",
    "audit/",
]


@pytest.fixture
def addresses(
    site: str, foundations: CoursePage, manuel: User, ada: User, asif: User, lena: User, rosa: User
) -> list[str]:
    """Every part of Aldermoor's desk, its own things there, what is Ada's, and what her employer sees."""
    at = timezone.now() - timedelta(days=1)
    enrolment = course_factory.enrol(ada, foundations)
    assignment = AssignmentPage.objects.descendant_of(foundations).get()
    submission = work.hand_in(enrolment, assignment, at)
    marking = work.mark(submission, asif, at)
    work.close(marking.batch, lena, at)
    [certificate] = certificate_factory.issued(foundations, 1, by=rosa, at=at)
    desk = [
        *PARTS,
        f"marking/{submission.uuid}/",
        f"quality/batches/{marking.batch.uuid}/",
        f"quality/markings/{marking.uuid}/",
        f"certificates/register/{certificate.number}/",
        f"certificates/register/{certificate.number}/certificate.pdf",
        f"certificates/register/{certificate.number}/revoke/",
    ]
    return [
        *(f"/at/aldermoor/{part}" for part in desk),
        f"/my/submissions/{submission.uuid}/",
        f"/my/enrolments/{enrolment.uuid}/leave/",
        f"/my/certificates/{certificate.uuid}/certificate.pdf",
        "/for/marlshire-council/",
    ]


@pytest.fixture
def otto(otto: User, fenwick: Institute) -> User:
    """Otto holds every role at Fenwick, so that every door of its desk is open to him."""
    for role in ROLES:
        people.appoint(otto, role, fenwick)
    return otto


def test_an_administrator_of_one_institute_meets_nothing_of_another(
    visit: Visit, addresses: list[str], otto: User
) -> None:
    outsider = visit(otto)

    for address in addresses:
        assert (address, outsider.opens(address)) == (address, 404)
        outsider.stands_before("Page not found")
        assert _names_in(outsider.page.content()) == []

    outsider.opens("/at/fenwick/")
    doors = outsider.page.get_by_role("main").locator('a[href^="/at/"]').all_inner_texts()
    for door in doors:
        outsider.follows("Desk")
        outsider.follows(door)
        outsider.page.wait_for_url(re.compile("/at/fenwick/."))
        assert _names_in(outsider.page.content()) == []
    assert len(doors) == len(DOORS)


def _names_in(page: str) -> list[str]:
    return [name for name in NAMES if name in page]
