"""Every row an institute owns can be traced to it; every row about a person declares what becomes of it."""

from django.apps import apps
from django.db import models

from lms.people.models import Institute, User
from lms.people.privacy import DECLARED

OURS = ["audit", "jobs", "people", "problems", "courses", "assessments", "certificates"]
# How a model that holds no institute itself reaches one.
PATHS = {
    "Membership": "institute",
    "Invitation": "institute",
    "Employment": "organisation",
    "ModulePage": "page_ptr",
    "StepPage": "page_ptr",
    "LessonPage": "steppage_ptr",
    "SimulatorPage": "steppage_ptr",
    "ScenarioPage": "steppage_ptr",
    "ScenarioScript": "scenario",
    "QuizPage": "pool",
    "AssignmentPage": "rubric",
}
# Rows that belong to no institute, each with its reason.
NOBODYS = {
    "User": "a person belongs to themselves",
    "Institute": "it is one",
    "Organisation": "an employer of its own",
    "LogEntry": "a learner's own; whoever is shown it is named with their institute",
    "HomePage": "the site's front door",
    "CataloguePage": "lists every institute's courses",
    "ChainHead": "names its chain",
    "Event": "names its chain",
    "EventWords": "side row of an event",
    "Mail": "the site's outbox",
    "DueRun": "the site's clock",
}


def our_models() -> list[type[models.Model]]:
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def _reaches_an_institute(model: type[models.Model], seen: frozenset[type]) -> bool:
    if model in seen:
        return False
    forward = [
        field.related_model
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField)
    ]
    return Institute in forward or any(
        _reaches_an_institute(related, seen | {model})
        for related in forward
        if related._meta.app_label in OURS and related is not User
    )


def test_every_row_belongs_to_an_institute_or_says_why_not() -> None:
    stray = [
        model.__name__
        for model in our_models()
        if model.__name__ not in NOBODYS
        and model.__name__ not in PATHS
        and not _reaches_an_institute(model, frozenset())
    ]

    assert stray == []


def test_every_model_that_names_a_person_declares_what_becomes_of_it() -> None:
    undeclared = [
        model.__name__
        for model in our_models()
        if any(
            isinstance(field, models.ForeignKey) and field.related_model is User
            for field in model._meta.get_fields()
            if field.name != "owner"
        )
        and f"{model.__module__}.{model.__qualname__}" not in DECLARED
        and not hasattr(model, "page_ptr")
    ]

    assert undeclared == []
