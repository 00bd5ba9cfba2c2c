"""A learner's own attempt: start, answer one question a page, check, hand in, and read what it came to."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from assessments.actions import answers, attempts
from assessments.forms.answers import AnswerForm, form_for
from assessments.models import Answer, Attempt, AttemptQuestion, QuizPage
from assessments.views import attempt_pages
from assessments.views.attempt_results import result_page
from courses import rules as course_rules
from courses.models import Enrolment
from courses.models.outlines import address
from lms.people.refusals import Refusal
from lms.ui.conflict import conflict
from lms.ui.templatetags.piper import time_of_day

# What the page of an attempt says of it.
ON_PAGES = ("enrolment__course__institute", "quiz__pool", "version")


@login_required
@require_POST
def attempt_start(request: HttpRequest, enrolment: UUID, step: int) -> HttpResponse:
    taken = get_object_or_404(
        Enrolment.objects.select_related("course"), uuid=enrolment, learner=request.user
    )
    quiz = get_object_or_404(QuizPage.objects.descendant_of(taken.course), pk=step)
    if not course_rules.is_reachable(quiz):
        raise Http404
    try:
        begun = attempts.start(taken, quiz, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, address(quiz.url_path), "Back to the quiz")
    return redirect(_way_in(begun))


@login_required
def attempt(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The way in: an open attempt goes on where it was left, a submitted one shows what it came to."""
    own = _own(request, uuid)
    if not own.is_open:
        return render(request, "assessments/attempt_result.html", result_page(own))
    return redirect(_way_in(own))


@login_required
def attempt_question(request: HttpRequest, uuid: UUID, position: int) -> HttpResponse:
    own = _own(request, uuid)
    asked = _asked(own, position)
    if request.method == "POST":
        return _answer(request, own, asked)
    if not own.is_open:
        return redirect("attempt", own.uuid)
    if attempt_pages.is_over(own, request.at):
        return redirect("attempt_check", own.uuid)
    page = attempt_pages.question(own, asked, at=request.at)
    return render(request, "assessments/attempt_question.html", page)


@login_required
def attempt_all(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every question of an attempt on one page, each kept by itself."""
    own = _own(request, uuid)
    if request.method == "POST":
        return _answer_all(request, own)
    if not own.is_open:
        return redirect("attempt", own.uuid)
    if attempt_pages.is_over(own, request.at):
        return redirect("attempt_check", own.uuid)
    page = attempt_pages.all_questions(own, at=request.at)
    return render(request, "assessments/attempt_all.html", page)


@login_required
@require_POST
def answer_save(request: HttpRequest, uuid: UUID, position: int) -> JsonResponse:
    """What the page's script saves by itself; 409 says in a sentence why an answer does not count."""
    asked = get_object_or_404(
        AttemptQuestion.objects.select_related("version", "attempt"),
        attempt__uuid=uuid,
        attempt__enrolment__learner=request.user,
        position=position,
    )
    form = _posted(request, asked)
    if not form.is_valid():
        return JsonResponse({"sentence": "This answer could not be read. Choose again."}, status=400)
    try:
        answer = _save(request, asked.attempt, form, position)
    except answers.AnswerStale as refusal:
        return JsonResponse({"sentence": str(refusal), "choose": "See both answers and choose"}, status=409)
    except Refusal as refusal:
        return JsonResponse({"sentence": str(refusal)}, status=409)
    return JsonResponse({"revision": answer.revision, "saved_at": time_of_day(answer.received_at)})


@login_required
def attempt_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = _own(request, uuid)
    if not own.is_open:
        return redirect("attempt", own.uuid)
    return render(request, "assessments/attempt_check.html", attempt_pages.check(own, at=request.at))


@login_required
@require_POST
def attempt_submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    own = _own(request, uuid)
    try:
        attempts.submit(own, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, reverse("my_learning"), "My learning")
    messages.success(request, "Your answers have been handed in. Your receipt stands beside your result.")
    return redirect("attempt", own.uuid)


def _own(request: HttpRequest, uuid: UUID) -> Attempt:
    """The person's own attempt, with what its page shows; a post shows nothing and leads to a page."""
    own = Attempt.objects.select_related("enrolment", *(ON_PAGES if request.method == "GET" else ()))
    return get_object_or_404(own, uuid=uuid, enrolment__learner=request.user)


def _way_in(own: Attempt) -> str:
    """Where an open attempt goes on."""
    if own.quiz.is_on_one_page:
        return reverse("attempt_all", args=[own.uuid])
    unanswered = own.questions.exclude(position__in=own.counted_answers())
    first = unanswered.values_list("position", flat=True).first()
    return (
        reverse("attempt_question", args=[own.uuid, first])
        if first
        else reverse("attempt_check", args=[own.uuid])
    )


def _asked(own: Attempt, position: int) -> AttemptQuestion:
    return get_object_or_404(own.questions.select_related("version"), position=position)


def _posted(request: HttpRequest, asked: AttemptQuestion, prefix: str = "") -> AnswerForm:
    return form_for(asked.version)(asked.version, asked.option_order, request.POST, prefix=prefix)


def _save(request: HttpRequest, own: Attempt, form: AnswerForm, position: int) -> Answer:
    return answers.save(
        own,
        position,
        form.response(),
        base_revision=form.cleaned_data["base_revision"],
        by=request.user,
        at=request.at,
    )


def _answer(request: HttpRequest, own: Attempt, asked: AttemptQuestion) -> HttpResponse:
    form = _posted(request, asked)
    if form.is_valid():
        try:
            answer = _save(request, own, form, asked.position)
        except answers.AnswerStale as refusal:
            page = attempt_pages.stale(own, asked, form.response(), refusal.newer, at=request.at)
            return render(request, "assessments/attempt_question.html", page, status=409)
        except Refusal as refusal:
            return _refused_for_good(request, own, refusal)
        if form.seen(answer.revision).is_complete():
            return _onward(request, own, asked)
    page = attempt_pages.question(own, asked, at=request.at, form=form)
    return render(request, "assessments/attempt_question.html", page)


def _answer_all(request: HttpRequest, own: Attempt) -> HttpResponse:
    """Keep what the page says, all questions together: what one of them lacks holds up no other."""
    forms = {each: _posted(request, each, attempt_pages.prefix_of(each)) for each in own.asked()}
    given = [_given(each, form) for each, form in forms.items() if form.says_something()]
    try:
        kept = answers.save_all(own, given, by=request.user, at=request.at)
    except Refusal as refusal:
        return _refused_for_good(request, own, refusal)
    refused, unfinished = [], {}
    for each, form in forms.items():
        found = kept.get(each.position)
        if found and found.answer.is_stale:
            refused.append(attempt_pages.refused(each, form.response(), found.newer))
        elif not form.is_complete():
            unfinished[each.position] = form.seen(found.answer.revision) if found else form
    if not refused and not unfinished:
        return _away(request, own)
    page = attempt_pages.all_questions(own, at=request.at, forms=unfinished, refused=refused)
    return render(request, "assessments/attempt_all.html", page, status=409 if refused else 200)


def _given(asked: AttemptQuestion, form: AnswerForm) -> answers.Given:
    return answers.Given(asked, form.response(), form.cleaned_data["base_revision"])


def _refused_for_good(request: HttpRequest, own: Attempt, refusal: Refusal) -> HttpResponse:
    return conflict(request, refusal, reverse("attempt", args=[own.uuid]), "See where the attempt stands")


def _away(request: HttpRequest, own: Attempt) -> HttpResponse:
    """To the check, or out of the attempt for now."""
    if "later" in request.POST:
        messages.success(request, attempt_pages.saved_for_later(own))
        return redirect(address(own.quiz.url_path))
    return redirect("attempt_check", own.uuid)


def _onward(request: HttpRequest, own: Attempt, asked: AttemptQuestion) -> HttpResponse:
    """To the next question, or to where the learner asked to go."""
    if "later" in request.POST or "check" in request.GET or asked.position == own.version.draw:
        return _away(request, own)
    return redirect("attempt_question", own.uuid, asked.position + 1)
