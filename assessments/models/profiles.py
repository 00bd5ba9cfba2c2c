"""What a learner's results that stand say of each competency: the material that `assessments.profile` folds."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils import timezone

from assessments import profile
from assessments.deciding import decided_well
from assessments.models.attempts import AttemptQuestion, Score
from assessments.models.cases import CaseAttempt
from assessments.models.claims import Claim
from assessments.models.judgements import judged, with_judgement
from assessments.models.marking import Marking
from assessments.models.results import Result
from assessments.profile import Answered, Evidence, Marked, Source, lapses_on
from courses.branching.playing import stand
from courses.models import Competency, Framework
from lms.people.models import User

RIGHT = "right"


def answers_of(learner: User, framework: Framework) -> list[Answered]:
    """Every question answered in a quiz that counts, in two queries. A practice quiz has no result and counts for nothing."""
    return answers_in(_standing(learner), framework).get(learner.pk, [])


def marks_of(learner: User, framework: Framework) -> list[Marked]:
    """Every criterion of marked work with the band that stands after quality assurance, in as many queries for ten as for one."""
    return marks_in(_standing(learner), framework).get(learner.pk, [])


def answers_in(results: QuerySet[Result], framework: Framework) -> dict[int, list[Answered]]:
    """Every question answered in these results, by its learner's key; in two queries, whoever they are."""
    details = dict(Score.objects.filter(attempt__result__in=results).values_list("attempt_id", "detail"))
    asked = AttemptQuestion.objects.filter(
        attempt__in=details, version__competency__domain__framework=framework
    ).values_list(
        "attempt__enrolment__learner_id",
        "attempt_id",
        "position",
        "version__competency__code",
        "version__question_id",
        "attempt__submitted_at",
        "attempt__quiz__title",
        "attempt__uuid",
    )
    found: dict[int, list[Answered]] = defaultdict(list)
    for learner, attempt, position, code, question, submitted_at, title, uuid in asked.order_by(
        "attempt", "position"
    ):
        found[learner].append(
            Answered(
                competency=code,
                question=str(question),
                is_right=details[attempt][position - 1]["state"] == RIGHT,
                on=timezone.localdate(submitted_at),
                title=title,
                attempt=str(uuid),
            )
        )
    return found


def marks_in(results: QuerySet[Result], framework: Framework) -> dict[int, list[Marked]]:
    """Every criterion of the marked work in these results, by its learner's key."""
    markings = with_judgement(Marking.objects.filter(result__in=results))
    codes: dict[int | None, str] = dict(
        Competency.objects.filter(domain__framework=framework).values_list("pk", "code")
    )
    found: dict[int, list[Marked]] = defaultdict(list)
    for marking in markings.select_related("submission__version"):
        found[marking.learner_id] += _marks(marking, codes)
    return found


def decisions_of(learner: User, framework: Framework) -> list[Evidence]:
    """What decisions in cases that were passed show, each with its competency and level, in three queries.

    A decision shows something where nothing better stood at its moment; a case that was not passed shows nothing.
    """
    codes = set(Competency.objects.filter(domain__framework=framework).values_list("code", flat=True))
    passed = CaseAttempt.objects.filter(
        result__in=_standing(learner), score__is_pass=True, page__case__institute=framework.institute_id
    )
    return [
        Evidence(
            competency=decided.competency,
            level=decided.level,  # type: ignore[arg-type]
            source=Source.SCENARIO,
            on=(on := timezone.localdate(attempt.submitted_at)),
            until=lapses_on(on),
            title=attempt.page.title,
            detail=f"decided well at “{decided.title}”",
            reference=str(attempt.uuid),
        )
        for attempt in passed.select_related("version", "page").prefetch_related("choices")
        for decided in decided_well(
            stand(attempt.version.script, [each.choice for each in attempt.choices.all()])
        )
        if decided.competency in codes
    ]


def claims_of(person: User, framework: Framework) -> list[profile.Claim]:
    """What the person and their line managers said, in one query."""
    rows = Claim.objects.filter(person=person, competency__domain__framework=framework)
    return [
        profile.Claim(
            competency=each.competency.code,
            level=each.level,  # type: ignore[arg-type]
            by="self" if each.is_own else "manager",
            on=timezone.localdate(each.made_at),
        )
        for each in rows.select_related("competency")
    ]


def _standing(learner: User) -> QuerySet[Result]:
    return Result.objects.standing().filter(learner=learner)


def _marks(marking: Marking, codes: Mapping[int | None, str]) -> list[Marked]:
    work, submission = judged(marking), marking.submission
    return [
        Marked(
            competency=codes[each.criterion.competency_id],  # type: ignore[index] # asked for below
            level=each.criterion.level,  # type: ignore[arg-type]
            band=each.band,
            on=timezone.localdate(submission.submitted_at),
            title=submission.version.title,
            submission=str(submission.uuid),
            is_unsafe=work.is_unsafe,
        )
        for each in work.criteria
        if each.criterion.competency_id in codes
    ]
