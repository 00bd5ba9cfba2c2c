"""Markdown as the content files write it: headings, lists, quotations, emphasis, links and links to facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from lms.ui.prose import sanitised

FACT = "fact:"


@dataclass(frozen=True)
class Run:
    """A stretch of text under one link or none; `line` is where its paragraph begins, counted from 0."""

    text: str
    href: str
    line: int

    @property
    def fact(self) -> str:
        """The key of the fact that the words rest on, empty where they rest on none."""
        return self.href.removeprefix(FACT) if self.href.startswith(FACT) else ""


class _Renderer(RendererHTML):
    """HTML in the CMS's own dialect: opening and saving a page there changes nothing, and breaks nothing.

    Its editor writes b and i, knows a quotation as one paragraph and a list item as bare words.
    """

    def renderToken(  # noqa: N802 - markdown-it's name
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        token = tokens[idx]
        token.tag = {"strong": "b", "em": "i"}.get(token.tag, token.tag)
        href = str(token.attrGet("href") or "")
        if href.startswith(FACT):
            token.attrSet("href", f"#source-{href.removeprefix(FACT)}")
        return super().renderToken(tokens, idx, options, env).strip("\n")


def _plain_paragraphs(state: StateCore) -> None:
    """Take the paragraphs out of list items, and make each paragraph of a quotation a quotation."""
    inside: list[str] = []
    before = ""
    for token in state.tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in {"blockquote", "list_item"}:
            inside.append(kind) if token.nesting == 1 else inside.pop()
            token.hidden = kind == "blockquote"
        elif kind == "paragraph" and inside:
            token.hidden = inside[-1] == "list_item"
            token.tag = "blockquote"
        elif kind == "inline" and before == "paragraph_close" and inside[-1:] == ["list_item"]:
            (token.children or []).insert(0, Token("hardbreak", "br", 0))
        before = token.type if token.type != "paragraph_open" else before


_MARKDOWN = MarkdownIt(
    "commonmark", {"html": False, "typographer": True, "quotes": "“”‘’"}, renderer_cls=_Renderer
)
_MARKDOWN.enable("smartquotes").disable(["image", "code", "hr"])
_MARKDOWN.core.ruler.push("plain_paragraphs", _plain_paragraphs)
_MARKDOWN.add_render_rule("softbreak", lambda *_: " ")
_MARKDOWN.add_render_rule("hardbreak", lambda *_: "<br>")
_PLAIN = MarkdownIt("zero", {"typographer": True, "quotes": "“”‘’"}).enable("smartquotes")


def render_markdown(text: str) -> str:
    """The text as clean HTML with typographic quotation marks; a `fact:` link leads to its source on the page."""
    html = sanitised(_MARKDOWN.render(text))
    # What is stored carries no look: the class of a source link is given when the page is shown.
    # And the CMS's editor stops at a break that is not closed.
    return html.replace(' class="fact-link"', "").replace("<br>", "<br/>").strip()


def typeset(text: str) -> str:
    """Plain words with typographic quotation marks."""
    return " ".join(
        "".join(child.content or "\n" for child in token.children or [])
        for token in _PLAIN.parse(text)
        if token.type == "inline"
    ).strip()


def runs(text: str) -> Iterator[Run]:
    """Every stretch of text with the link that it stands in."""
    for token in _MARKDOWN.parse(text):
        if token.type == "inline" and token.map:
            yield from _inline_runs(token.children or [], token.map[0])


def facts_in(text: str) -> list[str]:
    """The keys of the facts that the text links to, in order, each once."""
    return list(dict.fromkeys(run.fact for run in runs(text) if run.fact))


def word_count(text: str) -> int:
    """How many words a reader reads; the addresses of links are none."""
    paragraphs: dict[int, str] = {}
    for run in runs(text):
        paragraphs[run.line] = paragraphs.get(run.line, "") + run.text
    return sum(len(paragraph.split()) for paragraph in paragraphs.values())


def _inline_runs(children: Sequence[Token], line: int) -> Iterator[Run]:
    href = ""
    for child in children:
        if child.type == "link_open":
            href = str(child.attrGet("href") or "")
        elif child.type == "link_close":
            href = ""
        elif child.content or child.type.endswith("break"):
            yield Run(child.content or " ", href, line)
