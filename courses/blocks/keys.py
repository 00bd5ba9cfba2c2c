"""Short words by which parts of a page are known."""

from typing import Any

from wagtail import blocks


class KeyBlock(blocks.RegexBlock):
    """A short word that lasts: what people choose and write hangs on it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("regex", r"^[a-z][a-z0-9-]{0,39}$")
        kwargs.setdefault(
            "error_messages", {"invalid": "Use small letters, digits and hyphens, and begin with a letter."}
        )
        super().__init__(**kwargs)
