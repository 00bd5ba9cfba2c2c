"""The one way in which a file is refused."""

from lms.people.refusals import Refusal


class Unfit(Refusal):
    """The file named cannot be taken; `str()` is a sentence that says so, why, and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"“{name}” {reason}")
        self.name = name
