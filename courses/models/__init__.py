"""What is taught: pages, the framework they teach to, the facts they rest on, and who is taking them."""

from courses.models.activities import ActivityAnswer
from courses.models.cpd import CpdMinutes
from courses.models.enrolment import Enrolment, StepDone
from courses.models.facts import Fact
from courses.models.framework import (
    Behaviour,
    Competency,
    Domain,
    Framework,
    FrameworkDraft,
    FrameworkVersion,
    Level,
    Publication,
)
from courses.models.log import LogEntry, LogShare
from courses.models.pages import (
    CataloguePage,
    CoursePage,
    HomePage,
    InstitutePage,
    LessonPage,
    ModulePage,
    StepPage,
)
from courses.models.scenarios import ScenarioChoice, ScenarioPage, ScenarioPlay, ScenarioScript
from courses.models.simulator import SimulatorNote, SimulatorPage

__all__ = [
    "ActivityAnswer",
    "Behaviour",
    "CataloguePage",
    "Competency",
    "CoursePage",
    "CpdMinutes",
    "Domain",
    "Enrolment",
    "Fact",
    "Framework",
    "FrameworkDraft",
    "FrameworkVersion",
    "HomePage",
    "InstitutePage",
    "LessonPage",
    "Level",
    "LogEntry",
    "LogShare",
    "ModulePage",
    "Publication",
    "ScenarioChoice",
    "ScenarioPage",
    "ScenarioPlay",
    "ScenarioScript",
    "SimulatorNote",
    "SimulatorPage",
    "StepDone",
    "StepPage",
]
