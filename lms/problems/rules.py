"""Whose desk a reported problem lies on."""

from lms.people import access
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.problems.models import Kind, Problem

# The function that mends each kind of thing answers for it too; the label names its desk to the reporter.
DESKS: dict[Kind, tuple[Permission, str]] = {
    Kind.QUESTION: (Permission.KEEP_QUESTIONS, "authors"),
    Kind.LESSON: (Permission.WRITE_COURSES, "authors"),
    Kind.CERTIFICATE: (Permission.DECIDE_CERTIFICATES, "registrar"),
}


def kinds_for(person: access.Person, institute: Institute) -> list[Kind]:
    """The kinds of problems that lie on this person's desk."""
    return [kind for kind, (permission, _) in DESKS.items() if access.can(person, permission, institute)]


def may_answer(person: access.Person, problem: Problem) -> bool:
    """As somebody who mends such things at the institute."""
    return Kind(problem.kind) in kinds_for(person, problem.institute)
