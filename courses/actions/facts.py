"""Keeping the source table: a fact that changed is brought up to date, one that has gone stays for who read it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from courses.content_files.markdown import typeset
from courses.content_files.reports import Report
from courses.models import Fact
from lms.people.models import Institute

COLUMNS = ("claim", "source", "as_at", "review_by", "mark")


@transaction.atomic
def keep_facts(institute: Institute, facts: Iterable[dict[str, Any]], report: Report) -> None:
    """Write the facts that are new or say something else than before; the rest is left as it is."""
    known = {fact.key: fact for fact in institute.facts.all()}
    new = []
    for values in facts:
        says = {name: values[name] for name in COLUMNS}
        says |= {name: typeset(values[name]) for name in ("claim", "source")}
        fact = known.get(values["id"])
        if fact is None:
            new.append(Fact(institute=institute, key=values["id"], **says))
        elif changed := {name: value for name, value in says.items() if getattr(fact, name) != value}:
            Fact.objects.filter(pk=fact.pk).update(**changed)
            report.changed.append(f"fact {fact.key}")
        else:
            report.unchanged += 1
    Fact.objects.bulk_create(new)
    report.made += [f"{len(new)} facts"] * bool(new)
