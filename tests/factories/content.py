"""A content folder of one course, one module and one lesson, each as good as the checker asks."""

from pathlib import Path

FACTS = """
[[fact]]
id = "ofsted-2011-areas"
claim = "Ofsted looked at 12 council areas in 2011; 5 had established systems."
source = "Ofsted, An evaluation of approaches to commissioning, August 2011"
as_at = 2026-07-01
review_by = 2028-07-01
mark = "V"

[[fact]]
id = "who-opened-it"
claim = "Who opened the market first, in 1991 or in 2003, is disputed."
source = "An opinion piece of 2014, and its readers"
as_at = 2026-07-01
review_by = 2028-07-01
mark = "X"

[[fact]]
id = "new-councils"
claim = "Unconfirmed: councils will be reorganised in 2028."
source = "Press reports"
as_at = 2026-07-01
review_by = 2028-07-01
mark = "G"
"""

FRAMEWORK = """
title = "Commissioning"
version = 1
as_at = 2026-07-01

[[domain]]
code = "D1"
title = "Purpose and people"
sentence = "Ask what they need."

[[domain.competency]]
code = "1.1"
title = "Frame the question"
foundation = "States need and outcome before naming a service"
practitioner = "Rewrites a purchase request as a question"
lead = "Stops work whose question is wrong"
"""

COURSE = """
title = "Foundations"
code = "C1"
level = "foundation"
framework = "commissioning"
cpd_minutes = 25
summary = "Ask what people need before anyone names a service."
description = "Commissioning decides *what help exists*."
audience = "People who are new to it."
outcomes = ["Tell commissioning from procurement."]
"""

MODULE = """
title = "What commissioning is"
code = "M1.1"
summary = "The words, and where they break."
minutes = 25
outcomes = ["Say what comes first."]
"""

HEAD = """+++
title = "What, not how"
minutes = 25
summary = "The question before the purchase."
code = "1.1.1"
competencies = ["1.1"]
as_at = 2026-07-01
review_by = 2027-07-01
invented = ["200 hours"]
content_note = ""
support = ""
+++
"""

OPENING = """
An e-mail asks for 200 hours of care. Ofsted looked at [12 council areas](fact:ofsted-2011-areas).

## The question

It is "what", *not* **how**.
"""

PADDING = "\n" + "Ask what people need, and then ask them what would help. " * 58 + "\n"

KEY_TERMS = """
```key_terms
[[term]]
name = "Outcome"
meaning = "What is different in a *person's* life."
```
"""

DECISION = """
```decision
title = "The Friday tender"
situation = "People are waiting."
question = "What do you do first?"

[[choice]]
text = "Send the old specification."
consequence = "It goes out."

[[choice]]
text = "Ask for an hour."
consequence = "You learn."
```
"""

ON_MONDAY = """
```callout
title = "On Monday"
text = "Find the last request, and ask who it is for."
```
"""

LESSON = HEAD + OPENING + PADDING + KEY_TERMS + DECISION + ON_MONDAY


def folder(path: Path) -> Path:
    """Write the folder below `path` and return it."""
    module = path / "foundations" / "01-what-commissioning-is"
    module.mkdir(parents=True)
    (path / "facts").mkdir()
    (path / "frameworks").mkdir()
    (path / "facts" / "words.toml").write_text(FACTS)
    (path / "frameworks" / "commissioning.toml").write_text(FRAMEWORK)
    (path / "foundations" / "course.toml").write_text(COURSE)
    (module / "module.toml").write_text(MODULE)
    (module / "01-what-not-how.md").write_text(LESSON)
    return path


def lesson(path: Path, text: str = LESSON, name: str = "01-what-not-how") -> Path:
    """Write one lesson into the folder's module."""
    file = path / "foundations" / "01-what-commissioning-is" / f"{name}.md"
    file.write_text(text)
    return file


def mended(old: str, new: str) -> str:
    """The lesson with one thing said differently; fails where the lesson does not say it."""
    assert old in LESSON
    return LESSON.replace(old, new)
