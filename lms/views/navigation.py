"""The header: where each person can go from anywhere."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lms.people import access
from lms.people.models import Institute

Item = dict[str, Any]

FOOTER = [
    {"label": "Accessibility statement", "url": "/accessibility/"},
    {"label": "Privacy notice", "url": "/privacy/"},
    {"label": "Help", "url": "/help/"},
    {"label": "Check a certificate", "url": "/verify/"},
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What header and footer take: `nav`, `account` and `footer` (templates/ui/_header.html says how)."""
    person = getattr(request, "user", None)
    if person is not None and person.is_authenticated:
        items = [("My learning", reverse("my_learning")), ("Courses", "/courses/"), *_doors(person)]
        account = _account(person)
    else:
        items = [("Courses", "/courses/"), ("Check a certificate", "/verify/")]
        account = {"name": "", "items": [{"label": "Sign in", "url": reverse("account_login")}]}
    return {"nav": _marked(items, request.path), "account": account, "footer": FOOTER}


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
            {"label": "My certificates", "url": "/my/certificates/"},
            {"label": "My profile", "url": reverse("profile")},
            {"label": "My log", "url": "/my/log/"},
            {"label": "My CPD", "url": "/my/cpd/"},
            {"label": "Account", "url": reverse("account")},
            {"label": "Sign-in and security", "url": reverse("account_email")},
            {"label": "Sign out", "url": reverse("account_logout"), "post": True},
        ],
    }


def _marked(items: list[tuple[str, str]], path: str) -> list[Item]:
    return [{"label": label, "url": url, "current": path.startswith(url)} for label, url in items]
