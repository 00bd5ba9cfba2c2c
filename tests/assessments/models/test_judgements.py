"""What stands of a marking: bands folded with decisions, what was strong, and where there is most to gain."""

from datetime import datetime

import pytest

from assessments.models import AssignmentPage, Criterion, Marking, judged, with_judgement
from courses.models import CoursePage, Enrolment, ModulePage
from lms.people.models import User
from tests.factories import assessments, work


def marked(enrolment: Enrolment, brief: AssignmentPage, asif: User, at: datetime, *bands: int) -> Marking:
    keys = ("criterion-1", "criterion-2")
    return work.mark(work.hand_in(enrolment, brief, at), asif, at, bands=dict(zip(keys, bands, strict=True)))


def test_strengths_are_what_is_better_than_was_asked(
    enrolment: Enrolment, brief: AssignmentPage, asif: User, at: datetime
) -> None:
    found = judged(marked(enrolment, brief, asif, at, 3, 2))

    assert [each.criterion.key for each in found.strengths] == ["criterion-1"]
    assert (found.met, found.lowest_band, found.is_competent) == (2, 2, True)


def test_missing_is_what_is_below_a_pass(
    enrolment: Enrolment, brief: AssignmentPage, asif: User, at: datetime
) -> None:
    found = judged(marked(enrolment, brief, asif, at, 4, 1))

    assert [each.criterion.key for each in found.missing] == ["criterion-2"]
    assert found.outcome_word == "Not yet competent"


@pytest.mark.parametrize(
    ("bands", "weakest"), [((4, 1), "criterion-2"), ((2, 3), "criterion-1"), ((4, 4), None)]
)
def test_there_is_most_to_gain_at_the_lowest_band(
    enrolment: Enrolment,
    brief: AssignmentPage,
    asif: User,
    at: datetime,
    bands: tuple[int, int],
    weakest: str | None,
) -> None:
    found = judged(marked(enrolment, brief, asif, at, *bands)).weakest

    assert (found.criterion.key if found else None) == weakest


def test_between_equal_bands_the_heavier_criterion_has_most_to_gain(
    enrolment: Enrolment, module: ModulePage, asif: User, at: datetime
) -> None:
    rubric = assessments.rubric(enrolment.course.institute, criteria=1, slug="uneven")
    light = rubric.versions.get().criteria.get()
    Criterion.objects.create(
        version=light.version,
        position=2,
        key="criterion-2",
        title="Heavier",
        weight=101,
        level="foundation",
        band_1="1",
        band_2="2",
        band_3="3",
        band_4="4",
    )
    uneven = assessments.assignment(module, rubric=rubric, slug="uneven")

    assert judged(marked(enrolment, uneven, asif, at, 2, 2)).weakest.criterion.title == "Heavier"


@pytest.mark.parametrize(("band", "aim"), [(1, "Merit"), (2, "Merit"), (3, "Distinction")])
def test_one_aims_at_merit_and_from_there_at_distinction(
    enrolment: Enrolment, brief: AssignmentPage, asif: User, at: datetime, band: int, aim: str
) -> None:
    found = judged(marked(enrolment, brief, asif, at, band, 4)).weakest

    assert found.aim_word == aim
    assert found.aim_descriptor == found.criterion.descriptor(found.aim)


def test_judging_many_costs_no_more_queries_than_judging_one(
    foundations: CoursePage,
    brief: AssignmentPage,
    asif: User,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    for each in work.hand_in_many(foundations, brief, 5, at):
        work.mark(each, asif, at)

    with django_assert_num_queries(5):  # type: ignore[operator]
        found = [judged(each).outcome for each in with_judgement(Marking.objects.all())]

    assert found == ["competent"] * 5
