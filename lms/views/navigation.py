"""The header: where each person can go from anywhere."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lms.people import access
from lms.people.models import Institute

Item = dict[str, Any]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context of templates/ui/_header.html: `nav` items and the `account` menu."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        items = [("Courses", "/courses/"), ("Check a certificate", "/verify/")]
        return {"nav": _marked(items, request.path), "account": None}
    items = [("My learning", reverse("my_learning")), ("Courses", "/courses/")]
    items += _doors(person)
    return {"nav": _marked(items, request.path), "account": _account(person)}


def _doors(person: access.Person) -> list[tuple[str, str]]:
    bodies = {each.body for each in access.memberships(person)}
    return [
        (
            body.name if len(bodies) > 1 else ("Desk" if isinstance(body, Institute) else "My staff"),
            f"/at/{body.slug}/" if isinstance(body, Institute) else f"/for/{body.slug}/",
        )
        for body in sorted(bodies, key=lambda body: body.name)
    ]


def _account(person: access.Person) -> Item:
    return {
        "name": person.get_short_name(),
        "items": [
            {"label": "Profile", "url": "/my/profile/"},
            {"label": "My certificates", "url": "/my/certificates/"},
            {"label": "Sign-in and security", "url": reverse("account_email")},
            {"label": "Sign out", "url": reverse("account_logout")},
        ],
    }


def _marked(items: list[tuple[str, str]], path: str) -> list[Item]:
    return [{"label": label, "url": url, "current": path.startswith(url)} for label, url in items]
