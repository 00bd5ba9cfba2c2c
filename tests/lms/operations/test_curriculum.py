"""The page of the documentation that says where each founding theme is taught."""

import pytest
from django.conf import settings

from lms.operations import curriculum
from lms.operations.curriculum import Curriculum


@pytest.fixture(scope="module")
def found() -> Curriculum:
    return curriculum.read()


def test_the_page_says_what_the_content_files_say(found: Curriculum) -> None:
    """`manage.py curriculum` writes it anew."""
    written = (settings.ROOT / "docs" / "curriculum.md").read_text(encoding="utf-8")

    assert written == found.page()


def test_every_theme_of_the_founding_documents_is_taught(found: Curriculum) -> None:
    assert found.untaught() == []
