"""The competency framework at the desk: read, compared, written as a draft, published, and brought in from a sheet."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import QuizPage
from courses.actions.framework import publish_framework
from courses.models import Behaviour, Competency, FrameworkDraft, FrameworkVersion, LessonPage, Level
from lms.audit.models import Event
from tests.factories import assessments as assessment_factory
from tests.factories import certificates as certificate_factory
from tests.factories import courses as course_factory
from tests.lms.views.test_profile import described

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]
HERE = "/at/aldermoor/framework/"
WORDS = {
    "title": "Ask first",
    "foundation": "Asks.",
    "practitioner": "Asks others.",
    "lead": "Lets others ask.",
}


def text(page) -> str:
    return " ".join(page.content.decode().split())


@pytest.fixture
def framework(aldermoor, at):
    version, _ = publish_framework(aldermoor, "commissioning", described("1.1", "1.2", "2.1"), at=at)
    return version.framework


@pytest.fixture
def to(framework):
    """The address of a page of the framework."""

    def to(name: str, *arguments: object) -> str:
        return reverse(name, args=["aldermoor", framework.uuid, *arguments])

    return to


def change(browser, to, code: str = "1.2", seen: int = 0, **words: str):
    return browser.post(to("framework_competency", code), {**WORDS, **words, "seen": seen}, follow=True)


def publish(browser, to, seen: int = 1, version: int = 1, reason: str = ""):
    data = {"seen": seen, "seen_version": version, "reason": reason}
    return browser.post(to("framework_publish"), data, follow=True)


def upload(browser, to, content: bytes):
    file = BytesIO(content)
    file.name = "framework.csv"
    return browser.post(to("framework_import"), {"file": file, "chosen": "yes"})


def sheet(browser, to, **replaced: str) -> bytes:
    """The download with words replaced by others."""
    said = browser.get(to("framework_csv")).content.decode("utf-8-sig")
    for before, after in replaced.items():
        said = said.replace(before.replace("_", " "), after)
    return said.encode()


# Reading.


def test_everybody_at_the_institute_reads_it_whole(asif, framework, sign_in):
    page = sign_in(asif).get(HERE)

    said = text(page)
    assert "<b>2</b> domains" in said
    assert "<b>3</b> competencies" in said
    assert "<b>9</b> behaviours" in said
    assert all(f"{level} {code}" in said for level in Level.values for code in ("1.1", "1.2", "2.1"))
    assert "Write the next version" not in said


def test_each_competency_says_what_teaches_evidences_and_names_it(
    adil,
    aldermoor,
    framework,
    foundations,
    lesson: LessonPage,
    quiz: QuizPage,
    module,
    sign_in,
):
    lesson.competencies.set([Competency.objects.get(code="1.1")])
    lesson.save()
    rubric = assessment_factory.rubric(
        aldermoor, competency=lesson.competencies.first(), level="practitioner"
    )
    brief = assessment_factory.assignment(module, rubric=rubric)
    certificate_factory.scheme(foundations, quiz)

    page = sign_in(adil).get(HERE)

    uses = {entry.skill.code: entry.use for _part, entries in page.context["parts"] for entry in entries}
    assert [each.title for each in uses["1.1"].lessons] == [lesson.title]
    assert (quiz.title, "4 questions, Foundation") in [(e.title, e.note) for e in uses["1.1"].evidence]
    assert brief.title in [each.title for each in uses["1.1"].evidence]
    assert uses["1.1"].schemes == ["Foundations of commissioning"]
    assert not uses["2.1"].is_used
    assert "No lesson teaches it, nothing gives evidence of it" in text(page)


def test_a_quiz_for_practice_gives_no_evidence(adil, framework, quiz: QuizPage, sign_in):
    quiz.attempts_allowed = 0
    quiz.save()

    page = sign_in(adil).get(HERE)

    uses = {entry.skill.code: entry.use for _part, entries in page.context["parts"] for entry in entries}
    assert quiz.title not in [each.title for each in uses["1.1"].evidence]


def test_as_many_queries_for_three_competencies_as_for_thirty(
    adil, aldermoor, framework, module, sign_in, at
):
    browser = sign_in(adil)
    browser.get(HERE)
    only = course_factory.lesson(module, "The first")
    only.competencies.set(Competency.objects.all())
    only.save()
    with CaptureQueriesContext(connection) as few:
        browser.get(HERE)
    codes = [f"{domain}.{number}" for domain in range(1, 7) for number in range(1, 6)]
    publish_framework(aldermoor, "commissioning", described(*codes), at=at)
    for number in range(5):
        each = course_factory.lesson(module, f"Lesson {number}")
        each.competencies.set(Competency.objects.all())
        each.save()

    with CaptureQueriesContext(connection) as many:
        browser.get(HERE)

    assert len(many) == len(few)


def test_an_institute_without_one_is_told_where_it_comes_from(adil, sign_in):
    assert "No framework yet" in text(sign_in(adil).get(HERE))


def test_another_institutes_framework_is_not_found(adil, fenwick, framework, at, sign_in):
    theirs, _ = publish_framework(fenwick, "commissioning", described("7.1"), at=at)
    browser = sign_in(adil)

    for name in ("framework_compare", "framework_csv", "framework_draft", "framework_import"):
        answer = browser.get(reverse(name, args=["aldermoor", theirs.framework.uuid]))
        assert answer.status_code == 404
    assert browser.get(HERE, {"of": theirs.framework.uuid}).status_code == 404


def test_who_does_not_keep_it_is_told_so(asif, to, sign_in):
    answer = sign_in(asif).get(to("framework_draft"))

    assert answer.status_code == 403
    assert "does not let you keep the framework" in text(answer)


# Writing.


def test_a_change_is_kept_in_a_draft_and_nothing_else_changes(adil, to, sign_in, framework):
    page = change(sign_in(adil), to)

    assert "Kept in the draft" in text(page)
    assert FrameworkDraft.objects.get().wording.skills["1.2"].lead == "Lets others ask."
    assert FrameworkVersion.objects.count() == 1
    assert Competency.objects.get(code="1.2").title == "Skill 1.2"
    event = Event.objects.get(verb="framework.drafted")
    assert (event.actor, event.subject, event.facts) == (adil.uuid, framework.uuid, {"revision": 1})


def test_an_empty_behaviour_is_refused_beside_its_field(adil, to, sign_in):
    page = change(sign_in(adil), to, lead="  ")

    assert page.context["form"].errors == {"lead": ["Say what somebody could see at Lead"]}
    assert not FrameworkDraft.objects.exists()


def test_saving_what_stands_begins_no_draft(adil, to, sign_in):
    browser = sign_in(adil)
    stands = {level: f"{level} 1.2" for level in Level.values}

    assert "Nothing was changed" in text(change(browser, to, title="Skill 1.2", **stands))
    assert not FrameworkDraft.objects.exists()


def test_whoever_was_slower_reads_the_draft_first(adil, lena, to, sign_in):
    slow, fast = sign_in(adil), sign_in(lena)
    change(fast, to)

    answer = change(slow, to, title="Ask later")

    assert answer.status_code == 409
    assert FrameworkDraft.objects.get().wording.skills["1.2"].title == "Ask first"
    change(fast, to, seen=1, title="Ask again")
    assert change(slow, to, seen=1, title="Ask later").status_code == 409


def test_a_competency_is_added_by_a_code_that_is_free(adil, to, sign_in):
    browser = sign_in(adil)

    taken = browser.post(to("framework_add", "D2"), {**WORDS, "code": "1.1", "seen": 0})
    assert taken.context["form"].errors == {
        "code": ["1.1 is “Skill 1.1” already. Choose a code that is free."]
    }
    browser.post(to("framework_add", "D2"), {**WORDS, "code": "2.2", "seen": 0})

    assert list(FrameworkDraft.objects.get().wording.skills) == ["1.1", "1.2", "2.1", "2.2"]


def test_a_code_that_was_ever_used_is_never_used_again(adil, lena, to, sign_in):
    browser = sign_in(adil)
    browser.post(to("framework_retire", "1.2"), {"reason": "It says what 1.1 says.", "seen": 0})
    publish(sign_in(lena), to)

    page = browser.post(to("framework_add", "D1"), {**WORDS, "code": "1.2", "seen": 0})

    assert page.context["form"].errors["code"] == [
        (
            "1.2 was the code of “Skill 1.2” in an earlier version. "
            "A code never changes its meaning: choose one that was never used."
        )
    ]


def test_retiring_says_why(adil, to, sign_in):
    page = sign_in(adil).post(to("framework_retire", "1.2"), {"reason": "", "seen": 0})

    assert page.context["form"].errors == {"reason": ["Say why: whoever looks for it later reads this"]}


def test_what_a_certificate_names_is_not_retired_in_silence(adil, to, foundations, sign_in):
    certificate_factory.scheme(foundations)
    browser = sign_in(adil)

    shown = browser.get(to("framework_retire", "1.1"))
    refused = browser.post(to("framework_retire", "1.1"), {"reason": "Old.", "seen": 0})

    assert "Foundations of commissioning. They go on naming it" in text(shown)
    assert refused.context["form"].errors == {
        "known": ["Certificates name this competency. Say that you know it, or change their schemes first."]
    }
    browser.post(to("framework_retire", "1.1"), {"reason": "Old.", "known": "on", "seen": 0})
    assert "Certificates name what is retired" in text(browser.get(to("framework_publish")))


def test_a_competency_retired_in_the_draft_comes_back(adil, to, sign_in):
    browser = sign_in(adil)
    browser.post(to("framework_retire", "1.2"), {"reason": "It says what 1.1 says.", "seen": 0})

    browser.post(to("framework_back", "1.2"), {"seen": 1})

    said = FrameworkDraft.objects.get().wording
    assert (list(said.skills), said.retired) == (["1.1", "1.2", "2.1"], ())


def test_domains_and_the_title_are_changed(adil, to, sign_in):
    browser = sign_in(adil)
    browser.post(to("framework_title"), {"title": "Commissioning well", "seen": 0})
    given = {"title": "People", "sentence": "Ask.", "anchors": "Equality Act\r\n\r\nOfsted, 2011 ", "seen": 1}

    page = browser.post(to("framework_domain", "D1"), given, follow=True)

    said = FrameworkDraft.objects.get().wording
    assert (said.title, said.parts[0].sentence) == ("Commissioning well", "Ask.")
    assert said.parts[0].anchors == "Equality Act\nOfsted, 2011"
    assert "2 places changed so far" in text(page)


def test_a_draft_is_thrown_away(adil, to, sign_in):
    browser = sign_in(adil)
    change(browser, to)

    browser.post(to("framework_drop"), {"seen": 1})

    assert not FrameworkDraft.objects.exists()
    assert Event.objects.filter(verb="framework.draft_dropped", actor=adil.uuid).count() == 1
    assert browser.get(to("framework_drop")).status_code == 409


# Publishing.


def test_a_second_person_publishes_it(adil, lena, to, sign_in, framework):
    change(sign_in(adil), to)

    page = publish(sign_in(lena), to)

    assert "Version 2 is published" in text(page)
    version = framework.versions.get(number=2)
    assert (version.publication.by, version.publication.reason) == (lena, "")
    assert not FrameworkDraft.objects.exists()
    assert Competency.objects.get(code="1.2").title == "Ask first"
    assert (
        Behaviour.objects.get(version=version, competency__code="1.2", level="lead").text
        == "Lets others ask."
    )
    event = Event.objects.get(verb="framework.published")
    assert (event.actor, event.facts["number"]) == (lena.uuid, 2)


def test_who_wrote_part_of_it_says_why_nobody_else_reads_it(adil, lena, to, sign_in, framework):
    writer, other = sign_in(adil), sign_in(lena)
    change(writer, to)
    change(other, to, code="2.1", seen=1)

    refused = publish(writer, to, seen=2)

    assert "reason" in refused.context["form"].errors
    assert framework.versions.count() == 1
    publish(writer, to, seen=2, reason="A slip of the pen.")
    assert framework.versions.get(number=2).publication.reason == "A slip of the pen."


def test_what_was_changed_after_it_was_read_is_not_published(adil, lena, to, sign_in, framework):
    writer, reader = sign_in(adil), sign_in(lena)
    change(writer, to)
    change(writer, to, seen=1, lead="Something else.")

    assert publish(reader, to, seen=1).status_code == 409
    assert publish(reader, to, seen=2, version=7).status_code == 409
    assert framework.versions.count() == 1


def test_an_earlier_version_reads_as_it_was(adil, lena, to, sign_in):
    change(sign_in(adil), to)
    browser = sign_in(lena)
    publish(browser, to)

    page = browser.get(to("framework_version", 1))

    assert "Skill 1.2" in text(page)
    assert "Ask first" not in text(page)
    assert "This is an earlier version" in text(page)
    assert browser.get(to("framework_version", 3)).status_code == 404


def test_two_versions_are_compared_word_by_word(adil, lena, to, sign_in):
    writer, reader = sign_in(adil), sign_in(lena)
    change(writer, to)
    publish(reader, to)
    writer.post(to("framework_retire", "2.1"), {"reason": "Nobody used it.", "seen": 0})
    publish(reader, to, version=2)

    page = reader.get(to("framework_compare"), {"from": "1", "to": "3"})

    assert [(each.code, each.kind, each.reason) for each in page.context["differences"]] == [
        ("1.2", "changed", ""),
        ("2.1", "retired", "Nobody used it."),
    ]
    assert "Why: Nobody used it." in text(page)


def test_the_files_leave_alone_what_the_desk_published(adil, lena, aldermoor, to, sign_in, at, framework):
    change(sign_in(adil), to)
    publish(sign_in(lena), to)
    values = described("1.1", "1.2", "2.1", "2.2")

    version, is_new = publish_framework(aldermoor, "commissioning", values, at=at + timedelta(days=1))
    assert (version.number, is_new) == (2, False)
    version, is_new = publish_framework(aldermoor, "commissioning", values, at=at, overwrite=True)
    assert (version.number, is_new) == (3, True)
    assert publish_framework(aldermoor, "commissioning", values, at=at) == (version, False)


def test_files_that_go_back_to_an_earlier_wording_make_a_version_of_their_own(aldermoor, framework, at):
    first, second = described("1.1", "1.2", "2.1"), described("1.1")
    publish_framework(aldermoor, "commissioning", second, at=at)

    version, is_new = publish_framework(aldermoor, "commissioning", first, at=at)

    assert (version.number, is_new) == (3, True)
    assert publish_framework(aldermoor, "commissioning", first, at=at) == (version, False)


# Sheets.


def test_the_download_is_safe_to_open_and_comes_back_unchanged(adil, to, sign_in):
    browser = sign_in(adil)
    change(browser, to, lead="=HYPERLINK(1)")

    answer = browser.get(to("framework_csv"), {"draft": ""})

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][4:] == ["Code", "Competency", "Foundation", "Practitioner", "Lead"]
    assert rows[2][4:] == ["1.2", "Ask first", "Asks.", "Asks others.", "'=HYPERLINK(1)"]
    assert "The file changes nothing" in text(upload(browser, to, answer.content))


def test_a_sheet_changes_nothing_until_it_is_confirmed(adil, to, sign_in):
    browser = sign_in(adil)

    page = upload(browser, to, sheet(browser, to, lead_1_2="x", **{"lead_2.1": "Stops work."}))

    assert [
        (line, change.code, change.what, change.after) for line, change, _runs in page.context["changes"]
    ] == [(4, "2.1", "Lead", "Stops work.")]
    assert not FrameworkDraft.objects.exists()
    browser.post(to("framework_import"), {"text": page.context["text"], "seen": 0})
    assert FrameworkDraft.objects.get().wording.skills["2.1"].lead == "Stops work."


def test_a_sheet_with_semicolons_from_another_country_is_read(adil, to, sign_in):
    browser = sign_in(adil)
    rows = list(csv.reader(StringIO(sheet(browser, to).decode())))
    out = StringIO()
    csv.writer(out, delimiter=";").writerows(rows)

    assert "The file changes nothing" in text(upload(browser, to, out.getvalue().encode("utf-16")))


def test_a_line_with_a_new_code_adds_a_competency(adil, to, sign_in):
    browser = sign_in(adil)
    new = 'D2,Domain 2,Ask what they need.,,2.2,Measure,"Uses a\nbaseline.",Chooses.,Publishes.\r\n'

    page = upload(browser, to, sheet(browser, to) + new.encode())

    assert [(line, change.code, change.what) for line, change, _runs in page.context["changes"]] == [
        (5, "2.2", "Title"),
        (5, "2.2", "Foundation"),
        (5, "2.2", "Practitioner"),
        (5, "2.2", "Lead"),
    ]
    assert page.context["changes"][1][1].after == "Uses a baseline."


def test_each_bad_line_is_refused_in_words_with_its_number(adil, to, sign_in):
    browser = sign_in(adil)
    bad = (
        "D1,Domain 1,Ask what they need.,,1.1,Again,a,b,c\r\n"
        "D9,Nine,Nothing.,,9.1,Nine,a,b,\r\n"
        "D2,Domain two,Ask what they need.,,1.2,Moved,a,b,c\r\n"
    )

    page = upload(browser, to, sheet(browser, to) + bad.encode())

    assert [tuple(each) for each in page.context["wrong"]] == [
        (5, "1.1 stands in line 2 already."),
        (6, "There is no domain D9. There are D1, D2."),
        (6, "“Lead” is empty."),
        (7, "1.2 stands in D1; a competency does not change its domain."),
        (7, "1.2 stands in line 3 already."),
        (7, "“Domain title” of D2 is not what line 4 says."),
    ]
    assert "The file cannot be brought in" in text(page)
    browser.post(to("framework_import"), {"text": (sheet(browser, to) + bad.encode()).decode(), "seen": 0})
    assert not FrameworkDraft.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x00\x01\xff\xfe\xfa", "The file is no text that we can read"),
        (b"Code,Competency\r\n1.1,Frame\r\n", "Missing: Domain, Domain title, Domain sentence, Foundation"),
        (b"a" * 500_001, "The file is larger than 500 kB"),
    ],
)
def test_a_file_that_is_no_sheet_of_ours_is_refused(adil, to, sign_in, content, sentence):
    page = upload(sign_in(adil), to, content)

    assert page.context["form"].errors["file"][0].startswith(sentence) or sentence in text(page)


def test_a_sheet_confirmed_too_late_is_refused(adil, lena, to, sign_in):
    slow = sign_in(adil)
    page = upload(slow, to, sheet(slow, to, **{"lead_2.1": "Stops work."}))
    change(sign_in(lena), to)

    answer = slow.post(to("framework_import"), {"text": page.context["text"], "seen": 0})

    assert answer.status_code == 409
