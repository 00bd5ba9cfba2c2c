"""Publishing a competency framework: a code never changes its meaning, new wording is a new version.

It is written in files or as a draft at the desk. A draft is published by somebody who wrote none of it,
or by a writer who says why nobody else did.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from courses.competencies import LEVELS, Skill, Wording, changes, faults, wording_of_file
from courses.models import (
    Behaviour,
    Competency,
    Domain,
    Framework,
    FrameworkDraft,
    FrameworkVersion,
    Publication,
)
from courses.models.framework import stored
from lms.audit import chain
from lms.audit.trail import record
from lms.people.models import Institute, User
from lms.people.refusals import Refusal


class DraftStale(Refusal):
    """Somebody changed or published the draft since it was looked at."""


class DraftRefused(Refusal):
    """The draft cannot say this, or cannot be published by this person like this."""


@transaction.atomic
def publish_framework(
    institute: Institute, slug: str, values: dict[str, Any], *, at: datetime, overwrite: bool = False
) -> tuple[FrameworkVersion, bool]:
    """The newest version, and whether this made it: it says what a file describes, unless it was published at the desk.

    What the desk published stands; `overwrite` puts the file's wording after it as one more version.
    """
    digest = hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
    versions = FrameworkVersion.objects.filter(framework__institute=institute, framework__slug=slug)
    newest = versions.last()
    if newest and (_is_of(newest, digest) or (was_written_at_desk(newest) and not overwrite)):
        return newest, False
    if newest and versions.filter(digest=digest).exists():
        digest = _again(digest, newest.number + 1)
    framework = _kept(Framework, {"institute": institute, "slug": slug}, {"title": values["title"]})
    said = wording_of_file(values)
    return _published(framework, said, digest=digest, as_at=values["as_at"], at=at), True


def was_written_at_desk(version: FrameworkVersion) -> bool:
    """Whether a person published it, so that no file may take its place."""
    return Publication.objects.filter(version=version, by__isnull=False).exists()


def write_draft(framework: Framework, said: Wording, *, seen: int, by: User, at: datetime) -> None:
    """Keep what the next version is to say; `seen` is the draft's revision that was on the page, 0 for none.

    Raises DraftRefused for what no version may say, DraftStale where somebody was faster.
    """
    wrong = [*faults(said), *_codes_used_before(framework, said)]
    if wrong:
        raise DraftRefused(" ".join(wrong))
    with transaction.atomic():
        if seen:
            _write_on(framework, said, seen, by, at)
        else:
            _begin(framework, said, by, at)
        draft = FrameworkDraft.objects.get(framework=framework)
        draft.writers.add(by)
        facts = {"revision": draft.revision}
        record("framework.drafted", framework, by=by, at=at, institute=framework.institute, facts=facts)


def drop_draft(framework: Framework, *, seen: int, by: User, at: datetime) -> None:
    """Throw the draft away; the version in force stays as it is. Raises DraftStale."""
    with transaction.atomic():
        _taken(framework, seen).delete()
        record("framework.draft_dropped", framework, by=by, at=at, institute=framework.institute)


def publish_draft(
    framework: Framework, *, seen: int, seen_version: int, reason: str, by: User, at: datetime
) -> FrameworkVersion:
    """Make the draft the next version. Raises DraftStale, and DraftRefused where nothing changes or a reason is missing."""
    with transaction.atomic():
        draft = _taken(framework, seen)
        newest = framework.versions.last()
        if newest is None or newest.number != seen_version:
            raise DraftStale("Another version has been published meanwhile. Read what differs from it first.")
        said = draft.wording
        if not changes(newest.publication.wording, said):
            raise DraftRefused("The draft says what the version in force says. Change something first.")
        if needs_reason(draft, by) and not reason.strip():
            raise DraftRefused(
                "You wrote part of this draft. Let somebody else publish it, or say why nobody else reads it first."
            )
        draft.delete()
        digest = chain.digest({"number": newest.number + 1, "content": draft.content})
        framework.title = said.title
        framework.save(update_fields=["title"])
        version = _published(
            framework, said, digest=digest, as_at=timezone.localdate(at), at=at, by=by, reason=reason.strip()
        )
        facts = {"number": version.number, "digest": digest}
        record("framework.published", framework, by=by, at=at, institute=framework.institute, facts=facts)
    return version


def needs_reason(draft: FrameworkDraft, person: User) -> bool:
    """Whether this person wrote some of it, so that nobody else has read it all."""
    return draft.writers.filter(pk=person.pk).exists()


def _is_of(version: FrameworkVersion, digest: str) -> bool:
    return version.digest in {digest, _again(digest, version.number)}


def _again(digest: str, number: int) -> str:
    """The digest of a version that says what an earlier one said: no two versions have the same."""
    return hashlib.sha256(f"{number} {digest}".encode()).hexdigest()


def _begin(framework: Framework, said: Wording, by: User, at: datetime) -> None:
    try:
        with transaction.atomic():
            FrameworkDraft.objects.create(
                framework=framework, content=stored(said), changed_by=by, changed_at=at
            )
    except IntegrityError:
        raise DraftStale("Somebody has begun a draft meanwhile. Read it first.") from None


def _write_on(framework: Framework, said: Wording, seen: int, by: User, at: datetime) -> None:
    changed = FrameworkDraft.objects.filter(framework=framework, revision=seen).update(
        content=stored(said), revision=F("revision") + 1, changed_by=by, changed_at=at
    )
    if not changed:
        raise DraftStale("Somebody has changed or published the draft meanwhile. Read it first.")


def _taken(framework: Framework, seen: int) -> FrameworkDraft:
    """The draft, held until the transaction ends, if it is still the one that was looked at."""
    draft = FrameworkDraft.objects.select_for_update().filter(framework=framework, revision=seen).first()
    if draft is None:
        raise DraftStale("Somebody has changed or published the draft meanwhile. Look at it as it is now.")
    return draft


def _codes_used_before(framework: Framework, said: Wording) -> Iterator[str]:
    newest = framework.versions.last()
    in_force = newest.publication.wording.skills if newest else {}
    known = Competency.objects.filter(domain__framework=framework).exclude(code__in=in_force)
    for code, title in known.filter(code__in=said.skills).values_list("code", "title"):
        yield (
            f"{code} was the code of “{title}” in an earlier version. "
            "A code never changes its meaning: choose one that was never used."
        )


def _published(
    framework: Framework,
    said: Wording,
    *,
    digest: str,
    as_at: date,
    at: datetime,
    by: User | None = None,
    reason: str = "",
) -> FrameworkVersion:
    version = FrameworkVersion.objects.create(
        framework=framework,
        number=framework.versions.count() + 1,
        as_at=as_at,
        digest=digest,
        published_at=at,
    )
    Publication.objects.create(version=version, content=stored(said), by=by, reason=reason)
    Behaviour.objects.bulk_create(
        Behaviour(version=version, competency=competency, level=level, text=getattr(skill, level))
        for competency, skill in _competencies(framework, said)
        for level in LEVELS
    )
    return version


def _competencies(framework: Framework, said: Wording) -> list[tuple[Competency, Skill]]:
    kept = []
    for part in said.parts:
        titles = {"title": part.title, "sentence": part.sentence, "anchors": part.anchors}
        domain = _kept(Domain, {"framework": framework, "code": part.code}, titles)
        for skill in part.skills:
            key = {"domain": domain, "code": skill.code}
            kept.append((_kept(Competency, key, {"title": skill.title}), skill))
    return kept


def _kept(model: type[Model], key: dict[str, Any], values: dict[str, Any]) -> Any:
    return model._default_manager.update_or_create(**key, defaults=values)[0]  # noqa: SLF001 - Django's public name for it
