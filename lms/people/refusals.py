"""Refusals that a person can do something about; each carries the sentence to show."""


class Refusal(Exception):
    """An action that may not happen now. `str(refusal)` is a sentence for the person, shown with status 409."""
