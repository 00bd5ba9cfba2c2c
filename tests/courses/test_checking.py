"""Every kind of fault in the content folder is found, with its file and its line."""

from datetime import date
from pathlib import Path

import pytest

from courses.checking import check_content
from courses.content_files.folders import CONTENT
from tests.factories import content
from tests.factories.content import mended

ON = date(2026, 11, 23)
LESSON = "foundations/01-what-commissioning-is/01-what-not-how.md"
DISPUTED = "They quarrel over [1991](fact:who-opened-it)."
DOUBTED = "In [2028](fact:new-councils) they change."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content.folder(tmp_path)


def said(folder: Path) -> list[tuple[str, int, str]]:
    return [
        (fault.file.relative_to(folder).as_posix(), fault.line, fault.sentence)
        for fault in check_content(folder, on=ON)
    ]


def line_of(folder: Path, file: str, words: str) -> int:
    lines = (folder / file).read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_folder_as_it_should_be_has_no_fault(folder: Path) -> None:
    assert said(folder) == []


def test_the_content_that_ships_has_no_fault() -> None:
    assert check_content(CONTENT, on=ON) == []


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        (mended("[12 council", "[13 council"), "13 council", "“13” does not stand in the fact “ofsted-2011-areas”."),
        (mended("[12 council areas](fact:ofsted-2011-areas)", "[some](fact:nobody)"), "fact:nobody", "There is no fact “nobody”."),
        (
            mended("It is", "In 2014 it is"),
            "In 2014",
            "“2014” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
        (
            mended("The question before", "The 1 question before"),
            "The 1 question",
            "“1” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
        (
            mended("a *person's* life", "60 lives"),
            "60 lives",
            "“60” rests on no fact. Link it to one, list it under invented, or write it in words.",
        ),
        (mended('["200 hours"]', '["200 hours", "£9"]'), "invented =", "“£9” is listed as invented and never used."),
        (mended('["1.1"]', '["1.1", "9.9"]'), "competencies =", "There is no competency 9.9."),
        (mended("review_by = 2027-07-01", "review_by = 2026-11-22"), "review_by =", "The lesson should have been read again by 22 November 2026."),
        (mended("minutes = 25\n", ""), "title =", "“minutes” is missing."),
        (mended("minutes = 25", 'minutes = "long"'), "title =", "“minutes” is not of the right kind."),
        (mended("code =", 'colour = "red"\ncode ='), "colour =", "A lesson's head has no “colour”."),
        (mended('code = "1.1.1"', 'code = "1.1.1.1.1.1.1"'), "code =", "“code” is longer than 12 characters."),
        (mended("```key_terms", "```glossary"), "```glossary", "There is no block called “glossary”. There are calculator, callout, case_study, comparison, decision, key_terms, matrix, order, passage, rewrite, sort, timeline."),
        (mended('name = "Outcome"\n', ""), "```key_terms", "“term” in “key_terms” lacks “name”."),
        (mended("## The question", "# The question"), "# The question", "Headings in a lesson begin with ##."),
        (mended("It is", DISPUTED + " It is"), "fact:who-opened-it", "The fact “who-opened-it” is disputed, and the lesson does not say so."),
        (mended("It is", DOUBTED + " It is"), "fact:new-councils", "The fact “new-councils” is not confirmed, and the lesson does not say so."),
    ],
)  # fmt: skip
def test_a_fault_in_a_lesson_is_found_on_its_line(folder: Path, text: str, words: str, sentence: str) -> None:
    content.lesson(folder, text)

    found = [fault for fault in said(folder) if "glossary" in words or "key_terms." not in fault[2]]

    assert (LESSON, line_of(folder, LESSON, words), sentence) in found
    assert len(said(folder)) == (2 if "glossary" in words else 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (mended(content.PADDING, ""), "The lesson has 21 words outside its blocks; it should have 600 to 1,100."),
        (mended(content.PADDING, content.PADDING * 2), "The lesson has 1,297 words outside its blocks; it should have 600 to 1,100."),
        (mended(content.KEY_TERMS, ""), "The lesson has no key_terms."),
        (mended(content.DECISION, ""), "The lesson has no activity, such as a decision: give the reader something to do."),
        (mended(content.DECISION, content.DECISION * 2), "Two activities of this lesson are called “The Friday tender”."),
        (mended(content.ON_MONDAY, ""), "The lesson does not end with a callout “On Monday”."),
        (mended('"On Monday"', '"On Friday"'), "The lesson does not end with a callout “On Monday”."),
    ],
)  # fmt: skip
def test_a_lesson_has_its_manners(folder: Path, text: str, sentence: str) -> None:
    content.lesson(folder, text)

    assert [fault for _, _, fault in said(folder)] == [sentence]


def test_a_disputed_fact_is_taught_as_a_dispute(folder: Path) -> None:
    content.lesson(folder, mended("It is", f"{DISPUTED} It is disputed. It is"))

    assert said(folder) == []


def test_an_unconfirmed_fact_is_taught_as_unconfirmed(folder: Path) -> None:
    content.lesson(folder, mended("It is", f"{DOUBTED} That is not confirmed. It is"))

    assert said(folder) == []


def test_broken_toml_in_a_block_is_found_on_its_line(folder: Path) -> None:
    content.lesson(folder, mended('name = "Outcome"', "name = Outcome"))

    assert said(folder) == [
        (LESSON, line_of(folder, LESSON, "name = Outcome"), "This is not TOML: Invalid value.")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "words", "sentence"),
    [
        ("facts/words.toml", 'mark = "X"', 'mark = "Y"', "who-opened-it", "Fact “who-opened-it”: a mark is one of V, V2, X and G."),
        ("facts/words.toml", 'id = "new-councils"', 'id = "who-opened-it"', 'id = "who-opened-it"', "The fact “who-opened-it” stands twice in the source table."),
        ("facts/words.toml", 'source = "Press reports"\n', "", "new-councils", "Fact “new-councils”: “source” is missing."),
        ("facts/words.toml", 'review_by = 2028-07-01\nmark = "G"', 'review_by = 2026-07-02\nmark = "G"', "new-councils", "Fact “new-councils” should have been read again by 2 July 2026."),
        ("facts/words.toml", 'mark = "G"', "mark = G", "mark = G", "This is not TOML: Invalid value."),
        ("frameworks/commissioning.toml", 'lead = "Stops work whose question is wrong"', "", '"1.1"', "Competency 1.1: “lead” is missing."),
        ("foundations/course.toml", '"foundation"', '"beginner"', "level =", "A level is one of foundation, practitioner, lead."),
        ("foundations/course.toml", '"commissioning"', '"nothing"', "framework =", "There is no framework “nothing”."),
        ("foundations/course.toml", "cpd_minutes = 25", "", "", "“cpd_minutes” is missing."),
        ("foundations/course.toml", "*what help exists*", "help for 9", "description =", "“9” rests on no fact. Link it to one, list it under invented, or write it in words."),
        ("foundations/01-what-commissioning-is/module.toml", 'title = "What commissioning is"', "", "", "“title” is missing."),
        ("foundations/01-what-commissioning-is/module.toml", "minutes = 25", 'minutes = 25\ncolour = "red"', "colour =", "This file has no “colour”."),
    ],
)  # fmt: skip
def test_a_fault_in_another_file_is_found_on_its_line(
    folder: Path, file: str, old: str, new: str, words: str, sentence: str
) -> None:
    path = folder / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))

    assert (file, line_of(folder, file, words) if words else 1, sentence) in said(folder)


def test_two_steps_with_one_name_are_told(folder: Path) -> None:
    content.lesson(folder, name="02-what-not-how")

    fault = "There are 2 steps called “what-not-how” in this folder."
    assert ("foundations/01-what-commissioning-is", 1, fault) in said(folder)


def test_a_module_takes_as_long_as_its_steps_and_a_course_as_its_modules(folder: Path) -> None:
    module, course = "foundations/01-what-commissioning-is/module.toml", "foundations/course.toml"
    (folder / module).write_text((folder / module).read_text().replace("minutes = 25", "minutes = 30"))
    (folder / course).write_text((folder / course).read_text().replace("= 25", "= 600"))

    assert said(folder) == [
        (module, line_of(folder, module, "minutes ="), "Its steps take 25 minutes, not 30."),
        (course, line_of(folder, course, "cpd_minutes ="), "Its modules take 30 minutes, not 600."),
    ]
