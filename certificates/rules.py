"""Who may decide on, act on and be given a certificate: the part that is about this person and this thing."""

from collections.abc import Collection
from enum import StrEnum

from certificates import lifecycle
from certificates.models import Appeal, Candidacy, Certificate, CertificationDecision, Review
from certificates.models.evidence import Evidence
from lms.people import access
from lms.people.roles import Permission

# A paper that says more than the register does is not given out again.
GIVEN_OUT: frozenset[lifecycle.State] = frozenset({"valid", "expired", "not_yet_valid"})


class Bar(StrEnum):
    """Why a person is kept from a certification decision, in words to that person: "you …"."""

    OWN = "are the candidate"
    TAUGHT = "wrote part of the course"
    MARKED = "marked a result that counts"
    CHECKED = "checked a result that counts"
    OVERRULED = "took the decision that an appeal has overruled"


def bars(
    person: int, evidence: Evidence, teachers: Collection[int], overruled: Collection[int] = ()
) -> list[Bar]:
    """What keeps this person (by key) from the decision: whoever taught, marked or checked takes no part in it.

    Nor does whoever took it before, where an appeal was upheld.
    """
    kept_apart = {
        Bar.OWN: {evidence.learner_id},
        Bar.TAUGHT: teachers,
        Bar.MARKED: evidence.assessors,
        Bar.CHECKED: evidence.checkers,
        Bar.OVERRULED: overruled,
    }
    return [bar for bar, people in kept_apart.items() if person in people]


def may_decide(
    person: access.Person, candidacy: Candidacy, evidence: Evidence, teachers: Collection[int]
) -> bool:
    """A registrar of the institute whom nothing keeps from deciding on this candidate."""
    return access.can(person, Permission.DECIDE_CERTIFICATES, candidacy.institute) and not bars(
        person.pk, evidence, teachers, candidacy.overruled
    )


def may_appeal(person: access.Person, decision: CertificationDecision) -> bool:
    """The candidate, where the certificate was not granted."""
    granted = CertificationDecision.Decision.GRANTED
    return decision.learner_id == person.pk and decision.decision != granted


def may_hear(person: access.Person, appeal: Appeal) -> bool:
    """A registrar of the institute who is not the candidate and did not take the decision."""
    return person.pk not in {appeal.learner_id, appeal.decided_by_id} and access.can(
        person, Permission.DECIDE_CERTIFICATES, appeal.institute
    )


def may_confirm_name(person: access.Person, candidacy: Candidacy) -> bool:
    """One's own, until the decision."""
    return candidacy.learner_id == person.pk and candidacy.state == Candidacy.State.READY


def may_change_standing(person: access.Person, certificate: Certificate) -> bool:
    """A registrar of the institute that certified, never on a certificate of their own."""
    return certificate.learner_id != person.pk and access.can(
        person, Permission.DECIDE_CERTIFICATES, certificate.institute
    )


def may_close(person: access.Person, review: Review, others: Collection[int]) -> bool:
    """Like any change of standing; and a second pair of eyes, where there is one.

    `others` are the registrars (by key) who hold no such certificate and did not decide on it.
    """
    return may_change_standing(person, review.certificate) and (not others or person.pk in others)


def is_given_out(state: lifecycle.State) -> bool:
    """Whether the holder may have the file of a certificate that stands so."""
    return state in GIVEN_OUT
