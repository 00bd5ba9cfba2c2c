"""The questions desk: find, read, write, publish and retire questions. No learner stands on any of its pages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from assessments.actions import questions
from assessments.content_files.questions import faults_of
from assessments.forms.answers import form_for
from assessments.forms.questions import KIND_WORDS, FilterForm, QuestionForm
from assessments.forms.wording import question_of, scenario_of
from assessments.models import AttemptQuestion, Question, QuestionVersion
from assessments.views.answer_keys import changes, key_lines
from courses.models.outlines import address
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict

PAGE_LENGTH = 25
STATE_TAGS = {"draft": "idle", "live": "ok", "retired": "plain"}

Page = dict[str, Any]


@institute_view(Permission.KEEP_QUESTIONS)
def question_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    form = FilterForm(institute, request.GET)
    found = _found(institute, form.cleaned_data if form.is_valid() else {})
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "institute": institute,
        "form": form,
        "page": page,
        "rows": [_named(version) for version in page],
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "assessments/question_list.html", context)


@institute_view(Permission.KEEP_QUESTIONS)
def question_detail(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    question = _own(institute, uuid)
    versions = list(question.versions.select_related("competency", "lesson", "made_by").order_by("-number"))
    drawn = AttemptQuestion.objects.filter(version__question=question).values_list("version")
    times = dict(drawn.annotate(times=Count("pk")))
    context = {
        "institute": institute,
        "question": question,
        **_named(versions[0]),
        **_shown(versions[0]),
        "versions": [
            {"version": each, "times": times.get(each.pk, 0), "changes": changes(before, each)}
            for each, before in zip(versions, [*versions[1:], None], strict=True)
        ],
        "quizzes": [(quiz.title, address(quiz.url_path)) for quiz in question.pool.quizzes.live()],
        "is_retired": question.state == Question.State.RETIRED,
    }
    return render(request, "assessments/question.html", context)


@institute_view(Permission.KEEP_QUESTIONS)
def question_new(request: HttpRequest, institute: Institute) -> HttpResponse:
    form = QuestionForm(institute, request.POST or None, is_new=True)
    return _write(request, institute, form, None)


@institute_view(Permission.KEEP_QUESTIONS)
def question_edit(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    question = _own(institute, uuid)
    newest = question.versions.select_related("competency", "lesson").latest("number")
    if newest.kind != "single":
        back = reverse("question_detail", args=[institute.slug, uuid])
        sentence = f"A question of the kind “{KIND_WORDS[newest.kind]}” is changed in its content file."
        return conflict(request, sentence, back, "Back to the question")
    initial = QuestionForm.initial_of(newest) | {"pool": question.pool}
    return _write(
        request,
        institute,
        QuestionForm(institute, request.POST or None, initial=initial, is_new=False),
        question,
    )


@institute_view(Permission.KEEP_QUESTIONS)
def question_retire(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """Says first what retiring does to the quizzes on the pool."""
    question = _own(institute, uuid)
    back = reverse("question_detail", args=[institute.slug, uuid])
    if request.method != "POST":
        left = question.pool.questions.live().exclude(pk=question.pk).count()
        short = [quiz for quiz in question.pool.quizzes.live() if left < quiz.draw]
        context = {"institute": institute, "question": question, "left": left, "short": short, "back": back}
        newest = question.versions.select_related("competency").latest("number")
        return render(request, "assessments/question_retire.html", {**context, **_named(newest)})
    try:
        questions.retire(question, by=request.user, at=request.at)
    except Refusal as refusal:
        return conflict(request, refusal, back, "Back to the question")
    messages.success(request, "The question is retired: no attempt draws it from now on.")
    return redirect(back)


def _own(institute: Institute, uuid: UUID) -> Question:
    return get_object_or_404(
        Question.objects.select_related("pool", "institute"), institute=institute, uuid=uuid
    )


def _write(
    request: HttpRequest, institute: Institute, form: QuestionForm, question: Question | None
) -> HttpResponse:
    """A question being written: looked at, kept as a draft, or published."""
    context: Page = {"institute": institute, "question": question, "form": form}
    context["may_draft"] = question is None or question.state == Question.State.DRAFT
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            context |= _shown(form.version())
        else:
            try:
                return _kept(request, institute, form, question)
            except questions.QuestionUnfit as refusal:
                for fault in refusal.faults:
                    form.add_error(None, fault)
    return render(request, "assessments/question_edit.html", context)


def _kept(
    request: HttpRequest, institute: Institute, form: QuestionForm, question: Question | None
) -> HttpResponse:
    doing = {"by": request.user, "at": request.at}
    if question is None:
        key, pool = form.new_key(institute), form.cleaned_data["pool"]
        if "draft" not in request.POST:
            questions.check(form.wording())
        question = questions.draft(pool, key, form.wording(), **doing)
    elif "draft" in request.POST:
        questions.redraft(question, form.wording(), **doing)
    if "draft" in request.POST:
        messages.success(request, "Kept as a draft. No quiz draws it until it is published.")
    else:
        questions.publish(question, form.wording(), **doing)
        messages.success(request, "Published. Attempts that begin from now on may draw it in these words.")
    return redirect("question_detail", institute.slug, question.uuid)


def _found(institute: Institute, wanted: Page) -> QuerySet[QuestionVersion]:
    """The newest version of each question that the filter lets through."""
    found = QuestionVersion.objects.newest().filter(question__institute=institute)
    if words := wanted.get("q"):
        found = found.filter(Q(stem__icontains=words) | Q(question__key__icontains=words))
    if wanted.get("pool"):
        found = found.filter(question__pool=wanted["pool"])
    if wanted.get("state"):
        found = found.filter(question__state=wanted["state"])
    if wanted.get("competency"):
        found = found.filter(competency=wanted["competency"])
    if wanted.get("kind"):
        found = found.filter(kind=wanted["kind"])
    return found.select_related("question__pool", "competency").order_by(
        "question__pool__title", "question__key"
    )


def _named(version: QuestionVersion) -> Page:
    """A version in the words that lists and heads use."""
    return {
        "version": version,
        "title": question_of(version.stem),
        "kind": KIND_WORDS[version.kind],
        "state_tag": STATE_TAGS[version.question.state],
    }


def _shown(version: QuestionVersion) -> Page:
    """The question as a learner sees it, then its key; or what is wrong with it."""
    faults = list(faults_of(version.kind, version.body))
    return {
        "scenario": scenario_of(version.stem),
        "preview": form_for(version)(version, version.shuffled_keys),
        "faults": faults,
        "lines": [] if faults else key_lines(version),
    }
