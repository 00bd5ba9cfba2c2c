"""The questions desk, for reading: the bank, one question, two of its versions. No learner stands on any of its pages."""

from collections.abc import Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assessments import rules
from assessments.forms.question_search import SearchForm
from assessments.models import AttemptQuestion, Question, QuestionReview, QuestionVersion
from assessments.views.differences import changes
from assessments.views.question_pages import Page, named, own, shown
from courses.models.outlines import address
from lms.people.access import Person, institute_view
from lms.people.models import Institute
from lms.people.roles import Permission

PAGE_LENGTH = 25
SEND_BACK = QuestionReview.Decision.SEND_BACK


@institute_view(Permission.KEEP_QUESTIONS)
def question_list(request: HttpRequest, institute: Institute) -> HttpResponse:
    form = SearchForm(institute, request.GET)
    page = Paginator(form.found(), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "institute": institute,
        "form": form,
        "page": page,
        "rows": [named(version) for version in page],
        "waiting": institute.questions.waiting().count(),
        "is_filtered": form.is_filtered(),
    }
    return render(request, "assessments/question_list.html", context)


@institute_view(Permission.KEEP_QUESTIONS)
def question_detail(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    question = own(institute, uuid)
    versions = _versions(question)
    version = _numbered(versions, request.GET.get("version")) or versions[0]
    context = {
        "institute": institute,
        "question": question,
        **named(version),
        **shown(version),
        **_standing(request.user, question, versions),
        "is_newest": version == versions[0],
        "history": _history(question, versions),
        "uses": _uses(question),
    }
    return render(request, "assessments/question.html", context)


@institute_view(Permission.KEEP_QUESTIONS)
def question_compare(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """Any two versions of a question; the newest and the one before it where nothing is asked for."""
    question = own(institute, uuid)
    versions = _versions(question)
    newer = _numbered(versions, request.GET.get("to")) or versions[0]
    before = _numbered(versions, request.GET.get("from")) or versions[min(1, len(versions) - 1)]
    context = {
        "institute": institute,
        "question": question,
        **named(versions[0]),
        "versions": versions,
        "choices": [("from", "From", before), ("to", "To", newer)],
        "before": before,
        "after": newer,
        "changes": changes(before, newer),
    }
    return render(request, "assessments/question_compare.html", context)


def _versions(question: Question) -> list[QuestionVersion]:
    """All versions, newest first, with everything that the pages say of them."""
    related = (
        "competency",
        "lesson",
        "made_by",
        "review__reviewer",
        "review__remark",
        "question__pool__institute",
    )
    return list(question.versions.select_related(*related).order_by("-number"))


def _numbered(versions: Sequence[QuestionVersion], wanted: str | None) -> QuestionVersion | None:
    """The version of this number; None where no number was given, 404 where there is no such version."""
    if not wanted:
        return None
    for version in versions:
        if str(version.number) == wanted:
            return version
    raise Http404


def _standing(person: Person, question: Question, versions: Sequence[QuestionVersion]) -> Page:
    """Where the question stands, and what this person may do about it."""
    proposed = next((each for each in versions if each.number == question.proposed), None)
    asked = next((each for each in versions if each.number == question.asked), None)
    counts = rules.needs_review(question.pool)
    is_live = question.state == Question.State.LIVE
    return {
        "proposed": proposed,
        "asked": asked,
        "may_review": proposed is not None and rules.may_review_question(person, proposed),
        "has_reviewer": proposed is not None and rules.reviewers_of(proposed).exists(),
        "is_unreviewed": bool(counts and is_live and asked and not rules.is_reviewed(asked)),
        "counts": counts,
        "is_retired": question.state == Question.State.RETIRED,
    }


def _history(question: Question, versions: Sequence[QuestionVersion]) -> list[Page]:
    """Each version with how often it was drawn, what became of it and what it changed."""
    drawn = AttemptQuestion.objects.filter(version__question=question).values_list("version")
    times = dict(drawn.annotate(times=Count("pk")))
    return [
        {
            "version": each,
            "times": times.get(each.pk, 0),
            "is_asked": each.number == question.asked and question.state == Question.State.LIVE,
            "is_waiting": each.number == question.proposed,
            "review": getattr(each, "review", None),
            "was_sent_back": hasattr(each, "review") and each.review.decision == SEND_BACK,
            "changes": changes(before, each),
        }
        for each, before in zip(versions, [*versions[1:], None], strict=True)
    ]


def _uses(question: Question) -> list[Page]:
    """The quizzes on the question's pool, each with how many attempts drew the question; no people."""
    drawn = AttemptQuestion.objects.filter(version__question=question).values_list("attempt__quiz")
    attempts = dict(drawn.annotate(attempts=Count("attempt", distinct=True)))
    live = question.pool.questions.live().count()
    return [
        {
            "title": quiz.title,
            "address": address(quiz.url_path),
            "draw": quiz.draw,
            "of": live,
            "is_practice": quiz.is_practice,
            "attempts": attempts.get(quiz.pk, 0),
        }
        for quiz in question.pool.quizzes.live().order_by("title")
    ]
