"""The CMS's groups, derived from roles: nobody edits them by hand.

An institute has a group for its authors and one for its administrators. Authors draft at the
institute's page and below and cannot publish; administrators publish what somebody else drafted. Each
group may add pictures and documents in the institute's own collection and sees no other's. Answer keys,
submissions and people are not in the CMS at all.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from lms.people.bodies import Body
from lms.people.models import Institute, User
from lms.people.roles import Role

PAGE_RIGHTS = {
    Role.AUTHOR: ("add_page", "change_page"),
    Role.ADMINISTRATOR: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
COLLECTION_RIGHTS = ("add_image", "choose_image", "add_document", "choose_document")


def keep(person: User, body: Body) -> None:
    """Put a person into the groups that their roles at an institute call for, and out of the others."""
    if not isinstance(body, Institute):
        return
    held = set(person.memberships.current().at(body).values_list("role", flat=True))
    for role in PAGE_RIGHTS:
        if role in held:
            group_of(role, body).user_set.add(person)
        elif group := Group.objects.filter(name=_name(role, body)).first():
            group.user_set.remove(person)


def keep_all(_at: datetime | None = None) -> None:
    """Clock work, and the last step of loading content: every group as the roles say, with its rights.

    An author may be appointed before the institute has a page; this gives the rights when it has one.
    """
    for institute in Institute.objects.all():
        for role in PAGE_RIGHTS:
            group_of(role, institute).user_set.set(_called_for(role, institute))
    _stray_members().delete()


def group_of(role: Role, institute: Institute) -> Group:
    """The group of one role at one institute with all its rights; made when it is first needed."""
    group, _ = Group.objects.get_or_create(name=_name(role, institute))
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    _grant_collection(group, institute)
    page = _page_of(institute)
    if page is not None:
        _grant_page(group, role, page)
        if role is Role.ADMINISTRATOR:
            _have_drafts_reviewed(group, page, institute)
    return group


def faults() -> Iterator[str]:
    """Where the CMS's groups and the roles differ, in sentences; nothing when they are equal."""
    for institute in Institute.objects.all():
        for role in PAGE_RIGHTS:
            name = _name(role, institute)
            inside = set(User.objects.filter(groups__name=name))
            called_for = set(_called_for(role, institute))
            yield from (f"{person} should be in the group “{name}”." for person in called_for - inside)
            yield from (f"{person} should not be in the group “{name}”." for person in inside - called_for)
    for stray in _stray_members().select_related("user", "group"):
        yield f"{stray.user} is in the group “{stray.group}”, which no role calls for."


def _called_for(role: Role, institute: Institute) -> QuerySet[User]:
    return User.objects.filter(
        memberships__institute=institute, memberships__role=role, memberships__ended_at=None
    ).distinct()


def _stray_members() -> QuerySet:
    names = [_name(role, institute) for institute in Institute.objects.all() for role in PAGE_RIGHTS]
    return User.groups.through.objects.exclude(group__name__in=names)


def _name(role: Role, institute: Institute) -> str:
    return f"{institute.slug}: {role.label.lower()}s"


def _page_of(institute: Institute) -> Page | None:
    # courses' InstitutePage names its institute; from down here only the way back is known.
    return getattr(institute, "page", None)


def _grant_page(group: Group, role: Role, page: Page) -> None:
    rights = Permission.objects.filter(codename__in=PAGE_RIGHTS[role], content_type__app_label="wagtailcore")
    _add_missing(
        GroupPagePermission, [{"group": group, "page_id": page.pk, "permission": right} for right in rights]
    )


def _grant_collection(group: Group, institute: Institute) -> None:
    collection = _collection_of(institute)
    rights = Permission.objects.filter(codename__in=COLLECTION_RIGHTS)
    _add_missing(
        GroupCollectionPermission,
        [{"group": group, "collection": collection, "permission": right} for right in rights],
    )


def _add_missing(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        model.objects.get_or_create(**row)


def _collection_of(institute: Institute) -> Collection:
    # A name need not be one institute's alone, its slug is.
    ending = f"({institute.slug})"
    found = Collection.objects.filter(depth=2, name__endswith=ending).first()
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return found or root.add_child(name=f"{institute.name} {ending}")


def _have_drafts_reviewed(administrators: Group, page: Page, institute: Institute) -> None:
    """Authors cannot publish, so “submit” must lead to somebody who can."""
    if WorkflowPage.objects.filter(page_id=page.pk).exists():
        return
    name = f"Review at {institute.name}"
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(administrators)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(page_id=page.pk, workflow=workflow)
