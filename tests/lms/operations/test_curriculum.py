"""The page of the documentation that says where each founding theme is taught."""

from django.conf import settings

from lms.operations import curriculum


def test_the_page_says_what_the_content_files_say() -> None:
    """`manage.py curriculum` writes it anew."""
    written = (settings.ROOT / "docs" / "curriculum.md").read_text(encoding="utf-8")

    assert written == curriculum.page()


def test_every_theme_of_the_founding_documents_is_taught() -> None:
    assert curriculum.untaught() == []
