"""How a certificate stands, in words first; mark and colour say the same again."""

from dataclasses import dataclass
from datetime import date

from certificates.lifecycle import Standing, State
from lms.ui.templatetags.piper import day


@dataclass(frozen=True)
class Verdict:
    """A state as pages show it: `kind` and `icon` are the design system's, `public` may name the holder."""

    state: State
    kind: str
    icon: str
    word: str
    headline: str
    sentence: str
    shows_holder: bool = True

    @property
    def is_valid(self) -> bool:
        return self.state == "valid"

    @property
    def is_being_made(self) -> bool:
        return self.state == "being_made"


def verdict(standing: Standing, valid_until: date | None) -> Verdict:
    """The words for a state; they name no reason, and no holder."""
    since, until = day(standing.since), day(valid_until)
    match standing.state:
        case "valid":
            holds = f"It holds until {until}." if valid_until else "It does not expire."
            return Verdict("valid", "ok", "check", "Valid", "This certificate is valid", holds)
        case "expired":
            return Verdict(
                "expired",
                "warn",
                "clock",
                "Expired",
                "This certificate has expired",
                f"It held until {until}. It says nothing about what the holder can do today.",
            )
        case "suspended":
            return Verdict(
                "suspended",
                "warn",
                "pause",
                "Suspended",
                "This certificate is suspended",
                f"Since {since} it must not be relied on. The institute is looking into it and will lift "
                "the suspension or end the certificate: check again before you decide anything.",
            )
        case "revoked":
            return Verdict(
                "revoked",
                "bad",
                "cross",
                "Revoked",
                "This certificate is revoked",
                f"The institute ended it on {since}. It no longer holds, whatever the paper says.",
            )
        case "superseded":
            return Verdict(
                "superseded",
                "info",
                "swap",
                "Replaced",
                "This certificate has been replaced",
                "Ask the holder for the current certificate.",
                shows_holder=False,
            )
        case "being_made":
            return Verdict(
                "being_made",
                "info",
                "timer",
                "Being made",
                "This certificate is being made",
                "It has been granted and is not issued yet. Check again in a few minutes.",
                shows_holder=False,
            )
        case "not_yet_valid":
            return Verdict(
                "not_yet_valid",
                "info",
                "calendar",
                "Not yet valid",
                "This certificate is not valid yet",
                "Its first day lies ahead.",
            )
        case _:
            return Verdict(
                "void",
                "bad",
                "cross",
                "Void",
                "This certificate was never issued",
                "Its number was taken, but the certificate was given to nobody. It attests nothing.",
                shows_holder=False,
            )


def to_holder(found: Verdict) -> str:
    """The same to the person who holds it, where a stranger is told what to do about it."""
    words = {
        "suspended": "Anyone who checks it is told so, and its file is not given out meanwhile.",
        "revoked": "Anyone who checks it is told so. Please do not show it any more.",
        "superseded": "Your current certificate takes its place.",
        "being_made": "It is granted. We write to you as soon as you can download it.",
    }
    return words.get(found.state, found.sentence)
