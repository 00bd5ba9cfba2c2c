"""What is wrong with a quiz's blueprint: its rows, the domains to be passed, and what the pool holds for them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from assessments.content_files.blueprints import cell_of, rows_of
from assessments.content_files.entries import Entries
from assessments.content_files.questions import DEMANDS, LEVELS
from assessments.drawing import drawn_by_domain
from courses.content_files.faults import Fault
from courses.content_files.ground import Ground, missing

# What a row of the blueprint names; a domain is one of the frameworks'.
BLUEPRINT: Mapping[str, tuple[str, ...]] = {"domain": (), "level": LEVELS, "demand": DEMANDS}
# A pool this many times the draw gives two learners side by side, and two attempts, different questions.
POOL_TO_DRAW = 2

Said = Iterator[tuple[int, str]]


def faults_of_blueprint(quiz: Entries, files: Sequence[Entries], ground: Ground) -> Iterator[Fault]:
    """What is wrong with the rows, then what the pool lacks for them, then what no row would ever draw."""
    rows = rows_of(quiz.values)
    said = [*_row_faults(quiz, ground), *_must_pass_faults(quiz)]
    yield from (Fault(quiz.path, *each) for each in said)
    if said or not rows:
        return
    cells = Counter(
        cell_of(question, ground.competencies) for file in files for _, question in file.tables("question")
    )
    for (line, _), row in zip(quiz.tables("blueprint"), rows, strict=True):
        if cells[row.cell] < POOL_TO_DRAW * row.draw:
            sentence = f"{row} has {cells[row.cell]} questions; drawing {row.draw}, it should have {POOL_TO_DRAW * row.draw}."
            yield Fault(quiz.path, line, sentence)
    drawn = {row.cell for row in rows}
    for file in files:
        for line, question in file.tables("question"):
            cell = cell_of(question, ground.competencies)
            if all(cell) and cell not in drawn:
                yield Fault(file.path, line, f"No row of the blueprint draws {', '.join(cell)}.")


def _row_faults(quiz: Entries, ground: Ground) -> Said:
    seen = set()
    for line, row in quiz.tables("blueprint"):
        yield from (
            (line, sentence) for sentence in missing(row, dict.fromkeys(BLUEPRINT, str) | {"draw": int})
        )
        for name, known in BLUEPRINT.items():
            every = known or sorted(set(ground.competencies.values()))
            if row.get(name) not in every:
                yield quiz.line_of(f"{name} =", line), f"“{name}” is one of {', '.join(every)}."
        if row.get("draw", 1) == 0:
            yield quiz.line_of("draw =", line), "A row draws at least one question."
        cell = tuple(row.get(name) for name in BLUEPRINT)
        if cell in seen:
            yield line, f"{', '.join(map(str, cell))} stands in the blueprint already."
        seen.add(cell)
    drawn = drawn_by_domain(rows_of(quiz.values)).total()
    if seen and drawn != quiz.values["draw"]:
        yield quiz.line_of("draw ="), f"The rows of the blueprint draw {drawn}, not {quiz.values['draw']}."


def _must_pass_faults(quiz: Entries) -> Said:
    drawn, seen = drawn_by_domain(rows_of(quiz.values)), set()
    for line, row in quiz.tables("must_pass"):
        domain, right = str(row.get("domain")), row.get("right", 0)
        if wrong := list(missing(row, {"domain": str, "right": int})):
            yield from ((line, sentence) for sentence in wrong)
        elif domain in seen:
            yield line, f"{domain} stands under must_pass already."
        elif domain not in drawn:
            yield line, f"No row of the blueprint draws questions of {domain}."
        elif not 1 <= right <= drawn[domain]:
            yield (
                quiz.line_of("right =", line),
                f"{domain} draws {drawn[domain]}: so many may be asked for, and at least 1.",
            )
        seen.add(domain)
