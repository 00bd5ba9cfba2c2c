"""The register, and changing how a certificate stands."""

from datetime import timedelta

import pytest

from certificates.actions import certificates
from certificates.models import Certificate
from lms.people.roles import Role
from tests.factories import certificates as factory
from tests.factories import courses as course_factory
from tests.factories import people

REGISTER = "/at/aldermoor/certificates/register/"
ENTRY = f"{REGISTER}AIC-2026-00001/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def numbers(response) -> list[str]:
    return [certificate.number for certificate, _verdict in response.context["rows"]]


def test_an_empty_register_says_how_it_fills(rosa, sign_in):
    assert "The register is empty" in text(sign_in(rosa).get(REGISTER))


def test_a_part_of_a_name_or_of_a_number_finds_it(certificate, foundations, rosa, at, sign_in):
    factory.issued(foundations, 2, by=rosa, at=at)
    client = sign_in(rosa)

    found = [numbers(client.get(REGISTER, {"q": typed})) for typed in ("bright", "00002", "okafor", "nobody")]

    assert found == [["AIC-2026-00001"], ["AIC-2026-00002"], ["AIC-2026-00003", "AIC-2026-00002"], []]


def test_a_state_finds_those_that_stand_so(certificate, foundations, rosa, at, sign_in):
    factory.issued(foundations, 1, by=rosa, at=at)
    factory.granted(foundations, 1, by=rosa, at=at)
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")
    client = sign_in(rosa)

    found = [numbers(client.get(REGISTER, {"state": state})) for state in ("revoked", "valid", "being_made")]

    assert found == [["AIC-2026-00001"], ["AIC-2026-00002"], ["AIC-2026-00003"]]


def test_a_code_finds_it_however_it_was_typed(certificate, foundations, rosa, at, sign_in):
    factory.issued(foundations, 1, by=rosa, at=at)
    typed = certificate.code.lower().replace("-", " ")

    assert numbers(sign_in(rosa).get(REGISTER, {"q": typed})) == ["AIC-2026-00001"]


def test_a_scheme_and_the_days_of_granting_narrow_it(
    certificate, foundations, quiz, aldermoor, rosa, at, sign_in
):
    later = at + timedelta(days=2)
    factory.issued(foundations, 1, by=rosa, at=later)
    factory.scheme(course_factory.course(aldermoor, "Leading"), slug="leading", title="Leading")
    client = sign_in(rosa)

    found = [
        numbers(client.get(REGISTER, asked))
        for asked in (
            {"scheme": "foundations-certificate"},
            {"scheme": "leading"},
            {"since": later.date().isoformat()},
            {"until": at.date().isoformat()},
            {"since": at.date().isoformat(), "until": later.date().isoformat(), "q": "bright"},
        )
    ]

    both, first, second = ["AIC-2026-00002", "AIC-2026-00001"], ["AIC-2026-00001"], ["AIC-2026-00002"]
    assert found == [both, [], second, first, first]


def test_a_day_that_is_none_is_said_and_narrows_nothing(certificate, rosa, sign_in):
    response = sign_in(rosa).get(REGISTER, {"since": "soon"})

    assert numbers(response) == ["AIC-2026-00001"]
    assert "Write the day as a date, such as 2026-11-28" in text(response)


def test_a_search_without_a_hit_leads_back_to_the_whole(certificate, rosa, sign_in):
    shown = text(sign_in(rosa).get(REGISTER, {"q": "nobody"}))

    assert "Nothing fits" in shown
    assert "Show the whole register" in shown


def test_a_state_that_does_not_exist_finds_everything(certificate, rosa, sign_in):
    assert numbers(sign_in(rosa).get(REGISTER, {"state": "sold"})) == ["AIC-2026-00001"]


def test_the_register_comes_in_pages_that_keep_the_search(quiz_scheme, foundations, rosa, at, sign_in):
    factory.issued(foundations, 31, by=rosa, at=at)

    response = sign_in(rosa).get(REGISTER, {"q": "okafor", "page": 2})

    assert numbers(response) == ["AIC-2026-00001"]
    assert 'href="?q=okafor&amp;page=1"' in text(response)


@pytest.mark.parametrize("count", [1, 30])
def test_the_register_takes_the_same_queries_for_one_and_for_thirty(
    count, quiz_scheme, foundations, rosa, at, sign_in, django_assert_num_queries
):
    factory.issued(foundations, count, by=rosa, at=at)
    client = sign_in(rosa)

    with django_assert_num_queries(7):
        client.get(REGISTER)


def test_an_entry_tells_the_whole_history(certificate, rosa, at, sign_in):
    certificates.suspend(certificate, by=rosa, at=at, reason="A mix-up.")

    shown = text(sign_in(rosa).get(ENTRY))

    for each in (
        "Granted",
        "By Rosa Lindqvist.",
        "Issued",
        "By itself, when the file was made.",
        "A mix-up.",
    ):
        assert each in shown
    assert certificate.files.get(kind="pdf").sha256 in shown


def test_an_entry_offers_what_may_follow_and_nothing_else(certificate, rosa, at, sign_in):
    client = sign_in(rosa)
    offered = [[each["label"] for each in client.get(ENTRY).context["changes"]]]
    for change in (certificates.suspend, certificates.revoke):
        change(certificate, by=rosa, at=at, reason="Why.")
        offered.append([each["label"] for each in client.get(ENTRY).context["changes"]])

    assert offered == [["Suspend", "Revoke"], ["Lift the suspension", "Revoke"], []]


def test_an_administrator_is_offered_no_change(certificate, ines, sign_in):
    assert sign_in(ines).get(ENTRY).context["changes"] == []


def test_the_registrar_downloads_what_the_holder_got_whatever_became_of_it(certificate, rosa, at, sign_in):
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")

    response = sign_in(rosa).get(f"{ENTRY}certificate.pdf")

    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "said"),
    [("suspend", "is suspended."), ("reinstate", "is no longer suspended.")],
)
def test_a_change_with_a_reason_is_made_and_said(change, said, certificate, rosa, at, sign_in):
    if change == "reinstate":
        certificates.suspend(certificate, by=rosa, at=at, reason="A mix-up.")

    response = sign_in(rosa).post(f"{ENTRY}{change}/", {"reason": "Because."}, follow=True)

    assert response.redirect_chain == [(ENTRY, 302)]
    assert f"Certificate AIC-2026-00001 {said} The holder is told by e-mail." in text(response)


@pytest.mark.parametrize("change", ["suspend", "revoke"])
def test_a_change_without_a_reason_comes_back(change, certificate, rosa, sign_in):
    shown = text(sign_in(rosa).post(f"{ENTRY}{change}/", {"reason": " "}))

    assert "<title>Error: " in shown
    assert "Write down why: it is kept with the certificate" in shown


def test_revoking_asks_once_more_with_the_reason_before_ones_eyes(certificate, rosa, sign_in):
    client = sign_in(rosa)

    first = client.post(f"{ENTRY}revoke/", {"reason": "Not her <own> work."})
    assert "for good?</h1>" in text(first)
    assert "Not her &lt;own&gt; work." in text(first)
    assert certificate.events.count() == 1

    client.post(f"{ENTRY}revoke/", {"reason": "Not her <own> work.", "confirmed": "yes"})
    last = certificate.events.last()
    assert (last.kind, last.by, last.reason.text) == ("revoked", rosa, "Not her <own> work.")


@pytest.mark.parametrize("change", ["suspend", "reinstate", "revoke"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_follows_a_revocation(change, method, certificate, rosa, at, sign_in):
    certificates.revoke(certificate, by=rosa, at=at, reason="Not her own work.")

    response = getattr(sign_in(rosa), method)(f"{ENTRY}{change}/")

    assert response.status_code == 409
    assert "The certificate has moved on." in text(response)


def test_nobody_changes_their_own_certificate(certificate, ada, aldermoor, sign_in):
    people.appoint(ada, Role.REGISTRAR, aldermoor)

    response = sign_in(ada).post(f"{ENTRY}revoke/", {"reason": "Because.", "confirmed": "yes"})

    assert response.status_code == 409
    assert "Nobody suspends, reinstates or revokes their own certificate." in text(response)
    assert Certificate.objects.get().events.count() == 1
