"""The four stages at which one may come in: who has come how far, in working days before today."""

from collections.abc import Callable
from enum import StrEnum

from lms.demonstration.asking import keeps_questions
from lms.demonstration.calendar import Story
from lms.demonstration.judging import (
    appeals_against_it,
    certifies,
    checks,
    closes,
    marks,
    puts_off,
    releases,
    revokes,
    sets_aside,
    suspends,
)
from lms.demonstration.learning import Journey, travels
from lms.demonstration.reporting import reports_a_lesson, reports_a_question
from lms.demonstration.world import FOUNDATIONS, Course, World, course_named


class Stage(StrEnum):
    """How far the story has gone when one comes in."""

    FRESH = "fresh"
    STUDYING = "studying"
    MARKING = "marking"
    CERTIFIED = "certified"


SUSPENDED_FOR = (
    "A colleague of the holder has asked whether part of the brief was shared work. "
    "The certificate is suspended while the assessor's file is looked at again."
)
REVOKED_FOR = (
    "The holder has told us, unasked, that the brief was written by somebody else. "
    "Confirmed in a conversation with the registrar; the holder may take the course again."
)

PUT_OFF_FOR = (
    "Your brief thanks a colleague for the table on page two. Please write to us who made it, so that we know which "
    "part of the work is yours."
)
APPEALED_FOR = (
    "The table is the county's published one, and the brief says so in the line beneath it. I thanked Nerys for showing "
    "me where it is kept. Everything that the rubric asks for is in the rest of the work."
)

# Amina has read one lesson and tried the quiz too early; her colleagues are before and behind her.
STUDYING = (
    Journey("learner", enrolled=6, lessons=(5,), tries=((2, 6),)),
    Journey("bronwen", enrolled=6),
    Journey("kwabena", enrolled=14, lessons=(12, 11, 8)),
    Journey("declan", enrolled=13, lessons=(12, 12, 9, 7), interrupted=1),
    Journey("parveen", enrolled=16, lessons=(14, 12, 11, 10), tries=((9, 5), (4, 7))),
    Journey("sunniva", enrolled=20, lessons=(18, 17, 15, 13), tries=((12, 9),), drafted=(3, "sunniva")),
    Journey("farid", enrolled=9, lessons=(7, 3)),
    Journey("moses", enrolled=11, lessons=(10, 8, 6, 5), tries=((2, 8),)),
)
# Amina has handed in; five of her colleagues' works are being checked.
MARKING = (
    Journey("learner", 24, (23, 21, 20, 18), tries=((17, 6), (15, 9)), handed_in=((3, "learner"),)),
    Journey("bronwen", enrolled=6, lessons=(5,)),
    Journey("parveen", enrolled=16, lessons=(14, 12, 11, 10), tries=((9, 5), (4, 7))),
    Journey("grace", 34, (33, 32, 30, 29), tries=((28, 10),), handed_in=((16, "grace"),)),
    Journey("kwabena", 34, (31, 30, 28, 26), tries=((25, 8),), handed_in=((15, "kwabena"),)),
    Journey("mai", 33, (32, 30, 29, 28), tries=((27, 9),), handed_in=((14, "mai"),)),
    Journey("eleri", 31, (29, 28, 26, 25), tries=((24, 7), (22, 9)), handed_in=((13, "eleri"),)),
    Journey("declan", 30, (28, 27, 25, 24), tries=((23, 8),), handed_in=((12, "declan"),)),
    Journey("sunniva", 27, (25, 24, 22, 20), tries=((19, 9),), handed_in=((5, "sunniva"),)),
    Journey("farid", 26, (24, 22, 20, 19), tries=((16, 8),), handed_in=((4, "farid"),)),
    Journey("moses", 25, (23, 22, 20, 18), tries=((17, 8),), handed_in=((2, "moses"),)),
)
# Amina holds her certificate, and so do others, or they held one; the desks have new work.
CERTIFIED = (
    Journey("joyce", 570, (569, 568, 566, 565), ((563, 9),), handed_in=((556, "joyce"),), name_confirmed=540),
    Journey("verity", 64, (63, 62, 60, 58), ((56, 10),), handed_in=((47, "verity"),), name_confirmed=27),
    Journey("alaric", 64, (62, 61, 60, 58), ((57, 8),), handed_in=((46, "alaric"),), name_confirmed=27),
    Journey("kwabena", 63, (60, 59, 57, 55), ((54, 8),), handed_in=((45, "kwabena"), (5, "kwabena-again"))),
    Journey("mai", 62, (61, 59, 58, 57), ((56, 9),), handed_in=((44, "mai"),), name_confirmed=25),
    Journey("grace", 62, (61, 60, 58, 57), ((56, 10),), handed_in=((43, "grace"),), name_confirmed=6),
    Journey(
        "learner", 60, (58, 57, 55, 53), ((52, 6), (49, 9)), handed_in=((42, "learner"),), name_confirmed=26
    ),
    Journey("eleri", 59, (57, 56, 54, 53), ((52, 7), (50, 9)), handed_in=((41, "eleri"),)),
    Journey("declan", 30, (28, 27, 25, 24), ((23, 8),), handed_in=((11, "declan"),)),
    Journey("moses", 28, (26, 25, 22, 21), ((20, 8),), handed_in=((10, "moses"),)),
    Journey("sunniva", 27, (25, 24, 22, 20), ((19, 9),), handed_in=((4, "sunniva"),)),
    Journey("farid", 26, (24, 22, 20, 19), ((16, 8),), handed_in=((3, "farid"),)),
    Journey("parveen", 19, (18, 17, 16, 15), ((9, 5), (4, 7)), handed_in=((12, "parveen"),)),
    Journey("bronwen", enrolled=6, lessons=(5,)),
)


def stories_of(stage: Stage, world: World) -> list[Story]:
    """Everything that has happened by this stage; at the first, nobody has enrolled."""
    tell = STORIES.get(stage)
    at_the_desk = [keeps_questions(world)]
    return [*at_the_desk, *(tell(world, course_named(FOUNDATIONS, world.aldermoor)) if tell else ())]


def _studying(world: World, course: Course) -> list[Story]:
    return [travels(world, course, journey) for journey in STUDYING]


def _marking(world: World, course: Course) -> list[Story]:
    return [
        *(travels(world, course, journey) for journey in MARKING),
        *_reports(world, course),
        marks(world, "assessor", days=10, count=3),
        marks(world, "assessor2", days=9, count=2),
        closes(world, course, days=7),
        checks(world, course, days=3, count=3),
    ]


def _certified(world: World, course: Course) -> list[Story]:
    return [
        *(travels(world, course, journey) for journey in CERTIFIED),
        *_reports(world, course),
        *_first_batch(world, course),
        marks(world, "assessor", days=37, count=4),
        marks(world, "assessor2", days=36, count=3),
        closes(world, course, days=33),
        checks(world, course, days=31),
        releases(world, course, days=29),
        certifies(world, "verity", days=23),
        certifies(world, "alaric", days=22),
        certifies(world, "mai", days=21),
        certifies(world, "learner", days=20),
        puts_off(world, "eleri", days=5, reason=PUT_OFF_FOR),
        appeals_against_it(world, "eleri", days=3, words=APPEALED_FOR),
        suspends(world, "verity", days=6, reason=SUSPENDED_FOR),
        revokes(world, "alaric", days=4, reason=REVOKED_FOR),
        sets_aside(world, "assessor2", days=8),
        marks(world, "assessor", days=6, count=2),
    ]


def _reports(world: World, course: Course) -> list[Story]:
    return [
        reports_a_lesson(world, course, "eleri", days=24, answered=21),
        reports_a_question(world, course, "parveen", days=3),
    ]


def _first_batch(world: World, course: Course) -> list[Story]:
    """Joyce was the first, so long ago that her certificate has expired."""
    return [
        marks(world, "assessor", days=549, count=1),
        closes(world, course, days=547),
        checks(world, course, days=545),
        releases(world, course, days=543),
        certifies(world, "joyce", days=535),
    ]


STORIES: dict[Stage, Callable[[World, Course], list[Story]]] = {
    Stage.STUDYING: _studying,
    Stage.MARKING: _marking,
    Stage.CERTIFIED: _certified,
}
