"""What Amina answered in the lessons she read, wrote in her log, and said of her own work."""

from datetime import datetime
from itertools import cycle

from assessments import rules
from assessments.actions import claims
from courses.actions import log
from courses.actions.activities import keep_answer
from courses.models import Competency, Enrolment, LessonPage, LogEntry, ModulePage
from courses.models.activities import activities_in
from courses.practice.sheets import Sheet

ENTRIES = (
    {
        "happened": "A colleague asked me for two hundred hours of home care “by Friday”. I began to fill in the form.",
        "thought": "It was urgent, and hours are what we always buy.",
        "now_think": "Nobody had told me who is waiting, or for what. I was about to answer a question that nobody had asked.",
        "evidence": "The e-mail, and the waiting list: half of the people on it were never asked what they want.",
        "change": "Before the next request I ask for three lines: who, what would be different for them, how we would know.",
        "noticed_by": "the brokerage team",
        "reminds": True,
    },
    {
        "happened": "I read back through last year’s contract for the day club.",
        "now_think": "It was bought, not commissioned: the first page says how many places, and no page says for what.",
        "reminds": False,
    },
)

WHERE_SHE_STANDS = (
    "When brokerage asked for two hundred hours I sent it back with three questions, and got answers to two."
)


def answers(enrolment: Enrolment, lesson: LessonPage, at: datetime) -> None:
    """Answer the first activity of a lesson, most of it as the lesson would."""
    for _, _, sheet in activities_in(lesson):
        keep_answer(enrolment, lesson, sheet, _answers_to(sheet), at=at)
        return


def writes_in_log(enrolment: Enrolment, lesson: LessonPage, number: int, at: datetime) -> None:
    """Write one of the entries; the first answers the question of the lesson's module."""
    module = ModulePage.objects.ancestor_of(lesson).get()
    entry = LogEntry(learner=enrolment.learner)
    if number == 0:
        entry.module, entry.prompt = module, module.log
    log.keep(entry, dict(ENTRIES[number]), at=at)


def says_where_they_stand(enrolment: Enrolment, at: datetime) -> None:
    """Say it of the first competency of the framework, and show the line manager, where there is one."""
    framed = Competency.objects.filter(domain__framework__institute=enrolment.course.institute).earliest(
        "code"
    )
    learner = enrolment.learner
    manager = next(iter(rules.line_managers(learner)), None)
    claims.rate(framed, "foundation", WHERE_SHE_STANDS, shown_to=manager, by=learner, at=at)


def _answers_to(sheet: Sheet) -> list[str]:
    if sheet.kind == "rewrite":
        return ["I get up when I like, and somebody I know comes when I need a hand."] * len(sheet.slots)
    if sheet.kind == "calculator":
        return [slot.more["value"] for slot in sheet.slots]
    if sheet.kind == "order":
        # The last two change places: easily done, and worth reading why.
        places = [slot.right for slot in sheet.in_right_order]
        swapped = dict(zip(places, [*places[:-2], places[-1], places[-2]], strict=True))
        return [swapped[slot.right] for slot in sheet.slots]
    others = cycle(value for value, _ in sheet.slots[0].options)
    return [
        next(others) if number % 5 == 3 or (not slot.right and sheet.kind == "decision") else slot.right
        for number, slot in enumerate(sheet.slots)
    ]
