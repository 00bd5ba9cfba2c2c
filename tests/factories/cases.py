"""A case of two moments, small enough to see at a glance: look or ask, then tell."""

from typing import Any

from assessments.models import Case, CasePage
from courses.models import ModulePage


def _choice(key: str, text: str, to: str = "", **more: Any) -> dict[str, Any]:
    return {"key": key, "text": text, "consequence": f"<p>What “{text}” led to.</p>", "to": to, **more}


# The best way, look and tell, has six points; naming the nurse does harm, whatever came before.
STORY: dict[str, Any] = {
    "counters": [
        {"key": "weeks", "label": "Weeks waited"},
        {"key": "hurt", "label": "People hurt", "hidden": True},
    ],
    "nodes": [
        {
            "key": "report",
            "title": "A report",
            "situation": "<p>It says that he is settled.</p>",
            "question": "What do you do with it?",
            "competency": "1.1",
            "level": "practitioner",
            "debrief": "<p>Reports are written by those whom they report on.</p>",
            "choices": [
                _choice("file", "File it", "message", adds={"weeks": 4}),
                _choice("look", "Go and look", "message", score=3),
                _choice("ask", "Ask for more", "message", score=1, adds={"weeks": 1}),
            ],
        },
        {
            "key": "message",
            "title": "A message",
            "situation": "<p>A nurse writes to you at night.</p>",
            "question": "What do you do with her message?",
            "competency": "1.1",
            "level": "lead",
            "debrief": "<p>Nobody should learn who she is.</p>",
            "choices": [
                _choice("name", "Ask her manager", harm=True, adds={"hurt": 1}),
                _choice("wait", "Wait for more"),
                _choice("tell", "Pass on what she says", score=3),
            ],
        },
    ],
    "endings": [
        {
            "key": "hurt",
            "title": "She has no shifts",
            "text": "<p>They knew.</p>",
            "mood": "bad",
            "harm": True,
            "least": {"hurt": 1},
        },
        {"key": "heard", "title": "Heard", "text": "<p>He is home.</p>", "mood": "ok", "least": {"score": 4}},
        {"key": "late", "title": "Late", "text": "<p>He waits.</p>", "mood": "warn"},
    ],
}


def case(module: ModulePage, **fields: Any) -> CasePage:
    """The case as a step: 60 % to pass (4 of 6 points), two attempts, an hour."""
    institute = module.get_parent().specific.institute
    if "case" not in fields:
        fields["case"] = Case.objects.create(
            institute=institute, slug=f"case-{module.pk}", title="Harrow Lane", body=STORY
        )
    fields.setdefault("slug", "harrow-lane")
    fields.setdefault("title", "Harrow Lane")
    fields.setdefault("minutes_allowed", 60)
    return module.add_child(instance=CasePage(minutes=60, introduction="<p>You have a week.</p>", **fields))
