"""Two people stand behind every question that counts: by rule, and by the database itself."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from assessments import rules
from assessments.actions import attempts, questions, reviews
from assessments.actions.versions import Wording
from assessments.models import Question, QuestionReview, QuestionVersion, QuizPage
from courses.models import Enrolment, ModulePage
from lms.people.models import User


@pytest.fixture
def wording(question: Question) -> Wording:
    first = question.versions.get()
    return Wording("single", "apply", "foundation", first.competency, None, "What is it?", first.body)


@pytest.fixture
def proposed(question: Question, wording: Wording, adil: User, at: datetime) -> QuestionVersion:
    version = questions.publish(question, wording, by=adil, at=at)
    question.refresh_from_db()
    return version


def test_an_attempt_draws_the_new_words_only_once_they_are_approved(
    enrolment: Enrolment,
    quiz: QuizPage,
    question: Question,
    proposed: QuestionVersion,
    bea: User,
    ada: User,
    at: datetime,
) -> None:
    first = attempts.start(enrolment, quiz, by=ada, at=at)
    attempts.submit(first, by=ada, at=at)
    reviews.approve(question, proposed, by=bea, at=at)
    second = attempts.start(enrolment, quiz, by=ada, at=at)

    drawn = [attempt.questions.get(version__question=question).version.number for attempt in (first, second)]
    assert drawn == [1, 2]


def test_a_question_that_went_live_for_practice_is_left_out_where_it_counts(
    module: ModulePage, quiz: QuizPage, wording: Wording, adil: User, bea: User, at: datetime
) -> None:
    QuizPage.objects.update(attempts_allowed=0)
    live = questions.publish_new(quiz.pool, "practice-only", wording, by=adil, at=at)
    practice = rules.asked_by(QuizPage.objects.get()).count()
    QuizPage.objects.update(attempts_allowed=3)
    counting = rules.asked_by(QuizPage.objects.get()).count()
    version = questions.publish(live, wording, by=adil, at=at)
    live.refresh_from_db()
    reviews.approve(live, version, by=bea, at=at)

    assert (practice, counting, rules.asked_by(QuizPage.objects.get()).count()) == (5, 4, 5)


def test_words_that_were_sent_back_are_not_proposed_again_unchanged(
    question: Question, proposed: QuestionVersion, wording: Wording, adil: User, bea: User, at: datetime
) -> None:
    reviews.send_back(question, proposed, by=bea, at=at, remark="Two answers hold.")

    with pytest.raises(questions.QuestionUnfit, match="Change them, then publish again"):
        questions.publish(question, wording, by=adil, at=at)
    changed = questions.publish(question, replace(wording, stem="What is this?"), by=adil, at=at)

    question.refresh_from_db()
    assert question.proposed == changed.number


def test_somebody_who_changes_anothers_words_is_the_author_of_the_change(
    question: Question, proposed: QuestionVersion, wording: Wording, adil: User, bea: User, at: datetime
) -> None:
    changed = questions.publish(question, replace(wording, stem="What is this?"), by=bea, at=at)
    question.refresh_from_db()

    with pytest.raises(reviews.OwnWords):
        reviews.approve(question, changed, by=bea, at=at)
    reviews.approve(question, changed, by=adil, at=at)

    question.refresh_from_db()
    assert question.asked == changed.number


def test_nobody_but_an_author_of_the_institute_reviews(
    question: Question, proposed: QuestionVersion, lena: User, otto: User, at: datetime
) -> None:
    for person in (lena, otto):
        with pytest.raises(questions.NotYourQuestions):
            reviews.approve(question, proposed, by=person, at=at)


def test_of_two_decisions_at_once_the_first_stands(
    question: Question, proposed: QuestionVersion, bea: User, at: datetime
) -> None:
    same = Question.objects.get(pk=question.pk)
    reviews.approve(question, proposed, by=bea, at=at)

    with pytest.raises(reviews.NothingWaits):
        reviews.send_back(same, proposed, by=bea, at=at, remark="Too late.")

    assert QuestionReview.objects.get().decision == "approve"


def test_sending_back_needs_a_reason(
    question: Question, proposed: QuestionVersion, bea: User, at: datetime
) -> None:
    with pytest.raises(reviews.RemarkMissing):
        reviews.send_back(question, proposed, by=bea, at=at, remark="  ")


def test_the_database_refuses_a_review_of_ones_own_words(
    proposed: QuestionVersion, adil: User, at: datetime
) -> None:
    with pytest.raises(IntegrityError, match="nobody_reviews_their_own_question"), transaction.atomic():
        QuestionReview.objects.create(
            version=proposed, author=adil, reviewer=adil, decision="approve", reviewed_at=at
        )


def test_the_database_refuses_a_review_that_names_another_author(
    proposed: QuestionVersion, adil: User, bea: User, at: datetime
) -> None:
    with pytest.raises(IntegrityError, match="author_id must be that of its"), transaction.atomic():
        QuestionReview.objects.create(
            version=proposed, author=bea, reviewer=adil, decision="approve", reviewed_at=at
        )


def test_the_database_refuses_a_live_question_that_asks_nothing(question: Question) -> None:
    with pytest.raises(IntegrityError, match="a_live_question_asks_a_version"), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(asked=None)
