"""The CMS's forms for quizzes, cases and assignments: what another institute keeps is not offered."""

from collections.abc import Iterator
from typing import Any, ClassVar

from assessments.models.blueprints import Pinned, blueprint_faults, complete, rows_of
from assessments.models.questions import QuestionVersion
from courses.models import Domain
from courses.models.page_forms import OwnPageForm


class QuizPageForm(OwnPageForm):
    """Offers the pools of the quiz's own institute; a blueprint must fit its framework and what the pool holds."""

    own: ClassVar[dict[str, str]] = {"pool": "institute"}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        # A field that is wrong by itself has its error already, and what follows would only add to it.
        if not {"blueprint", "must_pass", "draw", "pool", "attempts_allowed"} & set(self.errors):
            rows, must_pass = complete(given["blueprint"]), complete(given["must_pass"])
            for name, sentence in self._faults(given, rows, must_pass):
                self.add_error(name, sentence)
        return given

    def _faults(
        self, given: dict[str, Any], rows: list[Pinned], must_pass: list[Pinned]
    ) -> Iterator[tuple[str, str]]:
        domains = Domain.objects.filter(framework__institute=self.institute)
        known = set(domains.values_list("code", flat=True))
        unknown = sorted({each["domain"] for each in rows} - known)
        if unknown:
            yield "blueprint", f"The framework has no domain {', '.join(unknown)}."
            return
        yield from blueprint_faults(given["draw"], rows, must_pass)
        # A draft may have no pool yet.
        if rows and given["pool"]:
            held = QuestionVersion.objects.asked_from(
                given["pool"].pk, counts=bool(given["attempts_allowed"])
            ).cells()
            for row in rows_of(rows):
                if held[row.cell] < row.draw:
                    yield (
                        "blueprint",
                        f"{row}: the pool holds {held[row.cell]}, and the row draws {row.draw}.",
                    )


class CasePageForm(OwnPageForm):
    """Offers the cases of the page's own institute."""

    own: ClassVar[dict[str, str]] = {"case": "institute"}


class AssignmentPageForm(OwnPageForm):
    """Offers the rubrics of the assignment's own institute."""

    own: ClassVar[dict[str, str]] = {"rubric": "institute"}
