"""An employer's pages: what a manager may do and see there, and what never shows."""

import csv
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from assessments.models import AssignmentPage, Result, Submission
from courses.models import CoursePage, Enrolment, LessonPage, ModulePage
from lms.people import roles
from lms.people.actions import employments, invitations
from lms.people.models import Employment, Invitation, Membership, Organisation, User
from lms.people.roles import Permission, Role
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.factories import people, work
from tests.lms.views.conftest import Certify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]

STAFF = "/for/marlshire-council/"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def course(lesson: LessonPage, foundations: CoursePage) -> CoursePage:
    return foundations


@pytest.fixture
def through_work(ada: User, manuel: User, course: CoursePage, marlshire: Organisation) -> Enrolment:
    """Ada's enrolment in Foundations, made by Manuel for Marlshire."""
    return course_factory.enrol(ada, course, organisation=marlshire, enrolled_by=manuel)


def doors(employment: Employment, invitation: Invitation) -> list[tuple[str, str]]:
    one = f"{STAFF}staff/{employment.uuid}/"
    return [
        ("get", STAFF),
        ("get", f"{STAFF}staff.csv"),
        ("get", f"{STAFF}waiting/"),
        ("get", f"{STAFF}invited/"),
        ("get", f"{STAFF}enrol/"),
        ("post", f"{STAFF}enrol/"),
        ("get", one),
        ("get", f"{one}left/"),
        ("post", f"{one}left/"),
        ("post", f"{one}line-manager/"),
        ("post", f"{one}manager/"),
        ("post", f"{STAFF}invited/{invitation.uuid}/withdraw/"),
    ]


@pytest.fixture
def every_door(ada: User, manuel: User, marlshire: Organisation, at: datetime) -> list[tuple[str, str]]:
    return doors(ada.employments.get(), invitations.invite("new@example.org", marlshire, by=manuel, at=at))


def without_tokens(page: bytes) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r'\1""', page.decode())


def test_a_stranger_is_asked_to_sign_in(every_door: list[tuple[str, str]]) -> None:
    for method, door in every_door:
        answer = getattr(Client(), method)(door)

        assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={door}")


def test_an_outsider_learns_nothing_not_even_that_there_is_such_an_employer(
    every_door: list[tuple[str, str]], ada: User, ben: User, ines: User, sign_in: Any
) -> None:
    """The employees themselves are outsiders here, and so is every institute."""
    icb = people.organisation("marlshire-icb", "NHS Marlshire")
    maria = people.person("Maria")
    people.appoint(maria, Role.MANAGER, icb)

    for outsider in (ada, ben, ines, maria):
        browser = sign_in(outsider)
        for method, door in every_door:
            there = getattr(browser, method)(door)
            missing = getattr(browser, method)(door.replace("marlshire-council", "nowhere"))

            assert there.status_code == missing.status_code == 404
            assert without_tokens(there.content) == without_tokens(missing.content)
    assert Employment.objects.current().filter(person=ada).exists()


def test_an_insider_without_the_function_is_told_so(
    every_door: list[tuple[str, str]], manuel: User, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Managers hold every function of an employer today; the doors ask all the same."""
    monkeypatch.setitem(roles.PERMISSIONS, Role.MANAGER, frozenset({Permission.MARK_WORK}))

    for method, door in every_door:
        assert getattr(sign_in(manuel), method)(door).status_code == 403


def test_another_employers_people_and_invitations_are_as_good_as_missing(
    manuel: User, ben: User, sign_in: Any, at: datetime
) -> None:
    icb = people.organisation("marlshire-icb", "NHS Marlshire")
    maria = people.person("Maria")
    people.appoint(maria, Role.MANAGER, icb)
    theirs = people.employ(ben, icb)
    invitation = invitations.invite("new@example.org", icb, by=maria, at=at)
    browser = sign_in(manuel)

    for method, door in doors(theirs, invitation)[6:]:
        found = getattr(browser, method)(door)
        unknown = getattr(browser, method)(re.sub(r"[0-9a-f-]{36}", NOBODY, door))

        assert found.status_code == unknown.status_code == 404
        assert without_tokens(found.content) == without_tokens(unknown.content)


def test_an_employer_with_nobody_enrolled_is_led_to_enrol(manuel: User, sign_in: Any) -> None:
    page = sign_in(manuel).get(STAFF).content.decode()

    assert "Nobody is enrolled yet" in page
    assert f'href="{STAFF}enrol/"' in page
    assert "Not enrolled (1)" in page


def test_staff_stand_in_a_table_with_their_course_step_and_certificate(
    through_work: Enrolment, course: CoursePage, certify: Certify, manuel: User, sign_in: Any
) -> None:
    certify(through_work, certificate_factory.scheme(course, validity_months=2))

    page = sign_in(manuel).get(STAFF).content.decode()

    assert "1 enrolment" in page
    for text in (
        "Ada Bright",
        "What, not how",
        "Foundations of commissioning",
        "22 January 2027",
        "Certificate ends soon",
    ):
        assert text in page


def test_no_score_outcome_attempt_or_feedback_reaches_an_employer(
    through_work: Enrolment,
    module: ModulePage,
    manuel: User,
    asif: User,
    mina: User,
    lena: User,
    sign_in: Any,
    at: datetime,
) -> None:
    """S6: a manager sees status, not work. Ada was found not yet competent, with words that only she may read."""
    assignment: AssignmentPage = assessment_factory.assignment(module)
    submission = work.hand_in(through_work, assignment, at, f"{work.TEXT}\n\nCANARY-WORK")
    result = work.released(submission, asif, mina, lena, at, bands=1, unsafe="CANARY-UNSAFE")
    assert result.outcome == Result.Outcome.NOT_YET
    browser = sign_in(manuel)

    pages = [
        browser.get(address).content.decode()
        for address in (
            STAFF,
            f"{STAFF}staff.csv",
            f"{STAFF}waiting/",
            f"{STAFF}staff/{through_work.learner.employments.get().uuid}/",
        )
    ]

    secrets = ["CANARY", work.FEEDBACK, "ompetent", "attempt", "band", "Handed in", str(submission.uuid)]
    secrets += [Submission.objects.get().candidate_number, "Asif", "ada.bright@example.org"]
    for page in pages:
        assert [secret for secret in secrets if secret in page] == []
    assert "Not started" in pages[0]


def test_an_employers_pages_never_ask_for_evidence(
    through_work: Enrolment, manuel: User, sign_in: Any, django_assert_num_queries: Any
) -> None:
    browser = sign_in(manuel)

    with django_assert_num_queries(12) as asked:
        browser.get(STAFF)

    tables = {"assessments_" in query["sql"] for query in asked.captured_queries}
    assert tables == {False}


def test_whoever_leaves_is_gone_at_the_next_request(
    through_work: Enrolment, ada: User, manuel: User, sign_in: Any
) -> None:
    """S9: from both sides."""
    browser = sign_in(manuel)
    employment = ada.employments.get()
    assert "Ada Bright" in browser.get(STAFF).content.decode()

    sign_in(ada).post(f"/my/employers/{employment.uuid}/leave/")

    assert "Ada Bright" not in browser.get(STAFF).content.decode()
    assert "Ada Bright" not in browser.get(f"{STAFF}staff.csv").content.decode()
    assert browser.get(f"{STAFF}staff/{employment.uuid}/").status_code == 404


def test_a_manager_who_leaves_the_employer_sees_nothing_at_the_next_request(
    through_work: Enrolment, manuel: User, marlshire: Organisation, sign_in: Any, at: datetime
) -> None:
    browser = sign_in(manuel)
    people.employ(manuel, marlshire)
    assert browser.get(STAFF).status_code == 200

    employments.end(manuel.employments.get(), by=manuel, at=at)

    assert browser.get(STAFF).status_code == 404


def test_filters_narrow_the_list_and_the_download_alike(
    through_work: Enrolment,
    course: CoursePage,
    ben: User,
    manuel: User,
    marlshire: Organisation,
    sign_in: Any,
) -> None:
    people.employ(ben, marlshire)
    course_factory.enrol(ben, course, organisation=marlshire)
    browser = sign_in(manuel)

    def names(query: str) -> list[str]:
        listed = [row.name for row in browser.get(f"{STAFF}?{query}").context["rows"]]
        text = browser.get(f"{STAFF}staff.csv?{query}").content.decode("utf-8-sig")
        assert [row[0] for row in csv.reader(text.splitlines())][1:] == listed
        return listed

    assert names("") == ["Ada Bright", "Ben Carter"]
    assert names("team=mine") == ["Ada Bright"]
    assert names("q=carter") == ["Ben Carter"]
    assert names("ending=soon") == []
    assert names("team=nonsense&ending=nonsense&page=x") == ["Ada Bright", "Ben Carter"]


def test_nobody_matching_is_said_and_leads_back(through_work: Enrolment, manuel: User, sign_in: Any) -> None:
    page = sign_in(manuel).get(f"{STAFF}?q=zebra").content.decode()

    assert "Nobody matches" in page
    assert "Nobody is enrolled yet" not in page


def test_long_lists_come_in_pages(
    through_work: Enrolment, course: CoursePage, manuel: User, marlshire: Organisation, sign_in: Any
) -> None:
    for number in range(50):
        person = people.person(f"P{number:02}", "Zimmer")
        people.employ(person, marlshire)
        course_factory.enrol(person, course, organisation=marlshire)
    browser = sign_in(manuel)

    first, second = browser.get(STAFF), browser.get(f"{STAFF}?page=2")

    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 1)
    assert "Page 1 of 2" in first.content.decode()


def test_one_and_thirty_staff_cost_the_same(
    through_work: Enrolment,
    course: CoursePage,
    certify: Certify,
    manuel: User,
    marlshire: Organisation,
    sign_in: Any,
    django_assert_num_queries: Any,
) -> None:
    scheme = certificate_factory.scheme(course)
    certify(through_work, scheme)
    browser = sign_in(manuel)
    browser.get(STAFF)

    with django_assert_num_queries(12):
        browser.get(STAFF)

    for number in range(30):
        person = people.person(f"P{number}")
        people.employ(person, marlshire, line_manager=manuel)
        certify(course_factory.enrol(person, course, organisation=marlshire), scheme)
    with django_assert_num_queries(12):
        browser.get(STAFF)


def test_the_download_has_the_tables_columns_and_runs_no_formula(
    course: CoursePage, manuel: User, marlshire: Organisation, sign_in: Any
) -> None:
    hostile = people.person("=HYPERLINK(“x”)", "＠cmd", email="h@example.org")
    people.employ(hostile, marlshire)
    course_factory.enrol(hostile, course, organisation=marlshire)

    answer = sign_in(manuel).get(f"{STAFF}staff.csv")

    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert rows == [
        ["Name", "Course", "Step", "Finished on", "Certificate", "Valid until", "State"],
        ["'=HYPERLINK(“x”) ＠cmd", "Foundations", "What, not how", "", "", "", "Not started"],
    ]
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="staff-marlshire-council-2026-11-23.csv"'
    )


def test_a_manager_reads_what_each_line_will_do_then_confirms(
    ada: User, course: CoursePage, manuel: User, sign_in: Any
) -> None:
    browser = sign_in(manuel)
    given = {"course": course.pk, "addresses": "ada.bright@example.org\nnew@example.org\nnonsense"}

    checked = browser.post(f"{STAFF}enrol/", given).content.decode()

    assert "Nothing has happened yet." in checked
    for words in ("Will be enrolled", "Will be invited", "Not an e-mail address", "Confirm 2 lines"):
        assert words in checked
    assert not Enrolment.objects.exists()
    assert not Invitation.objects.exists()

    done = browser.post(f"{STAFF}enrol/", {**given, "confirm": "yes"}, follow=True).content.decode()
    again = browser.post(f"{STAFF}enrol/", {**given, "confirm": "yes"}, follow=True).content.decode()

    assert "1 person is enrolled now. 1 invitation is on the way." in done
    assert "0 people are enrolled now. 0 invitations are on the way." in again
    assert Enrolment.objects.count() == Invitation.objects.count() == 1


def test_the_list_can_be_changed_after_the_check(course: CoursePage, manuel: User, sign_in: Any) -> None:
    given = {"course": course.pk, "addresses": "new@example.org", "again": "yes"}

    page = sign_in(manuel).post(f"{STAFF}enrol/", given).content.decode()

    assert "new@example.org</textarea>" in page
    assert "See what each line will do" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"addresses": "a@example.org"}, "Choose “Course”"),
        ({"addresses": ""}, "Paste at least one e-mail address"),
        ({"addresses": "\n".join(["a@example.org"] * 501)}, "Paste at most 500 addresses at a time"),
    ],
)
def test_what_is_wrong_with_the_list_is_said_first(
    given: dict[str, str], sentence: str, course: CoursePage, manuel: User, sign_in: Any
) -> None:
    page = sign_in(manuel).post(f"{STAFF}enrol/", given).content.decode()

    assert "<title>Error: Enrol people" in page
    assert sentence in page.split('class="error-summary"')[1].split("<form")[0]


def test_only_courses_open_to_the_employer_can_be_chosen(
    course: CoursePage, aldermoor: object, manuel: User, marlshire: Organisation, sign_in: Any
) -> None:
    theirs = course_factory.course(course.institute, "For the ICB", open_to="organisations")
    ours = course_factory.course(course.institute, "For the council", open_to="organisations")
    ours.organisations.add(marlshire)
    ours.save()
    draft = course_factory.course(course.institute, "Not yet", live=False)
    browser = sign_in(manuel)

    offered = browser.get(f"{STAFF}enrol/").context["form"].fields["course"].queryset
    forced = browser.post(
        f"{STAFF}enrol/", {"course": theirs.pk, "addresses": "a@example.org"}
    ).content.decode()

    assert [each.title for each in offered] == ["For the council", "Foundations"]
    assert draft not in offered
    assert "<title>Error:" in forced


def test_whoever_accepted_and_has_no_course_waits_to_be_enrolled(
    ada: User, ben: User, through_work: Enrolment, manuel: User, marlshire: Organisation, sign_in: Any
) -> None:
    people.employ(ben, marlshire, work_email="ben@marlshire.example.org")
    browser = sign_in(manuel)

    page = browser.get(f"{STAFF}waiting/").content.decode()
    filled = browser.get(f"{STAFF}enrol/?waiting").content.decode()

    assert "1 person without a course through you" in page
    assert "Ben Carter" in page
    assert "Ada Bright" not in page
    assert "ben@marlshire.example.org</textarea>" in filled


def test_everyone_enrolled_and_nobody_invited_are_said(
    through_work: Enrolment, manuel: User, sign_in: Any
) -> None:
    browser = sign_in(manuel)

    assert "Everyone is enrolled" in browser.get(f"{STAFF}waiting/").content.decode()
    assert "No open invitations" in browser.get(f"{STAFF}invited/").content.decode()


def test_an_invitation_is_listed_and_withdrawn_once(
    manuel: User, marlshire: Organisation, sign_in: Any, at: datetime
) -> None:
    invitation = invitations.invite("new@example.org", marlshire, by=manuel, at=at)
    browser = sign_in(manuel)
    address = f"{STAFF}invited/{invitation.uuid}/withdraw/"

    assert "new@example.org" in browser.get(f"{STAFF}invited/").content.decode()
    assert (
        "The invitation to new@example.org no longer holds."
        in browser.post(address, follow=True).content.decode()
    )
    assert browser.post(address).status_code == 409


def test_one_and_thirty_people_waiting_or_invited_cost_the_same(
    manuel: User, marlshire: Organisation, sign_in: Any, at: datetime, django_assert_num_queries: Any
) -> None:
    invitations.invite("new@example.org", marlshire, by=manuel, at=at)
    browser = sign_in(manuel)
    browser.get(f"{STAFF}waiting/")

    with django_assert_num_queries(7):
        browser.get(f"{STAFF}waiting/")
    with django_assert_num_queries(7):
        browser.get(f"{STAFF}invited/")

    for number in range(30):
        people.employ(people.person(f"P{number}"), marlshire, line_manager=manuel)
        invitations.invite(f"i{number}@example.org", marlshire, by=manuel, at=at)
    with django_assert_num_queries(7):
        browser.get(f"{STAFF}waiting/")
    with django_assert_num_queries(7):
        browser.get(f"{STAFF}invited/")


def test_a_line_manager_is_named_from_among_the_managers(
    ada: User, manuel: User, marlshire: Organisation, sign_in: Any
) -> None:
    maria = people.person("Maria", "Santos")
    people.appoint(maria, Role.MANAGER, marlshire)
    browser = sign_in(manuel)
    one = f"{STAFF}staff/{ada.employments.get().uuid}/"

    assert '<option value="">Nobody</option>' in browser.get(one).content.decode()
    page = browser.post(
        f"{one}line-manager/", {"line_manager": str(maria.uuid)}, follow=True
    ).content.decode()
    forced = browser.post(f"{one}line-manager/", {"line_manager": str(ada.uuid)})

    assert "Ada Bright’s line manager: Maria Santos." in page
    assert ada.employments.get().line_manager == maria
    assert forced.status_code == 409


def test_a_member_of_staff_becomes_a_manager_and_stands_down_again(
    ada: User, manuel: User, marlshire: Organisation, sign_in: Any
) -> None:
    browser = sign_in(manuel)
    address = f"{STAFF}staff/{ada.employments.get().uuid}/manager/"

    browser.post(address)
    assert Membership.objects.current().at(marlshire).filter(person=ada).exists()
    assert browser.post(address).status_code == 409

    browser.post(address, {"stand_down": "yes"})
    assert not Membership.objects.current().at(marlshire).filter(person=ada).exists()


def test_nobody_makes_themselves_a_line_manager_or_appoints_themselves(
    manuel: User, marlshire: Organisation, sign_in: Any, at: datetime
) -> None:
    people.employ(manuel, marlshire)
    one = f"{STAFF}staff/{manuel.employments.get().uuid}/"
    browser = sign_in(manuel)

    assert browser.post(f"{one}line-manager/", {"line_manager": str(manuel.uuid)}).status_code == 409
    assert browser.post(f"{one}manager/").status_code == 409


def test_somebody_who_left_is_taken_off_the_list_after_a_question(
    ada: User, manuel: User, sign_in: Any
) -> None:
    browser = sign_in(manuel)
    address = f"{STAFF}staff/{ada.employments.get().uuid}/left/"

    assert "no longer works at Marlshire County Council?" in browser.get(address).content.decode()
    assert "Ada Bright is no longer on your list." in browser.post(address, follow=True).content.decode()
    assert browser.get(address).status_code == browser.post(address).status_code == 409
    assert ada.employments.get().ended_on is not None


def test_an_invitation_that_lapsed_is_not_listed(
    manuel: User, marlshire: Organisation, sign_in: Any, at: datetime
) -> None:
    invitations.invite("old@example.org", marlshire, by=manuel, at=at - timedelta(days=15))

    assert "No open invitations" in sign_in(manuel).get(f"{STAFF}invited/").content.decode()
