"""An institute's settings, and the style sheet that its pages wear because of them."""

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from lms.people.access import institute_view
from lms.people.actions import institutes
from lms.people.forms import InstituteSettingsForm
from lms.people.models import Institute
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui import colours
from lms.ui.conflict import conflict

A_YEAR = 365 * 24 * 60 * 60  # seconds


@institute_view(Permission.CHANGE_SETTINGS)
def institute_settings(request: HttpRequest, institute: Institute) -> HttpResponse:
    current = institutes.settings_of(institute)
    form = InstituteSettingsForm(request.POST or None, initial={**asdict(current), "seen": current.key})
    if "try" not in request.POST and form.is_valid():
        return _saved(request, institute, form, current)
    tried = form.tried()
    found = [each.measured.colour if each.measured else "" for each in tried]
    context = {
        "institute": institute,
        "form": form,
        "tried": tried,
        "palette": colours.palette(*found),
        "enough": colours.ENOUGH,
    }
    template = "_colours_tried" if request.htmx else "institute_settings"
    return render(request, f"people/{template}.html", context)


def _saved(
    request: HttpRequest, institute: Institute, form: InstituteSettingsForm, current: institutes.Settings
) -> HttpResponse:
    given = dict(form.cleaned_data)
    back = f"/at/{institute.slug}/settings/"
    if given.pop("seen") != current.key:
        sentence = f"Somebody else has changed the settings of {institute} since you opened them."
        return conflict(request, sentence, back, "Look at the settings as they are now")
    try:
        changed = institutes.change_settings(
            institute, institutes.Settings(**given), seen=current, by=request.user, at=request.at
        )
    except Refusal as refusal:
        return conflict(request, refusal, back, "Look at the settings as they are now")
    messages.success(request, "The settings are saved." if changed else "Nothing was changed.")
    return redirect(back)


@require_safe
def brand_sheet(request: HttpRequest, institute: str, digest: str) -> HttpResponse:
    """The style sheet of an institute with colours of its own; its address changes when they do, so it keeps for a year."""
    found = get_object_or_404(Institute.objects.only("brand_colour", "accent_colour"), slug=institute)
    chosen = (found.brand_colour, found.accent_colour)
    if not digest or digest != colours.digest(*chosen):
        raise Http404
    response = HttpResponse(colours.style_sheet(*chosen), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response
