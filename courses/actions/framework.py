"""Publishing a competency framework: a code never changes its meaning, new wording is a new version."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from courses.models import Behaviour, Competency, Domain, Framework, FrameworkVersion, Level
from lms.people.models import Institute


@transaction.atomic
def publish_framework(
    institute: Institute, slug: str, values: dict[str, Any], *, at: datetime
) -> tuple[FrameworkVersion, bool]:
    """The version that holds what a file describes, found again by its content; and whether it is new."""
    digest = hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()
    found = FrameworkVersion.objects.filter(
        framework__institute=institute, framework__slug=slug, digest=digest
    ).first()
    if found:
        return found, False
    framework = _kept(Framework, {"institute": institute, "slug": slug}, {"title": values["title"]})
    version = FrameworkVersion.objects.create(
        framework=framework,
        number=framework.versions.count() + 1,
        as_at=values["as_at"],
        digest=digest,
        published_at=at,
    )
    Behaviour.objects.bulk_create(
        Behaviour(version=version, competency=competency, level=level, text=behaviours[level])
        for competency, behaviours in _competencies(framework, values)
        for level in Level.values
    )
    return version, True


def _competencies(framework: Framework, values: dict[str, Any]) -> list[tuple[Competency, dict[str, str]]]:
    kept = []
    for part in values["domain"]:
        domain = _kept(
            Domain,
            {"framework": framework, "code": part["code"]},
            {
                "title": part["title"],
                "sentence": part["sentence"],
                "anchors": part.get("anchors", "").strip(),
            },
        )
        for each in part["competency"]:
            key = {"domain": domain, "code": each["code"]}
            kept.append((_kept(Competency, key, {"title": each["title"]}), each))
    return kept


def _kept(model: type[Model], key: dict[str, Any], values: dict[str, Any]) -> Any:
    return model._default_manager.update_or_create(**key, defaults=values)[0]  # noqa: SLF001 - Django's public name for it
