"""A case that a scheme asks for: by its file, at the desk, and what of it a learner holds."""

from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError

from assessments.actions import cases
from assessments.models import CasePage
from certificates.actions.schemes import Asked, Wanted, publish
from certificates.checking import check_content
from certificates.models import Requirement, SchemeVersion
from certificates.models.evidence import evidence_of
from courses.models import Enrolment, ModulePage
from tests.factories import cases as factory

SCHEME = """slug = "lead"
title = "Lead commissioner"
level = "lead"
validity_months = 24
statement = "has shown it."
competencies = []
[[requirement]]
kind = "{kind}"
step = "the-case/harrow-lane"
minimum_percent = {percent}
"""


@pytest.fixture
def case(module: ModulePage) -> CasePage:
    return factory.case(module)


def wanted(case: CasePage, percent: int | None) -> Wanted:
    return Wanted(
        slug="lead",
        course=case.get_parent().get_parent().specific,
        title="Lead commissioner",
        level="lead",
        statement="has shown it.",
        validity_months=24,
        design="classic",
        competencies=[],
        requirements=[Asked("case", case, minimum_percent=percent)],
    )


def decide(enrolment: Enrolment, case: CasePage, at: datetime, *choices: str) -> None:
    learner = enrolment.learner
    attempt = cases.start(enrolment, case, by=learner, at=at)
    for position, choice in enumerate(choices, start=1):
        cases.decide(attempt, position, choice, by=learner, at=at)


def reasons(enrolment: Enrolment, scheme: SchemeVersion) -> list[str]:
    return [found.reason for found in evidence_of(enrolment.learner, scheme).eligibility.missing]


def test_a_pass_counts_and_a_scheme_may_ask_for_more_than_a_pass(
    enrolment: Enrolment, case: CasePage, at: datetime
) -> None:
    (practitioner, _), decided = publish(wanted(case, None), at=at), ("ask", "tell")
    decide(enrolment, case, at, *decided)

    assert reasons(enrolment, practitioner) == []
    lead, is_new = publish(wanted(case, 75), at=at)
    assert is_new
    assert lead.asked[0].more_words == "75% of the points or more"
    assert reasons(enrolment, lead) == [
        f"This certificate asks for 75% of the points or more; your pass of {at.day} {at:%B %Y} has 66%."
    ]


def test_every_point_meets_a_scheme_that_asks_for_a_share(
    enrolment: Enrolment, case: CasePage, at: datetime
) -> None:
    lead, _ = publish(wanted(case, 75), at=at)

    decide(enrolment, case, at, "look", "tell")

    assert evidence_of(enrolment.learner, lead).is_eligible


def test_a_share_of_points_is_asked_of_a_case_alone(case: CasePage, at: datetime) -> None:
    version, _ = publish(wanted(case, None), at=at)

    with pytest.raises(IntegrityError, match="a_share_of_points_is_asked_of_a_case"):
        Requirement.objects.create(version=version, position=2, kind="quiz", step=case, minimum_percent=75)


@pytest.mark.parametrize(
    ("kind", "percent", "found"),
    [
        ("case", 75, []),
        ("case", 0, ["A “minimum_percent” lies between 1 and 100, and only a case has points."]),
        ("quiz", 75, ["A “minimum_percent” lies between 1 and 100, and only a case has points."]),
    ],
)
def test_the_check_of_files_knows_cases(tmp_path: Path, kind: str, percent: int, found: list[str]) -> None:
    module = tmp_path / "final" / "02-the-case"
    module.mkdir(parents=True)
    (tmp_path / "final" / "course.toml").touch()
    (module / "module.toml").touch()
    (module / f"01-harrow-lane.{kind}.toml").touch()
    (tmp_path / "final" / "scheme.toml").write_text(SCHEME.format(kind=kind, percent=percent))

    assert [fault.sentence for fault in check_content(tmp_path, on=date(2026, 11, 28))] == found
