"""Who may do what in assessment: the part that is about this thing, not about the role."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from assessments.models import (
    AssignmentPage,
    Attempt,
    Batch,
    CaseAttempt,
    CasePage,
    Claim,
    FurtherAttempt,
    Marking,
    Pool,
    Quarantine,
    Question,
    QuestionReview,
    QuestionVersion,
    QuizPage,
    Result,
    ResultEvent,
    RubricVersion,
    Submission,
)
from courses.models import Enrolment
from lms.people import access
from lms.people.access import Person
from lms.people.models import Employment, Institute, User
from lms.people.roles import Permission

# What the last answer may take on its way: a write is counted up to this long after the deadline.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True)
class Standing:
    """Where a learner stands with a quiz; `attempts` are those of every enrolment, oldest first."""

    quiz: QuizPage
    attempts: tuple[Attempt, ...]
    open_attempt: Attempt | None
    used: int
    allowed: int
    has_passed: bool

    @property
    def left(self) -> int:
        """How many attempts may still be begun; of no meaning for practice, which has no end."""
        return max(0, self.allowed - self.used)

    @property
    def may_begin(self) -> bool:
        """The quiz itself leaves room for one more attempt."""
        return self.quiz.is_practice or (not self.has_passed and self.left > 0)


def standing(enrolment: Enrolment, quiz: QuizPage) -> Standing:
    """The fold of a learner's attempts at a quiz, in two queries.

    Attempts of earlier enrolments in the course count, or leaving and enrolling again would give
    three more; those up to a pass do not, so that somebody may take the course anew years later.
    An attempt whose result was withdrawn for an error in the assessment costs the learner nothing.
    """
    attempts = _told(Attempt.objects.filter(quiz=quiz), "attempt", enrolment)
    used, since = _used(attempts, enrolment)
    return Standing(
        quiz=quiz,
        attempts=attempts,
        open_attempt=_open_in(attempts, enrolment),
        used=used,
        allowed=quiz.attempts_allowed + _further_since(enrolment, quiz, since),
        has_passed=_is_passed_in(attempts, enrolment),
    )


@dataclass(frozen=True)
class CaseStanding:
    """Where a learner stands with a case; `attempts` are those of every enrolment, oldest first."""

    page: CasePage
    attempts: tuple[CaseAttempt, ...]
    open_attempt: CaseAttempt | None
    used: int
    has_passed: bool

    @property
    def allowed(self) -> int:
        return self.page.attempts_allowed

    @property
    def left(self) -> int:
        """How many attempts may still be begun."""
        return max(0, self.allowed - self.used)

    @property
    def may_begin(self) -> bool:
        """The case leaves room for one more attempt."""
        return not self.has_passed and self.left > 0


def case_standing(enrolment: Enrolment, page: CasePage) -> CaseStanding:
    """The fold of a learner's attempts at a case, in one query; counts as `standing` does."""
    attempts = _told(CaseAttempt.objects.filter(page=page), "case_attempt", enrolment)
    used, _ = _used(attempts, enrolment)
    return CaseStanding(
        page, attempts, _open_in(attempts, enrolment), used, _is_passed_in(attempts, enrolment)
    )


def may_read_case_key(found: CaseStanding) -> bool:
    """Points, harm and debriefs: only where they can help nobody through another attempt."""
    is_open = any(each.is_open for each in found.attempts)
    return not is_open and (found.has_passed or found.left == 0)


def may_attempt(person: Person, enrolment: Enrolment, found: Standing | CaseStanding) -> bool:
    """In one's own open enrolment, while the quiz or case leaves an attempt and it is not passed yet."""
    return enrolment.is_open and enrolment.learner_id == person.pk and found.may_begin


def may_answer(person: Person, attempt: Attempt | CaseAttempt) -> bool:
    """One's own attempt, in a course that one has not left."""
    return attempt.enrolment.learner_id == person.pk and attempt.enrolment.is_open


def is_in_time(attempt: Attempt | CaseAttempt, at: datetime) -> bool:
    """The deadline has not passed, or by no more than the answer may take on its way."""
    return attempt.deadline_at is None or at <= attempt.deadline_at + GRACE


def may_review(attempt: Attempt, found: Standing) -> bool:
    """What was chosen, with its reasons: as the quiz promised when the attempt began."""
    return attempt.version.shows_reasons_at_once or may_review_keys(attempt, found)


def may_review_keys(attempt: Attempt, found: Standing) -> bool:
    """The right answers as well: where they can help nobody, and the quiz shows more than marks."""
    return not attempt.version.shows_marks_alone and may_see_keys(found)


def may_see_keys(found: Standing) -> bool:
    """The whole answer key: only where it can help nobody through another attempt at the pool."""
    if any(each.is_open for each in found.attempts):
        return False
    if found.quiz.is_practice:
        return not found.quiz.pool.quizzes.filter(attempts_allowed__gt=0).exists()
    return found.has_passed or found.left == 0


def may_give_further_attempt(person: Person, enrolment: Enrolment, quiz: QuizPage) -> bool:
    """By somebody who answers for results at the quiz's institute, never for oneself."""
    return enrolment.learner_id != person.pk and access.can(
        person, Permission.RELEASE_RESULTS, quiz.pool.institute
    )


def may_agree_adjustments(person: Person, institute: Institute, learner: User) -> bool:
    """As an administrator of the institute, never for oneself."""
    return learner.pk != person.pk and access.can(person, Permission.AGREE_ADJUSTMENTS, institute)


def may_keep_questions(person: Person, institute: Institute) -> bool:
    """As an author of the institute that owns them."""
    return access.can(person, Permission.KEEP_QUESTIONS, institute)


def needs_review(pool: Pool) -> bool:
    """A second person reads what is asked here: a quiz on this pool counts, now or towards a certificate."""
    return pool.quizzes.live().filter(attempts_allowed__gt=0).exists()


def is_reviewed(version: QuestionVersion) -> bool:
    """A second person has approved it, or it came with the content files and was read there."""
    return QuestionVersion.objects.reviewed().filter(pk=version.pk).exists()


def was_sent_back(version: QuestionVersion) -> bool:
    """A reviewer asked for a change of these words."""
    return QuestionReview.objects.filter(version=version, decision=QuestionReview.Decision.SEND_BACK).exists()


def may_review_question(person: Person, version: QuestionVersion) -> bool:
    """As an author of the institute, never what one wrote; what came with the files was read there."""
    return version.made_by_id not in {None, person.pk} and may_keep_questions(
        person, version.question.institute
    )


def reviewers_of(version: QuestionVersion) -> QuerySet[User]:
    """Everybody who may review this version."""
    keepers = access.people_who(Permission.KEEP_QUESTIONS, version.question.institute)
    return keepers.exclude(pk=version.made_by_id)


def asked_by(quiz: QuizPage) -> QuerySet[QuestionVersion]:
    """What the quiz draws from: versions in force, and only reviewed ones where the result counts."""
    return QuestionVersion.objects.asked_from(quiz.pool_id, counts=not quiz.is_practice)


def is_ready(quiz: QuizPage, without: Question | None = None) -> bool:
    """The pool holds what an attempt draws, row by row where the quiz has a blueprint; also `without` a question."""
    asked = asked_by(quiz).exclude(question=without) if without else asked_by(quiz)
    if not quiz.rows:
        return asked.count() >= quiz.draw
    held = asked.cells()
    return all(held[row.cell] >= row.draw for row in quiz.rows)


def _told(tries: QuerySet[Any], source: str, enrolment: Enrolment) -> tuple[Any, ...]:
    """A learner's attempts at a quiz or a case, oldest first, each with `is_standing_pass` and `was_in_error`.

    `source` is what a result calls the attempt that it rests on.
    """
    passes = Result.objects.standing().filter(outcome=Result.Outcome.PASSED, **{source: OuterRef("pk")})
    errors = ResultEvent.objects.filter(
        ground=ResultEvent.Ground.ERROR, **{f"result__{source}": OuterRef("pk")}
    )
    return tuple(
        tries.filter(enrolment__learner=enrolment.learner_id)
        .select_related("score")
        .annotate(is_standing_pass=Exists(passes), was_in_error=Exists(errors))
        .order_by("started_at", "pk")
    )


def _used(attempts: tuple[Any, ...], enrolment: Enrolment) -> tuple[int, datetime | None]:
    """How many attempts count against the learner, and since when they are counted."""
    used, since = 0, None
    for attempt in attempts:
        used += not attempt.was_in_error
        if attempt.is_standing_pass and attempt.enrolment_id != enrolment.pk:
            used, since = 0, attempt.submitted_at
    return used, since


def _open_in(attempts: tuple[Any, ...], enrolment: Enrolment) -> Any:
    return next((each for each in attempts if each.is_open and each.enrolment_id == enrolment.pk), None)


def _is_passed_in(attempts: tuple[Any, ...], enrolment: Enrolment) -> bool:
    return any(each.is_standing_pass and each.enrolment_id == enrolment.pk for each in attempts)


def _further_since(enrolment: Enrolment, quiz: QuizPage, since: datetime | None) -> int:
    given = FurtherAttempt.objects.filter(quiz=quiz, enrolment__learner=enrolment.learner_id)
    return (given.filter(given_at__gt=since) if since else given).count()


@dataclass(frozen=True)
class WorkStanding:
    """Where a learner stands with an assignment; `submissions` are those of every enrolment, oldest first."""

    assignment: AssignmentPage
    submissions: tuple[Submission, ...]
    used: int
    is_competent: bool

    @property
    def left(self) -> int:
        """How many times work may still be handed in."""
        return max(0, self.assignment.attempts_allowed - self.used)

    @property
    def latest(self) -> Submission | None:
        """What was handed in last, whatever has become of it."""
        return self.submissions[-1] if self.submissions else None

    @property
    def in_progress(self) -> Submission | None:
        """The work that somebody is judging now; there is never more than one."""
        last = self.latest
        states = Submission.State
        return last if last and last.state in {states.WAITING, states.CLAIMED, states.MARKED} else None

    @property
    def quarantined(self) -> Submission | None:
        """The work that its writer has to take a real person's details out of."""
        last = self.latest
        return last if last and last.state == Submission.State.QUARANTINED else None

    @property
    def may_begin(self) -> bool:
        """Nothing is being judged, the assignment leaves a try, and it is not done."""
        return not self.in_progress and not self.is_competent and self.left > 0


# Judged by nobody: a real person could be recognised from it.
ASIDE = {Submission.State.QUARANTINED, Submission.State.REPLACED}


def work_standing(enrolment: Enrolment, assignment: AssignmentPage) -> WorkStanding:
    """The fold of a learner's submissions to an assignment, in one query.

    Counts as `standing` does. A submission whose result was withdrawn for an error in the
    assessment costs the learner no try, and neither does one that was set aside.
    """
    submissions = tuple(submissions_of(enrolment.learner_id, assignment))
    used, is_competent = 0, False
    for each in submissions:
        used += not each.was_in_error and each.state not in ASIDE
        if each.standing_outcome == Result.Outcome.COMPETENT:
            is_competent = each.enrolment_id == enrolment.pk
            used = used if is_competent else 0
    return WorkStanding(assignment, submissions, used, is_competent)


def submissions_of(learner: int, assignment: AssignmentPage) -> QuerySet[Submission]:
    """A learner's submissions, oldest first, each with `standing_outcome` and `was_in_error`."""
    results = Result.objects.standing().filter(marking__submission=OuterRef("pk"))
    errors = ResultEvent.objects.filter(
        result__marking__submission=OuterRef("pk"), ground=ResultEvent.Ground.ERROR
    )
    return (
        Submission.objects.filter(learner=learner, assignment=assignment)
        .annotate(standing_outcome=Subquery(results.values("outcome")[:1]), was_in_error=Exists(errors))
        .order_by("submitted_at", "pk")
    )


def may_write(person: Person, enrolment: Enrolment, found: WorkStanding) -> bool:
    """In one's own open enrolment, while the assignment leaves a try and nobody is judging the last one."""
    return enrolment.is_open and enrolment.learner_id == person.pk and found.may_begin


def may_mark(person: Person, submission: Submission) -> bool:
    """As an assessor of the institute, without a stake in the learner and without a declared interest."""
    return (
        access.can(person, Permission.MARK_WORK, submission.institute)
        and not _has_stake(person, submission.learner_id)
        and not submission.declared_interests.filter(assessor=person).exists()
    )


def markable_by(person: Person, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """The same rule as a set; the institute and the role are the caller's door."""
    return (
        submissions.exclude(learner=person)
        .exclude(learner__in=_team(person))
        .exclude(declared_interests__assessor=person)
    )


def may_read_exemplars(person: Person, version: RubricVersion) -> bool:
    """By one's role at the rubric's institute, unless one is learning where the rubric judges."""
    if not access.can(person, Permission.READ_EXEMPLARS, version.rubric.institute):
        return False
    learning_in = Enrolment.objects.filter(learner=person, finished_at__isnull=True).open()
    courses = list(learning_in.values_list("course__path", flat=True))
    return not any(
        assignment.startswith(course)
        for assignment in AssignmentPage.objects.filter(rubric=version.rubric_id).values_list(
            "path", flat=True
        )
        for course in courses
    )


def may_lift(person: Person, quarantine: Quarantine) -> bool:
    """As an administrator of the institute who neither wrote the work nor set it aside."""
    return access.can(person, Permission.LIFT_QUARANTINE, quarantine.institute) and person.pk not in {
        quarantine.opened_by_id,
        quarantine.submission.learner_id,
    }


def may_check(person: Person, marking: Marking) -> bool:
    """As a quality assurer of the institute: never one's own marking, nor where one has a stake."""
    return (
        access.can(person, Permission.ASSURE_QUALITY, marking.institute)
        and marking.assessor_id != person.pk
        and not _has_stake(person, marking.learner_id)
    )


def may_close(person: Person, batch: Batch) -> bool:
    """As a lead quality assurer of the institute whose own work is not in the batch."""
    return (
        access.can(person, Permission.RELEASE_RESULTS, batch.institute)
        and not batch.markings.filter(learner=person).exists()
    )


def may_release(person: Person, batch: Batch) -> bool:
    """Whoever may close a batch may release its results."""
    return may_close(person, batch)


def may_withdraw(person: Person, result: Result) -> bool:
    """As a lead quality assurer of the institute, never one's own result."""
    return result.learner_id != person.pk and access.can(person, Permission.RELEASE_RESULTS, result.institute)


def unmarkable(institute: Institute, at: datetime) -> list[Submission]:
    """Waiting work that separation of duties leaves no assessor for."""
    waiting = Submission.objects.filter(institute=institute).waiting(at)
    assessors = access.people_who(Permission.MARK_WORK, institute)
    return [
        each
        for each in waiting.prefetch_related("declared_interests", "learner__employments")
        if not _free(assessors, each.learner_id, _managers(each.learner))
        - {interest.assessor_id for interest in each.declared_interests.all()}
    ]


def uncheckable(batch: Batch) -> list[Marking]:
    """Sampled markings of a batch, not decided yet, that separation of duties leaves nobody to check."""
    assurers = access.people_who(Permission.ASSURE_QUALITY, batch.institute)
    undecided = batch.markings.filter(sampled__isnull=False, decisions__isnull=True)
    return [
        each
        for each in undecided.select_related("submission").prefetch_related("learner__employments")
        if not _free(assurers, each.learner_id, _managers(each.learner)) - {each.assessor_id}
    ]


def _free(people: QuerySet[User], learner: int, managers: set[int]) -> set[int]:
    return {person.pk for person in people} - managers - {learner}


def _managers(learner: User) -> set[int]:
    return {
        each.line_manager_id
        for each in learner.employments.all()
        if each.accepted_at and not each.ended_on and each.line_manager_id
    }


def _team(person: Person) -> QuerySet[Employment]:
    return Employment.objects.current().filter(line_manager=person).values("person")


def _has_stake(person: Person, learner: int) -> bool:
    """Nobody judges themselves, nor somebody whose line manager they are."""
    return learner == person.pk or _team(person).filter(person=learner).exists()


def line_managers(person: User) -> list[User]:
    """Whom the person's current employers name as their line manager."""
    current = person.employments.current().filter(line_manager__is_active=True)
    return [each.line_manager for each in current.select_related("line_manager")]  # type: ignore[misc]


def may_answer_claim(person: User, claim: Claim) -> bool:
    """The line manager whom its writer showed it, as long as they are the line manager."""
    return claim.shown_to_id == person.pk and person in line_managers(claim.person)
