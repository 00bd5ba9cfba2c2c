"""The reflective log: the learner's own, shown to an assessor by their choice alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.actions import log
from courses.models import Enrolment, LogEntry, LogShare, ModulePage
from lms.jobs.models import Mail
from lms.people.models import Institute, User
from tests.factories import courses as factory

WORDS = {
    "happened": "We cut the visits to a quarter of an hour.",
    "thought": "It saves money.",
    "now_think": "It moves the cost.",
    "change": "Ask two people what they lost.",
    "change_by": "2026-12-31",
    "noticed_by": "the night staff",
    "reminds": "on",
}


def text(response: HttpResponse, status: int = 200) -> str:
    assert response.status_code == status
    return " ".join(response.content.decode().split())


@pytest.fixture
def entry(ada: User, enrolment: Enrolment, module: ModulePage, at: datetime) -> LogEntry:
    words = {"happened": "We cut the visits.", "change": "Ask two people.", "reminds": True}
    return log.keep(LogEntry(learner=ada, module=module), words, at=at)


def test_an_empty_log_says_how_to_begin_and_what_the_modules_ask(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage
) -> None:
    ModulePage.objects.filter(pk=module.pk).update(log="Was it commissioned, or merely bought?")

    page = text(sign_in(ada).get("/my/log/"))

    assert "Your log is empty" in page
    assert f'<a href="/my/log/new/?module={module.pk}">Write about it' in page
    assert "Was it commissioned, or merely bought?" in page


def test_an_entry_is_written_read_changed_and_deleted(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage
) -> None:
    ModulePage.objects.filter(pk=module.pk).update(log="Was it merely bought?")
    client = sign_in(ada)

    client.post(f"/my/log/new/?module={module.pk}", WORDS)
    entry = LogEntry.objects.get()
    shown = text(client.get(f"/my/log/{entry.uuid}/"))
    assert [
        words
        for words in ("Was it merely bought?", "It moves the cost.", "By 31 December 2026")
        if words not in shown
    ] == []
    assert "Only you." in shown

    client.post(
        f"/my/log/{entry.uuid}/edit/", {**WORDS, "happened": "We cut them.", "came_of_it": "They told us."}
    )
    entry.refresh_from_db()
    assert (entry.happened, entry.came_of_it, entry.edited_at is not None) == (
        "We cut them.",
        "They told us.",
        True,
    )
    assert entry.prompt == "Was it merely bought?"
    assert "“Your modules ask”" not in text(client.get("/my/log/"))

    assert "gone for good" in text(client.get(f"/my/log/{entry.uuid}/delete/"))
    client.post(f"/my/log/{entry.uuid}/delete/")
    assert not LogEntry.objects.exists()


def test_an_entry_without_what_happened_is_not_kept(sign_in: Any, ada: User) -> None:
    page = text(sign_in(ada).post("/my/log/new/", {**WORDS, "happened": ""}))

    assert "Write what happened, in a sentence or two" in page
    assert not LogEntry.objects.exists()


def test_words_that_point_at_somebody_come_back_once_and_are_kept_when_meant(sign_in: Any, ada: User) -> None:
    client, words = sign_in(ada), {**WORDS, "happened": "I rang Mrs Okafor."}

    page = text(client.post("/my/log/new/", words))
    assert "“Mrs Okafor” may be somebody’s name." in page
    assert not LogEntry.objects.exists()

    client.post("/my/log/new/", {**words, "anyway": "1"})
    assert LogEntry.objects.get().happened == "I rang Mrs Okafor."


def test_the_question_comes_after_four_weeks_and_quotes_nothing(entry: LogEntry, at: datetime) -> None:
    mail = Mail.objects.get()

    assert (mail.recipient, mail.subject, mail.owed_at) == (
        entry.learner.email,
        "Did you do it?",
        at + timedelta(weeks=4),
    )
    assert "Ask two people" not in mail.body
    assert f"/my/log/{entry.uuid}/" in mail.body


def test_no_question_comes_to_those_who_want_none_or_changed_nothing_or_deleted_it(
    entry: LogEntry, at: datetime
) -> None:
    log.keep(entry, {"reminds": False}, at=at)
    assert not Mail.objects.exists()

    log.keep(entry, {"reminds": True}, at=at)
    log.keep(entry, {"reminds": True}, at=at)
    assert Mail.objects.count() == 1
    log.delete(entry)

    assert not Mail.objects.exists()


def test_an_entry_is_shown_to_one_assessor_and_no_longer_when_it_is_ended(
    sign_in: Any, ada: User, asif: User, asha: User, entry: LogEntry, aldermoor: Institute
) -> None:
    learner, desk = sign_in(ada), f"/at/aldermoor/logs/{entry.uuid}/"
    assert sign_in(asif).get(desk).status_code == 404

    learner.post(f"/my/log/{entry.uuid}/", {"reader": f"aldermoor/{asif.uuid}"})
    assert "We cut the visits." in text(sign_in(asif).get(desk))
    assert "Ada Bright" in text(sign_in(asif).get("/at/aldermoor/logs/"))
    assert sign_in(asha).get(desk).status_code == 404
    assert "Nobody shows you an entry" in text(sign_in(asha).get("/at/aldermoor/logs/"))

    share = LogShare.objects.get()
    learner.post(f"/my/log/{entry.uuid}/shown/{share.pk}/end/")
    assert sign_in(asif).get(desk).status_code == 404
    learner.post(f"/my/log/{entry.uuid}/", {"reader": f"aldermoor/{asif.uuid}"})
    assert LogShare.objects.count() == 2


def test_an_entry_is_never_shown_to_ones_line_manager_or_to_anybody_who_is_no_assessor(
    sign_in: Any,
    ada: User,
    asif: User,
    mina: User,
    manuel: User,
    entry: LogEntry,
    aldermoor: Institute,
    at: datetime,
) -> None:
    ada.employments.update(line_manager=asif, accepted_at=at)
    client = sign_in(ada)

    for person in (asif, mina, ada):
        page = text(client.post(f"/my/log/{entry.uuid}/", {"reader": f"aldermoor/{person.uuid}"}))
        assert "could show it" in page
        with pytest.raises(log.NotShared):
            log.share(entry, person, aldermoor, at=at)
    assert not LogShare.objects.exists()


def test_others_entries_are_not_there(sign_in: Any, ben: User, entry: LogEntry) -> None:
    client = sign_in(ben)

    for part in ("", "edit/", "delete/"):
        assert client.get(f"/my/log/{entry.uuid}/{part}").status_code == 404
    assert client.post(f"/my/log/{entry.uuid}/shown/1/end/").status_code == 404
    assert client.get("/my/log/new/?module=999999").status_code == 404
    assert "We cut" not in text(client.get("/my/log/"))
    assert "We cut" not in text(client.get("/my/log/export/"))


def test_the_log_goes_out_as_markdown(sign_in: Any, ada: User, entry: LogEntry) -> None:
    response = sign_in(ada).get("/my/log/export/")

    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    body = response.content.decode()
    assert body.startswith("# Log of Ada Bright\n")
    assert "### What happened\n\nWe cut the visits.\n" in body


def test_a_log_of_thirty_entries_costs_what_one_costs(
    sign_in: Any,
    ada: User,
    asif: User,
    entry: LogEntry,
    aldermoor: Institute,
    module: ModulePage,
    at: datetime,
) -> None:
    client, counts = sign_in(ada), []
    log.share(entry, asif, aldermoor, at=at)
    for more in (0, 29):
        for number in range(more):
            another = log.keep(
                LogEntry(learner=ada, module=module), {"happened": f"Day {number}."}, at=timezone.now()
            )
            log.share(another, asif, aldermoor, at=at)
        with CaptureQueriesContext(connection) as captured:
            assert text(client.get("/my/log/")).count("Shown to Asif Rahman") == more + 1
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_the_log_reads_no_module_of_a_course_that_its_learner_does_not_take(
    sign_in: Any, ada: User, enrolment: Enrolment, module: ModulePage, fenwick: Institute
) -> None:
    client, theirs = sign_in(ada), factory.course(fenwick)
    ModulePage.objects.filter(pk=module.pk).update(log="Was it merely bought?")
    read: list[str] = []

    def note(instance: ModulePage, **signal: object) -> None:
        read.append(instance.title)

    for number in range(30):
        factory.module(theirs, f"Module {number}", log="What did you learn?")
    post_init.connect(note, sender=ModulePage)
    try:
        text(client.get("/my/log/"))
    finally:
        post_init.disconnect(note, sender=ModulePage)

    assert read == [module.title]
