"""Files beside a draft and in a submission: kept whole, once, and no longer than they are wanted."""

import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions import drafts, submissions
from assessments.models import AssignmentPage, Draft, DraftFile, Submission, SubmissionFile
from courses.models import Enrolment
from lms.audit.models import Event
from tests.assessments.intake import corpus
from tests.factories import work

TEXT = b"Ask the people who will use it."


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def sent(name: str, content: bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def add(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, *files: SimpleUploadedFile
) -> drafts.Added:
    return drafts.add_files(enrolment, brief, files, by=enrolment.learner, at=at)


def on_disk(media: Path) -> list[str]:
    return sorted(path.relative_to(media).as_posix() for path in media.rglob("*") if path.is_file())


def hand_in(enrolment: Enrolment, brief: AssignmentPage, at: datetime) -> Submission:
    draft = Draft.objects.get()
    read = submissions.work_digest(draft.text, [file.sha256 for file in draft.files.all()])
    return submissions.hand_in(enrolment, brief, read=read, declared=True, by=enrolment.learner, at=at)


def test_a_file_is_kept_under_a_name_that_says_nothing(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    file = add(enrolment, brief, at, sent("Ada Bright's brief.txt")).files[0]

    assert (file.name, file.kind, file.size) == ("Ada Bright's brief.txt", "txt", len(TEXT))
    assert file.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert on_disk(media) == [file.path]
    assert "Ada" not in file.path


def test_what_is_refused_leaves_nothing_and_keeps_no_other_file_out(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    work.write(enrolment, brief, at)

    added = add(enrolment, brief, at, sent("a.txt"), sent("b.pdf", b"MZ"), sent("c.txt", b"More."))

    assert [file.name for file in added.files] == ["a.txt", "c.txt"]
    assert added.refusals == ["“b.pdf” is no PDF, whatever it is called. Save it as a PDF again."]
    assert len(on_disk(media)) == 2
    assert Draft.objects.get().text == work.TEXT


def test_the_same_file_twice_is_told_and_kept_once(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    added = add(enrolment, brief, at, sent("a.txt"), sent("b.txt"))

    assert added.refusals == ["“b.txt” is the same file as “a.txt”, which is there already."]
    assert len(on_disk(media)) == 1


def test_the_eleventh_file_is_one_too_many(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    files = [sent(f"{number}.txt", f"Page {number}".encode()) for number in range(11)]

    added = add(enrolment, brief, at, *files)

    assert len(added.files) == len(on_disk(media)) == 10
    assert added.refusals == ["“10.txt” is one too many: 10 files are the most. Remove another one first."]


def test_a_file_of_more_than_25_mb_is_refused_while_it_arrives(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    added = add(enrolment, brief, at, sent("film.txt", b"a" * 25_000_001))

    assert added.refusals == [
        "“film.txt” is larger than 25 MB, the most that is taken. Make its pictures smaller."
    ]
    assert on_disk(media) == []


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_removed_goes_from_the_disk(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    file = add(enrolment, brief, at, sent("a.txt")).files[0]

    removed = drafts.remove_file(enrolment, brief, file.uuid, by=enrolment.learner)

    assert removed.name == "a.txt"
    assert on_disk(media) == []
    assert drafts.remove_file(enrolment, brief, file.uuid, by=enrolment.learner) is None


def test_handed_in_files_are_frozen_with_their_digests_in_the_trail(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    work.write(enrolment, brief, at)
    add(enrolment, brief, at, sent("a.txt"), sent("map.png", corpus.picture("PNG")))

    submission = hand_in(enrolment, brief, at)

    frozen = list(submission.files.select_related("content"))
    assert [(file.number, file.neutral_name, file.content.name) for file in frozen] == [
        (1, "Work 1.txt", "a.txt"),
        (2, "Work 2.png", "map.png"),
    ]
    assert not DraftFile.objects.exists()
    assert sorted(file.content.path for file in frozen) == on_disk(media)
    event = Event.objects.get(verb="submission.handed_in")
    assert event.facts["files"] == [file.sha256 for file in frozen]


def test_files_alone_are_work(enrolment: Enrolment, brief: AssignmentPage, at: datetime) -> None:
    add(enrolment, brief, at, sent("a.txt"))

    assert hand_in(enrolment, brief, at).words == 0


def test_a_file_added_after_the_work_was_read_is_not_handed_in_unseen(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    draft = work.write(enrolment, brief, at)
    read = submissions.work_digest(draft.text, [])
    add(enrolment, brief, at, sent("a.txt"))

    with pytest.raises(submissions.ChangedSinceRead):
        submissions.hand_in(enrolment, brief, read=read, declared=True, by=enrolment.learner, at=at)

    assert DraftFile.objects.count() == 1


def test_two_clicks_hand_in_once(enrolment: Enrolment, brief: AssignmentPage, at: datetime) -> None:
    work.write(enrolment, brief, at)
    add(enrolment, brief, at, sent("a.txt"))
    draft = Draft.objects.get()
    read = submissions.work_digest(draft.text, [file.sha256 for file in draft.files.all()])

    first, second = [
        submissions.hand_in(enrolment, brief, read=read, declared=True, by=enrolment.learner, at=at)
        for _ in range(2)
    ]

    assert first == second
    assert SubmissionFile.objects.count() == 1


def test_no_file_is_added_to_work_that_was_handed_in(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    work.hand_in(enrolment, brief, at)

    with pytest.raises(drafts.NotWritable):
        add(enrolment, brief, at, sent("a.txt"))

    assert on_disk(media) == []


def test_the_sweep_takes_what_a_killed_request_left_and_nothing_else(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime, media: Path
) -> None:
    kept = add(enrolment, brief, at, sent("a.txt")).files[0]
    lost, fresh = media / "work" / ".incoming-1", media / "work" / ".incoming-2"
    for path in (lost, fresh):
        path.write_bytes(b"half")
    for path in (lost, media / kept.path):
        os.utime(path, times=((at - timedelta(days=2)).timestamp(),) * 2)
    os.utime(fresh, times=(at.timestamp(),) * 2)

    assert drafts.sweep_files(at) == 1

    assert on_disk(media) == sorted(["work/.incoming-2", kept.path])


def test_one_more_file_costs_the_same_statements(
    enrolment: Enrolment, brief: AssignmentPage, at: datetime
) -> None:
    counts = []
    for number in range(10):
        with CaptureQueriesContext(connection) as captured:
            add(enrolment, brief, at, sent(f"{number}.txt", f"Page {number}".encode()))
        counts.append(len(captured))

    assert len(set(counts[1:])) == 1
