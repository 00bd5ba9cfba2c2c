"""My learning: the next step first, then every course a person takes, then what became of their work."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from assessments.models import Claim, Submission
from certificates.models import Candidacy, Certificate
from courses.models import Enrolment, StepDone
from courses.models.outlines import COURSE_REST, address, outlines_shown
from courses.outline import Progress, Step
from lms.people import access
from lms.people.models import Employment, User
from lms.ui.templatetags.piper import minutes


@dataclass(frozen=True)
class Studying:
    """An enrolment with how far it has come and what comes next; `next_step` is None when all is done."""

    enrolment: Enrolment
    url: str
    progress: Progress
    next_step: Step | None


@dataclass(frozen=True)
class NextThing:
    """The loudest thing on the page: what it is, a word about it, and where it leads."""

    about: str
    title: str
    note: str
    url: str
    label: str


@login_required
def my_learning(request: HttpRequest) -> HttpResponse:
    person = request.user
    studying = courses_of(person)  # type: ignore[arg-type]
    work = _work_in_hand(person)  # type: ignore[arg-type]
    to_confirm = _names_to_confirm(person)  # type: ignore[arg-type]
    going_on = _going_on(studying, {each.assignment_id for each in work})
    context = {
        "next_thing": _next_thing(request, studying, going_on, to_confirm, work),
        "going_on": going_on,
        "studying": studying,
        "work": work,
        "claims_waiting": Claim.objects.shown_to(person).waiting().count(),  # type: ignore[arg-type]
        "employments": Employment.objects.filter(
            person=person, accepted_at=None, ended_on=None
        ).select_related("organisation"),
    }
    return render(request, "lms/my_learning.html", context)


def _going_on(studying: list[Studying], handed_in: set[int]) -> Studying | None:
    """The course to go on with: not one whose next step somebody else has in hand."""
    return next((each for each in studying if each.next_step and each.next_step.id not in handed_in), None)


def _next_thing(
    request: HttpRequest,
    studying: list[Studying],
    going_on: Studying | None,
    to_confirm: list[Candidacy],
    work: list[Submission],
) -> NextThing:
    person = request.user
    if to_confirm:
        return NextThing(
            f"A certificate of {to_confirm[0].scheme.institute}",
            "Confirm your name as it will be printed",
            "You have met every requirement. A registrar decides once the name is confirmed.",
            "/my/certificates/",
            "Confirm my name",
        )
    aside = next((each for each in work if each.is_aside), None)
    if aside:
        return NextThing(
            aside.assignment.title,
            "Please take something out of your work",
            "A real person could be recognised from it. It costs you no try.",
            f"/my/submissions/{aside.uuid}/",
            "Read what to do",
        )
    if going_on and going_on.next_step:
        step = going_on.next_step
        label = "Continue" if going_on.progress.done else "Start"
        note = f"About {minutes(step.minutes)}"
        return NextThing(going_on.enrolment.course.title, step.title, note, step.url, label)
    desks = [each.body for each in access.memberships(person) if each.institute_id]
    if desks and not studying:
        return NextThing("Your work", f"The desk of {desks[0]}", "", f"/at/{desks[0].slug}/", "Open the desk")
    if studying and not work and _holds_a_certificate(person, timezone.localdate(request.at)):  # type: ignore[attr-defined]
        title = "Your courses are done, and you hold a certificate"
        note = "Show it, download it, or see until when it holds."
        return NextThing("", title, note, reverse("my_certificates"), "My certificates")
    if studying:
        note = "What is left is in other hands, or nothing is. See what else you could learn."
        return NextThing("", "There is nothing for you to do just now", note, "/courses/", "See all courses")
    note = "It takes a minute to enrol, and you can leave whenever you like."
    return NextThing("", "Choose your first course", note, "/courses/", "See all courses")


def _holds_a_certificate(person: access.Person, today: date) -> bool:
    mine = Certificate.objects.filter(learner=person).prefetch_related("events")
    return any(each.standing(today).state == "valid" for each in mine)


def courses_of(person: User) -> list[Studying]:
    """The person's open enrolments, the one they last did something in first; three queries however many."""
    enrolments = list(
        Enrolment.objects.open()
        .filter(learner=person)
        .select_related("course__institute")
        .defer(*COURSE_REST)
    )
    outlines = outlines_shown([each.course for each in enrolments])
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
        .exclude(state__in=[Submission.State.RELEASED, Submission.State.REPLACED])
        .select_related("assignment")
        .only("uuid", "state", "promised_on", "assignment__title")
    )


def _names_to_confirm(person: User) -> list[Candidacy]:
    return list(
        Candidacy.objects.filter(
            learner=person, state=Candidacy.State.READY, name_confirmed_at=None
        ).prefetch_related("scheme__institute")
    )
