"""Questions, quizzes, rubrics and assignments, small enough to see at a glance."""

from datetime import UTC, datetime
from typing import Any

from assessments.models import (
    AssignmentPage,
    Criterion,
    Exemplar,
    Pool,
    Question,
    QuestionVersion,
    QuizPage,
    Rubric,
    RubricVersion,
)
from courses.models import ModulePage
from lms.people.models import Institute
from tests.factories import courses as course_factory

MADE_AT = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def single_choice(stem: str = "What has she asked for?") -> dict[str, Any]:
    """The body of a single-choice question whose right option is "a"."""
    return {
        "options": [
            {"key": "a", "text": "A purchase", "correct": True, "reason": "The need is not stated."},
            {"key": "b", "text": "An outcome", "correct": False, "reason": "No result is named."},
            {"key": "c", "text": "A need", "correct": False, "reason": "Hours are not a need."},
            {"key": "d", "text": "A contract", "correct": False, "reason": "Nothing is agreed yet."},
        ]
    }


def body_of(kind: str) -> dict[str, Any]:
    """A sound body of each kind, with everything said that may be left out in a file."""
    bodies: dict[str, dict[str, Any]] = {
        "single": single_choice(),
        "several": {
            "options": [
                {"key": "a", "text": "The need", "correct": True, "reason": "It comes first."},
                {"key": "b", "text": "The result", "correct": True, "reason": "It is paid for."},
                {"key": "c", "text": "The supplier", "correct": False, "reason": "Nobody is chosen yet."},
            ],
            "rule": "balanced",
        },
        "true_false": {
            "answer": False,
            "reason_true": "Hours are no need.",
            "reason_false": "It is a means.",
        },
        "number": {
            "answers": [
                {
                    "key": "a",
                    "value": "12.5",
                    "tolerance": "0.5",
                    "points": "1",
                    "reason": "A quarter of fifty.",
                },
                {"key": "b", "value": "25", "tolerance": "0", "points": "1/2", "reason": "Half was taken."},
            ],
            "otherwise": "Neither a quarter nor a half.",
        },
        "short_text": {
            "answers": [{"key": "a", "pattern": "TUPE*", "points": "1", "reason": "So it is called."}],
            "otherwise": "It protects staff who move.",
            "ignore_case": False,
        },
        "matching": {
            "stems": [
                {"key": "a", "text": "Need", "choice": "x", "reason": "Asked of people."},
                {"key": "b", "text": "Price", "choice": "y", "reason": "Asked of markets."},
            ],
            "choices": [
                {"key": "x", "text": "Assessment"},
                {"key": "y", "text": "Tender"},
                {"key": "z", "text": "Audit"},
            ],
        },
        "ordering": {
            "items": [
                {"key": "a", "text": "Understand", "reason": "Nothing is bought before."},
                {"key": "b", "text": "Plan", "reason": "It rests on the need."},
                {"key": "c", "text": "Buy", "reason": "It carries out the plan."},
            ],
            "rule": "next_pair",
        },
    }
    return bodies[kind]


def question(pool: Pool, key: str = "q1", **fields: Any) -> QuestionVersion:
    """A live question with one version."""
    row = Question.objects.create(
        institute=pool.institute, pool=pool, key=key, state=Question.State.LIVE, asked=1
    )
    fields.setdefault("kind", "single")
    fields.setdefault("body", single_choice())
    fields.setdefault("stem", f"What has she asked for? ({key})")
    fields.setdefault("demand", "recall")
    fields.setdefault("level", "foundation")
    fields.setdefault("competency", course_factory.competency(pool.institute))
    return QuestionVersion.objects.create(
        question=row,
        number=1,
        digest=key.ljust(64, "0"),
        made_at=MADE_AT,
        **fields,
    )


def pool(institute: Institute, questions: int = 4, slug: str = "pool") -> Pool:
    row = Pool.objects.create(institute=institute, slug=slug, title="Questions on module one")
    for number in range(1, questions + 1):
        question(row, f"{slug}-q{number}")
    return row


def quiz(module: ModulePage, questions: int = 4, **fields: Any) -> QuizPage:
    """A quiz of every question in its own pool, 75 % to pass, three attempts, no limit of time."""
    institute = module.get_parent().specific.institute
    fields.setdefault("slug", "quiz")
    fields.setdefault("title", "Quiz: what commissioning is")
    if "pool" not in fields:
        fields["pool"] = pool(institute, questions, slug=f"pool-{module.pk}")
    fields.setdefault("draw", questions)
    fields.setdefault("pass_percent", 75)
    return module.add_child(instance=QuizPage(minutes=12, **fields))


def exam(module: ModulePage, **fields: Any) -> QuizPage:
    """Six questions drawn by a blueprint: four of D1 and two of D5, both of which must be right; 50 % to pass, two attempts."""
    institute = module.get_parent().specific.institute
    held = pool(institute, 0, slug=f"exam-{module.pk}")
    safety = course_factory.competency(institute, "5.1", "See what is so", domain="Safety and safeguarding")
    for number in range(1, 9):
        question(held, f"fc1-{number}")
    for number in range(1, 5):
        question(held, f"fc5-{number}", competency=safety, level="lead", demand="judge")
    fields.setdefault("slug", "exam")
    fields.setdefault("title", "The exam")
    fields.setdefault("blueprint", [row("D1", 4), row("D5", 2, "lead", "judge")])
    fields.setdefault("must_pass", [("domain", {"domain": "D5", "right": 2})])
    fields.setdefault("attempts_allowed", 2)
    return quiz(module, pool=held, draw=6, **{"pass_percent": 50, **fields})


def row(
    domain: str, draw: int, level: str = "foundation", demand: str = "recall"
) -> tuple[str, dict[str, Any]]:
    """A row of a blueprint, as a page takes it."""
    return "row", {"domain": domain, "level": level, "demand": demand, "draw": draw}


def rubric(institute: Institute, criteria: int = 2, slug: str = "brief", **shows: Any) -> Rubric:
    """A rubric whose criteria show nothing of a competency unless `competency` (and `level`) say so."""
    row = Rubric.objects.create(institute=institute, slug=slug, title="Commissioning brief")
    version = RubricVersion.objects.create(rubric=row, number=1, digest=slug.ljust(64, "0"), made_at=MADE_AT)
    for position in range(1, criteria + 1):
        Criterion.objects.create(
            version=version,
            position=position,
            key=f"criterion-{position}",
            title=f"Criterion {position}",
            weight=100 // criteria,
            competency=shows.get("competency"),
            level=shows.get("level", "foundation"),
            band_1="Repeats the hours.",
            band_2="States an outcome.",
            band_3="States a clear outcome.",
            band_4="States the outcome in people's words.",
        )
    return row


def exemplar(version: RubricVersion, band: int, words: str = "Ask what she can do already.") -> Exemplar:
    """An answer in a band of the rubric version, with a note on each of its criteria."""
    notes = {each.key: f"<p>Meets {each.title}.</p>" for each in version.criteria.all()}
    number = version.exemplars.filter(band=band).count() + 1
    return version.exemplars.create(
        band=band,
        number=number,
        digest=f"{band}-{number}",
        made_at=MADE_AT,
        text=f"<p>{words}</p>",
        notes=notes,
    )


def assignment(module: ModulePage, **fields: Any) -> AssignmentPage:
    institute = module.get_parent().specific.institute
    fields.setdefault("slug", "brief")
    fields.setdefault("title", "Commissioning brief")
    if "rubric" not in fields:
        fields["rubric"] = rubric(institute, slug=f"brief-{module.pk}")
    return module.add_child(
        instance=AssignmentPage(minutes=120, brief="<p>Turn the e-mail into a brief.</p>", **fields)
    )
