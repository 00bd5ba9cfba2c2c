"""The one place that answers "may this person?": by role, at a body.

`can` asks about one body, `bodies_where` is the same rule as a set, and the two decorators are the
doors of the desks: an outsider learns nothing (404), an insider without the function is told so (403).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from lms.people.models import Institute, Membership, Organisation, User
from lms.people.roles import PERMISSIONS, Permission, Role

Person = Any  # a User or AnonymousUser; django-stubs has no common base for the two
Body = Institute | Organisation
View = Callable[..., HttpResponse]


def memberships(person: Person) -> list[Membership]:
    """The person's current memberships with their bodies, read once per person object."""
    if not person.is_authenticated or not person.is_active:
        return []
    known = person.__dict__.get("current_memberships")
    if known is None:
        known = list(person.memberships.current().select_related("institute", "organisation"))
        person.__dict__["current_memberships"] = known
    return known


def forget(person: Person) -> None:
    """Make the next question read the memberships again, after an action has changed them."""
    person.__dict__.pop("current_memberships", None)


def roles_at(person: Person, body: Body, day: Any = None) -> frozenset[Role]:
    """The roles that the person holds at the body, on `day` where a role has an end date."""
    return frozenset(
        Role(each.role)
        for each in memberships(person)
        if each.body == body and (day is None or each.is_current_on(day))
    )


def can(person: Person, permission: Permission, body: Body, day: Any = None) -> bool:
    """Whether one of the person's roles at this body carries the permission."""
    return any(permission in PERMISSIONS[role] for role in roles_at(person, body, day))


def bodies_where(person: Person, permission: Permission) -> list[Body]:
    """Every body at which the person holds the permission, in the order of their names."""
    found = {m.body for m in memberships(person) if permission in PERMISSIONS[Role(m.role)]}
    return sorted(found, key=lambda body: body.name)


def people_who(permission: Permission, body: Body) -> QuerySet[User]:
    """Everyone who holds the permission at the body, whoever they are."""
    roles = [role for role, held in PERMISSIONS.items() if permission in held]
    return User.objects.filter(
        pk__in=Membership.objects.current().at(body).filter(role__in=roles).values("person"),
        is_active=True,
    ).order_by("last_name", "first_name")


def _body_view(model: type[Body], keyword: str, permission: Permission | None) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            slug = kwargs.pop(keyword)
            body = next(
                (
                    m.body
                    for m in memberships(request.user)
                    if isinstance(m.body, model) and m.body.slug == slug
                ),
                None,
            )
            if body is None or not roles_at(request.user, body, request.at.date()):  # type: ignore[attr-defined]
                raise Http404
            # So that a refusal within the desk looks like the desk and leads back to it.
            request.acting_for = body  # type: ignore[attr-defined]
            if permission and not can(request.user, permission, body, request.at.date()):  # type: ignore[attr-defined]
                raise PermissionDenied(f"Your role at {body} does not let you {permission}.")
            return view(request, body, *args, **kwargs)

        door.permission = permission  # type: ignore[attr-defined]
        return door

    return decorate


def institute_view(permission: Permission | None = None) -> Callable[[View], View]:
    """A door at /at/<institute>/: hands the view its institute, or answers 404 or 403.

    Without a permission any role at the institute opens it.
    """
    return _body_view(Institute, "institute", permission)


def organisation_view(permission: Permission | None = None) -> Callable[[View], View]:
    """A door at /for/<organisation>/, by the same rule."""
    return _body_view(Organisation, "organisation", permission)
