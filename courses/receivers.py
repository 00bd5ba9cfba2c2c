"""What a change in the page tree means for the courses in it."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import post_page_move

from courses.models.outlines import stamp_anew


@receiver([post_save, post_delete], dispatch_uid="courses.outline_changed")
def outline_changed(instance: Any, **_: Any) -> None:
    """A page was written, published, taken back or deleted."""
    if isinstance(instance, Page):
        stamp_anew(instance)


@receiver(post_page_move, dispatch_uid="courses.outline_moved")
def outline_moved(instance: Page, parent_page_before: Page, **_: Any) -> None:
    """A page stands elsewhere: what it has left has changed as well."""
    for page in (instance, parent_page_before):
        stamp_anew(page)
