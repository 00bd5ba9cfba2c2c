"""Files of written work on the pages: added and removed by their writer, opened by whoever reads the work."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assessments.actions import drafts, submissions
from assessments.models import AssignmentPage, Draft, DraftFile, Submission
from courses.models import Enrolment
from lms.people.models import User
from tests.assessments.views.conftest import Read
from tests.conftest import SignIn
from tests.factories import work

pytestmark = pytest.mark.usefixtures("clock")
TEXT = b"Ask the people who will use it."


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def page(enrolment: Enrolment, brief: AssignmentPage) -> str:
    return reverse("draft_edit", args=[enrolment.uuid, brief.pk])


@pytest.fixture
def handed_in(enrolment: Enrolment, brief: AssignmentPage, at: datetime) -> Submission:
    work.write(enrolment, brief, at)
    drafts.add_files(enrolment, brief, [sent("Ada Bright.txt")], by=enrolment.learner, at=at)
    draft = Draft.objects.get()
    read = submissions.work_digest(draft.text, [file.sha256 for file in draft.files.all()])
    return submissions.hand_in(enrolment, brief, read=read, declared=True, by=enrolment.learner, at=at)


def sent(name: str, content: bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_ada_adds_a_file_and_her_words_are_saved_with_it(browser: Client, page: str, read: Read) -> None:
    answer = browser.post(
        page, {"text": "My brief.", "base_revision": 0, "files": [sent("map.txt")], "add": "yes"}
    )

    assert answer.url == f"{page}#files"
    assert Draft.objects.get().text == "My brief."
    shown = read(browser.get(page))
    assert "Added: map.txt." in shown
    assert "map.txt 31 bytes Remove map.txt" in shown


def test_a_file_that_is_refused_is_named_first_and_nothing_else_is_lost(
    browser: Client, page: str, read: Read
) -> None:
    files = [sent("map.txt"), sent("macro.docm")]
    answer = browser.post(page, {"text": "My brief.", "base_revision": 0, "files": files, "add": "yes"})

    shown = read(answer)
    assert "Error: Your draft" in shown
    assert "There is a problem “macro.docm” is of a kind that is not taken here." in shown
    assert "Error: “macro.docm” is of a kind that is not taken here." in shown
    assert "My brief." in shown
    assert "map.txt 31 bytes" in shown


def test_adding_without_choosing_says_so(browser: Client, page: str, read: Read) -> None:
    answer = browser.post(page, {"text": "My brief.", "base_revision": 0, "add": "yes"}, follow=True)

    assert "Choose a file first, then add it. Your draft is saved." in read(answer)


def test_a_chosen_file_goes_along_when_ada_checks_her_work(browser: Client, page: str, read: Read) -> None:
    answer = browser.post(
        page,
        {"text": "My brief.", "base_revision": 0, "files": [sent("map.txt")], "check": "yes"},
        follow=True,
    )

    assert "Check your work, then hand it in" in read(answer)
    assert "1 file map.txt" in read(answer)


def test_ada_removes_a_file(browser: Client, page: str, read: Read) -> None:
    browser.post(page, {"text": "My brief.", "base_revision": 0, "files": [sent("map.txt")], "add": "yes"})
    file = DraftFile.objects.get()

    answer = browser.post(page, {"text": "My brief.", "base_revision": 1, "remove": file.uuid}, follow=True)

    assert "Removed: map.txt." in read(answer)
    assert not DraftFile.objects.exists()


def test_what_is_no_file_of_hers_cannot_be_removed(browser: Client, page: str) -> None:
    data = {"text": "My brief.", "base_revision": 0, "remove": "everything"}

    assert browser.post(page, data).status_code == 404


def test_a_file_is_handed_out_as_an_attachment_that_runs_nothing(
    browser: Client, handed_in: Submission
) -> None:
    answer = browser.get(reverse("submission_file", args=[handed_in.uuid, 1]))

    assert answer.content == TEXT
    assert answer["Content-Disposition"] == 'attachment; filename="Ada Bright.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


def test_the_receipt_holds_the_fingerprint_of_each_file(
    browser: Client, handed_in: Submission, read: Read
) -> None:
    shown = read(browser.get(reverse("submission", args=[handed_in.uuid])))

    assert f"Fingerprint of Ada Bright.txt {handed_in.files.get().sha256}" in shown


def test_the_assessor_who_has_the_work_opens_its_files_without_a_name(
    sign_in: SignIn, asif: User, handed_in: Submission, at: datetime, read: Read
) -> None:
    work.claim(handed_in, asif, at)
    desk = sign_in(asif)

    shown = read(desk.get(reverse("marking_edit", args=["aldermoor", handed_in.uuid])))
    answer = desk.get(reverse("marking_file", args=["aldermoor", handed_in.uuid, 1]))

    assert "1 file Work 1.txt" in shown
    assert "Ada" not in shown
    assert answer["Content-Disposition"] == 'attachment; filename="Work 1.txt"'


def test_an_assessor_who_has_not_claimed_the_work_opens_no_file(
    sign_in: SignIn, asif: User, asha: User, handed_in: Submission, at: datetime
) -> None:
    work.claim(handed_in, asif, at)

    answer = sign_in(asha).get(reverse("marking_file", args=["aldermoor", handed_in.uuid, 1]))

    assert answer.status_code == 409


def test_nobody_else_opens_adas_files(sign_in: SignIn, ben: User, otto: User, handed_in: Submission) -> None:
    own = sign_in(ben).get(reverse("submission_file", args=[handed_in.uuid, 1]))
    desk = sign_in(otto).get(reverse("marking_file", args=["aldermoor", handed_in.uuid, 1]))

    assert (own.status_code, desk.status_code) == (404, 404)


def test_no_address_serves_the_folder_of_files(browser: Client, handed_in: Submission) -> None:
    address = f"/media/{handed_in.files.get().content.path}/"

    assert browser.get(address).status_code == 404


def test_a_file_that_the_disk_has_changed_is_not_handed_out(
    browser: Client, handed_in: Submission, media: Path
) -> None:
    (media / handed_in.files.get().content.path).write_bytes(b"Something else.")

    assert browser.get(reverse("submission_file", args=[handed_in.uuid, 1])).status_code == 404


def test_the_marking_page_costs_the_same_with_one_file_and_with_ten(
    sign_in: SignIn,
    asif: User,
    enrolment: Enrolment,
    brief: AssignmentPage,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    work.write(enrolment, brief, at)
    files = [sent(f"{n}.txt", f"Page {n}".encode()) for n in range(10)]
    drafts.add_files(enrolment, brief, files, by=enrolment.learner, at=at)
    draft = Draft.objects.get()
    digest = submissions.work_digest(draft.text, [file.sha256 for file in draft.files.all()])
    found = submissions.hand_in(enrolment, brief, read=digest, declared=True, by=enrolment.learner, at=at)
    work.claim(found, asif, at)
    desk, address = sign_in(asif), reverse("marking_edit", args=["aldermoor", found.uuid])
    desk.get(address)

    with django_assert_num_queries(9):
        desk.get(address)
