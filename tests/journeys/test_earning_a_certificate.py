"""From the catalogue to a certificate that anyone can check, and to the day on which it is revoked."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from django.core.mail import EmailMessage

from assessments.models import Submission
from courses.models import CoursePage
from lms.people.models import User
from tests.journeys import learning, quality
from tests.journeys.conftest import Visit

FEEDBACK = "You start from people. Set the figures against each other next time."


def test_a_learner_earns_a_certificate_that_anyone_can_check(
    visit: Visit,
    foundations: CoursePage,
    manuel: User,
    ada: User,
    asif: User,
    mina: User,
    lena: User,
    rosa: User,
    meanwhile: Callable[[], None],
    mailoutbox: list,
    tmp_path: Path,
) -> None:
    learner = visit(ada)
    learning.enrol(learner, foundations, through="Marlshire County Council")
    learning.read_the_lessons(learner, foundations)

    learner.presses("Start the quiz")
    learning.answer(learner, ada, right=7)
    learner.stands_before("Not passed yet")
    learner.reads("8 needed")
    learner.follows("Back to the quiz")
    learner.presses("Start another attempt")
    learning.answer(learner, ada, right=8)
    learner.stands_before("You passed")
    learner.follows("Continue")

    learning.hand_in(learner, foundations, learning.WORK)
    candidate = Submission.objects.get().candidate_number
    assessor = visit(asif)
    quality.mark(assessor, candidate, "Merit", FEEDBACK)
    lead = visit(lena)
    quality.close_the_batch(lead)
    assurer = visit(mina)
    quality.agree(assurer, candidate)
    quality.release(lead)
    meanwhile()

    assert subjects(mailoutbox, ada) == []
    learner.opens("/my/")
    learner.follows("Confirm your name as it will be printed")
    registering.confirm_name(learner, "Ada Bright")
    learner.opens("/my/certificates/")

    registrar = visit(rosa)
    registering.grant(registrar, "Ada Bright")
    meanwhile()
    learner.opens("/my/certificates/")
    print(learner.page.locator("main").aria_snapshot())
    paper = learner.downloads("Download certificate")


def subjects(outbox: list[EmailMessage], person: User) -> list[str]:
    return [mail.subject for mail in outbox if mail.to == [person.email]]
