"""What rows and actions need of a body, whichever of the two kinds it is."""

from lms.people.models import Institute, Organisation

Body = Institute | Organisation


def columns(body: Body) -> dict[str, Body]:
    """The columns of a row that names this body."""
    return {"institute": body} if isinstance(body, Institute) else {"organisation": body}


def chain(body: Body) -> Institute | None:
    """The institute whose audit chain tells of this body; an organisation's events stand in the site's."""
    return body if isinstance(body, Institute) else None


def lock(body: Body) -> None:
    """Let others who would change who acts for the body wait until this transaction ends."""
    type(body).objects.select_for_update(no_key=True).get(pk=body.pk)
