"""Saying where one stands with a competency, and a line manager's answers to what was shown them.

A line manager reads here what a person wrote for them, and nothing that was assessed.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments import rules
from assessments.actions import claims
from assessments.forms.claims import AnswerForm, OwnClaimForm
from assessments.models import Claim
from courses.models import Behaviour, Competency
from lms.people.models import User
from lms.people.refusals import Refusal
from lms.ui.conflict import conflict

RELATED = ("person", "competency__domain__framework__institute", "words", "answer__words")


@login_required
def claim_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where one stands with a competency of an institute at which one learns, with what was said of it before."""
    person: User = request.user  # type: ignore[assignment]
    mine = Competency.objects.filter(domain__framework__institute__courses__enrolments__learner=person)
    competency = get_object_or_404(mine.distinct(), uuid=uuid)
    managers = rules.line_managers(person)
    form = OwnClaimForm(request.POST or None, behaviours=_behaviours(competency), managers=managers)
    if form.is_valid():
        given = form.cleaned_data
        try:
            claims.rate(
                competency,
                given["level"],
                given["reason"],
                shown_to=form.shown_to,
                by=person,
                at=request.at,  # type: ignore[attr-defined]
            )
        except Refusal as refusal:
            return conflict(request, refusal, request.path, "Choose again")
        messages.success(request, f"What you say of {competency} is kept.")
        return redirect("profile")
    said = person.claims.filter(competency=competency).select_related("words", "by")
    return render(
        request, "assessments/claim_new.html", {"form": form, "competency": competency, "said": said}
    )


@login_required
def claim_list(request: HttpRequest) -> HttpResponse:
    shown = Claim.objects.shown_to(request.user).select_related(*RELATED)  # type: ignore[arg-type]
    context = {
        "waiting": [each for each in shown if not hasattr(each, "answer")],
        "answered": [each for each in shown if hasattr(each, "answer")],
    }
    return render(request, "assessments/claim_list.html", context)


@login_required
def claim_answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    person: User = request.user  # type: ignore[assignment]
    claim = get_object_or_404(Claim.objects.shown_to(person).select_related(*RELATED), uuid=uuid)
    if request.method != "POST" and hasattr(claim, "answer"):
        return conflict(request, "You have answered this already.", "/my/team/", "Back to your team")
    form = AnswerForm(request.POST or None, behaviours=_behaviours(claim.competency))
    if form.is_valid():
        given = form.cleaned_data
        try:
            claims.answer(claim, given["level"], given["reason"], by=person, at=request.at)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return conflict(request, refusal, "/my/team/", "Back to your team")
        messages.success(request, f"Your answer to {claim.person} is kept. They see it on their profile.")
        return redirect("claim_list")
    return render(request, "assessments/claim_answer.html", {"form": form, "claim": claim})


def _behaviours(competency: Competency) -> dict[str, str]:
    """How each level of the competency looks, as its framework puts it now."""
    rows = Behaviour.objects.filter(competency=competency).order_by("version__number")
    return {each.level: each.text for each in rows}
