"""A learner's competency profile: what they have been seen to do, what shows it, and what comes next.

Nobody sees this page but the learner; a line manager's map (`lms.views.team`) shows levels and dates alone.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.models.profiles import answers_of, claims_of, decisions_of, marks_of
from assessments.profile import Evidence, Shown, Source, profile_on
from courses.models import Behaviour, Competency, Domain, Framework, Level
from lms.people.models import User
from lms.views.profile_map import LOOKS, Row, Tile, competency_map, swatch
from lms.views.profile_next import next_certificate, suggestions

ADDRESSES = {
    Source.QUIZ: "/my/attempts/{}/",
    Source.WORK: "/my/submissions/{}/",
    Source.SCENARIO: "/my/cases/{}/",
}


@dataclass(frozen=True)
class Line:
    """One piece of evidence as it is read."""

    evidence: Evidence
    level: str
    url: str


@dataclass(frozen=True)
class Standing:
    """One competency as it is read: what it shows, by what, and what the next level looks like."""

    competency: Competency
    shown: Shown
    next_level: str
    next_behaviour: str

    @property
    def state(self) -> str:
        """A key of LOOKS."""
        return self.shown.level or ("lapsed" if self.shown.lapsed else "")

    @property
    def word(self) -> str:
        return LOOKS[self.state].word

    @property
    def lines(self) -> list[Line]:
        return [_line(each) for each in self.shown.evidence]

    @property
    def said(self) -> list[tuple[str, str, date]]:
        """Who says which level, and since when: the latest word of each."""
        latest = {each.by: each for each in reversed(self.shown.claims)}
        return [
            (who, Level(latest[by].level).label, latest[by].on)
            for by, who in (("self", "You"), ("manager", "Your manager"))
            if by in latest
        ]

    @property
    def lapsed(self) -> list[Line]:
        return [_line(each) for each in self.shown.lapsed]


@require_safe
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    person: User = request.user  # type: ignore[assignment]
    on = timezone.localdate(request.at)  # type: ignore[attr-defined]
    frameworks = _frameworks_of(person)
    chosen = _chosen(frameworks, request.GET.get("of", ""))
    context: dict[str, Any] = {"frameworks": frameworks, "chosen": chosen, "on": on}
    if chosen:
        standings = _standings(person, chosen, on)
        domains = [(domain, list(group)) for domain, group in groupby(standings, _domain)]
        by_code = {each.competency.code: each.shown for each in standings}
        missing = [code for code, shown in by_code.items() if not shown.level]
        context |= {
            "domains": domains,
            "map": competency_map(f"Map of your competencies in {chosen.title}", _rows(domains)),
            "legend": _legend(standings),
            "total": len(standings),
            "done": len(standings) - len(missing),
            "percent": 100 * (len(standings) - len(missing)) // len(standings),
            "next": next_certificate(person, chosen.institute, by_code, at=request.at),  # type: ignore[attr-defined]
            "lessons": suggestions(person, chosen.institute, missing),
        }
    return render(request, "lms/profile.html", context)


def _frameworks_of(person: User) -> list[Framework]:
    """The published frameworks of the institutes whose courses the person takes or took."""
    mine = Framework.objects.filter(
        institute__courses__enrolments__learner=person, versions__isnull=False
    ).distinct()
    return list(mine.select_related("institute").order_by("institute__name", "title"))


def _chosen(frameworks: list[Framework], uuid: str) -> Framework | None:
    """The framework that the address names, else the first; somebody else's is not found."""
    if not uuid:
        return next(iter(frameworks), None)
    found = next((each for each in frameworks if str(each.uuid) == uuid), None)
    if found is None:
        raise Http404
    return found


def _standings(person: User, framework: Framework, on: date) -> list[Standing]:
    """Every competency of the newest version, in its order."""
    newest = framework.versions.latest("number")
    behaviours = Behaviour.objects.filter(version=newest).select_related("competency__domain")
    competencies = {each.competency.code: each.competency for each in behaviours}
    texts = {(each.competency.code, each.level): each.text for each in behaviours}
    shown = profile_on(
        on,
        sorted(competencies, key=lambda code: (competencies[code].domain.code, code)),
        answers=answers_of(person, framework),
        marks=marks_of(person, framework),
        others=decisions_of(person, framework),
        claims=claims_of(person, framework),
    )
    return [
        Standing(
            competencies[code],
            each,
            Level(each.next_level).label if each.next_level else "",
            texts.get((code, each.next_level or ""), ""),
        )
        for code, each in shown.items()
    ]


def _domain(standing: Standing) -> Domain:
    return standing.competency.domain


def _rows(domains: list[tuple[Domain, list[Standing]]]) -> list[Row]:
    return [
        Row(
            domain.code,
            domain.title,
            [Tile(each.competency.code, each.competency.title, each.state) for each in standings],
        )
        for domain, standings in domains
    ]


def _legend(standings: list[Standing]) -> list[dict[str, object]]:
    """Each state with how many competencies are in it; lapsed only where something is."""
    states = [each.state for each in standings]
    return [
        {"word": look.word, "count": states.count(state), "swatch": swatch(state)}
        for state, look in LOOKS.items()
        if state != "lapsed" or state in states
    ]


def _line(evidence: Evidence) -> Line:
    address = ADDRESSES.get(evidence.source, "")
    return Line(evidence, Level(evidence.level).label, address.format(evidence.reference))
