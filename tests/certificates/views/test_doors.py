"""Who gets through which door of the certificates desk."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from certificates.models import Candidacy, Review
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import people

DECIDING = (
    "certificates/",
    "certificates/candidates/{candidacy}/",
    "certificates/register/{number}/suspend/",
    "certificates/register/{number}/reinstate/",
    "certificates/register/{number}/revoke/",
    "certificates/reviews/",
    "certificates/reviews/{review}/",
    "certificates/appeals/",
    "schemes/",
)
READING = (
    "certificates/register/",
    "certificates/register/{number}/",
    "certificates/register/{number}/certificate.pdf",
)
OF_ONE_THING = [each for each in (*DECIDING, *READING) if "{" in each]


@pytest.fixture
def address(certificate, lena, at):
    """The address of a page of Aldermoor's desk, or of Fenwick's, about Ada's certificate."""
    factory.withdraw(certificate.decision.results.get(), by=lena, at=at)
    names = {
        "candidacy": Candidacy.objects.get().uuid,
        "review": Review.objects.get().uuid,
        "number": certificate.number,
    }
    return lambda path, institute="aldermoor": f"/at/{institute}/{path.format(**names)}"


@pytest.mark.parametrize("path", [*DECIDING, *READING])
def test_whoever_has_not_signed_in_is_asked_to(path, address):
    response = Client().get(address(path))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/at/aldermoor/")


@pytest.mark.parametrize("path", [*DECIDING, *READING])
def test_somebody_of_another_institute_learns_nothing(path, address, otto, sign_in):
    assert sign_in(otto).get(address(path)).status_code == 404


@pytest.mark.parametrize("path", OF_ONE_THING)
def test_what_belongs_to_another_institute_is_not_found_at_ones_own(path, address, fenwick, sign_in):
    fran = people.person("Fran", "Keller")
    people.appoint(fran, Role.REGISTRAR, fenwick)

    assert sign_in(fran).get(address(path, "fenwick")).status_code == 404


@pytest.mark.parametrize("path", DECIDING)
def test_an_administrator_reads_the_register_and_decides_nothing(path, address, ines, sign_in):
    assert sign_in(ines).get(address(path)).status_code == 403


@pytest.mark.parametrize("path", READING)
def test_an_assessor_does_not_read_the_register(path, address, asif, sign_in):
    assert sign_in(asif).get(address(path)).status_code == 403


@pytest.mark.parametrize("path", READING)
def test_an_administrator_reads_the_register(path, address, ines, sign_in):
    assert sign_in(ines).get(address(path)).status_code == 200


def test_reminding_is_posted_by_a_registrar(quiz_scheme, enrolment, quiz, ines, rosa, sign_in):
    factory.passed(enrolment, quiz)
    url = f"/at/aldermoor/certificates/candidates/{Candidacy.objects.get().uuid}/remind/"

    answers = [sign_in(ines).post(url), sign_in(rosa).get(url), Client().post(url)]

    assert [each.status_code for each in answers] == [403, 405, 302]


@pytest.mark.parametrize(
    "path", ["certificates/", "certificates/names/{uuid}/", "certificates/{uuid}/certificate.pdf"]
)
def test_ones_own_pages_ask_for_a_sign_in(path, certificate):
    response = Client().get(f"/my/{path.format(uuid=uuid4())}")

    assert response["Location"].startswith("/accounts/login/?next=/my/certificates/")


def as_seen(response) -> tuple[int, str]:
    """The answer without the token of the sign-out button, which is another one each time."""
    return response.status_code, re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode()
    )


@pytest.mark.parametrize("path", ["certificates/{}/certificate.pdf", "certificates/names/{}/"])
def test_what_is_somebody_elses_looks_like_what_does_not_exist(path, certificate, ben, sign_in):
    client, theirs = sign_in(ben), (certificate.uuid, Candidacy.objects.get().uuid)

    found = [as_seen(client.get(f"/my/{path.format(uuid)}")) for uuid in (*theirs, uuid4())]

    assert found[0] == found[1] == found[2]
    assert found[0][0] == 404
