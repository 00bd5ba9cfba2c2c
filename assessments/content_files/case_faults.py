"""What is wrong with one case: the story as of any scenario, and the key by which it is judged."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assessments.content_files.questions import LEVELS
from assessments.deciding import chance_of_luck, points_needed
from courses.branching.checking import flaws
from courses.branching.script import Script
from courses.branching.spreading import spread
from courses.content_files.faults import Fault
from courses.content_files.folders import read_toml
from courses.content_files.ground import Ground, line_with
from courses.content_files.scenario_faults import REQUIRED, faults_of_story, script_in

RULES: dict[str, Any] = {"minutes_allowed": int, "pass_percent": int, "attempts_allowed": int}
FEWEST_CHOICES = 3
# The chance of ever passing by tossing a coin at each moment that a case may have, over all its attempts.
MOST_LUCK_PERCENT = 5

Said = Iterator[tuple[str, str]]


def faults_of_case(path: Path, ground: Ground) -> Iterator[Fault]:
    """Every fault of the file; raises Unreadable where it is no TOML."""
    story = list(faults_of_story(path, ground, {**REQUIRED, **RULES}))
    yield from story
    values = read_toml(path)
    said = list(_rules(values))
    if not story:
        script = script_in(values)
        said += [*_moments(script, ground), *_scores(script)]
        if not flaws(script):
            said += list(_ends(script, values))
    for words, sentence in said:
        yield Fault(path, line_with(path, words), sentence)


def _rules(values: dict[str, Any]) -> Said:
    percent, attempts, minutes = (
        values.get(name) for name in ("pass_percent", "attempts_allowed", "minutes")
    )
    if isinstance(percent, int) and not 1 <= percent <= 100:
        yield "pass_percent =", "A pass mark lies between 1 and 100 per cent."
    if isinstance(attempts, int) and attempts < 1:
        yield "attempts_allowed =", "A case is judged: it allows one attempt at least."
    if values.get("minutes_allowed", 0) and values.get("minutes_allowed") != minutes:
        yield (
            "minutes_allowed =",
            f"The limit is {values['minutes_allowed']} minutes, and the step takes {minutes}.",
        )
    if "scored" in values:
        yield "scored =", "A case is always scored; leave “scored” out."


def _moments(script: Script, ground: Ground) -> Said:
    for node in script.nodes:
        key = f'key = "{node.key}"'
        if len(node.choices) < FEWEST_CHOICES:
            yield (
                key,
                f"“{node.title}” has {len(node.choices)} choices; where it counts there are {FEWEST_CHOICES} at least.",
            )
        if node.competency not in ground.competencies:
            yield key, f"“{node.title}” shows the competency “{node.competency}”, which does not exist."
        if node.level not in LEVELS:
            yield key, f"“{node.title}”: “level” is one of {', '.join(LEVELS)}."


def _scores(script: Script) -> Said:
    for node in script.nodes:
        key, scores = f'key = "{node.key}"', [choice.score for choice in node.choices]
        if min(scores, default=0) < 0:
            yield key, f"“{node.title}” takes points away; a choice that does harm is marked as harm."
        if scores.count(node.best_score) != 1 or node.best_score == 0:
            yield key, f"“{node.title}” needs one choice that scores the most."


def _ends(script: Script, values: dict[str, Any]) -> Said:
    ends = spread(script)
    if not any(ending.is_harm for ending in script.endings):
        yield "[[ending]]", "A case has an ending in which somebody came to harm (“harm = true”)."
    if any(end.did_harm and not end.ending.is_harm for end in ends):
        yield "harm = true", "After a choice that does harm the story can end as if it had done none."
    for ending in script.endings:
        if all(end.ending.key != ending.key for end in ends):
            yield f'key = "{ending.key}"', f"No way leads to the ending “{ending.title}”."
    percent, attempts = values["pass_percent"], values["attempts_allowed"]
    if not any(end.points >= points_needed(script, percent) and not end.ending.is_harm for end in ends):
        yield "pass_percent =", "Nobody can pass: no way has enough points and does no harm."
    luck = 100 * chance_of_luck(script, percent, attempts)
    if luck > MOST_LUCK_PERCENT:
        yield (
            "pass_percent =",
            f"Somebody who tosses a coin would pass in {float(luck):.1f} of 100 cases; it should be at most {MOST_LUCK_PERCENT}.",
        )
