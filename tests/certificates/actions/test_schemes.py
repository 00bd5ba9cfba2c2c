"""Publishing what a scheme asks for."""

from dataclasses import replace

import pytest
from django_tasks_db.models import DBTaskResult

from certificates.actions.schemes import Asked, SchemeStale, Wanted, publish
from certificates.models import SchemeVersion
from tests.factories import courses as course_factory


@pytest.fixture
def wanted(foundations, quiz, brief, aldermoor) -> Wanted:
    return Wanted(
        slug="foundations-certificate",
        course=foundations,
        title="Foundations of commissioning",
        level="foundation",
        statement="has shown it.",
        validity_months=24,
        design="classic",
        competencies=[course_factory.competency(aldermoor)],
        requirements=[Asked("quiz", quiz), Asked("assignment", brief, minimum_band=3)],
    )


def test_a_scheme_is_published_with_what_it_asks_for(wanted, quiz, brief, at):
    version, is_new = publish(wanted, at=at)

    assert (version.number, is_new) == (1, True)
    asked = [(each.kind, each.step_id, each.minimum_band) for each in version.requirements.all()]
    assert asked == [("quiz", quiz.pk, None), ("assignment", brief.pk, 3)]


def test_a_course_may_be_asked_for_itself(wanted, foundations, at):
    version, _ = publish(replace(wanted, requirements=[Asked("course", None)]), at=at)

    assert version.requirements.get().course == foundations


def test_publishing_the_same_again_changes_nothing(wanted, at):
    publish(wanted, at=at)

    version, is_new = publish(wanted, at=at)

    assert (version.number, is_new) == (1, False)
    assert SchemeVersion.objects.count() == 1


def test_a_changed_scheme_is_a_new_version_and_so_is_going_back(wanted, at):
    numbers = [
        publish(each, at=at)[0].number for each in (wanted, replace(wanted, validity_months=12), wanted)
    ]

    assert numbers == [1, 2, 3]


def test_whoever_meets_a_new_version_is_considered_afterwards(wanted, at):
    version, _ = publish(wanted, at=at)

    job = DBTaskResult.objects.get(task_path="certificates.tasks.consider_everyone")
    assert job.args_kwargs["args"] == [version.scheme_id]


@pytest.mark.parametrize("seen", [0, 2])
def test_a_version_is_refused_that_was_written_over_another_than_the_newest(wanted, at, seen):
    publish(wanted, at=at)

    with pytest.raises(SchemeStale):
        publish(replace(wanted, validity_months=12), at=at, seen=seen)

    assert SchemeVersion.objects.get().validity_months == 24
