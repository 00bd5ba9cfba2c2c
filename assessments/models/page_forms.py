"""The CMS's forms for quizzes, cases and assignments: what another institute keeps is not offered."""

from typing import ClassVar

from courses.models.page_forms import OwnPageForm


class QuizPageForm(OwnPageForm):
    """Offers the pools of the quiz's own institute."""

    own: ClassVar[dict[str, str]] = {"pool": "institute"}


class CasePageForm(OwnPageForm):
    """Offers the cases of the page's own institute."""

    own: ClassVar[dict[str, str]] = {"case": "institute"}


class AssignmentPageForm(OwnPageForm):
    """Offers the rubrics of the assignment's own institute."""

    own: ClassVar[dict[str, str]] = {"rubric": "institute"}
