"""The story of the questions desk: one author changes what a colleague reads before a learner meets it."""

from dataclasses import replace
from datetime import timedelta

from assessments.actions import questions, reviews
from assessments.actions.versions import Wording
from assessments.models import Question, QuestionVersion
from lms.demonstration.calendar import Story
from lms.demonstration.world import World

# Of the practitioners' course, in which nobody of the cast takes a quiz.
CHANGED, RETIRED, LIKE_THE_NEW = "m23-owner", "m23-nineteen-forty", "m23-section-42"
TOO_WIDE = "Who was responsible for Winterbourne View?"
SENT_BACK = (
    "“Responsible” can be defended of the council, which had the alerts, and of the fourteen commissioners as "
    "well. Please ask who owned and ran it."
)
MENDED = "Who owned and ran the hospital called Winterbourne View?"
APPROVED = "Clear now, and nobody has to know beforehand that it was a hospital."
NEW_STEM = "What does each of these sections of the Care Act 2014 ask of a council?"
NEW_BODY = {
    "stems": [
        {
            "key": "a",
            "text": "Section 5",
            "choice": "a",
            "reason": "The duty to shape the market: variety, quality and enough of it for people to choose from.",
        },
        {
            "key": "b",
            "text": "Section 9",
            "choice": "b",
            "reason": "The assessment comes before any decision about services, and whatever the person can pay.",
        },
        {
            "key": "c",
            "text": "Section 42",
            "choice": "c",
            "reason": "The enquiry does not wait for proof: reasonable cause to suspect is enough.",
        },
    ],
    "choices": [
        {"key": "a", "text": "Promote a varied market of good services"},
        {"key": "b", "text": "Assess an adult who may need care and support"},
        {"key": "c", "text": "Enquire where an adult may be abused or neglected"},
        {"key": "d", "text": "Inspect providers and rate them"},
    ],
}
READ_FOR = timedelta(minutes=25)


def keeps_questions(world: World) -> Story:
    """A wording sent back, mended and approved; a question that goes; and a new one that waits for its reader."""
    writer, reader = world.people["author"], world.people["author2"]
    changed = Question.objects.get(institute=world.aldermoor, key=CHANGED)
    at = yield world.calendar.ago(14, "10:40")
    too_wide = questions.publish(changed, replace(_wording(changed), stem=TOO_WIDE), by=writer, at=at)
    at = yield world.calendar.ago(13, "09:30")
    changed.refresh_from_db()
    reviews.send_back(changed, too_wide, by=reader, at=at, remark=SENT_BACK)
    at = yield world.calendar.ago(13, "14:05")
    mended = questions.publish(changed, replace(_wording(changed), stem=MENDED), by=writer, at=at)
    at = yield at + READ_FOR
    changed.refresh_from_db()
    reviews.approve(changed, mended, by=reader, at=at, remark=APPROVED)
    at = yield world.calendar.ago(8, "16:20")
    questions.retire(Question.objects.get(institute=world.aldermoor, key=RETIRED), by=reader, at=at)
    at = yield world.calendar.ago(1, "11:50")
    like = Question.objects.get(institute=world.aldermoor, key=LIKE_THE_NEW)
    new = replace(_wording(like), kind="matching", demand="recall", stem=NEW_STEM, body=NEW_BODY)
    questions.publish_new(like.pool, "m23-care-act-sections", new, by=writer, at=at)


def _wording(question: Question) -> Wording:
    """The newest words of a question, to be changed."""
    newest: QuestionVersion = question.versions.select_related("competency", "lesson").latest("number")
    about = ("kind", "demand", "level", "competency", "lesson", "stem", "body")
    return Wording(**{name: getattr(newest, name) for name in about})
