"""An exam: papers of one make-up, different each time, and passed only with each domain that must be passed."""

from collections import Counter
from datetime import datetime
from fractions import Fraction

import pytest

from assessments import rules, scoring
from assessments.actions import answers, attempts, results, versions
from assessments.models import Attempt, Question, QuizPage, QuizVersion
from courses.models import Enrolment, ModulePage
from lms.audit import chain
from lms.people.models import User
from tests.factories import assessments as factory

SAFETY = {"domain": "D5", "title": "Safety and safeguarding", "of": 2, "needed": 2}


@pytest.fixture
def exam(module: ModulePage) -> QuizPage:
    """Three of six marks, and among them both of D5."""
    return factory.exam(module)


def take(exam: QuizPage, enrolment: Enrolment, at: datetime, **right: int) -> Attempt:
    """Ada's attempt with so many right answers in each domain."""
    learner = enrolment.learner
    attempt = attempts.start(enrolment, exam, by=learner, at=at)
    given: Counter[str] = Counter()
    for asked in attempt.questions.select_related("version__competency__domain"):
        domain = asked.version.competency.domain.code
        given[domain] += 1
        key = "a" if given[domain] <= right.get(domain, 0) else "b"
        answers.save(attempt, asked.position, key, base_revision=0, by=learner, at=at)
    return attempts.submit(attempt, by=learner, at=at)


def asked_in(attempt: Attempt) -> set[str]:
    return set(attempt.questions.values_list("version__question__key", flat=True))


def test_every_paper_holds_each_row_of_the_blueprint(
    exam: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    attempt = take(exam, enrolment, at)

    cells = attempt.questions.values_list(
        "version__competency__domain__code", "version__level", "version__demand"
    )
    assert Counter(cells) == {("D1", "foundation", "recall"): 4, ("D5", "lead", "judge"): 2}


def test_a_second_attempt_asks_no_question_of_the_first(
    exam: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    first, second = take(exam, enrolment, at), take(exam, enrolment, at)

    assert (len(asked_in(first)), asked_in(first) & asked_in(second)) == (6, set())


@pytest.mark.parametrize(
    ("purpose", "safety", "marks", "is_pass"),
    [(1, 2, 3, True), (4, 1, 5, False), (0, 2, 2, False), (4, 2, 6, True), (4, 0, 4, False)],
)
def test_passing_takes_the_marks_and_the_domain(
    exam: QuizPage, enrolment: Enrolment, at: datetime, purpose: int, safety: int, marks: int, is_pass: bool
) -> None:
    attempt = take(exam, enrolment, at, D1=purpose, D5=safety)

    score, found = attempt.score, rules.standing(enrolment, exam)
    assert (score.points, score.marks_needed, score.is_pass, found.has_passed) == (marks, 3, is_pass, is_pass)
    assert score.parts == [scoring.Part("Safety and safeguarding", Fraction(safety), 2, 2)]
    assert score.failed_by_a_part == (marks >= 3 and not is_pass)


def test_the_outcome_can_be_worked_out_again_from_what_is_pinned(
    exam: QuizPage, enrolment: Enrolment, at: datetime
) -> None:
    attempt = take(exam, enrolment, at, D1=4, D5=1)
    exam.must_pass = []
    exam.save()

    stored = Attempt.objects.get(pk=attempt.pk)
    each = results.points_of(stored, stored.counted_answers())
    parts = results.parts_of(stored, each)
    assert list(parts.values()) == stored.score.parts
    assert scoring.is_pass(scoring.total(each), stored.version.marks_needed, parts.values()) is False


def test_an_attempt_keeps_the_blueprint_with_which_it_was_begun(
    exam: QuizPage, enrolment: Enrolment, ada: User, at: datetime
) -> None:
    attempt = attempts.start(enrolment, exam, by=ada, at=at)
    exam.must_pass = []
    exam.save()

    again = versions.quiz_version(QuizPage.objects.get(pk=exam.pk), at)
    assert attempt.version.domains_to_pass == [SAFETY]
    assert (again.number, again.blueprint, again.domains_to_pass) == (2, attempt.version.blueprint, [])


def test_a_quiz_without_a_blueprint_keeps_the_digest_that_it_had(quiz: QuizPage, at: datetime) -> None:
    version = versions.quiz_version(quiz, at)

    asked = version.questions.order_by("question__key").values_list("question__uuid", "number")
    terms = {
        "draw": 4,
        "pass_percent": 75,
        "minutes_allowed": 0,
        "attempts_allowed": 3,
        "review": "reasons",
        "questions": [f"{question}:{number}" for question, number in asked],
    }
    assert version.digest == chain.digest(terms)
    assert (version.blueprint, version.domains_to_pass) == ([], [])


def test_an_exam_whose_cell_ran_short_cannot_be_started_and_says_which(
    exam: QuizPage, enrolment: Enrolment, ada: User, at: datetime
) -> None:
    short = Question.objects.filter(key__in=["fc5-1", "fc5-2", "fc5-3"])
    ready = rules.is_ready(exam)
    short.update(state=Question.State.RETIRED)

    with pytest.raises(attempts.QuizNotReady, match="draws 2 questions of D5, lead, judge"):
        attempts.start(enrolment, exam, by=ada, at=at)
    assert (ready, rules.is_ready(exam), QuizVersion.objects.count()) == (True, False, 0)
