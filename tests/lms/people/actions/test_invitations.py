"""Inviting by e-mail, and taking an invitation up."""

import re
from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest

from lms.audit.models import Event
from lms.jobs.models import Mail
from lms.people.actions import memberships
from lms.people.actions.invitations import (
    AlreadyThere,
    MayNotInvite,
    NoLongerOpen,
    NotTheirAddress,
    accept,
    invite,
    withdraw,
)
from lms.people.models import Employment, Institute, Invitation, Organisation, User
from lms.people.roles import Role
from tests.factories import people

pytestmark = pytest.mark.django_db


def token_in_the_mail() -> str:
    """What the invited person finds in their newest e-mail."""
    body = Mail.objects.filter(kind="invitation").latest("pk").body
    return re.search(r"/my/invitations/([^/\s]+)/", body)[1]


def test_the_token_stands_in_the_mail_and_its_digest_in_the_row(
    ines: User, aldermoor: Institute, at: datetime
) -> None:
    invitation = invite("New.Marker@Example.ORG", aldermoor, role=Role.ASSESSOR, by=ines, at=at)

    token = token_in_the_mail()
    assert invitation.email == "new.marker@example.org"
    assert invitation.token_digest == sha256(token.encode()).hexdigest()
    assert token not in str(Invitation.objects.values().get())
    assert token not in str(list(Event.objects.values()))


def test_an_invitation_says_what_the_role_does_and_until_when_it_holds(
    ines: User, aldermoor: Institute, at: datetime
) -> None:
    invite("new@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)

    body = Mail.objects.get().body
    assert "Ines Duarte invites you to work with Aldermoor Institute of Commissioning, as: Assessor." in body
    assert "Marks submissions against a rubric" in body
    assert "until 7 December 2026" in body


def test_taking_it_up_gives_the_role_as_from_whoever_invited(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    invite("ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)

    accept(token_in_the_mail(), by=ben, at=at + timedelta(days=13))

    membership = ben.memberships.get()
    verbs = list(Event.objects.order_by("sequence").values_list("verb", flat=True))
    assert (membership.role, membership.institute, membership.appointed_by) == ("assessor", aldermoor, ines)
    assert verbs == ["invitation.sent", "membership.appointed", "invitation.accepted"]


def test_an_external_quality_assurer_is_invited_until_a_day(
    ines: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    invite("ben.carter@example.org", aldermoor, role=Role.EQA, by=ines, at=at, until_on=date(2027, 1, 31))

    accept(token_in_the_mail(), by=ben, at=at)

    assert ben.memberships.get().until_on == date(2027, 1, 31)
    with pytest.raises(memberships.LastDayMissing):
        invite("other@example.org", aldermoor, role=Role.EQA, by=ines, at=at)


def test_only_somebody_who_confirmed_the_address_takes_it_up(
    ines: User, ada: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    invite("ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)
    ada.emailaddress_set.create(email="ben.carter@work.example.org", verified=True)

    with pytest.raises(NotTheirAddress, match="Add that address to your account"):
        accept(token_in_the_mail(), by=ada, at=at)

    assert not ada.memberships.exists()


def test_an_address_that_was_added_but_not_confirmed_is_not_theirs(
    ines: User, ada: User, aldermoor: Institute, at: datetime
) -> None:
    invite("office@marlshire.example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)
    ada.emailaddress_set.create(email="office@marlshire.example.org", verified=False)

    with pytest.raises(NotTheirAddress):
        accept(token_in_the_mail(), by=ada, at=at)


def test_it_holds_for_fourteen_days(ines: User, ben: User, aldermoor: Institute, at: datetime) -> None:
    invite("ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)

    with pytest.raises(NoLongerOpen, match="open for 14 days"):
        accept(token_in_the_mail(), by=ben, at=at + timedelta(days=14))


def test_it_works_once(ines: User, ben: User, aldermoor: Institute, at: datetime) -> None:
    invite("ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)
    accept(token_in_the_mail(), by=ben, at=at)

    with pytest.raises(NoLongerOpen, match="has been accepted"):
        accept(token_in_the_mail(), by=ben, at=at)

    assert ben.memberships.count() == 1


def test_a_withdrawn_one_gives_nothing(ines: User, ben: User, aldermoor: Institute, at: datetime) -> None:
    invitation = invite("ben.carter@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)
    withdraw(invitation, by=ines, at=at)

    with pytest.raises(NoLongerOpen, match="has withdrawn"):
        accept(token_in_the_mail(), by=ben, at=at)
    with pytest.raises(NoLongerOpen):
        withdraw(invitation, by=ines, at=at)


def test_an_offer_falls_with_the_role_of_whoever_made_it(
    ines: User, ada: User, ben: User, aldermoor: Institute, at: datetime
) -> None:
    people.appoint(ada, Role.ADMINISTRATOR, aldermoor)
    invite("ben.carter@example.org", aldermoor, role=Role.ADMINISTRATOR, by=ines, at=at)
    memberships.stand_down(ines.memberships.get(), by=ada, at=at)

    with pytest.raises(NoLongerOpen, match="Ask Aldermoor"):
        accept(token_in_the_mail(), by=ben, at=at)

    assert not ben.memberships.exists()


def test_nobody_takes_up_their_own_invitation(ines: User, aldermoor: Institute, at: datetime) -> None:
    invite("ines.duarte@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)

    with pytest.raises(memberships.MayNotAppoint):
        accept(token_in_the_mail(), by=ines, at=at)

    assert Invitation.objects.get().accepted_at is None


def test_inviting_again_sends_no_second_mail(ines: User, aldermoor: Institute, at: datetime) -> None:
    first = invite("new@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)
    second = invite("NEW@example.org ", aldermoor, role=Role.ASSESSOR, by=ines, at=at)

    assert first == second
    assert Mail.objects.count() == 1


def test_another_role_or_a_lapsed_invitation_is_a_new_one(
    ines: User, aldermoor: Institute, at: datetime
) -> None:
    invite("new@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)
    invite("new@example.org", aldermoor, role=Role.IQA, by=ines, at=at)
    invite("new@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at + timedelta(days=15))

    assert Mail.objects.count() == 3


def test_whoever_holds_the_role_already_is_not_invited_to_it(
    ines: User, asif: User, aldermoor: Institute, at: datetime
) -> None:
    with pytest.raises(AlreadyThere):
        invite("asif.rahman@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)


def test_nobody_invites_above_or_beside_what_their_role_gives(
    asif: User, otto: User, manuel: User, aldermoor: Institute, marlshire: Organisation, at: datetime
) -> None:
    for somebody in (asif, otto, manuel):
        with pytest.raises(MayNotInvite):
            invite("new@example.org", aldermoor, role=Role.ASSESSOR, by=somebody, at=at)
    with pytest.raises(MayNotInvite):
        invite("new@example.org", aldermoor, by=otto, at=at)
    with pytest.raises(MayNotInvite):
        invite("new@example.org", marlshire, by=otto, at=at)


def test_only_the_body_withdraws(ines: User, otto: User, aldermoor: Institute, at: datetime) -> None:
    invitation = invite("new@example.org", aldermoor, role=Role.ASSESSOR, by=ines, at=at)

    with pytest.raises(MayNotInvite):
        withdraw(invitation, by=otto, at=at)


def test_an_employers_invitation_makes_an_accepted_employment_in_the_inviters_team(
    manuel: User, ben: User, marlshire: Organisation, at: datetime
) -> None:
    invite("ben.carter@example.org", marlshire, by=manuel, at=at)

    assert "can enrol you in courses and see which step you are at" in Mail.objects.get().body
    accept(token_in_the_mail(), by=ben, at=at)

    employment = Employment.objects.current().get(person=ben)
    verbs = list(Event.objects.filter(chain="site").order_by("sequence").values_list("verb", flat=True))
    assert (employment.organisation, employment.line_manager) == (marlshire, manuel)
    assert employment.work_email == "ben.carter@example.org"
    assert verbs == ["invitation.sent", "employment.accepted", "invitation.accepted"]


def test_an_employers_invitation_settles_a_proposal_that_was_waiting(
    manuel: User, ben: User, marlshire: Organisation, at: datetime
) -> None:
    people.employ(ben, marlshire, accepted_at=None)
    invite("ben.carter@example.org", marlshire, by=manuel, at=at)

    accept(token_in_the_mail(), by=ben, at=at)

    assert Employment.objects.get(person=ben).accepted_at == at


def test_a_token_that_was_never_sent_is_unknown(ben: User, at: datetime) -> None:
    with pytest.raises(Invitation.DoesNotExist):
        accept("no-such-token", by=ben, at=at)
