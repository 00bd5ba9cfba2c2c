"""What in a learner's own words may point at somebody: said as a warning, never as a refusal."""

import re

TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame)\.? [A-Z][\w’'-]+")
TWO_NAMES = re.compile(r"(?<![.!?:\n] )(?<!^)\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+\b", re.MULTILINE)
TEN_DIGITS = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS}) \d{{4}})"
BIRTH = re.compile(rf"\b(?:born|birth|birthday|d\.?o\.?b\.?)\W+(?:\w+\W+){{0,3}}?{DATE}", re.IGNORECASE)
# Words with which the names of bodies, places and documents end or begin: two of them are nobody's name.
OF_BODIES = frozenset(
    [
        "Act",
        "Board",
        "Council",
        "County",
        "Court",
        "Court’s",
        "Borough",
        "City",
        "Care",
        "Trust",
        "House",
        "Hall",
        "View",
        "Hospital",
        "Home",
        "Service",
        "Services",
        "Report",
        "Code",
        "Framework",
        "Regime",
        "Team",
        "Group",
        "Foundation",
        "Integrated",
        "National",
        "Local",
        "Adult",
        "Social",
        "Health",
        "Public",
        "Supreme",
        "The",
        "This",
        "On",
        "In",
        "At",
        "When",
        "We",
        "It",
        "If",
    ]
)


def warnings_in(text: str) -> list[str]:
    """What to look at again before keeping the text, each in a sentence."""
    found = []
    if names := _names(text):
        found.append(
            f"{_listed(names)} may be somebody’s name. Write the role instead, such as “a neighbour”."
        )
    if BIRTH.search(text):
        found.append("There is a date of birth. An age, or “in her eighties”, says as much.")
    if any(_is_nhs_number(number) for number in TEN_DIGITS.findall(text)):
        found.append("There is an NHS number. Take it out: your log never needs one.")
    return found


def _names(text: str) -> list[str]:
    two = [name for name in TWO_NAMES.findall(text) if not OF_BODIES & set(name.split())]
    return list(dict.fromkeys([*TITLED.findall(text), *two]))[:3]


def _listed(names: list[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def _is_nhs_number(text: str) -> bool:
    """Ten digits of which the last checks the others (modulus eleven)."""
    digits = [int(each) for each in text if each.isdigit()]
    rest = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return digits[9] == (0 if rest == 11 else rest)
