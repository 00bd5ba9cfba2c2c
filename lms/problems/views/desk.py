"""The desk of problems: what was reported, oldest first, and its answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.problems import actions, rules
from lms.problems.forms import AnswerForm
from lms.problems.models import Problem
from lms.ui.conflict import conflict

ON_A_PAGE = 25


@institute_view(Permission.ANSWER_PROBLEMS)
def problem_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    ours = institute.problems.filter(kind__in=rules.kinds_for(request.user, institute))
    is_settled = "settled" in request.GET
    shown = ours.exclude(state=Problem.State.OPEN).order_by("-reported_at") if is_settled else ours.open()
    found = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "institute": institute,
        "results": found,
        "is_settled": is_settled,
        "open": found.paginator.count if not is_settled else ours.open().count(),
    }
    return render(request, "problems/problem_list.html", context)


@institute_view(Permission.ANSWER_PROBLEMS)
def problem(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(
        institute.problems.select_related("words", "answer__words", "answer__by"),
        uuid=uuid,
        kind__in=rules.kinds_for(request.user, institute),
    )
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        back = reverse("problem_list", args=[institute.slug])
        state, text = Problem.State(form.cleaned_data["state"]), form.cleaned_data["text"]
        try:
            actions.answer(found, state, text, by=request.user, at=request.at)
        except Refusal as refusal:
            return conflict(request, refusal, back, "Back to the problems")
        messages.success(request, f"“{found.title}” is {state.label.lower()}.")
        return redirect(back)
    context = {
        "institute": institute,
        "problem": found,
        "form": form,
        "has_address": bool(found.reporter_id or found.words.email),
    }
    return render(request, "problems/problem.html", context)
