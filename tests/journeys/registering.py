"""What becomes of a result: a name, a decision, a certificate, and what the registrar may do to it."""

import re
from collections.abc import Iterable

from django.core.mail import EmailMessage

from lms.people.models import User
from tests.journeys.visitors import Visitor

LINK = re.compile(r"https?://\S+")


def link_in(outbox: Iterable[EmailMessage], person: User, subject: str) -> str:
    """What to follow in the one e-mail to the person whose subject begins so: its first link."""
    bodies = [mail.body for mail in outbox if mail.to == [person.email] and mail.subject.startswith(subject)]
    [body] = bodies
    return LINK.findall(body)[0]


def confirm_name(learner: Visitor, name: str) -> None:
    learner.writes("Your name, as it will be printed", name)
    learner.presses("Confirm this name")
    learner.reads("Your name is confirmed.")


def grant(registrar: Visitor, candidate: str) -> None:
    registrar.follows("Desk")
    registrar.follows("Certificates")
    registrar.follows(candidate)
    registrar.chooses("Grant the certificate")
    registrar.presses("Record the decision")
    registrar.reads("Its file is being made.")


def check(anyone: Visitor, code: str) -> None:
    """From the front page, with the code as it stands on the paper."""
    anyone.opens("/")
    anyone.follows("Check a certificate")
    anyone.writes("Code of the certificate", code)
    anyone.presses("Check")


def suspend(registrar: Visitor, number: str, reason: str) -> None:
    _change(registrar, number, "Suspend", reason)
    registrar.presses("Suspend")
    registrar.reads(f"Certificate {number} is suspended.")


def reinstate(registrar: Visitor, number: str, reason: str) -> None:
    _change(registrar, number, "Lift the suspension", reason)
    registrar.presses("Lift the suspension")
    registrar.reads(f"Certificate {number} is no longer suspended.")


def revoke(registrar: Visitor, number: str, reason: str) -> None:
    """Asked twice: the second page shows the reason and says that there is no way back."""
    _change(registrar, number, "Revoke", reason)
    registrar.presses("Continue")
    registrar.reads("This cannot be undone.")
    registrar.presses(f"Revoke certificate {number}")
    registrar.reads(f"Certificate {number} is revoked.")


def _change(registrar: Visitor, number: str, change: str, reason: str) -> None:
    registrar.follows("Desk")
    registrar.follows("Certificates")
    registrar.follows("Register")
    registrar.follows(number)
    registrar.follows(change)
    registrar.writes("Why?", reason)
