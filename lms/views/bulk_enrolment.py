"""Enrolling many at once: what each pasted line would do, and doing it.

Whether an address has an account here is nobody's business: an address that no current member of staff
has confirmed is invited, whoever it belongs to. Nor is what somebody studies by themselves: only an enrolment
through this organisation counts as enrolled already.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from courses.actions import enrolments
from courses.models import CoursePage, Enrolment
from lms.people.actions import invitations
from lms.people.models import Employment, Organisation, User
from lms.people.refusals import Refusal

MOST_LINES = 500


class Does(StrEnum):
    """What a line will do, as the dry run says it."""

    ENROL = "Will be enrolled"
    NOTHING = "Enrolled already"
    INVITE = "Will be invited to Piper"
    INVITED = "Invited already"
    WRONG = "Not an email address"
    TWICE = "Twice in this list"


CHANGES = frozenset({Does.ENROL, Does.INVITE})
KINDS = {Does.ENROL: "ok", Does.INVITE: "info", Does.WRONG: "bad"}


@dataclass(frozen=True)
class Line:
    """One pasted address: what it will do, and whom it means where they work here."""

    text: str
    address: str
    does: Does
    person: User | None = None

    @property
    def kind(self) -> str:
        """The kind of tag that shows what it does."""
        return KINDS.get(self.does, "idle")

    @property
    def advice(self) -> str:
        """What is left to do afterwards; empty where nothing is."""
        waits = self.does in {Does.INVITE, Does.INVITED}
        return "Enrol them once they have accepted." if waits else ""


@dataclass(frozen=True)
class Done:
    """What became of the lines: how many were enrolled and invited, and the sentences of those refused."""

    enrolled: int
    invited: int
    refused: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What happened, in numbers."""
        people = "1 person is" if self.enrolled == 1 else f"{self.enrolled} people are"
        letters = "1 invitation is" if self.invited == 1 else f"{self.invited} invitations are"
        return f"{people} enrolled now. {letters} on the way."


def pieces(text: str) -> list[str]:
    """The pasted text cut at line ends, commas and semicolons, without empty pieces."""
    return [piece.strip() for piece in re.split(r"[\r\n;,]+", text) if piece.strip()]


def plan(text: str, organisation: Organisation, course: CoursePage, at: datetime) -> list[Line]:
    """What each pasted line would do now; changes nothing."""
    read = [(piece, _address(piece)) for piece in pieces(text)]
    addresses = {address for _, address in read if address}
    staff = _staff_at(addresses, organisation)
    taking = set(
        Enrolment.objects.open()
        .filter(course=course, organisation=organisation, learner__in=set(staff.values()))
        .values_list("learner_id", flat=True)
    )
    invited = set(
        invitations.open_at(organisation, at)
        .filter(email__in=addresses, role="")
        .values_list("email", flat=True)
    )
    return list(_judged(read, staff, taking, invited))


def carry_out(
    lines: Iterable[Line], organisation: Organisation, course: CoursePage, *, by: User, at: datetime
) -> Done:
    """Enrol and invite as planned; doing it again changes nothing."""
    enrolled = invited = 0
    refused = []
    for line in lines:
        try:
            if line.does is Does.ENROL and line.person:
                enrolments.enrol(line.person, course, by=by, at=at, organisation=organisation)
                enrolled += 1
            elif line.does is Does.INVITE:
                invitations.invite(line.address, organisation, by=by, at=at)
                invited += 1
        except Refusal as refusal:
            refused.append(f"{line.address}: {refusal}")
    return Done(enrolled, invited, tuple(refused))


def _judged(
    read: Iterable[tuple[str, str]], staff: dict[str, User], taking: set[int], invited: set[str]
) -> Iterator[Line]:
    seen: set[str | int] = set()
    for text, address in read:
        person = staff.get(address)
        # Two addresses of one person are one person.
        same = person.pk if person else address
        if not address:
            yield Line(text, "", Does.WRONG)
        elif same in seen:
            yield Line(text, address, Does.TWICE, person)
        elif person:
            yield Line(text, address, Does.NOTHING if person.pk in taking else Does.ENROL, person)
        else:
            yield Line(text, address, Does.INVITED if address in invited else Does.INVITE)
        seen.add(same)


def _address(piece: str) -> str:
    """The address in a piece such as `Ada Bright <ada@example.org>`, in lower case; empty where there is none."""
    address = parseaddr(unicodedata.normalize("NFKC", piece))[1].strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def _staff_at(addresses: set[str], organisation: Organisation) -> dict[str, User]:
    """Current staff by the addresses they confirmed, and by the one through which they came."""
    current = Employment.objects.current().filter(organisation=organisation, person__is_active=True)
    staff = {
        each.work_email: each.person
        for each in current.filter(work_email__in=addresses).select_related("person")
    }
    confirmed = EmailAddress.objects.filter(
        email__in=addresses, verified=True, user__in=current.values("person")
    )
    return staff | {each.email.lower(): each.user for each in confirmed.select_related("user")}
