"""A learner's own certificates."""

from pathlib import Path

import pytest

from certificates.actions import certificates, decisions
from certificates.models import Candidacy
from tests.factories import certificates as factory
from tests.factories import courses as course_factory

OWN = "/my/certificates/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def pdf(certificate) -> str:
    return f"/my/certificates/{certificate.uuid}/certificate.pdf"


def credential(certificate) -> str:
    return f"/my/certificates/{certificate.uuid}/credential.json"


def test_without_a_course_the_page_says_what_will_be_here(ben, sign_in):
    assert "No certificate yet" in text(sign_in(ben).get(OWN))


def test_a_learner_on_the_way_reads_what_is_missing_and_why(scheme, enrolment, ada, quiz, sign_in):
    factory.passed(enrolment, quiz)

    page = text(sign_in(ada).get(OWN))

    assert "On your way to" in page
    assert "Passed on 2 November 2026" in page
    assert "You have no result for this assignment yet." in page


def test_a_candidate_is_asked_for_the_name_first_of_all(quiz_scheme, enrolment, ada, quiz, sign_in):
    factory.passed(enrolment, quiz)

    page = text(sign_in(ada).get(OWN))

    assert "You have met every requirement." in page
    assert f"/my/certificates/names/{Candidacy.objects.get().uuid}/" in page


def test_a_candidate_confirms_the_name(quiz_scheme, enrolment, ada, quiz, sign_in):
    factory.passed(enrolment, quiz)
    candidacy, client = Candidacy.objects.get(), sign_in(ada)
    url = f"/my/certificates/names/{candidacy.uuid}/"
    assert 'value="Ada Bright"' in text(client.get(url))

    response = client.post(url, {"name": "Ada  K. Bright"}, follow=True)

    candidacy.refresh_from_db()
    assert candidacy.printed_name == "Ada K. Bright"
    assert "Your name is confirmed as <b>Ada K. Bright</b>." in text(response)


def test_a_name_that_cannot_be_printed_comes_back_with_a_sentence(quiz_scheme, enrolment, ada, quiz, sign_in):
    factory.passed(enrolment, quiz)
    candidacy = Candidacy.objects.get()

    page = text(sign_in(ada).post(f"/my/certificates/names/{candidacy.uuid}/", {"name": "Ada ☃"}))

    candidacy.refresh_from_db()
    assert "<title>Error: Confirm your name" in page
    assert "Our certificate cannot show “☃” (snowman)." in page
    assert candidacy.name_confirmed_at is None


def test_after_the_decision_the_name_is_settled(candidacy, ada, rosa, at, sign_in):
    decisions.grant(candidacy, name="Ada Bright", by=rosa, at=at)

    response = sign_in(ada).post(f"/my/certificates/names/{candidacy.uuid}/", {"name": "Ada Smith"})

    assert response.status_code == 409
    assert "The decision has been taken, so the name is settled." in text(response)


def test_a_put_off_decision_is_shown_with_its_reason(candidacy, ada, rosa, at, sign_in):
    decisions.defer(candidacy, reason="Send us proof of your name.", by=rosa, at=at)

    page = text(sign_in(ada).get(OWN))

    assert "The decision was put off on 23 November 2026" in page
    assert "Send us proof of your name." in page


def test_a_refusal_is_shown_with_its_reason_and_where_to_write(candidacy, ada, rosa, at, sign_in):
    decisions.refuse(candidacy, reason="The identity is in doubt.", by=rosa, at=at)

    page = text(sign_in(ada).get(OWN))

    assert "Not granted on 23 November 2026" in page
    assert "The identity is in doubt." in page
    assert "office@aldermoor.example.org" in page


def test_a_certificate_is_there_to_download_and_to_show(certificate, ada, sign_in):
    page = text(sign_in(ada).get(OWN))

    assert "AIC-2026-00001" in page
    assert pdf(certificate) in page
    assert credential(certificate) in page
    assert f'data-copy="{certificate.facts["verify_url"]}"' in page
    assert "On your way to" not in page


def test_the_download_is_the_file_that_was_made_and_no_copy_is_kept(certificate, ada, settings, sign_in):
    response = sign_in(ada).get(pdf(certificate))

    made = (Path(settings.MEDIA_ROOT) / certificate.files.get(kind="pdf").path).read_bytes()
    assert response.content == made
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="AIC-2026-00001.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_the_credential_is_the_one_that_was_signed_and_no_copy_is_kept(certificate, ada, settings, sign_in):
    response = sign_in(ada).get(credential(certificate))

    made = (Path(settings.MEDIA_ROOT) / certificate.files.get(kind="credential").path).read_bytes()
    assert response.content == made
    assert response["Content-Type"] == "application/ld+json"
    assert response["Content-Disposition"] == 'attachment; filename="AIC-2026-00001.json"'
    assert "no-store" in response["Cache-Control"]


def test_what_was_issued_before_there_were_credentials_has_none_to_give(
    quiz_scheme, foundations, rosa, at, sign_in
):
    (issued,) = factory.issued(foundations, 1, by=rosa, at=at)
    issued.files.create(kind="pdf", path="p", size=1, sha256="0" * 64, made_at=at, tools={})
    client = sign_in(issued.learner)

    assert client.get(credential(issued)).status_code == 404
    assert credential(issued) not in text(client.get(OWN))


def test_a_credential_that_is_not_made_yet_is_a_page_that_says_so(
    quiz_scheme, foundations, rosa, at, sign_in
):
    (granted,) = factory.granted(foundations, 1, by=rosa, at=at)

    assert sign_in(granted.learner).get(credential(granted)).status_code == 503


def test_a_file_that_is_not_made_yet_is_a_page_that_says_so(quiz_scheme, foundations, rosa, at, sign_in):
    (granted,) = factory.granted(foundations, 1, by=rosa, at=at)

    response = sign_in(granted.learner).get(pdf(granted))

    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert "Certificate AIC-2026-00001 is being made." in text(response)
    assert "Learner0 Okafor" in text(response)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"%PDF-forged")])
def test_a_file_that_is_not_what_was_made_is_not_given_out(damage, certificate, ada, settings, sign_in):
    damage(Path(settings.MEDIA_ROOT) / certificate.files.get(kind="pdf").path)

    assert sign_in(ada).get(pdf(certificate)).status_code == 503


@pytest.mark.parametrize(
    ("change", "word"), [(certificates.suspend, "suspended"), (certificates.revoke, "revoked")]
)
def test_what_does_not_hold_is_explained_and_not_given_out(change, word, certificate, ada, rosa, at, sign_in):
    change(certificate, by=rosa, at=at, reason="The reason for the holder.")
    client = sign_in(ada)

    page, response = text(client.get(OWN)), client.get(pdf(certificate))
    assert client.get(credential(certificate)).status_code == 409
    assert credential(certificate) not in page

    assert f"This certificate is {word}." in page
    assert "The reason for the holder." in page
    assert pdf(certificate) not in page
    assert response.status_code == 409
    assert f"Certificate AIC-2026-00001 is {word}, so its file is not given out." in text(response)


@pytest.mark.parametrize("courses", [1, 4])
def test_the_page_takes_the_same_queries_for_one_route_and_for_four(
    courses, certificate, ada, aldermoor, quiz, sign_in, django_assert_num_queries
):
    for number in range(courses):
        course = course_factory.course(aldermoor, f"Course {number}")
        course_factory.enrol(ada, course)
        factory.scheme(course, quiz, slug=f"scheme-{number}")
    client = sign_in(ada)

    with django_assert_num_queries(11):
        client.get(OWN)
