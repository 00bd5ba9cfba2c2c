"""The table of roles as the Markdown of `docs/roles.md`; a test keeps the two equal."""

from collections.abc import Mapping

from lms.people.roles import (
    INSTITUTE_ROLES,
    MAY_APPOINT,
    ORGANISATION_ROLES,
    SENTENCES,
    STAFF_ROLES,
    Permission,
    Role,
)

HEAD = """# Roles

Printed from `lms/people/roles.py` by `manage.py print_roles > docs/roles.md`. Edit the code, then print it again.

Everyone with an account is a learner; that is not a role. A role is held at one body, an institute or an
organisation, and says nothing about any other. Whether somebody may do a thing to *this* work (not their own,
not marked by themselves) is decided by each app's `rules.py` and by the database.
"""


def markdown() -> str:
    """The whole document, ending in a newline."""
    parts = [
        HEAD,
        _section("At an institute", INSTITUTE_ROLES),
        _section("At an organisation", ORGANISATION_ROLES),
        _appointing(),
    ]
    return "\n".join(parts)


def _section(title: str, roles: Mapping[Role, frozenset[Permission]]) -> str:
    rows = [
        f"| **{role.label}** | {SENTENCES[role]} | {', '.join(_in_order(held))} |"
        for role, held in roles.items()
    ]
    return "\n".join([f"## {title}", "", "| role | in a sentence | may |", "|---|---|---|", *rows, ""])


def _in_order(held: frozenset[Permission]) -> list[str]:
    return [permission.value for permission in Permission if permission in held]


def _appointing() -> str:
    lines = [
        f"- **{role.label}**: {', '.join(other.label for other in Role if other in given)}."
        for role, given in MAY_APPOINT.items()
    ]
    staff = ", ".join(role.label for role in Role if role in STAFF_ROLES)
    return "\n".join(
        [
            "## Who appoints whom",
            "",
            "Nobody appoints themselves. The site's operator names the first administrator of an institute and the",
            "first manager of an organisation. The last administrator of an institute cannot stand down.",
            "",
            *lines,
            "",
            "## Second factor",
            "",
            f"Must have used a second factor in this session before a desk or the CMS opens: {staff}.",
            "",
        ]
    )
