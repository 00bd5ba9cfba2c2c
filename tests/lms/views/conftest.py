"""What the frame's pages show: certificates as rows, and a clock that stands still."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine

from certificates.actions import certificates as lives
from certificates.actions import register
from certificates.models import Candidacy, Certificate, CertificationDecision, SchemeVersion
from courses.models import Enrolment
from lms.people.models import User

Certify = Callable[[Enrolment, SchemeVersion], Certificate]


@pytest.fixture
def monday_morning(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def certify(rosa: User, at: datetime) -> Certify:
    """Grants and issues a certificate under a scheme, without its paper."""

    def certify(enrolment: Enrolment, version: SchemeVersion) -> Certificate:
        candidacy = Candidacy.objects.create(
            institute=enrolment.course.institute,
            scheme=version.scheme,
            version=version,
            learner=enrolment.learner,
            state=Candidacy.State.DECIDED,
            ready_at=at,
        )
        decision = CertificationDecision.objects.create(
            candidacy=candidacy,
            version=version,
            decision="granted",
            learner=enrolment.learner,
            decided_by=rosa,
            decided_at=at,
        )
        certificate = register.enter(decision, enrolment.learner.get_full_name(), at=at)
        lives.follow(certificate, "issued", by=None, at=at)
        return certificate

    return certify
