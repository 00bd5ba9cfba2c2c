"""Opening a site's front door, and the bodies that live behind it. What only the operator does."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, Site

from courses.models import CataloguePage, HomePage, InstitutePage
from lms.people.actions import memberships
from lms.people.models import Institute, Organisation, User
from lms.people.roles import Role


class CannotOpen(Exception):
    """What was asked for cannot be made; `str()` says which part is wrong."""


def front_door(hostname: str, introduction: str = "") -> HomePage:
    """The site's home page and catalogue; made once, found ever after."""
    if home := HomePage.objects.first():
        return home
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Piper", slug="piper", introduction=introduction))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": hostname, "site_name": "Piper", "root_page": home}
    )
    # Wagtail's migrations plant a page that welcomes a developer.
    for planted in Page.objects.child_of(root).exclude(pk=home.pk).exact_type(Page):
        planted.delete()
    home.add_child(instance=CataloguePage(title="Courses", slug="courses", show_in_menus=True))
    return home


def open_institute(institute: Institute, *, hostname: str, administrator: str, at: datetime) -> Institute:
    """Save a new institute with its page and its first administrator. Raises CannotOpen, and then nothing was made."""
    person = _account_of(administrator)
    with transaction.atomic():
        _save(institute)
        front_door(hostname).add_child(
            instance=InstitutePage(
                title=institute.name,
                slug=institute.slug,
                institute=institute,
                summary=f"Courses and certificates of {institute}.",
            )
        )
        memberships.appoint(person, Role.ADMINISTRATOR, institute, by=None, at=at)
    return institute


def open_organisation(organisation: Organisation, *, manager: str, at: datetime) -> Organisation:
    """Save a new employer with its first manager. Raises CannotOpen, and then nothing was made."""
    person = _account_of(manager)
    with transaction.atomic():
        _save(organisation)
        memberships.appoint(person, Role.MANAGER, organisation, by=None, at=at)
    return organisation


def _account_of(address: str) -> User:
    person = User.objects.filter(emailaddress__email__iexact=address, emailaddress__verified=True).first()
    if person is None:
        raise CannotOpen(
            f"Nobody has confirmed the address {address}. Let that person register at /accounts/signup/ first."
        )
    return person


def _save(body: Institute | Organisation) -> None:
    try:
        body.full_clean()
    except ValidationError as fault:
        said = [f"{field}: {' '.join(words)}" for field, words in fault.message_dict.items()]
        raise CannotOpen(" ".join(said)) from fault
    body.save()
