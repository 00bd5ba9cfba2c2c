"""Checking a certificate as anybody, by hand and by machine."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from assessments.models import WithdrawalReason
from certificates.actions import certificates
from certificates.models import Certificate, CertificateEvent
from lms.people.models import Institute
from tests.factories import certificates as factory

UNKNOWN = "7K3M-9QXD-2VTH-9"
JSON = {"HTTP_ACCEPT": "application/json"}
GARBAGE = (
    "x",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "٧K3M-9QXD-2VTH-9",
    "A" * 10_000,
    "../../etc/passwd",
    "\u0000",
    "😀" * 13,
)


@pytest.fixture(autouse=True)
def _nobody_has_guessed_before(db):
    cache.clear()


@pytest.fixture
def anyone() -> Client:
    return Client()


def page(certificate: Certificate) -> str:
    return f"/v/{certificate.code}/"


def machine(certificate: Certificate) -> dict:
    return Client().get(page(certificate), **JSON).json()


def says(response, *words: str) -> bool:
    text = " ".join(response.content.decode().split())
    return all(each in text for each in words)


def test_a_valid_certificate_shows_what_the_paper_shows(certificate, anyone):
    response = anyone.get(page(certificate))

    assert says(
        response,
        "This certificate is valid",
        "Ada Bright",
        "Foundations of commissioning",
        "Foundation",
        "1.1 Frame the question",
        "Aldermoor Institute of Commissioning",
        "AIC-2026-00001",
        "23 November 2026 to 22 November 2028",
        "A professional certificate of this institute, not a regulated qualification.",
        "How to check what you hold in your hand",
        "Checked on",
    )


def test_the_answer_wears_the_colours_of_the_institute_that_issued(certificate, anyone):
    assert "/i/aldermoor/brand." not in anyone.get(f"/v/{certificate.code}/").content.decode()

    Institute.objects.filter(slug="aldermoor").update(brand_colour="#005eb8")

    assert "/i/aldermoor/brand." in anyone.get(f"/v/{certificate.code}/").content.decode()
    assert "/i/aldermoor/brand." not in anyone.get("/verify/").content.decode()


def test_no_cache_and_no_search_engine_keeps_the_answer(certificate, anyone):
    response = anyone.get(page(certificate))

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "Accept" in response["Vary"]
    assert not response.cookies


def test_a_machine_gets_the_same_as_data(certificate, at):
    answer = machine(certificate)

    assert answer.pop("checked_at")
    assert answer == {
        "state": "valid",
        "sentence": "This certificate is valid. It holds until 22 November 2028.",
        "since": "2026-11-23",
        "certificate": {
            "name": "Ada Bright",
            "title": "Foundations of commissioning",
            "level": "foundation",
            "institute": "Aldermoor Institute of Commissioning",
            "number": "AIC-2026-00001",
            "issued_on": "2026-11-23",
            "valid_from": "2026-11-23",
            "valid_until": "2028-11-22",
            "competencies": [{"code": "1.1", "title": "Frame the question"}],
        },
        "statement": "A professional certificate of this institute, not a regulated qualification.",
    }


def test_a_change_shows_at_the_same_address_at_once(certificate, rosa, at):
    states = [machine(certificate)["state"]]
    for change in (certificates.suspend, certificates.reinstate, certificates.revoke):
        change(certificate, by=rosa, at=at, reason="Unkind words.")
        states.append(machine(certificate)["state"])

    assert states == ["valid", "suspended", "valid", "revoked"]


def test_a_revoked_certificate_still_says_whose_it_was_and_since_when(certificate, rosa, at, anyone):
    certificates.revoke(certificate, by=rosa, at=at, reason="Unkind words.")

    response = anyone.get(page(certificate))

    assert response.status_code == 200
    assert says(response, "This certificate is revoked", "ended it on 23 November 2026", "Ada Bright")


def test_an_expired_certificate_says_until_when_it_held(quiz_scheme, foundations, rosa, at, anyone):
    (expired,) = factory.issued(foundations, 1, by=rosa, at=at - timedelta(days=3 * 365))

    assert says(anyone.get(page(expired)), "This certificate has expired", "It held until 23 November 2025")


def test_a_replaced_certificate_gives_neither_name(certificate, rosa, at, anyone):
    CertificateEvent.objects.create(certificate=certificate, position=2, kind="superseded", by=rosa, at=at)

    response = anyone.get(page(certificate))

    assert says(response, "This certificate has been replaced", "Ask the holder for the current certificate.")
    assert b"Ada" not in response.content
    assert machine(certificate)["certificate"].keys() == {"number", "institute"}


def test_a_certificate_that_is_being_made_gives_no_name(quiz_scheme, foundations, rosa, at, anyone):
    (granted,) = factory.granted(foundations, 1, by=rosa, at=at)

    response = anyone.get(page(granted))

    assert says(response, "This certificate is being made", granted.number)
    assert b"Okafor" not in response.content


def test_nothing_that_the_paper_does_not_say_is_on_the_page(
    certificate, ada, rosa, lena, marlshire, manuel, at, anyone
):
    """Canaries: address, employer, registrar, reasons and results are written down, and not shown."""
    ada.email = "canary.address@example.org"
    ada.save()
    certificates.suspend(certificate, by=rosa, at=at, reason="canary-of-suspension")
    event = factory.withdraw(certificate.decision.results.get(), by=lena, at=at, ground="fraud")
    WithdrawalReason.objects.create(event=event, text="canary-of-withdrawal")

    for answer in (anyone.get(page(certificate)), anyone.get(page(certificate), **JSON)):
        for canary in (
            "canary",
            "Marlshire",
            "Rosa",
            "Lena",
            "Lindqvist",
            "fraud",
            "passed",
            "Passed",
            "Quiz",
        ):
            assert canary not in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, JSON])
def test_a_check_takes_three_queries(headers, certificate, rosa, at, anyone, django_assert_num_queries):
    certificates.revoke(certificate, by=rosa, at=at, reason="Unkind words.")

    with django_assert_num_queries(3):
        anyone.get(page(certificate), **headers)


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_in_another_spelling_leads_to_its_own_address(typed, certificate, anyone):
    response = anyone.get(f"/v/{typed(certificate.code)}/")

    assert (response.status_code, response["Location"]) == (302, page(certificate))


def test_a_code_that_no_certificate_has_is_said_plainly(anyone):
    response = anyone.get(f"/v/{UNKNOWN}/")

    assert response.status_code == 404
    assert says(response, "No certificate has this code", "A certificate that was once issued never vanishes")


def test_a_mistyped_code_is_told_apart_without_asking_the_database(anyone, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = anyone.get("/v/7K3M-9QXD-2VTH-N/")

    assert response.status_code == 404
    assert says(response, "its last character does not fit the others")


def test_a_machine_is_told_of_misses_too(anyone):
    answers = [anyone.get(f"/v/{code}/", **JSON) for code in (UNKNOWN, "x")]

    assert [(each.status_code, each.json()["state"]) for each in answers] == [
        (404, "unknown"),
        (404, "malformed"),
    ]


def test_garbage_gets_one_constant_answer(anyone):
    answers = {
        (response.status_code, response.content)
        for typed in GARBAGE
        for response in [anyone.get("/verify/", {"code": typed})]
    }

    assert len(answers) == 1
    ((status, content),) = answers
    assert status == 200
    assert b"That is not the code of a certificate" in content
    assert b"<title>Error: Check a certificate" in content


def test_what_looks_like_a_mistyped_code_is_given_back_to_be_mended(anyone):
    assert b'value="7K3M-9QXD-2VTH-N"' in anyone.get("/verify/", {"code": "7K3M-9QXD-2VTH-N"}).content


def test_the_form_leads_to_the_certificate(certificate, anyone):
    response = anyone.get("/verify/", {"code": f" https://elsewhere.example{page(certificate)}"})

    assert (response.status_code, response["Location"]) == (302, page(certificate))


def test_the_form_asks_for_a_code_when_none_is_typed(anyone):
    assert says(anyone.get("/verify/", {"code": ""}), "Type the code that is printed on the certificate")


def test_nothing_may_be_posted(certificate, anyone):
    assert [anyone.post(each).status_code for each in ("/verify/", page(certificate))] == [405, 405]


def test_twenty_misses_a_minute_are_answered_and_no_more(certificate, anyone):
    misses = [anyone.get(f"/v/{UNKNOWN}/").status_code for _ in range(21)]

    assert misses == [404] * 20 + [429]
    refused = anyone.get(page(certificate))
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert says(refused, "Please wait a minute", "Too many codes that no certificate has")
    assert anyone.get(page(certificate), **JSON).json()["state"] == "wait"


def test_hits_and_typing_errors_are_never_counted(certificate, anyone):
    for _ in range(25):
        anyone.get(page(certificate))
        anyone.get("/v/7K3M-9QXD-2VTH-N/")

    assert anyone.get(page(certificate)).status_code == 200


def test_one_address_does_not_use_up_the_patience_for_another(certificate):
    for _ in range(21):
        Client(REMOTE_ADDR="192.0.2.1").get(f"/v/{UNKNOWN}/")

    assert Client(REMOTE_ADDR="192.0.2.2").get(page(certificate)).status_code == 200


def test_the_addresses_of_one_household_count_as_one(certificate):
    for number in range(21):
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1:x}").get(f"/v/{UNKNOWN}/")

    asked = [
        Client(REMOTE_ADDR=address).get(page(certificate)).status_code
        for address in ("2001:db8:1:2::ffff", "2001:db8:1:3::1")
    ]
    assert asked == [429, 200]


def test_a_minute_later_patience_is_whole_again(certificate, anyone, time_machine):
    for _ in range(21):
        anyone.get(f"/v/{UNKNOWN}/")

    time_machine.shift(timedelta(seconds=61))

    assert anyone.get(page(certificate)).status_code == 200


def test_a_forged_header_brings_no_new_patience(certificate, settings):
    for number in range(21):
        Client(HTTP_X_FORWARDED_FOR=f"192.0.2.{number}").get(f"/v/{UNKNOWN}/")

    assert Client(HTTP_X_FORWARDED_FOR="198.51.100.1").get(page(certificate)).status_code == 429


def test_a_name_is_shown_as_text(quiz_scheme, enrolment, quiz, rosa, at, anyone):
    named = factory.certificate(enrolment, quiz, by=rosa, at=at, name="<b>Ada</b> & Co")

    content = anyone.get(page(named)).content.decode()

    assert "&lt;b&gt;Ada&lt;/b&gt; &amp; Co" in content
    assert "<b>Ada" not in content
