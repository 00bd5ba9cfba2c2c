"""The life of attempts over raw HTTP, as a machine that tries what nobody thought of.

Two tabs, requests that are repeated or come late and out of order, a clock that jumps both ways, the
sweep at any moment. PIPER_LIFE_EXAMPLES lives are lived (default 20) of PIPER_LIFE_STEPS steps (default 30).
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from assessments import rules
from assessments.actions import answers, attempts
from assessments.actions.answers import Given, Kept
from assessments.models import Answer, Attempt, QuizPage, Score
from courses.models import CoursePage, ModulePage
from lms.audit import verification
from tests.factories import assessments as factory
from tests.factories import courses as course_factory
from tests.factories import people

MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LIMIT = timedelta(minutes=20)
# Few, so that the tabs meet.
QUESTIONS = 2
NEEDED = 2
PLACES = st.integers(1, QUESTIONS)
KEYS = st.sampled_from(["a", "a", "b", "c", None])
TABS = st.sampled_from(["left", "right"])

_numbers = count(1)


@dataclass
class Row:
    """A kept answer, as the machine expects it to stand in the database."""

    key: str | None
    is_late: bool
    is_stale: bool

    @property
    def counts(self) -> bool:
        return not (self.is_late or self.is_stale)


@dataclass
class Life:
    """One attempt as the machine believes it to be."""

    attempt: Attempt
    kept: dict[int, list[Row]] = field(default_factory=lambda: {n: [] for n in range(1, QUESTIONS + 1)})
    seen: dict[tuple[str, int], int] = field(default_factory=dict)
    is_open: bool = True
    receipt: str = ""

    def newest(self, place: int) -> tuple[int, Row] | None:
        """The answer that counts, with its revision."""
        counted = [(n, row) for n, row in enumerate(self.kept[place], start=1) if row.counts]
        return counted[-1] if counted else None

    def right(self) -> int:
        newest = (self.newest(place) for place in self.kept)
        return sum(found is not None and found[1].key == "a" for found in newest)

    @property
    def is_pass(self) -> bool:
        return not self.is_open and self.right() >= NEEDED


@dataclass(frozen=True)
class Sent:
    """A request that saves: what it says, and what its page had seen."""

    life: Life
    place: int
    key: str | None
    base: int
    by_form: bool


class AttemptLives(RuleBasedStateMachine):
    """One learner's attempts at one quiz of two questions, twenty minutes and three tries."""

    quiz: QuizPage
    course: CoursePage

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(MORNING, tick=False)
        self.traveller = self.clock.start()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.learner = people.person(f"Learner{next(_numbers)}", "Okafor")
        self.enrolment = course_factory.enrol(self.learner, self.course)
        self.lives: list[Life] = []
        self.sent: list[Sent] = []
        self.held: list[Sent] = []
        self.browser = Client()
        self.sign_in()

    def teardown(self) -> None:
        faults = list(verification.faults())
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        self.clock.stop()
        assert faults == []

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    @property
    def life(self) -> Life:
        return self.lives[-1]

    def sign_in(self) -> None:
        self.browser.force_login(self.learner)

    def in_time(self, life: Life) -> bool:
        return self.now <= life.attempt.deadline_at + rules.GRACE

    def address(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.life.attempt.uuid, *args])

    # What a learner does.

    @initialize()
    def begin(self) -> None:
        self.begin_an_attempt()

    @rule()
    def start(self) -> None:
        self.begin_an_attempt()

    def begin_an_attempt(self) -> None:
        url = reverse("attempt_start", args=[self.enrolment.uuid, self.quiz.pk])
        status = self.browser.post(url).status_code
        has_open = any(life.is_open for life in self.lives)
        has_passed = any(life.is_pass for life in self.lives)
        may = has_open or (len(self.lives) < 3 and not has_passed)
        assert status == (302 if may else 409)
        if may and not has_open:
            self.lives.append(Life(Attempt.objects.open().get(enrolment=self.enrolment)))

    @precondition(lambda self: self.lives)
    @rule(place=PLACES)
    def open_a_question_in_both_tabs(self, place: int) -> None:
        for tab in ("left", "right"):
            self.open_in(tab, place)

    @precondition(lambda self: self.lives)
    @rule(tab=TABS, place=PLACES)
    def open_a_question(self, tab: str, place: int) -> None:
        self.open_in(tab, place)

    def open_in(self, tab: str, place: int) -> None:
        page = self.browser.get(self.address("attempt_question", place))
        if self.life.is_open and self.now <= self.life.attempt.deadline_at:
            newest = self.life.newest(place)
            shown = page.context["form"]["base_revision"].value()
            assert shown == (newest[0] if newest else 0)
            self.life.seen[tab, place] = shown
        else:
            assert page.status_code == 302

    @precondition(lambda self: self.lives and self.life.seen)
    @rule(data=st.data(), key=KEYS, by_form=st.booleans())
    def choose(self, data: Any, key: str | None, by_form: bool) -> None:
        tab, place = data.draw(st.sampled_from(sorted(self.life.seen)))
        sent = Sent(self.life, place, key, self.life.seen[tab, place], by_form)
        revision = self.deliver(sent)
        if revision is not None:
            self.life.seen[tab, place] = revision

    @precondition(lambda self: self.lives and self.life.seen)
    @rule(data=st.data(), key=KEYS)
    def choose_on_a_slow_line(self, data: Any, key: str | None) -> None:
        """The request is under way; others may overtake it."""
        tab, place = data.draw(st.sampled_from(sorted(self.life.seen)))
        self.held.append(Sent(self.life, place, key, self.life.seen[tab, place], by_form=False))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def a_slow_request_arrives(self, data: Any) -> None:
        self.deliver(self.held.pop(data.draw(st.integers(0, len(self.held) - 1))))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def a_request_is_repeated(self, data: Any) -> None:
        self.deliver(data.draw(st.sampled_from(self.sent)))

    @precondition(lambda self: self.lives)
    @rule()
    def hand_in(self) -> None:
        self.browser.post(self.address("attempt_submit"))
        self.close(self.life)
        assert self.life.receipt in self.browser.get(self.address("attempt")).content.decode()

    # What time does.

    @rule(
        jump=st.sampled_from(
            [timedelta(seconds=1)] * 3 + [timedelta(minutes=5), timedelta(minutes=19), timedelta(hours=1)]
        )
    )
    def time_passes(self, jump: timedelta) -> None:
        self.move_to(self.now + jump)

    @precondition(lambda self: self.lives)
    @rule(around=st.sampled_from([-1, 0, 1]), edge=st.sampled_from([timedelta(0), rules.GRACE]))
    def the_deadline_comes(self, around: int, edge: timedelta) -> None:
        self.move_to(self.life.attempt.deadline_at + edge + timedelta(milliseconds=around))

    @rule()
    def the_servers_clock_is_set_back(self) -> None:
        self.move_to(self.now - timedelta(seconds=90))

    @rule()
    def the_sweep_runs(self) -> None:
        overdue = [life for life in self.lives if life.is_open and not self.in_time(life)]
        assert attempts.close_overdue(self.now) == len(overdue)
        for life in overdue:
            self.close(life)

    def move_to(self, at: datetime) -> None:
        self.traveller.move_to(at, tick=False)
        self.sign_in()

    # What must come of it.

    def deliver(self, sent: Sent) -> int | None:
        """Send it, hold the answer against what it should be, and note what is kept; the revision its page has now."""
        life, place = sent.life, sent.place
        name = "attempt_question" if sent.by_form else "answer_save"
        fields: dict[str, Any] = {"base_revision": sent.base}
        if sent.key:
            asked = life.attempt.questions.get(position=place)
            fields["answer"] = asked.option_order.index(sent.key) + 1
        reply = self.browser.post(reverse(name, args=[life.attempt.uuid, place]), fields)
        self.sent.append(sent)

        newest = life.newest(place)
        if newest and newest[1].key == sent.key:
            assert reply.status_code == (302 if sent.by_form else 200)
            return newest[0]
        row = Row(
            sent.key,
            is_late=not (life.is_open and self.in_time(life)),
            is_stale=sent.base != (newest[0] if newest else 0),
        )
        if not life.kept[place] or life.kept[place][-1] != row:
            life.kept[place].append(row)
        if row.counts:
            assert reply.status_code == (302 if sent.by_form else 200)
            return len(life.kept[place])
        assert reply.status_code == 409
        # The page that shows both answers has seen the newer one.
        return newest[0] if sent.by_form and newest and not row.is_late else None

    def close(self, life: Life) -> None:
        life.attempt.refresh_from_db()
        life.is_open = False
        life.receipt = life.receipt or life.attempt.receipt

    @invariant()
    def every_acknowledged_save_is_kept_and_nothing_else(self) -> None:
        for life in self.lives:
            rows = Answer.objects.filter(asked__attempt=life.attempt).order_by("asked__position", "revision")
            stored = [
                (row.asked.position, row.revision, row.response.body, row.is_late, row.is_stale)
                for row in rows.select_related("asked", "response")
            ]
            assert stored == [
                (place, number, row.key, row.is_late, row.is_stale)
                for place, kept in life.kept.items()
                for number, row in enumerate(kept, start=1)
            ]

    @invariant()
    def the_newest_answer_in_time_counts(self) -> None:
        for life in self.lives:
            counted = {place: answer.revision for place, answer in life.attempt.counted_answers().items()}
            assert counted == {place: found[0] for place in life.kept if (found := life.newest(place))}

    @invariant()
    def one_score_and_one_receipt_that_stays(self) -> None:
        for life in self.lives:
            life.attempt.refresh_from_db()
            scores = [score.points for score in Score.objects.filter(attempt=life.attempt)]
            assert scores == ([] if life.is_open else [life.right()])
            assert life.attempt.is_open == life.is_open
            assert life.attempt.receipt == life.receipt

    @invariant()
    def no_more_than_one_is_open_and_three_are_begun(self) -> None:
        held = Attempt.objects.filter(enrolment=self.enrolment)
        assert held.count() == len(self.lives) <= 3
        assert held.open().count() <= 1


@pytest.fixture
def world(foundations: CoursePage, module: ModulePage) -> Iterator[None]:
    AttemptLives.course = foundations
    AttemptLives.quiz = factory.quiz(module, questions=QUESTIONS, minutes_allowed=int(LIMIT.seconds / 60))
    # Times of making, sessions and pages are those of the machine's own clock.
    with time_machine.travel(MORNING - timedelta(days=1), tick=False):
        yield


LIVES = settings(
    max_examples=int(os.environ.get("PIPER_LIFE_EXAMPLES", "20")),
    stateful_step_count=int(os.environ.get("PIPER_LIFE_STEPS", "30")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
def test_whatever_happens_in_an_attempts_life_nothing_acknowledged_is_lost(world: None) -> None:
    run_state_machine_as_test(AttemptLives, settings=LIVES)


@pytest.mark.django_db
def test_a_save_that_forgets_the_revision_is_found_out(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the stale tab wins, as it would without the check, and the machine minds."""
    save_all = answers.save_all

    def heedless(attempt: Attempt, given: Sequence[Given], **options: Any) -> dict[int, Kept]:
        newest = [each.asked.answers.counted().last() for each in given]
        unseen = [
            replace(each, base_revision=answer.revision if answer else 0)
            for each, answer in zip(given, newest, strict=True)
        ]
        return save_all(attempt, unseen, **options)

    monkeypatch.setattr(answers, "save_all", heedless)

    machine = AttemptLives()
    machine.begin_an_attempt()
    left, right = (Sent(machine.life, 1, key, base=0, by_form=False) for key in "bc")
    machine.deliver(left)

    with pytest.raises(AssertionError):
        machine.deliver(right)
    machine.teardown()
