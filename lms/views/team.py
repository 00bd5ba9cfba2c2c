"""A line manager's team on one map: at which level each person shows each competency, and until when.

Levels and dates are all there is: no score, answer, band or feedback, and no word of what somebody failed to show.
Only courses count that the person takes through this employer, as everywhere in an employer's view.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from assessments.models import Result
from assessments.models.profiles import answers_in, marks_in
from assessments.profile import profile_on, rank
from courses.competencies import Part, Skill
from courses.models import Enrolment, Framework, FrameworkVersion, Level
from lms.people.access import organisation_view
from lms.people.models import Employment, Organisation, User
from lms.people.roles import Permission
from lms.ui.spreadsheets import csv_response
from lms.views import staff
from lms.views.employer import tabs
from lms.views.profile_map import LOOKS, swatch

COLUMNS = ("Name", "Domain", "Code", "Competency", "Level", "Shown on", "Counts until")


@dataclass(frozen=True)
class Cell:
    """One competency of one person: the level that it shows today, since which day, and until which."""

    skill: Skill
    level: str
    on: date | None
    until: date | None

    @property
    def word(self) -> str:
        return LOOKS[self.level].word

    @property
    def swatch(self) -> SafeString:
        return swatch(self.level)


@dataclass(frozen=True)
class Member:
    """One person of the team, with a cell for each competency in the framework's order."""

    employment: Employment
    cells: tuple[Cell, ...]

    @property
    def name(self) -> str:
        return str(self.employment.person)

    @property
    def shown(self) -> list[Cell]:
        return [each for each in self.cells if each.level]


@dataclass(frozen=True)
class Map:
    """A team before one framework."""

    parts: tuple[Part, ...]
    members: tuple[Member, ...]

    @property
    def skills(self) -> list[Skill]:
        return [skill for part in self.parts for skill in part.skills]

    @property
    def totals(self) -> list[tuple[Skill, int]]:
        """How many of the team show each competency at any level."""
        return [
            (skill, sum(bool(member.cells[place].level) for member in self.members))
            for place, skill in enumerate(self.skills)
        ]

    @property
    def rows(self) -> Iterator[tuple[str | date | None, ...]]:
        """A line for each person and competency, as COLUMNS names it."""
        homes = {skill.code: part for part in self.parts for skill in part.skills}
        for member in self.members:
            for cell in member.cells:
                level = Level(cell.level).label if cell.level else ""
                home = homes[cell.skill.code].title
                yield member.name, home, cell.skill.code, cell.skill.title, level, cell.on, cell.until


@organisation_view(Permission.SEE_STAFF)
def team_map(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    on = timezone.localdate(request.at)
    team = team_of(request.user, organisation)
    frameworks = _frameworks(organisation, team)
    chosen = _chosen(frameworks, request.GET.get("of", ""))
    context: dict[str, Any] = {
        **tabs(request, organisation),
        "on": on,
        "team": team,
        "frameworks": frameworks,
        "chosen": chosen,
        "map": map_of(organisation, team, chosen, on) if chosen else None,
        "legend": [(look.word, swatch(state)) for state, look in LOOKS.items() if state != "lapsed"],
    }
    return render(request, "lms/team_map.html", context)


@organisation_view(Permission.SEE_STAFF)
def team_export(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The same as a CSV file: a line for each person and competency."""
    on = timezone.localdate(request.at)
    team = team_of(request.user, organisation)
    chosen = _chosen(_frameworks(organisation, team), request.GET.get("of", ""))
    rows = map_of(organisation, team, chosen, on).rows if chosen else ()
    return csv_response(f"team-{organisation.slug}-{on}.csv", COLUMNS, rows)


def team_of(manager: User, organisation: Organisation) -> list[Employment]:
    """The people who work here now, have accepted that, and name this line manager; by name."""
    return list(staff.employed(organisation).filter(line_manager=manager))


def map_of(organisation: Organisation, team: Sequence[Employment], framework: Framework, on: date) -> Map:
    """The team's map on a day, in as many queries for thirty people as for one."""
    newest = FrameworkVersion.objects.filter(framework=framework).select_related("publication").last()
    assert newest is not None  # noqa: S101 - only published frameworks are chosen
    said = newest.publication.wording
    results = Result.objects.standing().filter(enrolment__in=_enrolments(organisation, team))
    answers, marks = answers_in(results, framework), marks_in(results, framework)
    return Map(
        said.parts,
        tuple(_member(employment, said.skills, on, answers=answers, marks=marks) for employment in team),
    )


def _member(
    employment: Employment,
    skills: dict[str, Skill],
    on: date,
    *,
    answers: dict[int, list],
    marks: dict[int, list],
) -> Member:
    key = employment.person_id
    shown = profile_on(on, skills, answers=answers.get(key, ()), marks=marks.get(key, ()))
    cells = []
    for code, each in shown.items():
        days = [piece.on for piece in each.evidence if rank(piece.level) == each.rank]
        cells.append(Cell(skills[code], each.level or "", max(days, default=None), each.until))
    return Member(employment, tuple(cells))


def _enrolments(organisation: Organisation, team: Sequence[Employment]) -> Any:
    people = [each.person_id for each in team]
    return Enrolment.objects.visible_to_employer(organisation).filter(learner__in=people).order_by()


def _frameworks(organisation: Organisation, team: Sequence[Employment]) -> list[Framework]:
    """Those of the institutes whose courses the team takes through this employer."""
    found = Framework.objects.filter(
        institute__courses__enrolments__in=_enrolments(organisation, team), versions__isnull=False
    )
    return list(found.select_related("institute").order_by("institute__name", "title").distinct())


def _chosen(frameworks: list[Framework], uuid: str) -> Framework | None:
    """The framework that the address names, else the first; any other is not found."""
    if not uuid:
        return next(iter(frameworks), None)
    found = next((each for each in frameworks if str(each.uuid) == uuid), None)
    if found is None:
        raise Http404
    return found
