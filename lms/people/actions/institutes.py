"""Changing what an institute keeps about itself."""

import hashlib
from dataclasses import asdict, astuple, dataclass
from datetime import datetime

from django.db import transaction

from lms.audit.trail import record
from lms.people import access
from lms.people.models import Institute, User
from lms.people.refusals import Refusal
from lms.people.roles import Permission
from lms.ui import colours


class MayNotChange(Refusal):
    """Only those who keep the institute's settings may change them."""


class Unreadable(Refusal):
    """A colour in which words could not be read."""


class ChangedMeanwhile(Refusal):
    """Somebody else saved first, and their settings would be lost unseen."""


@dataclass(frozen=True)
class Settings:
    """What an administrator may change: two colours, empty for Piper's own, and where people write to."""

    brand_colour: str
    accent_colour: str
    contact_email: str

    @property
    def key(self) -> str:
        """Short for all of them, so that a form can say which it was opened on."""
        return hashlib.sha256("\n".join(astuple(self)).encode()).hexdigest()[:16]


def settings_of(institute: Institute) -> Settings:
    """What the institute keeps now."""
    return Settings(institute.brand_colour, institute.accent_colour, institute.contact_email)


def change_settings(
    institute: Institute, settings: Settings, *, seen: Settings, by: User, at: datetime
) -> list[str]:
    """Keep new settings in the place of those that were seen; returns the names of what changed.

    Raises MayNotChange, Unreadable, or ChangedMeanwhile where the institute's are no longer those.
    """
    if not access.can(by, Permission.CHANGE_SETTINGS, institute):
        raise MayNotChange(f"Only an administrator changes the settings of {institute}.")
    for colour in filter(None, (settings.brand_colour, settings.accent_colour)):
        if not colours.measured(colour).passes:
            raise Unreadable(f"Words could not be read in {colour}. Choose a darker colour.")
    before, after = asdict(seen), asdict(settings)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return []
    with transaction.atomic():
        if not Institute.objects.filter(pk=institute.pk, **before).update(**after):
            raise ChangedMeanwhile(
                f"Somebody else has changed the settings of {institute} since you opened them. "
                "Look at what they are now, then make your change again."
            )
        facts = {
            "changed": changed,
            "brand_colour": settings.brand_colour,
            "accent_colour": settings.accent_colour,
        }
        words = f"Contact address: {settings.contact_email}" if "contact_email" in changed else ""
        record(
            "institute.settings_changed",
            institute,
            by=by,
            at=at,
            institute=institute,
            facts=facts,
            words=words,
        )
    for name in changed:
        setattr(institute, name, after[name])
    return changed
