"""Suspended, reinstated, revoked: what anyone is told who checks the certificate, and what its holder reads."""

import pytest
from django.utils import timezone

from certificates.models import Certificate
from lms.people.models import Institute, User
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.journeys import registering
from tests.journeys.conftest import Visit


@pytest.fixture
def certificate(site: str, aldermoor: Institute, ada: User, rosa: User) -> Certificate:
    """Ada's certificate, with its paper made."""
    course = course_factory.course(aldermoor)
    quiz = assessment_factory.quiz(course_factory.module(course))
    certificate_factory.scheme(course, quiz)
    enrolment = course_factory.enrol(ada, course)
    return certificate_factory.certificate(enrolment, quiz, by=rosa, at=timezone.now())


def test_one_address_tells_everything_that_becomes_of_a_certificate(
    visit: Visit, certificate: Certificate, ada: User, rosa: User
) -> None:
    stranger, registrar = visit(), visit(rosa)
    registering.check(stranger, certificate.code)
    stranger.stands_before("This certificate is valid")

    registering.suspend(registrar, certificate.number, "An allegation is being looked into.")
    stranger.page.reload()
    stranger.stands_before("This certificate is suspended")
    assert "allegation" not in stranger.page.content()

    registering.reinstate(registrar, certificate.number, "Nothing was found.")
    stranger.page.reload()
    stranger.stands_before("This certificate is valid")

    registering.revoke(registrar, certificate.number, "The work was somebody else’s.")
    stranger.page.reload()
    stranger.stands_before("This certificate is revoked")

    holder = visit(ada)
    holder.opens_up("Ada")
    holder.follows("My certificates")
    holder.reads("This certificate is revoked")
    holder.reads("The work was somebody else’s.")
