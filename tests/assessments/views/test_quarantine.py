"""Work that was set aside, as assessor, writer and administrator meet it."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import quarantine
from assessments.models import AssignmentPage, PassedOver, Quarantine, Submission
from courses.models import Enrolment, ModulePage
from lms.people.models import User
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import work

pytestmark = pytest.mark.usefixtures("clock")
WHY = Quarantine.Reason.SERVICE


@pytest.fixture
def aside(claimed: Submission, asif: User, at: datetime) -> Quarantine:
    return quarantine.quarantine(claimed, WHY, "In the first paragraph.", by=asif, at=at)


def test_asif_sets_the_work_aside_from_the_page_he_marks_on(
    sign_in: SignIn, asif: User, claimed: Submission, read: Read
) -> None:
    desk, address = sign_in(asif), reverse("marking_quarantine", args=["aldermoor", claimed.uuid])
    assert "Set this work aside" in read(desk.get(reverse("marking_edit", args=["aldermoor", claimed.uuid])))

    answer = desk.post(address, {"reason": "service", "words": "In the first paragraph."}, follow=True)

    assert f"The work of candidate {claimed.candidate_number} is set aside." in read(answer)
    assert Quarantine.objects.get().words.text == "In the first paragraph."


def test_what_is_left_out_is_asked_for(sign_in: SignIn, asif: User, claimed: Submission, read: Read) -> None:
    address = reverse("marking_quarantine", args=["aldermoor", claimed.uuid])

    page = read(sign_in(asif).post(address, {}))

    assert "Choose what you met." in page
    assert "Say where it stands" in page
    assert not Quarantine.objects.exists()


def test_afterwards_asif_opens_it_no_more(sign_in: SignIn, asif: User, aside: Quarantine, read: Read) -> None:
    answer = sign_in(asif).get(reverse("marking_edit", args=["aldermoor", aside.submission.uuid]))

    assert answer.status_code == 409
    assert "Nobody opens it." in read(answer)


def test_my_learning_says_it_loudest(browser: Client, aside: Quarantine, read: Read) -> None:
    page = read(browser.get("/my/"))

    assert "Please take something out of your work" in page
    assert "Decision promised" not in page


def test_ada_reads_why_where_and_that_it_costs_nothing(
    browser: Client, aside: Quarantine, read: Read
) -> None:
    page = read(browser.get(reverse("submission", args=[aside.submission.uuid])))

    assert "A real person who draws on services could be recognised." in page
    assert "“In the first paragraph.”" in page
    assert "it costs you no try" in page
    assert "Change my work" in page
    assert "The way to your result" not in page


def test_ada_finds_her_words_in_the_new_draft(
    browser: Client, aside: Quarantine, enrolment: Enrolment, brief: AssignmentPage, read: Read
) -> None:
    page = browser.get(reverse("draft_edit", args=[enrolment.uuid, brief.pk]))

    assert page.context["form"]["text"].value() == work.TEXT


def test_the_page_of_the_assignment_leads_there(
    browser: Client, aside: Quarantine, brief: AssignmentPage, read: Read
) -> None:
    assert "Please take something out of your work" in read(browser.get(brief.url))


def test_the_replaced_version_says_what_it_is(
    browser: Client, aside: Quarantine, enrolment: Enrolment, brief: AssignmentPage, at: datetime, read: Read
) -> None:
    work.hand_in(enrolment, brief, at, "Nobody is named here.")

    page = read(browser.get(reverse("submission", args=[aside.submission.uuid])))

    assert "You have replaced this work by another version." in page


def test_ines_puts_back_what_was_a_mistake_without_seeing_it(
    sign_in: SignIn, ines: User, aside: Quarantine, read: Read
) -> None:
    desk = sign_in(ines)
    listed = read(desk.get(reverse("quarantine_list", args=["aldermoor"])))
    assert "Waits for its writer" in listed
    assert "Ada" not in listed

    answer = desk.post(reverse("quarantine_lift", args=["aldermoor", aside.uuid]), follow=True)

    assert "is back where it was in the queue" in read(answer)
    assert "Lifted: nobody can be recognised" in read(answer)


def test_lifting_twice_is_refused_with_a_sentence(
    sign_in: SignIn, ines: User, aside: Quarantine, read: Read
) -> None:
    desk, address = sign_in(ines), reverse("quarantine_lift", args=["aldermoor", aside.uuid])
    desk.post(address)

    answer = desk.post(address)

    assert answer.status_code == 409
    assert "This quarantine has ended already." in read(answer)


def test_nothing_set_aside_is_said(sign_in: SignIn, ines: User, read: Read) -> None:
    assert "Nothing is set aside" in read(sign_in(ines).get(reverse("quarantine_list", args=["aldermoor"])))


def test_the_list_costs_the_same_for_one_and_for_thirty(
    sign_in: SignIn,
    ines: User,
    asif: User,
    aside: Quarantine,
    module: ModulePage,
    brief: AssignmentPage,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    desk, address = sign_in(ines), reverse("quarantine_list", args=["aldermoor"])
    desk.get(address)
    with django_assert_num_queries(5):
        desk.get(address)
    for found in work.hand_in_many(module.get_parent().specific, brief, 29, at):
        quarantine.quarantine(work.claim(found, asif, at), WHY, "Here.", by=asif, at=at)

    with django_assert_num_queries(5):
        desk.get(address)


def test_passing_over_leads_to_the_next_and_lena_sees_how_often(
    sign_in: SignIn,
    asif: User,
    lena: User,
    mina: User,
    claimed: Submission,
    module: ModulePage,
    brief: AssignmentPage,
    at: datetime,
    read: Read,
) -> None:
    (other,) = work.hand_in_many(module.get_parent().specific, brief, 1, at)

    answer = sign_in(asif).post(
        reverse("marking_hand_back", args=["aldermoor", claimed.uuid]), {"why": "subject"}
    )

    assert answer.url == reverse("marking_edit", args=["aldermoor", other.uuid])
    assert PassedOver.objects.count() == 1
    desk = reverse("quality_desk", args=["aldermoor"])
    assert "Asif Rahman 1 Its subject is hard for me to read just now" in read(sign_in(lena).get(desk))
    assert "Passed over" not in read(sign_in(mina).get(desk))
