"""The facts that a lesson rests on."""

from datetime import date

from courses.models import Fact, LessonPage, ModulePage
from courses.models.sources import sources_of
from lms.people.models import Institute
from tests.factories import courses as factory


def fact(institute: Institute, key: str) -> Fact:
    return Fact.objects.create(
        institute=institute,
        key=key,
        claim=f"The claim of {key}.",
        source="A report",
        as_at=date(2026, 7, 1),
        review_by=date(2027, 7, 1),
        mark="V",
    )


def test_sources_come_once_in_the_order_of_the_text(module: ModulePage, aldermoor: Institute) -> None:
    one, two, three = (fact(aldermoor, key) for key in ("one", "two", "three"))
    fact(aldermoor, "unused")
    lesson = factory.lesson(
        module,
        body=[
            ("text", '<p><a href="#source-two">2</a> and <a href="#source-one">1</a></p>'),
            ("timeline", {"title": "T", "events": [{"when": "2011", "title": "E", "fact": "three"}]}),
            ("callout", {"title": "C", "text": '<p><a href="#source-two">2</a></p>'}),
        ],
    )

    assert sources_of(lesson) == [two, one, three]
    assert sources_of(LessonPage.objects.get(pk=lesson.pk), aldermoor.pk) == [two, one, three]


def test_another_institute_s_fact_is_no_source(
    module: ModulePage, aldermoor: Institute, fenwick: Institute
) -> None:
    fact(fenwick, "one")
    lesson = factory.lesson(module, body=[("text", '<p><a href="#source-one">1</a></p>')])

    assert sources_of(lesson) == []
