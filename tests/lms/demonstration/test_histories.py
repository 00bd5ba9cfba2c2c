"""Every history of the demonstration, folded: what is there could have been done by the actions, and by nobody else.

The tests only read; what they read is made once for each stage.
"""

import hashlib
import itertools
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings

from assessments import drawing, sampling, scoring
from assessments.actions import attempts, results
from assessments.actions.quality import REASONS
from assessments.actions.submissions import promised_on, text_digest
from assessments.models import (
    Answer,
    AssignmentPage,
    Attempt,
    Batch,
    Marking,
    QualityDecision,
    Result,
    Sampled,
    Submission,
    judged,
    with_judgement,
)
from certificates import eligibility, numbering
from certificates.actions import candidacies
from certificates.models import (
    Candidacy,
    Certificate,
    CertificationDecision,
    NumberCounter,
    Scheme,
)
from certificates.models.evidence import current_versions, evidence_of_candidate
from courses.models import Enrolment, StepDone
from courses.models.outlines import outline_of
from lms.audit import chain, verification
from lms.audit.models import Event
from lms.people.models import Employment, Institute, User
from tests.lms.demonstration.conftest import CROWD, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stage")]


def events(verb: str) -> dict:
    """The instants at which this was recorded, by the uuid of what it was done to."""
    return dict(Event.objects.filter(verb=verb).values_list("subject", "at"))


def test_no_certificate_stands_without_a_granted_decision_on_a_decided_candidacy() -> None:
    for certificate in Certificate.objects.select_related("decision__candidacy"):
        decision = certificate.decision

        assert decision.decision == CertificationDecision.Decision.GRANTED
        assert decision.candidacy.state == Candidacy.State.DECIDED
        assert decision.version_id == certificate.version_id
        assert decision.candidacy.printed_name == certificate.facts["name"]
        assert decision.candidacy.name_confirmed_at <= decision.decided_at == certificate.made_at


def test_no_decision_was_taken_without_released_results_that_met_the_scheme() -> None:
    for decision in CertificationDecision.objects.prefetch_related("results__events"):
        version = current_versions(pk=decision.version_id)[0]
        told = [
            eligibility.ReleasedResult(
                str(result.uuid), f"step {result.step_id}", result.outcome, decision.decided_at.date()
            )
            for result in decision.results.all()
        ]
        asked = [
            eligibility.Requirement(f"step {each.step_id}", each.kind, "")
            for each in version.requirements.all()
        ]

        assert eligibility.eligibility(asked, told).is_eligible
        for result in decision.results.all():
            released = result.events.get(kind="released")
            assert result.learner_id == decision.learner_id
            assert released.at <= decision.decided_at


def test_every_result_of_a_quiz_says_what_its_score_says() -> None:
    for result in Result.objects.filter(attempt__isnull=False).select_related("attempt__score", "enrolment"):
        attempt = result.attempt
        passed = Result.Outcome.PASSED if attempt.score.is_pass else Result.Outcome.NOT_PASSED

        assert result.outcome == passed
        assert (result.enrolment_id, result.step_id) == (attempt.enrolment_id, attempt.quiz_id)
        assert result.events.get().at == result.made_at == attempt.submitted_at


def test_every_result_of_an_assignment_says_what_its_marking_and_its_check_come_to() -> None:
    found = Result.objects.filter(marking__isnull=False).select_related(
        "marking__batch", "marking__submission"
    )
    markings = with_judgement(Marking.objects.all()).in_bulk()
    for result in found:
        work, batch = judged(markings[result.marking_id]), result.marking.batch

        assert (result.outcome, result.lowest_band) == (work.outcome, work.lowest_band)
        assert result.quality_decision == work.decision
        assert batch.is_released
        assert result.events.get().at == result.made_at == batch.released_at
        assert result.events.get().by_id == batch.released_by_id
        assert result.marking.submission.state == Submission.State.RELEASED


def test_whatever_was_handed_in_and_judged_has_its_result() -> None:
    submitted = Attempt.objects.filter(state=Attempt.State.SUBMITTED)
    released = Marking.objects.filter(batch__state=Batch.State.RELEASED)

    assert Result.objects.count() == submitted.count() + released.count()
    assert set(submitted.values_list("pk")) == set(Attempt.objects.exclude(score=None).values_list("pk"))


def test_every_score_is_what_scoring_the_stored_answers_again_gives() -> None:
    for attempt in Attempt.objects.filter(state=Attempt.State.SUBMITTED).select_related("version", "score"):
        answers, score = attempt.counted_answers(), attempt.score
        each = results.points_of(attempt, answers)

        assert score.points == scoring.total(each)
        assert score.marks_available == len(each)
        assert score.marks_needed == attempt.version.marks_needed
        assert score.is_pass == scoring.is_pass(score.points, score.marks_needed)
        assert [one["state"] for one in score.detail] == [one.state for one in each]
        assert [Fraction(one["points"]) for one in score.detail] == [one.points for one in each]
        assert attempt.receipt == attempts._receipt(attempt, answers)


def test_every_attempt_asks_what_its_seed_draws() -> None:
    for attempt in Attempt.objects.select_related("version").prefetch_related("questions__version__question"):
        seed = bytes.fromhex(attempt.seed)
        pool = attempt.version.questions.values_list("question__uuid", flat=True)
        drawn = drawing.draw(seed, map(str, pool), attempt.version.draw)
        asked = list(attempt.questions.all())

        assert tuple(str(each.version.question.uuid) for each in asked) == drawn
        for each in asked:
            keys = each.version.shuffled_keys
            shuffled = drawing.shuffled(seed, str(each.version.question.uuid), keys)
            assert tuple(each.option_order) == shuffled


def test_every_answer_is_kept_with_its_digest_and_within_its_attempt() -> None:
    for answer in Answer.objects.select_related("response", "asked__attempt"):
        attempt = answer.asked.attempt

        assert answer.response_digest == chain.digest(answer.response.body)
        assert attempt.started_at <= answer.received_at <= (attempt.submitted_at or NOW)


def test_nobody_attempts_a_quiz_again_that_they_have_passed_or_more_often_than_it_allows() -> None:
    tries = defaultdict(list)
    for attempt in Attempt.objects.order_by("started_at").select_related("score"):
        tries[attempt.enrolment_id, attempt.quiz_id].append(attempt)

    for own in tries.values():
        assert [each.number for each in own] == list(range(1, len(own) + 1))
        assert len(own) <= own[0].version.attempts_allowed
        assert not any(each.is_open or each.score.is_pass for each in own[:-1])


def test_nobody_judges_themselves_or_twice() -> None:
    for marking in Marking.objects.prefetch_related("decisions"):
        managers = Employment.objects.filter(person=marking.learner_id).values_list("line_manager", flat=True)
        checkers = {decision.decided_by_id for decision in marking.decisions.all()}

        assert marking.assessor_id not in {marking.learner_id, *managers}
        assert not checkers & {marking.assessor_id, marking.learner_id, *managers}
    for decision in CertificationDecision.objects.all():
        counted = decision.results.filter(marking__isnull=False)
        judges = {*counted.values_list("marking__assessor", "quality_decision__decided_by")}
        assert decision.decided_by_id not in {decision.learner_id, *(pk for pair in judges for pk in pair)}


def test_every_submission_is_what_the_receipt_says_and_stands_where_its_marking_is() -> None:
    states = {
        Batch.State.OPEN: Submission.State.MARKED,
        Batch.State.CLOSED: Submission.State.MARKED,
        Batch.State.RELEASED: Submission.State.RELEASED,
    }
    numbers = Counter(Submission.objects.values_list("candidate_number", flat=True))

    assert set(numbers.values()) <= {1}
    for submission in Submission.objects.select_related("content", "assignment").prefetch_related(
        "markings__batch"
    ):
        assert submission.text_digest == text_digest(submission.content.text)
        assert submission.promised_on == promised_on(submission.assignment, submission.submitted_at)
        found = list(submission.markings.all())
        if not found:
            aside = {Submission.State.QUARANTINED} if submission.quarantines.exists() else set()
            assert submission.state in {Submission.State.WAITING, Submission.State.CLAIMED} | aside
            continue
        (marking,) = found
        assert submission.state == states[Batch.State(marking.batch.state)]
        assert submission.assessor_id == marking.assessor_id
        assert {mark.criterion_id for mark in marking.marks.all()} == set(
            submission.version.rubric_version.criteria.values_list("pk", flat=True)
        )


def test_the_batches_of_an_assignment_follow_each_other() -> None:
    for assignment in AssignmentPage.objects.all():
        batches = list(assignment.batches.order_by("number"))

        assert [each.number for each in batches] == list(range(1, len(batches) + 1))
        assert not any(each.is_open for each in batches[:-1])
        for before, after in itertools.pairwise(batches):
            assert before.closed_at <= after.opened_at
        for batch in batches:
            recorded = batch.markings.values_list("recorded_at", flat=True)
            assert batch.opened_at == min(recorded)
            assert max(recorded) <= (batch.closed_at or NOW) <= (batch.released_at or NOW) <= NOW


def test_every_sample_is_the_one_that_its_seed_draws() -> None:
    # Of two batches closed at one instant the trail tells which was the first.
    order = Event.objects.filter(verb="batch.closed").order_by("sequence").values_list("subject", flat=True)
    batches = {each.uuid: each for each in Batch.objects.all()}
    earlier: Counter[int] = Counter()
    for uuid in order:
        batch = batches.pop(uuid)
        markings = {str(each.uuid): each for each in batch.markings.select_related("assessor")}
        candidates = [
            sampling.Candidate(key, str(each.assessor.uuid), earlier[each.assessor_id])
            for key, each in markings.items()
        ]
        drawn = sampling.draw_sample(
            bytes.fromhex(batch.seed), candidates, Fraction(batch.share_percent, 100)
        )
        kept = batch.sample.exclude(reason=Sampled.Reason.AFTER_OVERTURN).values_list(
            "marking__uuid", "reason"
        )

        assert {(str(marking), reason) for marking, reason in kept} == {
            (each.marking, REASONS[each.reason]) for each in drawn
        }
        earlier.update(each.assessor_id for each in markings.values())
    assert not any(each.sample.exists() or not each.is_open for each in batches.values())


def test_nothing_was_released_before_its_whole_sample_was_decided() -> None:
    for batch in Batch.objects.filter(state=Batch.State.RELEASED):
        decided = QualityDecision.objects.filter(marking__batch=batch)

        assert batch.sample.filter(marking__decisions=None).count() == 0
        assert all(batch.closed_at <= each.decided_at <= batch.released_at for each in decided)
    assert not QualityDecision.objects.filter(marking__sampled=None).exists()


def test_an_overturn_sets_at_least_one_other_band_and_says_why() -> None:
    for decision in QualityDecision.objects.prefetch_related("marks", "marking__marks"):
        given = {mark.criterion_id: mark.band for mark in decision.marking.marks.all()}
        set_instead = {mark.criterion_id: mark.band for mark in decision.marks.all()}

        assert decision.is_overturn == bool(set_instead)
        assert all(given[criterion] != band for criterion, band in set_instead.items())
        assert decision.is_overturn == bool(decision.rest)
        assert decision.reason.text


def test_numbers_have_no_gaps_and_follow_the_decisions() -> None:
    for institute in Institute.objects.all():
        by_year = defaultdict(list)
        for certificate in institute.certificates.order_by("made_at", "pk"):
            by_year[certificate.valid_from.year].append(certificate.number)

        for year, numbers in by_year.items():
            expected = [
                numbering.number(institute.certificate_prefix, year, serial)
                for serial in range(1, len(numbers) + 1)
            ]
            assert numbers == expected
            assert NumberCounter.objects.get(institute=institute, year=year).next_serial == len(numbers) + 1


def test_every_code_can_be_typed_and_every_fact_is_under_its_digest() -> None:
    for certificate in Certificate.objects.all():
        assert numbering.normalise(certificate.code) == certificate.code
        assert chain.digest(certificate.facts) == certificate.facts_digest
        assert certificate.facts["code"] == certificate.code


def test_a_certificate_is_issued_with_its_file_and_never_without(founded: object) -> None:
    for certificate in Certificate.objects.prefetch_related("files", "events"):
        kinds = [event.kind for event in certificate.events.all()]
        files = list(certificate.files.all())

        assert [event.position for event in certificate.events.all()] == list(range(1, len(kinds) + 1))
        made = ["credential", "pdf"] if kinds[:1] == ["issued"] else []
        assert sorted(file.kind for file in files) == made
        for file in files:
            content = (Path(settings.MEDIA_ROOT) / file.path).read_bytes()
            assert (hashlib.sha256(content).hexdigest(), len(content)) == (file.sha256, file.size)


def test_steps_are_done_exactly_where_there_is_a_reason() -> None:
    successes = {
        (result.enrolment_id, result.step_id): result.made_at
        for result in Result.objects.all()
        if result.is_success
    }
    studied = {"reading": "lesson", "simulator": "simulator", "scenario": "scenario"}
    judged_steps = {
        (done.enrolment_id, done.step_id): done.at for done in StepDone.objects.exclude(by_what__in=studied)
    }

    assert judged_steps == successes
    for done in StepDone.objects.filter(by_what__in=studied).select_related("step", "enrolment__course"):
        assert done.step.specific.step_kind == studied[done.by_what]
        assert done.step.path.startswith(done.enrolment.course.path)


def test_a_course_was_finished_with_its_last_step_and_not_before() -> None:
    for enrolment in Enrolment.objects.select_related("course").prefetch_related("steps_done"):
        steps = {step.id for step in outline_of(enrolment.course).steps}
        done = {each.step_id: each.at for each in enrolment.steps_done.all()}
        is_complete = set(done) == steps

        assert enrolment.finished_at == (max(done.values()) if is_complete else None)
        assert all(enrolment.enrolled_at <= at <= (enrolment.left_at or NOW) for at in done.values())


def test_employers_see_only_people_who_had_accepted_that_they_work_there() -> None:
    for enrolment in Enrolment.objects.exclude(organisation=None):
        employment = Employment.objects.get(person=enrolment.learner, organisation=enrolment.organisation)

        assert employment.accepted_at <= enrolment.enrolled_at


def test_considering_everyone_again_makes_nobody_a_candidate_and_lapses_nobody() -> None:
    before = set(Candidacy.objects.values_list("pk", "state"))

    for scheme in Scheme.objects.all():
        candidacies.consider_everyone(scheme, at=NOW)

    assert set(Candidacy.objects.values_list("pk", "state")) == before


def test_everybody_who_is_ready_meets_the_scheme_since_the_instant_that_they_became_a_candidate() -> None:
    for candidacy in Candidacy.objects.select_related("learner"):
        evidence = evidence_of_candidate(candidacy)

        assert evidence.is_eligible
        assert evidence.newest_at == candidacy.ready_at


@pytest.mark.parametrize(
    ("verb", "rows", "instant"),
    [
        ("enrolment.made", Enrolment.objects.all(), "enrolled_at"),
        ("enrolment.left", Enrolment.objects.exclude(left_at=None), "left_at"),
        ("employment.accepted", Employment.objects.exclude(accepted_at=None), "accepted_at"),
        ("attempt.submitted", Attempt.objects.exclude(submitted_at=None), "submitted_at"),
        ("submission.handed_in", Submission.objects.all(), "submitted_at"),
        ("marking.recorded", Marking.objects.all(), "recorded_at"),
        ("batch.closed", Batch.objects.exclude(closed_at=None), "closed_at"),
        ("batch.released", Batch.objects.exclude(released_at=None), "released_at"),
        ("result.released", Result.objects.exclude(marking=None), "made_at"),
        ("candidacy.name_confirmed", Candidacy.objects.exclude(name_confirmed_at=None), "name_confirmed_at"),
        ("certification.granted", CertificationDecision.objects.filter(decision="granted"), "decided_at"),
        ("certification.refused", CertificationDecision.objects.filter(decision="refused"), "decided_at"),
    ],
)
def test_the_trail_tells_of_every_deed_at_its_instant_and_of_no_other(verb: str, rows, instant: str) -> None:
    assert events(verb) == dict(rows.all().values_list("uuid", instant))


def test_the_trail_tells_of_every_quality_decision() -> None:
    for verb, kind in (("marking.agreed", "agree"), ("marking.overturned", "overturn")):
        decisions = QualityDecision.objects.filter(decision=kind)
        assert events(verb) == dict(decisions.values_list("marking__uuid", "decided_at"))


def test_the_audit_trail_holds() -> None:
    assert list(verification.faults()) == []


def test_nothing_happens_in_the_future() -> None:
    assert not Event.objects.filter(at__gt=NOW).exists()
    assert not User.objects.filter(date_joined__gt=NOW).exists()


def test_everybody_has_one_confirmed_address_and_is_marked_as_invented() -> None:
    for person in User.objects.prefetch_related("emailaddress_set"):
        (address,) = person.emailaddress_set.all()

        assert (address.email, address.verified, address.primary) == (person.email, True, True)
        assert person.is_demo


def test_a_crowd_has_learners_in_every_state(stage: str) -> None:
    if stage != CROWD:
        return
    on = NOW.date()
    certificates = {each.standing(on).state for each in Certificate.objects.with_events()}

    assert certificates == {"valid", "suspended", "revoked", "being_made"}
    assert set(Attempt.objects.values_list("state", flat=True)) == set(Attempt.State.values)
    judged = {"waiting", "claimed", "marked", "released"}
    assert set(Submission.objects.values_list("state", flat=True)) == judged
    assert set(Batch.objects.values_list("state", flat=True)) == set(Batch.State.values)
    assert set(Candidacy.objects.values_list("state", flat=True)) == {"ready", "decided"}
    assert set(CertificationDecision.objects.values_list("decision", flat=True)) == {
        "granted",
        "deferred",
        "refused",
    }
    assert set(Result.objects.values_list("outcome", flat=True)) == set(Result.Outcome.values)
    assert Enrolment.objects.exclude(left_at=None).exists()
    assert Marking.objects.exclude(unsafe_passages=0).exists()
