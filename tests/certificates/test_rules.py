"""Who is kept apart from what."""

import pytest

from certificates import rules
from certificates.models.evidence import evidence_of
from certificates.rules import Bar
from lms.people.roles import Role
from tests.factories import people


@pytest.fixture
def evidence(candidacy, scheme):
    return evidence_of(candidacy.learner, scheme)


def test_everybody_who_had_a_part_is_kept_from_the_decision(evidence, ada, adil, asif, mina, rosa):
    teachers = {adil.pk}

    found = [rules.bars(person.pk, evidence, teachers) for person in (ada, adil, asif, mina, rosa)]

    assert found == [[Bar.OWN], [Bar.TAUGHT], [Bar.MARKED], [Bar.CHECKED], []]


def test_only_a_registrar_of_the_institute_decides(candidacy, evidence, fenwick, rosa, ines, otto):
    people.appoint(otto, Role.REGISTRAR, fenwick)

    found = [rules.may_decide(person, candidacy, evidence, set()) for person in (rosa, ines, otto)]

    assert found == [True, False, False]


@pytest.mark.parametrize(
    ("state", "is_given"),
    [
        ("valid", True),
        ("expired", True),
        ("suspended", False),
        ("revoked", False),
        ("superseded", False),
        ("void", False),
        ("being_made", False),
    ],
)
def test_a_paper_that_says_more_than_the_register_is_not_given_out(state, is_given):
    assert rules.is_given_out(state) is is_given
