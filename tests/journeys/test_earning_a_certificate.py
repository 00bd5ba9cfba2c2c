"""From the catalogue to a certificate that anyone can check, and to the day on which it is revoked."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from django.core.mail import EmailMessage

from assessments.models import Submission
from certificates.models import Certificate
from courses.models import CoursePage
from lms.people.models import User
from tests.journeys import learning, quality, registering
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
    mailoutbox: list[EmailMessage],
    tmp_path: Path,
) -> None:
    learner = visit(ada)
    learning.enrol(learner, foundations, through="Marlshire County Council")
    learning.read_the_lessons(learner, foundations)

    learner.presses("Start the quiz")
    learning.answer(learner, ada, right=7)
    learner.stands_before("Not passed yet")
    learner.follows("Back to the quiz")
    learner.presses("Start another attempt")
    learning.answer(learner, ada, right=8)
    learner.stands_before("You passed")
    learner.follows("Continue")
    learning.hand_in(learner, foundations, learning.WORK)

    candidate = Submission.objects.get().candidate_number
    assessor, assurer, lead = visit(asif), visit(mina), visit(lena)
    quality.mark(assessor, candidate, "Merit", FEEDBACK)
    assert ada.last_name not in assessor.page.content()
    quality.close_the_batch(lead)
    quality.agree(assurer, candidate)
    quality.release(lead)

    meanwhile()
    learner.opens(registering.link_in(mailoutbox, ada, "Your result is ready"))
    learner.stands_before("Competent")
    learner.reads(FEEDBACK)
    learner.opens(registering.link_in(mailoutbox, ada, "Confirm your name"))
    registering.confirm_name(learner, "Ada M. Bright")

    registrar = visit(rosa)
    registering.grant(registrar, ada.get_full_name())
    meanwhile()
    certificate = Certificate.objects.get()
    learner.opens(registering.link_in(mailoutbox, ada, "Your certificate"))
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(learner.downloads(f"Download certificate {certificate.number}"))
    assert paper.read_bytes().startswith(b"%PDF")
    assert "Tagged:          yes" in _run("pdfinfo", paper)
    assert "Ada M. Bright" in _run("pdftotext", paper, "-")

    stranger = visit()
    registering.check(stranger, certificate.code)
    stranger.stands_before("This certificate is valid")
    stranger.reads("Ada M. Bright")

    registering.revoke(registrar, certificate.number, "The work was somebody else’s.")
    stranger.page.reload()
    stranger.stands_before("This certificate is revoked")
    assert "somebody else" not in stranger.page.content()


def _run(command: str, *arguments: object) -> str:
    return subprocess.run([command, *map(str, arguments)], capture_output=True, text=True, check=True).stdout  # noqa: S603
