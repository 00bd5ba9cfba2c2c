"""The page that reports a problem; the apps above say with what, and where it leads back to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lms.people import patience
from lms.people.refusals import Refusal
from lms.problems import actions, rules
from lms.problems.actions import Subject
from lms.problems.forms import ReportForm
from lms.ui.conflict import conflict

STRANGERS_REPORTS_AN_HOUR = 5
WAIT = "Several problems were reported from where you are within an hour. Wait a while and try again."
HOUR = 3600  # seconds


def report_page(
    request: HttpRequest, subject: Subject, what: str, back: str, back_label: str
) -> HttpResponse:
    """Show the form, or take the report. `what` names the subject to its reporter, in the middle of a sentence."""
    known = request.user if request.user.is_authenticated else None
    form = ReportForm(request.POST or None, is_known=bool(known))
    desk = rules.DESKS[subject.kind][1]
    if request.method == "POST" and form.is_valid():
        if not known and patience.is_out(request, "problems", STRANGERS_REPORTS_AN_HOUR, HOUR):
            return _wait(request, back, back_label)
        try:
            actions.report(
                subject,
                form.cleaned_data["text"],
                by=known,
                email=form.cleaned_data.get("email", ""),
                at=request.at,
            )
        except Refusal as refusal:
            return conflict(request, refusal, back, back_label)
        if not known:
            patience.count(request, "problems", HOUR)
        messages.success(request, _thanks(subject, desk, bool(known or form.cleaned_data["email"])))
        return redirect(back)
    context = {
        "form": form,
        "what": what,
        "institute": subject.institute,
        "desk": desk,
        "back": back,
        "back_label": back_label,
        "earlier": _earlier(request, subject) if known else (),
    }
    return render(request, "problems/report.html", context)


def _thanks(subject: Subject, desk: str, has_address: bool) -> str:
    answer = " You will have an answer by e-mail." if has_address else ""
    return f"Thank you. Your report lies with the {desk} of {subject.institute}.{answer}"


def _earlier(request: HttpRequest, subject: Subject) -> object:
    own = request.user.problems.filter(subject=subject.uuid)
    return own.select_related("words", "answer__words").order_by("-reported_at")[:5]


def _wait(request: HttpRequest, back: str, back_label: str) -> HttpResponse:
    context = {"message": WAIT, "action_url": back, "action_label": back_label}
    response = render(request, "problems/wait.html", context, status=429)
    response["Retry-After"] = str(HOUR)
    return response
