"""What every page about one question shows of it: its name and state, how a learner sees it, and its key."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from assessments import scoring
from assessments.content_files.questions import faults_of
from assessments.drawing import shuffled
from assessments.forms import guessing
from assessments.forms.answers import form_for
from assessments.forms.kinds import KIND_WORDS
from assessments.forms.wording import question_of, scenario_of
from assessments.models import Question, QuestionVersion
from assessments.views.answer_keys import key_lines
from lms.people.models import Institute

STATE_TAGS = {"draft": "idle", "live": "ok", "retired": "plain"}

Page = dict[str, Any]


def own(institute: Institute, uuid: UUID) -> Question:
    """The institute's question, or 404."""
    return get_object_or_404(
        Question.objects.select_related("pool", "institute"), institute=institute, uuid=uuid
    )


def named(version: QuestionVersion) -> Page:
    """A version in the words that lists and heads use."""
    question = version.question
    return {
        "version": version,
        "title": question_of(version.stem),
        "kind": KIND_WORDS[version.kind],
        "state_tag": STATE_TAGS[question.state],
        # A new question that waits is no draft to anybody's eye.
        "shows_state": question.proposed is None or question.state != Question.State.DRAFT,
        "is_waiting": question.proposed is not None,
        "is_newer_draft": question.asked is not None
        and question.proposed is None
        and version.number > question.asked,
    }


def shown(version: QuestionVersion) -> Page:
    """The question as a learner sees it, then its key and what guessing earns; or what is wrong with it."""
    faults = list(faults_of(version.kind, version.body))
    order = shuffled(b"preview", version.stem, version.shuffled_keys)
    return {
        "scenario": scenario_of(version.stem),
        "preview": form_for(version)(version, order),
        "is_shuffled": bool(order),
        "faults": faults,
        "lines": [] if faults else key_lines(version),
        "guess": "" if faults else guess_of(version),
    }


def guess_of(version: QuestionVersion) -> str:
    """What somebody earns who ignores the question, in words."""
    return guessing.points(scoring.guess_value(scoring.parse(version.kind, version.body)))
