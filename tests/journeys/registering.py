"""What becomes of a result: a name, a decision, a certificate, and what the registrar may do to it."""

from tests.journeys.visitors import Visitor


def confirm_name(learner: Visitor, name: str) -> None:
    """From My learning to the name as it will be printed."""
    learner.follows("Confirm your name")
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


def change(registrar: Visitor, number: str, label: str, button: str, reason: str) -> None:
    """Suspend, reinstate or revoke from the certificate's entry in the register."""
    registrar.follows("Desk")
    registrar.follows("Certificates")
    registrar.follows("Register")
    registrar.follows(number)
    registrar.follows(label)
    registrar.writes("Why?", reason)
    registrar.presses(button)
