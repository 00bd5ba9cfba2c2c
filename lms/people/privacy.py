"""What becomes of a person's rows when they ask: each model that names a person declares one of four answers.

UK GDPR Art. 17(3)(b) and (e) let a register of certificates and the evidence under it stay; a
test finds every model with a link to a person that has declared nothing.
"""

from collections.abc import Callable
from typing import Literal, TypeVar

from django.db import models

Answer = Literal["export", "erase", "retain", "none"]
ModelClass = TypeVar("ModelClass", bound=type[models.Model])

DECLARED: dict[str, tuple[Answer, str]] = {}


def _declare(answer: Answer, why: str) -> Callable[[ModelClass], ModelClass]:
    def mark(model: ModelClass) -> ModelClass:
        DECLARED[f"{model.__module__}.{model.__qualname__}"] = (answer, why)
        return model

    return mark


def export(why: str) -> Callable[[ModelClass], ModelClass]:
    """The person may have a copy; the row goes with the account."""
    return _declare("export", why)


def erase(why: str) -> Callable[[ModelClass], ModelClass]:
    """The person may have a copy; on erasure the words and names in the row are emptied."""
    return _declare("erase", why)


def retain(why: str) -> Callable[[ModelClass], ModelClass]:
    """The person may have a copy; the row outlives the account, for the reason given."""
    return _declare("retain", why)


def none(why: str) -> Callable[[ModelClass], ModelClass]:
    """The link is technical and says nothing about the person."""
    return _declare("none", why)
