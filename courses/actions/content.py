"""Writing the files' pages into the tree, without ever writing over what a person wrote in the CMS.

A page remembers the digest of what the loader last wrote. While its latest revision still has that
digest, the file rules; once somebody has edited it, the page is theirs until an operator says otherwise.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.content_files.folders import place_of, slug_of
from courses.content_files.reports import LeftAlone, Report

# Written by the CMS's editor into every paragraph that it saves.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


@dataclass(frozen=True)
class Wanted:
    """A page as a file says it: `path` is the file's, below the content folder; `fields` are the page's own."""

    model: type[Page]
    slug: str
    path: str
    fields: dict[str, Any]


@transaction.atomic
def write_page(parent: Page, wanted: Wanted, report: Report, *, overwrite: bool = False) -> Page | None:
    """Make the page or bring it up to date, published; None where a person's own page was left alone."""
    page = _found(parent, wanted)
    if page is None:
        return _made(parent, wanted, report)
    if why := not overwrite and _touched_by_a_person(page, wanted):
        report.left_alone.append(_left_alone(page, str(why)))
        return page if isinstance(page, wanted.model) else None
    return _brought_up_to_date(page, wanted, report)


@transaction.atomic
def unpublish_gone(parent: Page, model: type[Page], slugs: set[str], report: Report) -> None:
    """Take pages off the site whose file has gone; one that a person has edited stays."""
    for page in model.objects.child_of(parent).live().exclude(content_digest=""):
        if slug_of_path(page.content_path) in slugs:
            continue
        # Only a person's revision names a user: the loader's own does not.
        if page.latest_revision and page.latest_revision.user_id:
            report.left_alone.append(_left_alone(page, "gone from the files, but edited in the CMS"))
            continue
        page.unpublish()
        # The empty digest says that the files did it: they may publish the page again.
        model.objects.filter(pk=page.pk).update(content_digest="")
        report.unpublished.append(page.title)


def place_step(module: Page, page: Page, position: int) -> Page:
    """Put a step under the module, by the number in front of its file's name; adds it if it is new."""
    if page.pk is None:
        module.add_child(instance=page)
    put_in_order(module, {page.pk: position})
    return page


def put_in_order(parent: Page, places: dict[int, int] | None = None) -> None:
    """Order the pages under this one as their files are; pages without a file keep to their neighbour."""
    known = places or {}
    children = [
        (child, known.get(child.pk, _place(child)))
        for child in parent.get_children().order_by("path").specific()
    ]
    wanted, last = [], -1
    for index, (child, place) in enumerate(children):
        last = place if place is not None else last
        wanted.append((last, place is None, index, child.pk))
    order = [pk for *_, pk in sorted(wanted)]
    here = [child.pk for child, _ in children]
    for index, pk in enumerate(order):
        if here[index] != pk:
            Page.objects.get(pk=pk).move(Page.objects.get(pk=here[index]), pos="left")
            here.remove(pk)
            here.insert(index, pk)


def fingerprint(page: Page, names: list[str]) -> str:
    """The digest of the page's own words; block ids and the editor's marks are no words."""
    values = {name: _canonical(page, name) for name in names}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def slug_of_path(path: str) -> str:
    """The lasting name in a content path: a module's and a course's is its folder's."""
    *folders, name = path.split("/")
    return slug_of(folders[-1] if name in {"course.toml", "module.toml"} else name)


def _found(parent: Page, wanted: Wanted) -> Page | None:
    """By address; or by file, where an author has changed the address."""
    slugs = {page.slug: page for page in parent.get_children()}
    if wanted.slug in slugs:
        return slugs[wanted.slug].specific
    pages = wanted.model.objects.child_of(parent).exclude(content_path="")
    return next((page for page in pages if slug_of_path(page.content_path) == wanted.slug), None)


def _made(parent: Page, wanted: Wanted, report: Report) -> Page:
    page = wanted.model(slug=wanted.slug, **wanted.fields)
    _stamp(page, wanted)
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    report.made.append(page.title)
    return page


def _brought_up_to_date(page: Page, wanted: Wanted, report: Report) -> Page:
    digest, path = page.content_digest, page.content_path
    # What a person published keeps the digest of the file: only the words tell that they differ.
    stood = fingerprint(page, list(wanted.fields))
    for name, value in wanted.fields.items():
        setattr(page, name, value)
    _stamp(page, wanted)
    if not page.content_digest == digest == stood or page.has_unpublished_changes or not page.live:
        page.save_revision().publish()
        report.changed.append(page.title)
        page.refresh_from_db()
    else:
        report.unchanged += 1
        if page.content_path != path:
            type(page).objects.filter(pk=page.pk).update(content_path=page.content_path)
    return page


def _touched_by_a_person(page: Page, wanted: Wanted) -> str:
    """Why the page is a person's own by now, empty while the files rule."""
    if not isinstance(page, wanted.model) or not page.content_path:
        return "written in the CMS, at the address that a file wants"
    if not page.content_digest:
        return ""
    if fingerprint(page.get_latest_revision_as_object(), list(wanted.fields)) != page.content_digest:
        return "edited in the CMS"
    return "" if page.live else "unpublished in the CMS"


def _left_alone(page: Page, why: str) -> LeftAlone:
    revision = page.latest_revision
    if revision is None:
        return LeftAlone(page.title, why)
    return LeftAlone(page.title, why, str(revision.user or ""), revision.created_at)


def _stamp(page: Page, wanted: Wanted) -> None:
    page.content_path = wanted.path
    page.content_digest = fingerprint(page, list(wanted.fields))


def _place(page: Page) -> int | None:
    path = getattr(page, "content_path", "")
    if not path:
        return None
    *folders, name = path.split("/")
    return place_of(folders[-1] if name == "module.toml" else name)


def _canonical(page: Page, name: str) -> Any:
    field = type(page)._meta.get_field(name)  # noqa: SLF001 - Django's public name for it
    value = getattr(page, name)
    if isinstance(field, StreamField):
        return _without_ids(value.get_prep_value())
    if isinstance(field, models.ManyToManyField):
        return sorted(each.pk for each in value.all())
    if isinstance(field, models.ForeignKey):
        return getattr(page, field.attname)
    return _without_ids(value)


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_ids(each) for key, each in value.items() if key != "id"}
    if isinstance(value, list):
        return [_without_ids(each) for each in value]
    return BLOCK_KEY.sub("", value) if isinstance(value, str) else value
