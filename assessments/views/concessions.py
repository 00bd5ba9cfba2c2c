"""What a person grants a learner: more time (an administrator), one attempt more (who answers for results)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments.actions import adjustments, further_attempts
from assessments.forms.concessions import AdjustmentForm, ReasonForm
from assessments.models import Adjustment, Attempt, FurtherAttempt, QuizPage, Result, Score
from courses.models import Enrolment
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict


@institute_view(Permission.AGREE_ADJUSTMENTS)
def adjustment_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    form = AdjustmentForm(institute, request.POST or None)
    if request.method == "POST" and form.is_valid():
        extra = form.cleaned_data["extra_percent"]
        try:
            adjustments.agree(institute, form.learner, extra, by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, request.path, "Back to adjustments")
        messages.success(request, f"{form.learner} has {extra}% more time in every attempt from now on.")
        return redirect("adjustment_list", institute.slug)
    agreed = institute.adjustments.filter(ended_at=None).select_related("learner", "agreed_by")
    context = {"institute": institute, "form": form, "adjustments": agreed.order_by("learner__last_name")}
    return render(request, "assessments/adjustments.html", context)


@institute_view(Permission.AGREE_ADJUSTMENTS)
@require_POST
def adjustment_end(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    agreed = get_object_or_404(
        Adjustment.objects.select_related("learner", "institute"), institute=institute, uuid=uuid
    )
    try:
        adjustments.end(agreed, by=request.user, at=request.at)
    except Refusal as refusal:
        back = reverse("adjustment_list", args=[institute.slug])
        return conflict(request, refusal, back, "Back to adjustments")
    messages.success(
        request, f"The adjustment of {agreed.learner} has ended. Attempts under way keep their time."
    )
    return redirect("adjustment_list", institute.slug)


@institute_view(Permission.RELEASE_RESULTS)
def further_attempt_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    rows = list(_without_attempts(institute))
    quizzes = QuizPage.objects.in_bulk({row["quiz"] for row in rows})
    enrolments = Enrolment.objects.open().filter(
        learner__in={row["enrolment__learner"] for row in rows}, course__institute=institute
    )
    held = {
        (each.learner_id, each.course.path): each for each in enrolments.select_related("learner", "course")
    }
    shown = Score.objects.filter(attempt__in={row["last"] for row in rows}).defer("detail")
    scores = {each.attempt_id: each for each in shown}
    context = {
        "institute": institute,
        "rows": [
            {**row, "quiz": quizzes[row["quiz"]], "enrolment": enrolment, "score": scores.get(row["last"])}
            for row in rows
            if (enrolment := _enrolment_for(row, quizzes[row["quiz"]], held))
        ],
    }
    return render(request, "assessments/further_attempts.html", context)


@institute_view(Permission.RELEASE_RESULTS)
def further_attempt_give(
    request: HttpRequest, institute: Institute, enrolment: UUID, step: int
) -> HttpResponse:
    held = get_object_or_404(
        Enrolment.objects.select_related("learner", "course"), uuid=enrolment, course__institute=institute
    )
    quiz = get_object_or_404(
        QuizPage.objects.descendant_of(held.course).select_related("pool__institute"), pk=step
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, back = form.cleaned_data["reason"], reverse("further_attempt_list", args=[institute.slug])
        try:
            further_attempts.give_further_attempt(held, quiz, by=request.user, at=request.at, reason=reason)
        except Refusal as refusal:
            return conflict(request, refusal, back, "Back to further attempts")
        messages.success(request, f"{held.learner} may begin one more attempt at “{quiz.title}”.")
        return redirect(back)
    context = {"institute": institute, "form": form, "quiz": quiz, "learner": held.learner}
    return render(request, "assessments/further_attempt_give.html", context)


def _without_attempts(institute: Institute) -> QuerySet[Any, Any]:
    """Learner and quiz where every attempt is used and none has passed; `rules` asks again, exactly."""
    given = (
        FurtherAttempt.objects.filter(
            quiz=OuterRef("quiz"), enrolment__learner=OuterRef("enrolment__learner")
        )
        .order_by()
        .values("quiz")
        .annotate(times=Count("pk"))
        .values("times")
    )
    passed = Q(pk__in=Result.objects.standing().filter(outcome=Result.Outcome.PASSED).values("attempt"))
    return (
        Attempt.objects.filter(quiz__pool__institute=institute, quiz__attempts_allowed__gt=0)
        .order_by()
        # What is allowed is grouped by as well: PostgreSQL, which binds parameters itself, does not see that two
        # expressions with parameters are the same.
        .values("quiz", "quiz__attempts_allowed", "enrolment__learner")
        .annotate(
            used=Count("pk"),
            open=Count("pk", filter=Q(state=Attempt.State.OPEN)),
            passes=Count("pk", filter=passed),
            last_at=Max("submitted_at"),
            last=Max("pk"),
            further=Coalesce(Subquery(given), 0),
        )
        .filter(open=0, passes=0, used__gte=F("quiz__attempts_allowed") + F("further"))
        .order_by("-last_at")
    )


def _enrolment_for(
    row: dict[str, Any], quiz: QuizPage, held: dict[tuple[int, str], Enrolment]
) -> Enrolment | None:
    """The learner's open enrolment in the quiz's course; nobody needs an attempt in a course they have left."""
    return next(
        (
            enrolment
            for (learner, path), enrolment in held.items()
            if learner == row["enrolment__learner"] and quiz.path.startswith(path)
        ),
        None,
    )
