"""Scenarios and the simulator's tasks: from the words of their files to the blocks of the CMS."""

from typing import Any

from courses.content_files.markdown import render_markdown, typeset


def task_block(task: dict[str, Any]) -> dict[str, Any]:
    """One task of the simulator."""
    return {
        "key": task["key"],
        "title": typeset(task["title"]),
        "start": task["start"],
        "ask": render_markdown(task["ask"]),
        "debrief": render_markdown(task["debrief"]),
    }


def counter_block(counter: dict[str, Any]) -> dict[str, Any]:
    """A figure that choices move."""
    return {
        "key": counter["key"],
        "label": typeset(counter["label"]),
        "start": str(counter.get("start", 0)),
        "before": counter.get("before", ""),
        "after": counter.get("after", ""),
        "hidden": counter.get("hidden", False),
    }


def node_block(node: dict[str, Any]) -> dict[str, Any]:
    """A moment of decision with its choices."""
    return {
        "key": node["key"],
        "title": typeset(node["title"]),
        "situation": render_markdown(node["situation"]),
        "question": typeset(node.get("question", "What do you do?")),
        "choices": [_choice(choice) for choice in node["choice"]],
        "debrief": render_markdown(node["debrief"]),
    }


def ending_block(ending: dict[str, Any]) -> dict[str, Any]:
    """How the story may come out."""
    return {
        "key": ending["key"],
        "title": typeset(ending["title"]),
        "text": render_markdown(ending["text"]),
        "mood": ending.get("mood", "info"),
        "least": [{"counter": key, "value": str(value)} for key, value in ending.get("least", {}).items()],
    }


def story_values(values: dict[str, Any]) -> dict[str, Any]:
    """A whole story that is kept outside the CMS, as the plain values that `script_of` reads."""
    return {
        "counters": [counter_block(counter) for counter in values.get("counter", [])],
        "nodes": [
            {
                **node_block(node),
                "competency": node["competency"],
                "level": node["level"],
                "choices": [_told(choice) for choice in node["choice"]],
            }
            for node in values["node"]
        ],
        "endings": [
            {
                **ending_block(ending),
                "harm": ending.get("harm", False),
                "least": {key: str(value) for key, value in ending.get("least", {}).items()},
            }
            for ending in values["ending"]
        ],
    }


def _told(choice: dict[str, Any]) -> dict[str, Any]:
    moved = {
        kind: {key: str(value) for key, value in choice.get(kind, {}).items()} for kind in ("adds", "times")
    }
    return {name: value for name, value in _choice(choice).items() if name != "effects"} | moved


def _choice(choice: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": choice["key"],
        "text": typeset(choice["text"]),
        "consequence": render_markdown(choice["consequence"]),
        "to": choice.get("to", ""),
        "score": choice.get("score", 0),
        "harm": choice.get("harm", False),
        "effects": _effects(choice),
    }


def _effects(choice: dict[str, Any]) -> list[dict[str, Any]]:
    adds, times = choice.get("adds", {}), choice.get("times", {})
    return [
        {
            "counter": key,
            "times": str(times[key]) if key in times else None,
            "adds": str(adds[key]) if key in adds else None,
        }
        for key in sorted({*adds, *times})
    ]
