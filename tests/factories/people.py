"""People, the bodies they act for and the work they have, made without surprises."""

from datetime import UTC, date, datetime

from lms.people.models import Employment, Institute, Membership, Organisation, User
from lms.people.roles import Role

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def person(first: str, last: str = "Okafor", **fields: object) -> User:
    """An account with a verified address made of the name."""
    email = str(fields.pop("email", f"{first}.{last}@example.org".lower()))
    user = User.objects.create(email=email, first_name=first, last_name=last, **fields)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    return user


def institute(slug: str = "aldermoor", name: str = "", prefix: str = "") -> Institute:
    return Institute.objects.create(
        slug=slug,
        name=name or f"{slug.title()} Institute",
        contact_email=f"office@{slug}.example.org",
        certificate_prefix=prefix or slug[:3].upper(),
        signatory_name="Dr Helen Moor",
        signatory_role="Director of Standards",
    )


def organisation(slug: str = "marlshire-council", name: str = "Marlshire County Council") -> Organisation:
    return Organisation.objects.create(slug=slug, name=name, contact_email=f"people@{slug}.example.org")


def appoint(who: User, role: Role, body: Institute | Organisation) -> Membership:
    where = {"institute": body} if isinstance(body, Institute) else {"organisation": body}
    return Membership.objects.create(person=who, role=role, started_at=LONG_AGO, **where)


def employ(who: User, where: Organisation, line_manager: User | None = None, **fields: object) -> Employment:
    fields.setdefault("accepted_at", LONG_AGO)
    return Employment.objects.create(
        person=who,
        organisation=where,
        line_manager=line_manager,
        from_on=date(2025, 4, 1),
        **fields,
    )
