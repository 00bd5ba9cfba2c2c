"""An attempt's life: what is counted, what is kept and not counted, and when it ends."""

from datetime import datetime, timedelta

import pytest

from assessments import drawing, rules, scoring
from assessments.actions import answers, attempts
from assessments.models import Adjustment, Answer, Attempt, QuestionVersion, QuizPage, Result
from courses.models import Enrolment, ModulePage, StepDone
from lms.audit.models import Event
from lms.people.models import User
from tests.factories import assessments as factory
from tests.factories import courses as course_factory

SECOND = timedelta(seconds=1)


@pytest.fixture
def timed_quiz(module: ModulePage) -> QuizPage:
    return factory.quiz(module, minutes_allowed=20)


@pytest.fixture
def attempt(enrolment: Enrolment, quiz: QuizPage, ada: User, at: datetime) -> Attempt:
    return attempts.start(enrolment, quiz, by=ada, at=at)


def answer_all(attempt: Attempt, right: int, by: User, at: datetime) -> None:
    """Answer every question, the first `right` of them rightly."""
    for asked in attempt.questions.all():
        choice = "a" if asked.position <= right else "b"
        answers.save(attempt, asked.position, choice, base_revision=0, by=by, at=at)


def fail(enrolment: Enrolment, quiz: QuizPage, by: User, at: datetime) -> Attempt:
    return attempts.submit(attempts.start(enrolment, quiz, by=by, at=at), by=by, at=at)


def test_an_attempt_draws_its_questions_and_their_options_from_its_seed(
    enrolment: Enrolment, module: ModulePage, ada: User, at: datetime
) -> None:
    quiz = factory.quiz(module, questions=8, draw=4)

    attempt = attempts.start(enrolment, quiz, by=ada, at=at)

    seed = bytes.fromhex(attempt.seed)
    pool = [str(version.question.uuid) for version in attempt.version.questions.all()]
    drawn = [
        (str(asked.version.question.uuid), tuple(asked.option_order)) for asked in attempt.questions.all()
    ]
    assert len(pool) == 8
    assert drawn == [(key, drawing.shuffled(seed, key, "abcd")) for key in drawing.draw(seed, pool, 4)]


def test_starting_twice_begins_one_attempt(attempt: Attempt, quiz: QuizPage, ada: User, at: datetime) -> None:
    again = attempts.start(attempt.enrolment, quiz, by=ada, at=at + SECOND)

    assert again == attempt
    assert Attempt.objects.count() == 1


def test_an_attempt_keeps_the_questions_it_was_started_with(
    attempt: Attempt, quiz: QuizPage, ada: User, at: datetime
) -> None:
    asked = attempt.questions.first()
    body = factory.single_choice()
    body["options"][0]["correct"], body["options"][1]["correct"] = False, True
    QuestionVersion.objects.create(
        question=asked.version.question,
        number=2,
        kind="single",
        demand="recall",
        level="foundation",
        competency=asked.version.competency,
        stem="Reworded, with another key",
        body=body,
        digest="2" * 64,
        made_at=at,
    )

    answer_all(attempt, 4, ada, at)
    attempts.submit(attempt, by=ada, at=at)

    assert attempt.result.outcome == Result.Outcome.PASSED


def test_a_pool_smaller_than_the_draw_is_said_in_a_sentence(
    enrolment: Enrolment, module: ModulePage, ada: User, at: datetime
) -> None:
    quiz = factory.quiz(module, questions=3, draw=5)

    with pytest.raises(
        attempts.QuizNotReady, match=r"draws 5 questions, but the pool holds 3\. Tell your institute"
    ):
        attempts.start(enrolment, quiz, by=ada, at=at)

    assert Attempt.objects.count() == 0


def test_nobody_starts_an_attempt_in_a_course_they_have_left(
    enrolment: Enrolment, quiz: QuizPage, ada: User, at: datetime
) -> None:
    enrolment.left_at = at
    enrolment.save()

    with pytest.raises(attempts.NoAttemptToBegin, match="You have left this course"):
        attempts.start(enrolment, quiz, by=ada, at=at)


def test_three_attempts_and_no_more(enrolment: Enrolment, quiz: QuizPage, ada: User, at: datetime) -> None:
    for _ in range(3):
        fail(enrolment, quiz, ada, at)

    with pytest.raises(attempts.NoAttemptToBegin, match="You have used all 3 attempts"):
        attempts.start(enrolment, quiz, by=ada, at=at)


def test_leaving_and_enrolling_again_gives_no_new_attempts(
    enrolment: Enrolment, quiz: QuizPage, ada: User, at: datetime
) -> None:
    for _ in range(3):
        fail(enrolment, quiz, ada, at)
    enrolment.left_at = at
    enrolment.save()
    again = course_factory.enrol(ada, enrolment.course)

    with pytest.raises(attempts.NoAttemptToBegin):
        attempts.start(again, quiz, by=ada, at=at)


def test_somebody_who_passed_years_ago_may_take_the_course_anew(
    enrolment: Enrolment, attempt: Attempt, quiz: QuizPage, ada: User, at: datetime
) -> None:
    answer_all(attempt, 4, ada, at)
    attempts.submit(attempt, by=ada, at=at)
    enrolment.left_at = at
    enrolment.save()
    again = course_factory.enrol(ada, enrolment.course)

    anew = attempts.start(again, quiz, by=ada, at=at + timedelta(days=700))

    assert anew.number == 1
    assert rules.standing(again, quiz).left == 2


def test_a_passed_quiz_is_not_begun_again(attempt: Attempt, quiz: QuizPage, ada: User, at: datetime) -> None:
    answer_all(attempt, 4, ada, at)
    attempts.submit(attempt, by=ada, at=at)

    with pytest.raises(attempts.NoAttemptToBegin, match="You have passed this quiz"):
        attempts.start(attempt.enrolment, quiz, by=ada, at=at)


def test_practice_has_no_end_and_makes_no_result(
    enrolment: Enrolment, module: ModulePage, ada: User, at: datetime
) -> None:
    practice = factory.quiz(module, attempts_allowed=0)

    for _ in range(5):
        fail(enrolment, practice, ada, at)

    assert Result.objects.count() == 0
    assert list(StepDone.objects.values_list("step_id", "by_what")) == [(practice.pk, "practice")]


def test_a_changed_answer_is_added_and_the_newest_counts(attempt: Attempt, ada: User, at: datetime) -> None:
    first = answers.save(attempt, 1, "b", base_revision=0, by=ada, at=at)
    second = answers.save(attempt, 1, "a", base_revision=first.revision, by=ada, at=at + SECOND)

    assert [answer.response.body for answer in Answer.objects.all()] == ["b", "a"]
    assert attempt.counted_answers() == {1: second}


def test_saving_the_same_answer_twice_keeps_one(attempt: Attempt, ada: User, at: datetime) -> None:
    first = answers.save(attempt, 1, "b", base_revision=0, by=ada, at=at)
    again = answers.save(attempt, 1, "b", base_revision=0, by=ada, at=at + SECOND)

    assert again == first
    assert Answer.objects.count() == 1


def test_a_stale_page_is_refused_with_the_newer_answer_and_both_are_kept(
    attempt: Attempt, ada: User, at: datetime
) -> None:
    newer = answers.save(attempt, 1, "b", base_revision=0, by=ada, at=at)

    with pytest.raises(answers.AnswerStale) as refused:
        answers.save(attempt, 1, "c", base_revision=0, by=ada, at=at + SECOND)

    assert refused.value.newer == newer
    assert [(a.response.body, a.is_stale) for a in Answer.objects.all()] == [("b", False), ("c", True)]
    assert attempt.counted_answers() == {1: newer}


def test_after_a_refusal_the_learner_may_decide_for_the_stale_answer(
    attempt: Attempt, ada: User, at: datetime
) -> None:
    newer = answers.save(attempt, 1, "b", base_revision=0, by=ada, at=at)
    with pytest.raises(answers.AnswerStale):
        answers.save(attempt, 1, "c", base_revision=0, by=ada, at=at)

    decided = answers.save(attempt, 1, "c", base_revision=newer.revision, by=ada, at=at)

    assert decided.revision == 3
    assert attempt.counted_answers() == {1: decided}


def test_nobody_answers_for_somebody_else(attempt: Attempt, ben: User, at: datetime) -> None:
    with pytest.raises(answers.NotYourAttempt):
        answers.save(attempt, 1, "a", base_revision=0, by=ben, at=at)
    with pytest.raises(answers.NotYourAttempt):
        attempts.submit(attempt, by=ben, at=at)

    assert Answer.objects.count() == 0


@pytest.mark.parametrize(
    ("after_the_deadline", "counts"),
    [(-SECOND, True), (0 * SECOND, True), (10 * SECOND, True), (10 * SECOND + SECOND / 1000, False)],
)
def test_an_answer_counts_until_ten_seconds_after_the_deadline(
    enrolment: Enrolment,
    timed_quiz: QuizPage,
    ada: User,
    at: datetime,
    after_the_deadline: timedelta,
    counts: bool,
) -> None:
    attempt = attempts.start(enrolment, timed_quiz, by=ada, at=at)
    received_at = attempt.deadline_at + after_the_deadline

    refused = ""
    try:
        answers.save(attempt, 1, "a", base_revision=0, by=ada, at=received_at)
    except answers.AnswerLate as refusal:
        refused = str(refusal)

    assert [answer.is_late for answer in Answer.objects.all()] == [not counts]
    assert bool(attempt.counted_answers()) is counts
    assert refused.startswith("Your time for this attempt is over.") is not counts


def test_an_answer_after_the_hand_in_is_kept_and_does_not_count(
    attempt: Attempt, ada: User, at: datetime
) -> None:
    attempts.submit(attempt, by=ada, at=at)

    with pytest.raises(answers.AnswerLate, match="has been handed in"):
        answers.save(attempt, 1, "a", base_revision=0, by=ada, at=at + SECOND)

    assert Answer.objects.get().is_late
    assert attempt.counted_answers() == {}


def test_submitting_twice_scores_once_and_gives_the_same_receipt(
    attempt: Attempt, ada: User, at: datetime
) -> None:
    answer_all(attempt, 3, ada, at)

    first = attempts.submit(attempt, by=ada, at=at)
    second = attempts.submit(attempt, by=ada, at=at + SECOND)

    assert (second.receipt, second.submitted_at) == (first.receipt, at)
    assert Result.objects.count() == 1
    assert list(Event.objects.values_list("verb", flat=True)) == ["attempt.submitted"]


def test_the_receipt_changes_with_each_answer_that_counts(
    enrolment: Enrolment, attempt: Attempt, ada: User, at: datetime
) -> None:
    empty = attempts._receipt(attempt, {})
    answers.save(attempt, 1, "a", base_revision=0, by=ada, at=at)

    submitted = attempts.submit(attempt, by=ada, at=at)

    assert submitted.receipt == attempts._receipt(attempt, attempt.counted_answers())
    assert submitted.receipt != empty


def test_a_pass_is_released_at_once_and_finishes_the_step(attempt: Attempt, ada: User, at: datetime) -> None:
    answer_all(attempt, 3, ada, at)

    attempts.submit(attempt, by=ada, at=at)

    assert attempt.score.points == 3
    assert (attempt.score.marks_needed, attempt.score.is_pass) == (3, True)
    assert [each["state"] for each in attempt.score.detail] == ["right", "right", "right", "wrong"]
    assert Result.objects.standing().get().outcome == Result.Outcome.PASSED
    assert list(StepDone.objects.values_list("step_id", "by_what")) == [(attempt.quiz_id, "quiz")]


def test_a_fail_is_released_and_leaves_the_step_open(attempt: Attempt, ada: User, at: datetime) -> None:
    answer_all(attempt, 2, ada, at)

    attempts.submit(attempt, by=ada, at=at)

    assert Result.objects.standing().get().outcome == Result.Outcome.NOT_PASSED
    assert StepDone.objects.count() == 0


def test_a_score_can_be_replayed_from_what_is_pinned(attempt: Attempt, ada: User, at: datetime) -> None:
    answer_all(attempt, 3, ada, at)
    attempts.submit(attempt, by=ada, at=at)

    replayed = attempts.results.points_of(attempt, attempt.counted_answers())

    assert scoring.total(replayed) == attempt.score.points


def test_extra_time_moves_the_deadline_and_stays_with_the_attempt(
    enrolment: Enrolment, timed_quiz: QuizPage, ada: User, ines: User, at: datetime
) -> None:
    agreed = Adjustment.objects.create(
        institute=enrolment.course.institute, learner=ada, extra_percent=25, agreed_by=ines, agreed_at=at
    )

    attempt = attempts.start(enrolment, timed_quiz, by=ada, at=at)
    agreed.ended_at = at
    agreed.save()

    assert attempt.extra_percent == 25
    assert attempt.deadline_at == at + timedelta(minutes=25)


def test_extra_time_agreed_by_another_institute_moves_nothing(
    enrolment: Enrolment, timed_quiz: QuizPage, ada: User, otto: User, fenwick: object, at: datetime
) -> None:
    Adjustment.objects.create(institute=fenwick, learner=ada, extra_percent=50, agreed_by=otto, agreed_at=at)

    attempt = attempts.start(enrolment, timed_quiz, by=ada, at=at)

    assert attempt.deadline_at == at + timedelta(minutes=20)


def test_the_sweep_hands_in_what_was_saved_once_the_grace_is_over(
    enrolment: Enrolment, timed_quiz: QuizPage, ada: User, at: datetime
) -> None:
    attempt = attempts.start(enrolment, timed_quiz, by=ada, at=at)
    answer_all(attempt, 4, ada, at)

    closed = [
        attempts.close_overdue(attempt.deadline_at + after)
        for after in (-SECOND, 0 * SECOND, 10 * SECOND, 11 * SECOND, 12 * SECOND)
    ]

    attempt.refresh_from_db()
    assert closed == [0, 0, 0, 1, 0]
    assert (attempt.state, attempt.closed_by) == ("submitted", "deadline")
    assert attempt.result.outcome == Result.Outcome.PASSED
    assert Event.objects.get().actor is None


def test_the_sweep_leaves_attempts_without_a_limit_alone(attempt: Attempt, at: datetime) -> None:
    assert attempts.close_overdue(at + timedelta(days=400)) == 0


def test_an_attempt_that_cannot_be_scored_keeps_no_other_open(
    enrolment: Enrolment, timed_quiz: QuizPage, ada: User, ben: User, at: datetime
) -> None:
    broken = attempts.start(enrolment, timed_quiz, by=ada, at=at)
    answer_all(broken, 4, ada, at)
    elsewhere = course_factory.course(enrolment.course.institute, "Elsewhere")
    sound = attempts.start(course_factory.enrol(ben, enrolment.course), timed_quiz, by=ben, at=at + SECOND)
    Enrolment.objects.filter(pk=enrolment.pk).update(course=elsewhere)

    attempts.close_overdue(at + timedelta(hours=1))

    assert list(Attempt.objects.open()) == [broken]
    assert sound.result.outcome == Result.Outcome.NOT_PASSED


def test_handing_in_after_the_deadline_counts_as_the_deadlines_doing(
    enrolment: Enrolment, timed_quiz: QuizPage, ada: User, at: datetime
) -> None:
    attempt = attempts.start(enrolment, timed_quiz, by=ada, at=at)

    submitted = attempts.submit(attempt, by=ada, at=at + timedelta(minutes=30))

    assert submitted.closed_by == Attempt.ClosedBy.DEADLINE


def test_what_is_kept_and_does_not_count_is_kept_once_however_often_it_is_sent(
    attempt: Attempt, ada: User, at: datetime
) -> None:
    answers.save(attempt, 1, "b", base_revision=0, by=ada, at=at)
    for _ in range(3):
        with pytest.raises(answers.AnswerStale):
            answers.save(attempt, 1, "c", base_revision=0, by=ada, at=at)
    attempts.submit(attempt, by=ada, at=at)
    for _ in range(3):
        with pytest.raises(answers.AnswerLate):
            answers.save(attempt, 1, "d", base_revision=1, by=ada, at=at)

    assert [(a.response.body, a.is_stale, a.is_late) for a in Answer.objects.all()] == [
        ("b", False, False),
        ("c", True, False),
        ("d", False, True),
    ]
