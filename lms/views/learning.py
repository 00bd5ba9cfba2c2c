"""My learning: the next step first, then every course a person takes, then what became of their work."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.models import Submission
from certificates.models import Candidacy
from courses.models import Enrolment, StepDone
from courses.models.outlines import address, outlines_of
from courses.outline import Progress, Step
from lms.people.models import Employment, User


@dataclass(frozen=True)
class Studying:
    """An enrolment with how far it has come and what comes next; `next_step` is None when all is done."""

    enrolment: Enrolment
    url: str
    progress: Progress
    next_step: Step | None


@login_required
def my_learning(request: HttpRequest) -> HttpResponse:
    person = request.user
    studying = courses_of(person)  # type: ignore[arg-type]
    unfinished = [each for each in studying if each.next_step]
    context = {
        "next_up": unfinished[0] if unfinished else None,
        "studying": studying,
        "work": _work_in_hand(person),  # type: ignore[arg-type]
        "to_confirm": _names_to_confirm(person),  # type: ignore[arg-type]
        "employments": Employment.objects.filter(
            person=person, accepted_at=None, ended_on=None
        ).select_related("organisation"),
    }
    return render(request, "lms/my_learning.html", context)


def courses_of(person: User) -> list[Studying]:
    """The person's open enrolments, the one they last did something in first; four queries however many."""
    enrolments = list(
        Enrolment.objects.open()
        .filter(learner=person)
        .select_related("course__institute")
        .order_by("-enrolled_at")
    )
    outlines = outlines_of([each.course for each in enrolments])
    done: dict[int, set[int]] = {each.pk: set() for each in enrolments}
    latest = {each.pk: each.enrolled_at for each in enrolments}
    for row in StepDone.objects.filter(enrolment__in=done).only("enrolment_id", "step_id", "at"):
        done[row.enrolment_id].add(row.step_id)
        latest[row.enrolment_id] = max(latest[row.enrolment_id], row.at)
    enrolments.sort(key=lambda each: latest[each.pk], reverse=True)
    return [
        Studying(
            each,
            address(each.course.url_path),
            outlines[each.course_id].progress(frozenset(done[each.pk])),
            outlines[each.course_id].next_step(frozenset(done[each.pk])),
        )
        for each in enrolments
    ]


def _work_in_hand(person: User) -> list[Submission]:
    """Written work that somebody has now: the learner always sees who, and until when."""
    return list(
        Submission.objects.filter(learner=person)
        .exclude(state=Submission.State.RELEASED)
        .select_related("assignment")
    )


def _names_to_confirm(person: User) -> list[Candidacy]:
    return list(
        Candidacy.objects.filter(
            learner=person, state=Candidacy.State.READY, name_confirmed_at=None
        ).select_related("scheme__institute")
    )
