"""The seven kinds of question in an author's words."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of question: its short name, and when it is the right one to write."""

    word: str
    use: str


KINDS = {
    "single": Kind(
        "One right answer", "Several plausible answers, one of them right. The kind to begin with."
    ),
    "several": Kind(
        "Several right answers",
        "Every answer is a decision of its own. Good for “which of these would you do?”.",
    ),
    "true_false": Kind(
        "True or false", "One statement. Guessed every other time, so use it sparingly where it counts."
    ),
    "number": Kind("Number", "A sum worked out or a figure known, within the tolerance that you allow."),
    "short_text": Kind("A few words", "A term or a name that can be written in few ways."),
    "matching": Kind("Matching", "Things that belong together: duties and the laws they come from."),
    "ordering": Kind("Ordering", "Steps whose order matters, such as those of a procurement."),
}
KIND_WORDS = {name: kind.word for name, kind in KINDS.items()}
