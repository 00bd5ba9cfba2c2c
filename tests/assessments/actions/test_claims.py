"""What people say of a competency stands beside what was assessed, is answered once, and is never changed."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from assessments.actions import claims
from assessments.actions.claims import ClaimRefused
from assessments.models import Claim
from assessments.models.profiles import claims_of
from courses.models import Competency
from lms.audit.models import Event
from lms.people.models import Employment, Institute, User
from tests.factories import courses as course_factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill(aldermoor: Institute) -> Competency:
    return course_factory.competency(aldermoor)


@pytest.fixture
def shown(skill: Competency, ada: User, manuel: User, at: datetime) -> Claim:
    """Ada says that she works as a practitioner, and shows it to her line manager."""
    return claims.rate(skill, "practitioner", "I rewrote the brief.", shown_to=manuel, by=ada, at=at)


def test_what_one_says_of_oneself_is_kept_with_its_reason(skill: Competency, ada: User, at: datetime) -> None:
    claim = claims.rate(skill, "foundation", "I read three briefs.", shown_to=None, by=ada, at=at)

    assert (claim.person, claim.by, claim.level, claim.words.text) == (
        ada,
        ada,
        "foundation",
        "I read three briefs.",
    )
    assert Event.objects.get(subject=claim.uuid).verb == "claim.made"


def test_a_new_word_stands_beside_the_old_one(
    skill: Competency, shown: Claim, ada: User, at: datetime
) -> None:
    claims.rate(skill, "lead", "I stopped a tender.", shown_to=None, by=ada, at=at + timedelta(days=1))

    found = claims_of(ada, skill.domain.framework)

    assert [(each.competency, each.level, each.by) for each in found] == [
        ("1.1", "lead", "self"),
        ("1.1", "practitioner", "self"),
    ]


def test_it_is_shown_to_nobody_but_a_line_manager(
    skill: Competency, ada: User, ben: User, manuel: User, at: datetime
) -> None:
    with pytest.raises(ClaimRefused, match="not your line manager now"):
        claims.rate(skill, "lead", "I did.", shown_to=ben, by=ada, at=at)

    assert not Claim.objects.exists()


def test_the_line_manager_answers_with_a_level_of_their_own(
    shown: Claim, ada: User, manuel: User, at: datetime
) -> None:
    answer = claims.answer(shown, "foundation", "I saw one brief.", by=manuel, at=at)

    assert (answer.person, answer.by, answer.level, answer.answers) == (ada, manuel, "foundation", shown)
    assert {(each.level, each.by) for each in claims_of(ada, shown.competency.domain.framework)} == {
        ("practitioner", "self"),
        ("foundation", "manager"),
    }


def test_it_is_answered_once(shown: Claim, manuel: User, at: datetime) -> None:
    claims.answer(shown, "foundation", "I saw one brief.", by=manuel, at=at)

    with pytest.raises(ClaimRefused, match="You have answered this already"):
        claims.answer(shown, "lead", "I saw more.", by=manuel, at=at)

    assert Claim.objects.get(answers=shown).level == "foundation"


def test_whoever_was_not_shown_it_does_not_answer(shown: Claim, ben: User, at: datetime) -> None:
    with pytest.raises(ClaimRefused, match="Only the line manager"):
        claims.answer(shown, "lead", "I heard of it.", by=ben, at=at)


def test_nobody_answers_themselves(shown: Claim, ada: User, at: datetime) -> None:
    with pytest.raises(ClaimRefused, match="Only the line manager"):
        claims.answer(shown, "lead", "I agree with me.", by=ada, at=at)


def test_who_is_the_line_manager_no_longer_neither_reads_nor_answers(
    shown: Claim, ada: User, manuel: User, at: datetime
) -> None:
    assert list(Claim.objects.shown_to(manuel)) == [shown]

    Employment.objects.filter(person=ada).update(ended_on=at.date())

    assert list(Claim.objects.shown_to(manuel)) == []
    with pytest.raises(ClaimRefused, match="Only the line manager"):
        claims.answer(shown, "lead", "I saw it.", by=manuel, at=at)


@pytest.mark.parametrize("change", [{"level": "lead"}, {"shown_to": None}])
def test_the_database_refuses_to_change_a_claim(shown: Claim, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=shown.pk).update(**change)


def test_the_database_refuses_an_answer_to_nothing(
    skill: Competency, ada: User, ben: User, at: datetime
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.create(person=ada, competency=skill, level="lead", by=ben, made_at=at)
