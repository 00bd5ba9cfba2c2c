"""The quality desk: batches, their samples, and the decisions on sampled marking; candidates by number until release."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessments import rules
from assessments.actions import quality, release
from assessments.forms.bands import band_name
from assessments.forms.quality import AgreeForm, OverturnForm
from assessments.models import Batch, JudgedWork, Marking, PassedOver, judged, with_judgement
from assessments.views.files import neutrally, with_addresses
from assessments.views.paper import paper
from lms.people import access
from lms.people.access import institute_view
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui.conflict import conflict

RELEASED_SHOWN = 10
PASSED_OVER_SINCE = timedelta(days=90)


@institute_view(Permission.READ_QUALITY)
def quality_desk(request: HttpRequest, institute: Institute) -> HttpResponse:
    batches = list(_counted(Batch.objects.filter(institute=institute)).exclude(state=Batch.State.RELEASED))
    released = _counted(Batch.objects.filter(institute=institute, state=Batch.State.RELEASED))
    context = {
        "institute": institute,
        "filling": [each for each in batches if each.is_open],
        "in_check": [each for each in batches if each.is_closed and each.left],
        "ready": [each for each in batches if each.is_closed and not each.left],
        "released": released.order_by("-released_at")[:RELEASED_SHOWN],
        "closes_at": quality.CLOSES_AT,
        "closes_after": quality.CLOSES_AFTER.days,
        "stuck": rules.unmarkable(institute, request.at),
        "passed_over": _passed_over(institute, request),
        "has_lead": access.people_who(Permission.RELEASE_RESULTS, institute).exists(),
    }
    return render(request, "assessments/quality_desk.html", context)


@institute_view(Permission.READ_QUALITY)
def batch_detail(request: HttpRequest, institute: Institute, batch: UUID) -> HttpResponse:
    found = _batch(institute, batch)
    markings = with_judgement(found.markings.select_related("submission", "assessor", "sampled"))
    rows = [Row(each, judged(each)) for each in markings.order_by("recorded_at")]
    is_ready = found.is_closed and not found.left
    wrong, chance = (0, 0) if found.is_open else quality.chance_of_noticing(found)
    context = {
        "institute": institute,
        "batch": found,
        "sample": [row for row in rows if row.is_sampled],
        "others": [row for row in rows if not row.is_sampled],
        "is_ready": is_ready,
        "wrong": wrong,
        "chance": chance,
        "may_close": found.is_open and rules.may_close(request.user, found),
        "may_release": is_ready and rules.may_release(request.user, found),
        "stuck": rules.uncheckable(found) if found.is_closed else [],
        "closes_at": quality.CLOSES_AT,
    }
    return render(request, "assessments/batch.html", context)


@institute_view(Permission.RELEASE_RESULTS)
def batch_close(request: HttpRequest, institute: Institute, batch: UUID) -> HttpResponse:
    found = _batch(institute, batch)
    if request.method == "POST":
        try:
            quality.close(found, by=request.user, at=request.at)
        except quality.NotClosable as refusal:
            return _back_to_batch(request, institute, found, refusal)
        messages.success(request, "The batch is closed and its sample is drawn.")
        return redirect("batch_detail", institute.slug, found.uuid)
    if not found.is_open:
        return _back_to_batch(
            request, institute, found, "This batch is closed already, and its sample is drawn."
        )
    return render(request, "assessments/batch_close.html", {"institute": institute, "batch": found})


@institute_view(Permission.RELEASE_RESULTS)
def batch_release(request: HttpRequest, institute: Institute, batch: UUID) -> HttpResponse:
    found = _batch(institute, batch)
    if request.method == "POST":
        try:
            results = release.release(found, by=request.user, at=request.at)
        except release.NotReleasable as refusal:
            return _back_to_batch(request, institute, found, refusal)
        messages.success(request, _told(len(results)))
        return redirect("batch_detail", institute.slug, found.uuid)
    if not found.is_closed or found.left:
        return _back_to_batch(
            request, institute, found, "Results are released when every sampled marking is decided."
        )
    works = [judged(each) for each in with_judgement(found.markings.all())]
    context = {
        "institute": institute,
        "batch": found,
        "competent": sum(work.is_competent for work in works),
        "not_yet": sum(not work.is_competent for work in works),
    }
    return render(request, "assessments/batch_release.html", context)


@institute_view(Permission.READ_QUALITY)
def quality_marking(request: HttpRequest, institute: Institute, marking: UUID) -> HttpResponse:
    """One marking beside its work; who may decide it finds the two ways to do so."""
    found = _marking(institute, marking)
    return render(
        request, "assessments/quality_marking.html", _marking_context(request, institute, found, AgreeForm())
    )


@institute_view(Permission.READ_QUALITY)
def quality_file(request: HttpRequest, institute: Institute, marking: UUID, place: int) -> HttpResponse:
    """A file of the work beside a marking, for whoever may read the marking."""
    return neutrally(_marking(institute, marking).submission, place)


@institute_view(Permission.ASSURE_QUALITY)
def quality_agree(request: HttpRequest, institute: Institute, marking: UUID) -> HttpResponse:
    found = _checkable(request, institute, marking)
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return redirect("quality_marking", institute.slug, found.uuid)
    if not form.is_valid():
        return render(
            request, "assessments/quality_marking.html", _marking_context(request, institute, found, form)
        )
    try:
        quality.agree(found, by=request.user, at=request.at, note=form.cleaned_data["note"])
    except quality.NotCheckable as refusal:
        return _back_to_batch(request, institute, found.batch, refusal)
    messages.success(request, f"The marking of candidate {found.submission.candidate_number} stands.")
    return redirect("batch_detail", institute.slug, found.batch.uuid)


@institute_view(Permission.ASSURE_QUALITY)
def quality_overturn(request: HttpRequest, institute: Institute, marking: UUID) -> HttpResponse:
    found = _checkable(request, institute, marking)
    if found.decisions.all() or not found.batch.is_closed:
        return _back_to_batch(request, institute, found.batch, "This marking is not to be decided now.")
    work = judged(found)
    given = {band_name(each.criterion): each.band for each in work.criteria}
    initial = {**given, "is_unsafe": work.is_unsafe}
    form = OverturnForm(
        [each.criterion for each in work.criteria],
        request.POST if request.method == "POST" else None,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            quality.overturn(found, **form.decided(), by=request.user, at=request.at)
        except quality.NothingOverturned as refusal:
            form.add_error(None, str(refusal))
        except quality.NotCheckable as refusal:
            return _back_to_batch(request, institute, found.batch, refusal)
        else:
            messages.success(
                request, f"The marking of candidate {found.submission.candidate_number} is overturned."
            )
            return redirect("batch_detail", institute.slug, found.batch.uuid)
    context = {**_marking_context(request, institute, found, form), "given": work}
    return render(request, "assessments/quality_overturn.html", context)


@dataclass(frozen=True)
class Row:
    """A marking of a batch as the list shows it."""

    marking: Marking
    work: JudgedWork

    @property
    def is_sampled(self) -> bool:
        return hasattr(self.marking, "sampled")

    @property
    def is_decided(self) -> bool:
        return self.work.decision is not None


def _passed_over(institute: Institute, request: HttpRequest) -> list[tuple[str, int, str]]:
    """Who passed work over lately, how often, and for which reasons; for those who lead."""
    if not access.can(request.user, Permission.RELEASE_RESULTS, institute):
        return []
    since = request.at - PASSED_OVER_SINCE
    found = PassedOver.objects.filter(institute=institute, at__gte=since).select_related("assessor")
    reasons: dict[str, list[str]] = {}
    for each in found.order_by("assessor__last_name", "at"):
        reasons.setdefault(str(each.assessor), []).append(each.get_reason_display())
    return [(who, len(said), ", ".join(dict.fromkeys(said))) for who, said in reasons.items()]


def _told(results: int) -> str:
    if results == 1:
        return "1 result is released, and the learner has been written to."
    return f"{results} results are released, and the learners have been written to."


def _counted(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """Batches with how many markings they hold, how many are sampled, and how many of these are decided and left."""
    sampled = Q(markings__sampled__isnull=False)
    return batches.select_related("assignment", "closed_by", "released_by").annotate(
        size=Count("markings"),
        sampled=Count("markings", filter=sampled),
        done=Count("markings", filter=sampled & Q(markings__decisions__isnull=False)),
        left=Count("markings", filter=sampled & Q(markings__decisions__isnull=True)),
    )


def _batch(institute: Institute, batch: UUID) -> Batch:
    return get_object_or_404(_counted(Batch.objects.filter(institute=institute)), uuid=batch)


def _marking(institute: Institute, marking: UUID) -> Marking:
    markings = with_judgement(Marking.objects.filter(institute=institute)).select_related(
        "submission__content",
        "submission__assignment",
        "submission__version__rubric_version__rubric",
        "assessor",
        "batch__institute",
        "institute",
        "sampled",
    )
    return get_object_or_404(markings, uuid=marking)


def _checkable(request: HttpRequest, institute: Institute, marking: UUID) -> Marking:
    """A marking that this person may decide; 403 for the assessor who made it and for whoever has a stake."""
    found = _marking(institute, marking)
    if not rules.may_check(request.user, found):
        raise PermissionDenied(
            "You may not check this marking: you made it, or you have a stake in the learner."
        )
    return found


def _marking_context(
    request: HttpRequest, institute: Institute, found: Marking, form: object
) -> dict[str, object]:
    is_waiting = found.batch.is_closed and hasattr(found, "sampled") and not found.decisions.all()
    may_check = rules.may_check(request.user, found)
    return {
        "institute": institute,
        "marking": found,
        "submission": found.submission,
        "batch": found.batch,
        "judged": judged(found),
        "work": paper(found.submission.content.text),
        "files": with_addresses(found.submission, "quality_file", institute.slug, found.uuid),
        "form": form,
        "may_decide": is_waiting and may_check,
        "is_own": found.assessor_id == request.user.pk,
        "is_barred": is_waiting
        and not may_check
        and access.can(request.user, Permission.ASSURE_QUALITY, institute),
    }


def _back_to_batch(
    request: HttpRequest, institute: Institute, batch: Batch, refusal: Refusal | str
) -> HttpResponse:
    return conflict(
        request, refusal, f"/at/{institute.slug}/quality/batches/{batch.uuid}/", "Back to the batch"
    )
