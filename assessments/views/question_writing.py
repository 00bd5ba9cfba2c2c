"""The questions desk, for writing: which kind, then the question, looked at, kept as a draft or published."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assessments.actions import questions
from assessments.forms.kinds import KINDS
from assessments.forms.question_forms import QUESTION_FORMS
from assessments.forms.questions import QuestionForm
from assessments.models import Question, QuestionVersion
from assessments.views.question_pages import Page, own, shown
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission

KEPT = "Kept as a draft. No quiz draws it until it is published."
PUBLISHED = "Published. Attempts that begin from now on may draw it in these words."
WAITS = "Version {} waits for review by another author of the institute. {}"
UNTIL_THEN = "Until then attempts draw version {}."
OVERTAKEN = (
    "Version {} was made by {} after you opened this page. Nothing is lost: read it in another tab and take over "
    "what you want of it, then press again to put your words after it."
)
NOT_YET = "No attempt draws it until then."


@institute_view(Permission.KEEP_QUESTIONS)
def question_new(request: HttpRequest, institute: Institute) -> HttpResponse:
    context = {"institute": institute, "kinds": KINDS}
    return render(request, "assessments/question_new.html", context)


@institute_view(Permission.KEEP_QUESTIONS)
def question_write(request: HttpRequest, institute: Institute, kind: str) -> HttpResponse:
    form_class = QUESTION_FORMS.get(kind)
    if form_class is None:
        raise Http404
    if request.method == "POST":
        return _write(request, form_class(institute, None, request.POST))
    return _write(request, form_class(institute, initial=_told(request)))


@institute_view(Permission.KEEP_QUESTIONS)
def question_edit(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    question = own(institute, uuid)
    newest = question.versions.select_related("competency", "lesson").latest("number")
    form_class = QUESTION_FORMS[newest.kind]
    if request.method == "POST":
        return _write(request, form_class(institute, question, request.POST))
    return _write(request, form_class.changing(institute, newest))


def _told(request: HttpRequest) -> Page:
    """What an address may say of a new question already, such as the pool it is for."""
    return {name: request.GET[name] for name in ("pool", "level", "competency") if name in request.GET}


def _write(request: HttpRequest, form: QuestionForm) -> HttpResponse:
    """A question being written; what the page asks for says what is done with it."""
    context: Page = {"institute": form.institute, "question": form.question, "kind": KINDS[form.kind]}
    if press := request.POST.get("press"):
        form = form.pressed(press)
    elif request.method == "POST":
        if kept := _kept(request, form):
            return redirect("question_detail", form.institute.slug, kept.uuid)
        if "preview" in request.POST and form.is_valid():
            context |= shown(form.version())
            form.is_fit()
    problems = form.row_problems() if form.is_bound else []
    context |= {"form": form, "problems": problems, "page_has_errors": bool(problems)}
    return render(request, "assessments/question_edit.html", context)


def _kept(request: HttpRequest, form: QuestionForm) -> Question | None:
    """The question as it is kept now; nothing where that was not asked for, or the form says why it cannot be."""
    keep = _publish if "publish" in request.POST else _draft if "draft" in request.POST else None
    if keep is None or not (form.is_fit() if keep is _publish else form.is_valid()):
        return None
    if newer := form.overtaken():
        form.add_error(None, OVERTAKEN.format(newer.number, newer.made_by or "the content files"))
        return None
    try:
        return keep(request, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _draft(request: HttpRequest, form: QuestionForm) -> Question:
    doing = {"by": request.user, "at": request.at}
    if form.question is None:
        messages.success(request, KEPT)
        return questions.draft(form.cleaned_data["pool"], form.new_key(), form.wording(), **doing)
    version = questions.redraft(form.question, form.wording(), **doing)
    messages.success(request, _still(form.question, version))
    return form.question


def _publish(request: HttpRequest, form: QuestionForm) -> Question:
    doing = {"by": request.user, "at": request.at}
    question = form.question
    if question is None:
        pool = form.cleaned_data["pool"]
        question = questions.publish_new(pool, form.new_key(), form.wording(), **doing)
    else:
        questions.publish(question, form.wording(), **doing)
    question.refresh_from_db()
    messages.success(request, _what_happens(question))
    return question


def _what_happens(question: Question) -> str:
    if question.proposed is None:
        return PUBLISHED
    is_asked = question.state == Question.State.LIVE
    return WAITS.format(question.proposed, UNTIL_THEN.format(question.asked) if is_asked else NOT_YET)


def _still(question: Question, version: QuestionVersion) -> str:
    if question.state == Question.State.LIVE:
        return f"Kept as a draft. Attempts go on with version {question.asked} until version {version.number} is published."
    return KEPT
