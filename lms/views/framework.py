"""An institute's competency framework, to be read: the version in force, those before it, and what differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessments.views.differences import Run, runs_between
from courses.competencies import LEVELS, Change, Part, Skill, Wording, changes
from courses.models import Framework, FrameworkDraft, FrameworkVersion, Level
from lms.people.access import can, institute_view
from lms.people.models import Institute
from lms.people.roles import Permission
from lms.ui.spreadsheets import csv_response
from lms.views.framework_use import Use, uses_of

COLUMNS = (
    "Domain",
    "Domain title",
    "Domain sentence",
    "Anchors",
    "Code",
    "Competency",
    *(Level(level).label for level in LEVELS),
)
TESTS = {
    "foundation": "Explains and applies with guidance; knows when to stop and ask.",
    "practitioner": "Does it alone, adapts to context, produces evidence others can check.",
    "lead": "Sets conditions for others to do it well; answers publicly for results.",
}
"""What each level asks of a person, whatever the competency."""


@dataclass(frozen=True)
class Entry:
    """One competency as it is read: its behaviours by the level's name, and what rests on it."""

    skill: Skill
    use: Use | None

    @property
    def behaviours(self) -> list[tuple[str, str, str]]:
        """Key and name of each level, and what somebody could see at it."""
        return [(level, Level(level).label, text) for level, text in self.skill.behaviours]


@dataclass(frozen=True)
class Difference:
    """What is said differently of one competency or domain, word by word; `kind` is added, retired or changed."""

    code: str
    title: str
    kind: str
    changes: tuple[tuple[str, tuple[Run, ...]], ...]
    reason: str = ""


@require_safe
@institute_view()
def framework(request: HttpRequest, institute: Institute) -> HttpResponse:
    frameworks = list(
        Framework.objects.filter(institute=institute, versions__isnull=False)
        .select_related("institute")
        .order_by("title")
        .distinct()
    )
    if not frameworks:
        return render(request, "lms/framework_none.html", {"institute": institute})
    wanted = request.GET.get("of", "")
    chosen = next((each for each in frameworks if wanted in {"", str(each.uuid)}), None)
    if chosen is None:
        raise Http404
    return _read(request, chosen, chosen.versions.last(), frameworks)


@require_safe
@institute_view()
def framework_version(request: HttpRequest, institute: Institute, uuid: UUID, version: int) -> HttpResponse:
    chosen = framework_at(institute, uuid)
    return _read(request, chosen, get_object_or_404(chosen.versions, number=version), [chosen])


@require_safe
@institute_view()
def framework_compare(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    chosen = framework_at(institute, uuid)
    versions = list(chosen.versions.select_related("publication").order_by("-number"))
    after = _picked(versions, request.GET.get("to", ""), versions[0])
    before = _picked(versions, request.GET.get("from", ""), versions[min(1, len(versions) - 1)])
    context = {
        "institute": institute,
        "framework": chosen,
        "versions": versions,
        "choices": [("from", "From", before), ("to", "To", after)],
        "before": before,
        "after": after,
        "differences": differences(before.publication.wording, _with_all_retired(after, versions)),
    }
    return render(request, "lms/framework_compare.html", context)


@require_safe
@institute_view()
def framework_csv(request: HttpRequest, institute: Institute, uuid: UUID) -> HttpResponse:
    """What the draft says to those who keep it, else the version in force: a line for each competency."""
    chosen = framework_at(institute, uuid)
    draft = FrameworkDraft.objects.filter(framework=chosen).first()
    newest = chosen.versions.last()
    if "draft" in request.GET and draft and can(request.user, Permission.KEEP_FRAMEWORK, institute):
        return csv_response(f"{chosen.slug}-draft.csv", COLUMNS, rows_of(draft.wording))
    return csv_response(
        f"{chosen.slug}-version-{newest.number}.csv", COLUMNS, rows_of(newest.publication.wording)
    )


def framework_at(institute: Institute, uuid: UUID) -> Framework:
    """The institute's own, published at least once; anything else is not found."""
    published = Framework.objects.filter(institute=institute, versions__isnull=False).distinct()
    return get_object_or_404(published.select_related("institute"), uuid=uuid)


def rows_of(said: Wording) -> Iterator[tuple[str, ...]]:
    """A line for each competency, as COLUMNS names it."""
    for part in said.parts:
        for skill in part.skills:
            yield (
                part.code,
                part.title,
                part.sentence,
                "\n".join(part.anchor_lines),
                skill.code,
                skill.title,
                *(text for _level, text in skill.behaviours),
            )


def differences(before: Wording, after: Wording) -> list[Difference]:
    """What the later says differently, gathered by the competency or domain that it is about."""
    gathered: dict[str, list[Change]] = {}
    for change in changes(before, after):
        gathered.setdefault(change.code, []).append(change)
    return [_difference(code, found, before, after) for code, found in gathered.items()]


def _difference(code: str, found: list[Change], before: Wording, after: Wording) -> Difference:
    title = found[0].title
    if found[0].what == "Retired":
        return Difference(code, title, "retired", (), found[0].after)
    known = {"", *before.skills, *(part.code for part in before.parts)}
    said = tuple((each.what, tuple(runs_between(each.before, each.after))) for each in found)
    return Difference(code, title, "changed" if code in known else "added", said)


def _read(
    request: HttpRequest, chosen: Framework, version: FrameworkVersion, frameworks: Iterable[Framework]
) -> HttpResponse:
    institute = chosen.institute
    said = version.publication.wording
    versions = list(chosen.versions.select_related("publication__by").order_by("-number"))
    is_newest = version == versions[0]
    may_write = can(request.user, Permission.KEEP_FRAMEWORK, institute)
    context: dict[str, Any] = {
        "institute": institute,
        "framework": chosen,
        "frameworks": list(frameworks),
        "version": version,
        "versions": versions,
        "is_newest": is_newest,
        "said": said,
        "parts": _entries(said.parts, uses_of(chosen) if is_newest else None),
        "levels": [(level, Level(level).label, TESTS[level]) for level in LEVELS],
        "domain_count": len(said.parts),
        "competency_count": len(said.skills),
        "behaviour_count": len(said.skills) * len(LEVELS),
        "may_write": may_write and is_newest,
        "draft": FrameworkDraft.objects.filter(framework=chosen).first() if may_write else None,
    }
    return render(request, "lms/framework.html", context)


def _entries(parts: Iterable[Part], uses: dict[str, Use] | None) -> list[tuple[Part, list[Entry]]]:
    return [
        (part, [Entry(skill, uses[skill.code] if uses is not None else None) for skill in part.skills])
        for part in parts
    ]


def _with_all_retired(version: FrameworkVersion, versions: list[FrameworkVersion]) -> Wording:
    """What it says, with everything that was ever retired before it, so that each says why."""
    earlier = [each.publication.wording for each in versions if each.number <= version.number]
    retired = tuple(gone for said in earlier for gone in said.retired)
    return replace(version.publication.wording, retired=retired)


def _picked(versions: list[FrameworkVersion], number: str, otherwise: FrameworkVersion) -> FrameworkVersion:
    """The version of this number; what is no version of this framework falls back."""
    return next((each for each in versions if str(each.number) == number), otherwise)
