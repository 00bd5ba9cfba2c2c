"""The questions desk, for deciding: reviewing a version, retiring a question and bringing it back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from assessments import rules
from assessments.actions import questions, reviews
from assessments.forms.reviews import SEND_BACK, ReviewForm
from assessments.models import Question, QuestionVersion
from assessments.views.differences import changes
from assessments.views.question_pages import Page, named, own, shown
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict


@institute_view(Permission.KEEP_QUESTIONS)
def question_review(request: HttpRequest, institute: Institute, uuid: UUID, version: int) -> HttpResponse:
    question = own(institute, uuid)
    related = question.versions.select_related("competency", "lesson", "made_by", "question__institute")
    found = related.filter(number=version).first()
    if found is None:
        return _back(request, question, f"This question has no version {version}.")
    try:
        reviews.refuse_unless_reviewable(question, found, request.user)
        form = ReviewForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return _reviewed(request, question, found, form)
    except Refusal as refusal:
        return _back(request, question, refusal)
    asked = related.filter(number=question.asked).first()
    context = {
        "institute": institute,
        "question": question,
        "form": form,
        **named(found),
        **shown(found),
        "asked": asked,
        "changes": changes(asked, found),
    }
    return render(request, "assessments/question_review.html", context)


@institute_view(Permission.KEEP_QUESTIONS)
def question_retire(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """Says first what retiring does to the quizzes on the pool."""
    question = own(institute, uuid)
    if request.method == "POST":
        return _done(request, question, questions.retire, "Retired. No attempt draws it from now on.")
    left = question.pool.questions.live().exclude(pk=question.pk).count()
    short = [quiz for quiz in question.pool.quizzes.live() if not rules.is_ready(quiz, question)]
    context = {"left": left, "short": short, **_newest(institute, question)}
    return render(request, "assessments/question_retire.html", context)


@institute_view(Permission.KEEP_QUESTIONS)
def question_bring_back(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """Says first in which words the question will be asked again."""
    question = own(institute, uuid)
    if request.method == "POST":
        said = "Brought back. Attempts that begin from now on may draw it again."
        return _done(request, question, questions.bring_back, said)
    if question.state != Question.State.RETIRED:
        return _back(request, question, "This question is not retired, so there is nothing to bring back.")
    context = {"asked": question.asked, **_newest(institute, question)}
    return render(request, "assessments/question_bring_back.html", context)


def _reviewed(
    request: HttpRequest, question: Question, version: QuestionVersion, form: ReviewForm
) -> HttpResponse:
    doing = {"by": request.user, "at": request.at, "remark": form.cleaned_data["remark"]}
    if form.cleaned_data["decision"] == SEND_BACK:
        reviews.send_back(question, version, **doing)
        messages.success(request, "Sent back. Its author reads on its page what you wrote.")
    else:
        reviews.approve(question, version, **doing)
        messages.success(request, "Approved. Attempts that begin from now on may draw it.")
    return redirect("question_list", question.institute.slug)


def _done(request: HttpRequest, question: Question, action: Callable[..., object], said: str) -> HttpResponse:
    try:
        action(question, by=request.user, at=request.at)
    except Refusal as refusal:
        return _back(request, question, refusal)
    messages.success(request, said)
    return redirect(_address(question))


def _newest(institute: Institute, question: Question) -> Page:
    newest = question.versions.select_related("competency", "question").latest("number")
    return {"institute": institute, "question": question, "back": _address(question), **named(newest)}


def _back(request: HttpRequest, question: Question, sentence: object) -> HttpResponse:
    return conflict(request, sentence, _address(question), "Back to the question")


def _address(question: Question) -> str:
    return reverse("question_detail", args=[question.institute.slug, question.uuid])
