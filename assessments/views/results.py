"""Released results of an institute: the list with its search, and withdrawing one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments import rules
from assessments.actions import release
from assessments.forms.quality import WithdrawForm
from assessments.models import Attempt, Result, ResultEvent
from lms.people import access
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.ui.conflict import conflict

ROWS = 50
# What a score says of each question is long, and no part of a list.
_WITH_MARKS = Attempt.objects.select_related("score").defer("score__detail")
STANDINGS = {"": "All results", "standing": "Standing", "withdrawn": "Withdrawn"}


@institute_view(Permission.READ_QUALITY)
def result_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    outcome, standing = request.GET.get("outcome", ""), request.GET.get("standing", "")
    found = _listed(institute)
    if words:
        found = _searched(found, words)
    if outcome in Result.Outcome.values:
        found = found.filter(outcome=outcome)
    if standing in {"standing", "withdrawn"}:
        found = found.filter(withdrawn_at__isnull=standing == "standing")
    rows = max(1, found.count()) if "all" in request.GET else ROWS
    context = {
        "institute": institute,
        "page": Paginator(found, rows).get_page(request.GET.get("page")),
        "words": words,
        "outcomes": [(value, label, value == outcome) for value, label in Result.Outcome.choices],
        "standings": [(value, label, value == standing) for value, label in STANDINGS.items()],
        "is_filtered": bool(words or outcome or standing),
        "may_withdraw": access.can(request.user, Permission.RELEASE_RESULTS, institute),
    }
    return render(request, "assessments/quality_results.html", context)


@institute_view(Permission.RELEASE_RESULTS)
def result_withdraw(request: HttpRequest, institute: Institute, result: UUID) -> HttpResponse:
    """Ground and words first; what follows from it stands beside the form."""
    found = get_object_or_404(_listed(institute).select_related("institute"), uuid=result)
    if not rules.may_withdraw(request.user, found):
        raise PermissionDenied("Nobody withdraws their own result.")
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if found.withdrawn_at:
        return _back_to_list(request, institute, "This result has been withdrawn already.")
    if request.method == "POST" and form.is_valid():
        try:
            release.withdraw(found, **form.cleaned_data, by=request.user, at=request.at)
        except release.NotWithdrawable as refusal:
            return _back_to_list(request, institute, refusal)
        messages.success(
            request,
            f"The result of {found.learner} is withdrawn, and {found.learner.get_short_name()} has been written to.",
        )
        return redirect("result_list", institute.slug)
    context = {"institute": institute, "result": found, "form": form}
    return render(request, "assessments/quality_withdraw.html", context)


def _listed(institute: Institute) -> QuerySet[Result]:
    """Results that were released, newest first, each with `released_at` and `withdrawn_at`."""
    withdrawn = ResultEvent.objects.filter(result=OuterRef("pk"), kind=ResultEvent.Kind.WITHDRAWN)
    return (
        # Joined to the one event that released each: asked for one by one, forty thousand took a second to sort.
        Result.objects.filter(institute=institute, events__kind=ResultEvent.Kind.RELEASED)
        .select_related("learner", "enrolment", "marking__submission")
        # Few pages and many results: a page is dear to make, so each is made once. Marks come for the rows that are
        # shown: joined, they made the database sort them all.
        .prefetch_related("step", "enrolment__course", Prefetch("attempt", _WITH_MARKS))
        .annotate(
            released_at=F("events__at"),
            withdrawn_at=Subquery(withdrawn.values("at")[:1]),
            ground=Subquery(withdrawn.values("ground")[:1]),
        )
        .order_by("-released_at", "-pk")
    )


def _searched(results: QuerySet[Result], words: str) -> QuerySet[Result]:
    """Results where each word is found in the learner's name, their address, the step or the candidate number."""
    for word in words.split():
        results = results.filter(
            Q(learner__first_name__icontains=word)
            | Q(learner__last_name__icontains=word)
            | Q(learner__email__iexact=word)
            | Q(step__title__icontains=word)
            | Q(marking__submission__candidate_number=word)
        )
    return results


def _back_to_list(request: HttpRequest, institute: Institute, sentence: object) -> HttpResponse:
    return conflict(request, sentence, f"/at/{institute.slug}/results/", "Back to the results")
