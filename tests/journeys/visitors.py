"""People at browsers: one who uses a mouse, with scripts or without, and one who has a keyboard and nothing else."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Request, expect

MOST_STOPS = 250
# What a page inside us asks for without the network.
INSIDE = frozenset({"data", "blob", "about", "chrome"})


class Visitor:
    """Somebody at a browser of their own, who does what the page offers by the names that it gives to things.

    Names are those that a screen reader speaks. `faults` collects what no page may do: ask an outside
    host for anything, break its content policy, or write an error into the console.
    """

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.faults: list[str] = []
        self.page = context.new_page()
        context.on("request", self._watch_request)
        context.on("console", self._watch_console)
        context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def opens(self, address: str) -> int:
        """Type an address; returns the status of the answer."""
        answer = self.page.goto(f"{self.site}{address}" if address.startswith("/") else address)
        assert answer is not None
        return answer.status

    def follows(self, link: str) -> None:
        self._use(self._named("link", link))

    def presses(self, button: str) -> None:
        self._use(self._named("button", button))

    def opens_up(self, summary: str) -> None:
        """Unfold what is folded away."""
        self._activate(self.page.locator("summary", has_text=summary).first)

    def chooses(self, option: str, among: str = "") -> None:
        """Choose one of several, `among` those of a named group. The beginning of a long name is enough."""
        self._pick(self._choice("radio", option, among))

    def ticks(self, box: str) -> None:
        self._pick(self._choice("checkbox", box))

    def writes(self, label: str, text: str) -> None:
        """Put the text in the place of whatever stood in the field."""
        self.page.get_by_label(label, exact=True).fill(text)

    def downloads(self, link: str) -> bytes:
        """Follow a link to a file and keep it."""
        with self.page.expect_download() as begun:
            self._activate(self._named("link", link))
        return begun.value.path().read_bytes()

    def reads(self, text: str) -> None:
        """Find the text on the page."""
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def stands_before(self, heading: str) -> None:
        """Find the heading on the page, in full."""
        expect(self.page.get_by_role("heading", name=heading, exact=True).first).to_be_visible()

    def still_sees(self, region: str) -> None:
        """Find the whole region in view at the end of the page."""
        self.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(self.page.get_by_role("region", name=region, exact=True)).to_be_in_viewport(ratio=0.99)

    @property
    def address(self) -> str:
        return urlsplit(self.page.url).path

    def _named(self, role: str, name: str) -> Locator:
        return self.page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]

    def _choice(self, role: str, name: str, among: str = "") -> Locator:
        place = self.page.get_by_role("group", name=among) if among else self.page
        whole = place.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
        begun = place.get_by_role(role, name=re.compile(f"^{re.escape(name)}"))  # type: ignore[arg-type]
        return whole if whole.count() else begun

    def _use(self, thing: Locator) -> None:
        """Activate what leads to another page, and be there."""
        self._activate(thing)

    def _activate(self, thing: Locator) -> None:
        thing.click()

    def _pick(self, choice: Locator) -> None:
        choice.check()

    def _watch_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in INSIDE and parts.netloc != urlsplit(self.site).netloc:
            self.faults.append(f"asked an outside host: {request.url}")

    def _watch_console(self, message: ConsoleMessage) -> None:
        # Chromium also writes a line for a page that answers 403, 404 or 409, which is an answer like any other.
        is_own_answer = message.location["url"] == (message.page and message.page.url)
        if message.type == "error" and not is_own_answer:
            self.faults.append(f"{message.location['url']}: {message.text}")


class KeyboardVisitor(Visitor):
    """Somebody without a mouse: Tab to get there, Enter and Space to act, arrows among radio buttons."""

    def writes(self, label: str, text: str) -> None:
        self.tabs_to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def tabs_to(self, thing: Locator) -> None:
        """Press Tab until the thing has the focus, and see that it shows."""
        thing.wait_for(state="visible")
        for _ in range(MOST_STOPS):
            if thing.evaluate("thing => thing === document.activeElement"):
                assert thing.evaluate(SHOWS_FOCUS), f"{thing} has the focus and does not show it"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{thing} cannot be reached by Tab")

    def _use(self, thing: Locator) -> None:
        # A click waits for the page that it leads to by itself, a key does not.
        with self.page.expect_navigation():
            self._activate(thing)

    def _activate(self, thing: Locator) -> None:
        self.tabs_to(thing)
        self.page.keyboard.press("Enter")

    def _pick(self, choice: Locator) -> None:
        if choice.get_attribute("type") == "checkbox":
            self.tabs_to(choice)
        else:
            self._arrow_to(choice)
        if not choice.is_checked():
            self.page.keyboard.press("Space")
        expect(choice).to_be_checked()

    def _arrow_to(self, choice: Locator) -> None:
        """Tab stops once in a group of radio buttons: at the chosen one, or at the first."""
        name = choice.get_attribute("name")
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        chosen = group.and_(self.page.locator(":checked"))
        self.tabs_to(chosen if chosen.count() else group.first)
        for _ in range(group.count()):
            if choice.evaluate("choice => choice === document.activeElement"):
                return
            self.page.keyboard.press("ArrowDown")


# An outline or a ring on the thing itself, or on the label around a radio button or a box.
SHOWS_FOCUS = """thing => [thing, thing.closest("label")].filter(Boolean).some(each => {
  const look = getComputedStyle(each);
  return (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
})"""
