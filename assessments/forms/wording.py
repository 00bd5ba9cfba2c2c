"""A question's words as a learner sees them: plain, typeset, without the links to the facts they rest on."""

from functools import lru_cache

from courses.content_files.markdown import runs


@lru_cache(maxsize=4096)
def paragraphs(markdown: str) -> tuple[str, ...]:
    """The text of each paragraph, without markup."""
    by_line: dict[int, str] = {}
    for run in runs(markdown):
        by_line[run.line] = by_line.get(run.line, "") + run.text
    return tuple(by_line.values())


def plain(markdown: str) -> str:
    """All of the text in one line."""
    return " ".join(paragraphs(markdown))


def scenario_of(stem: str) -> tuple[str, ...]:
    """What is told before the question is put: every paragraph of the stem but its last."""
    return paragraphs(stem)[:-1]


def question_of(stem: str) -> str:
    """The question itself: the last paragraph of the stem."""
    return "".join(paragraphs(stem)[-1:])
