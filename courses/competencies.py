"""The wording of a competency framework as one value: what it says, what is wrong with it, how two of them differ.

A version is published with its whole wording, so that it can be read as it was when titles have changed since.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

LEVELS = ("foundation", "practitioner", "lead")
LONGEST = {"code": 8, "title": 120, "sentence": 240}


@dataclass(frozen=True)
class Skill:
    """One competency: its code, which never changes its meaning, its title, and a behaviour for each level."""

    code: str
    title: str
    foundation: str
    practitioner: str
    lead: str

    @property
    def behaviours(self) -> tuple[tuple[str, str], ...]:
        """Each level with what somebody could see at it."""
        return tuple((level, getattr(self, level)) for level in LEVELS)


@dataclass(frozen=True)
class Part:
    """One domain with its competencies; `anchors`, a line each, are what it rests on."""

    code: str
    title: str
    sentence: str
    anchors: str
    skills: tuple[Skill, ...]

    @property
    def anchor_lines(self) -> list[str]:
        return [line.strip() for line in self.anchors.splitlines() if line.strip()]


@dataclass(frozen=True)
class Retired:
    """A competency that a version takes out, and why."""

    code: str
    title: str
    reason: str


@dataclass(frozen=True)
class Wording:
    """A whole framework in words; `retired` is what this version takes out of the one before."""

    title: str
    parts: tuple[Part, ...]
    retired: tuple[Retired, ...] = ()

    @property
    def skills(self) -> dict[str, Skill]:
        """Every competency by its code, in the order of the domains."""
        return {skill.code: skill for part in self.parts for skill in part.skills}

    def part_of(self, code: str) -> Part | None:
        """The domain in which a competency stands."""
        return next((part for part in self.parts if code in {skill.code for skill in part.skills}), None)

    def with_part(self, part: Part) -> "Wording":
        """The same with one domain put in the place of the one with its code."""
        return replace(self, parts=tuple(part if part.code == each.code else each for each in self.parts))

    def with_skill(self, part_code: str, skill: Skill) -> "Wording":
        """The same with a competency put in its place, or added to its domain, by the order of codes."""
        part = next(each for each in self.parts if each.code == part_code)
        others = [each for each in part.skills if each.code != skill.code]
        ordered = sorted([*others, skill], key=lambda each: _order(each.code))
        return self.with_part(replace(part, skills=tuple(ordered)))

    def without(self, code: str, reason: str) -> "Wording":
        """The same with a competency retired."""
        skill, part = self.skills[code], self.part_of(code)
        assert part is not None  # noqa: S101 - the competency was found a line above
        left = self.with_part(replace(part, skills=tuple(each for each in part.skills if each.code != code)))
        return replace(left, retired=(*self.retired, Retired(code, skill.title, reason)))

    def with_back(self, code: str, before: "Wording") -> "Wording":
        """The same with a competency back as it stood before it was retired."""
        part = before.part_of(code)
        assert part is not None  # noqa: S101 - only what stood before can have been retired
        back = self.with_skill(part.code, before.skills[code])
        return replace(back, retired=tuple(each for each in self.retired if each.code != code))


@dataclass(frozen=True)
class Change:
    """One thing that two wordings say differently: where, of which field, and both texts, empty where there is none."""

    code: str
    title: str
    what: str
    before: str
    after: str


def wording(content: Mapping[str, Any]) -> Wording:
    """The wording that `content` was made of."""
    return Wording(
        content["title"],
        tuple(
            Part(**{**part, "skills": tuple(Skill(**skill) for skill in part["skills"])})
            for part in content["parts"]
        ),
        tuple(Retired(**each) for each in content.get("retired", ())),
    )


def tidy(text: str) -> str:
    """A text in one line, with single spaces."""
    return " ".join(text.split())


def wording_of_file(values: Mapping[str, Any]) -> Wording:
    """What a content file says."""
    return Wording(
        values["title"],
        tuple(
            Part(
                part["code"],
                tidy(part["title"]),
                tidy(part["sentence"]),
                part.get("anchors", "").strip(),
                tuple(
                    Skill(each["code"], tidy(each["title"]), *(tidy(each[level]) for level in LEVELS))
                    for each in part["competency"]
                ),
            )
            for part in values["domain"]
        ),
    )


def faults(said: Wording) -> list[str]:
    """What stands in the way of publishing it, a sentence each."""
    return [*_empty(said), *_too_long(said), *_twice(said)]


def changes(before: Wording, after: Wording) -> list[Change]:
    """What the later says differently, in the order in which it is read; what is retired stands in its domain."""
    found = [Change("", after.title, "Title", before.title, after.title)]
    old_parts, old_skills = {part.code: part for part in before.parts}, before.skills
    reasons = {each.code: each.reason for each in after.retired}
    for part in after.parts:
        old = old_parts.get(part.code, Part(part.code, "", "", "", ()))
        found += [
            Change(part.code, part.title, "Title", old.title, part.title),
            Change(part.code, part.title, "Sentence", old.sentence, part.sentence),
            Change(part.code, part.title, "Anchors", _lines(old), _lines(part)),
        ]
        for skill in part.skills:
            found += _of_skill(old_skills.get(skill.code), skill)
        found += [
            Change(skill.code, skill.title, "Retired", skill.title, reasons.get(skill.code, ""))
            for skill in old.skills
            if skill.code not in after.skills
        ]
    return [each for each in found if each.what == "Retired" or each.before != each.after]


def _lines(part: Part) -> str:
    return "\n".join(part.anchor_lines)


def _of_skill(old: Skill | None, new: Skill) -> list[Change]:
    said = {"Title": new.title, **{level.capitalize(): text for level, text in new.behaviours}}
    was = {"Title": old.title, **{level.capitalize(): text for level, text in old.behaviours}} if old else {}
    return [Change(new.code, new.title, what, was.get(what, ""), text) for what, text in said.items()]


def _empty(said: Wording) -> Iterator[str]:
    if not said.title.strip():
        yield "The framework has no title."
    if not said.skills:
        yield "The framework has no competency."
    for part in said.parts:
        yield from (
            f"{part.code} has no {field}." for field in ("title", "sentence") if _is_blank(part, field)
        )
        for skill in part.skills:
            if _is_blank(skill, "title"):
                yield f"{skill.code} has no title."
            yield from (
                f"{skill.code} has no behaviour at {level.capitalize()}: say what somebody could see."
                for level in LEVELS
                if _is_blank(skill, level)
            )


def _is_blank(each: Part | Skill, field: str) -> bool:
    return not getattr(each, field).strip()


def _too_long(said: Wording) -> Iterator[str]:
    every: list[Part | Skill] = [*said.parts, *said.skills.values()]
    for each in every:
        for field, longest in LONGEST.items():
            if len(getattr(each, field, "")) > longest:
                yield f"{each.code}: the {field} is longer than {longest} characters."


def _twice(said: Wording) -> Iterator[str]:
    codes = Counter(skill.code for part in said.parts for skill in part.skills)
    codes.update(part.code for part in said.parts)
    for code, count in codes.items():
        if count > 1:
            yield f"The code {code} stands twice. A code is the name of one thing only."


def _order(code: str) -> list[tuple[int, int | str]]:
    """Codes in the order of their numbers: 1.10 after 1.9."""
    return [(0, int(piece)) if piece.isdecimal() else (1, piece) for piece in code.split(".")]
