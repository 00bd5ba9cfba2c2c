"""What the desk does with written work: mark it, check the marking, release the result."""

from assessments.models import Criterion
from tests.journeys.visitors import Visitor


def mark(assessor: Visitor, candidate: str, band: str, feedback: str) -> None:
    """Take the oldest work, choose the same band for each criterion, and record it."""
    assessor.follows("Desk")
    assessor.follows("Marking")
    assessor.presses("Mark the next")
    assessor.stands_before(f"Candidate {candidate}")
    for criterion in Criterion.objects.all():
        assessor.chooses(band, among=criterion.title)
    assessor.writes("Feedback to the candidate", feedback)
    assessor.still_sees("The candidate’s work")
    assessor.presses("Review and record")
    assessor.stands_before("Review and record")
    assessor.presses("Record this marking")
    assessor.reads(f"The marking of candidate {candidate} is recorded.")


def close_the_batch(lead: Visitor) -> None:
    """Close the one open batch before it is full, which draws the sample."""
    lead.follows("Desk")
    lead.follows("Quality")
    lead.follows("Commissioning brief: what should we acquire?")
    lead.follows("Close now")
    lead.presses("Close and draw the sample")
    lead.stands_before("The sample")


def agree(assurer: Visitor, candidate: str) -> None:
    open_sampled(assurer, candidate)
    assurer.presses("Agree")


def overturn(assurer: Visitor, candidate: str, criterion: str, reason: str) -> None:
    """Find one criterion “not yet”, say why, and let the assessor's other marking stand."""
    open_sampled(assurer, candidate)
    assurer.follows("Overturn…")
    assurer.chooses("Not yet", among=criterion)
    assurer.writes("Reason", reason)
    assurer.chooses("The rest stands")
    assurer.presses("Overturn")
    assurer.reads("Overturned")


def open_sampled(assurer: Visitor, candidate: str) -> None:
    """Find the sampled marking from the desk."""
    assurer.follows("Desk")
    assurer.follows("Quality")
    assurer.follows("Commissioning brief: what should we acquire?")
    assurer.follows(candidate)
    assurer.stands_before(f"Candidate {candidate}")


def release(lead: Visitor) -> None:
    """Release the batch whose every sampled marking is decided."""
    lead.follows("Quality")
    lead.follows("Commissioning brief: what should we acquire?")
    lead.follows("Release results")
    lead.presses("Release the results")
