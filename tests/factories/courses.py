"""A small page tree, and a framework of one competency."""

from datetime import UTC, date, datetime

from wagtail.models import Collection, Locale, Page, Site

from courses.models import (
    CataloguePage,
    Competency,
    CoursePage,
    Domain,
    Enrolment,
    Framework,
    HomePage,
    InstitutePage,
    LessonPage,
    ModulePage,
    ScenarioPage,
    SimulatorPage,
)
from lms.people.models import Institute, User


def root() -> Page:
    """The root of the page tree; migrations plant it, and the flush after a race test fells it."""
    Locale.objects.get_or_create(language_code="en-gb")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    return Page.get_first_root_node() or Page.add_root(title="Root", slug="root")


def home() -> HomePage:
    """The site's front door, made once."""
    found = HomePage.objects.first()
    if found:
        return found
    page = root().add_child(
        instance=HomePage(title="Piper", slug="piper", introduction="<p>Learn to commission.</p>")
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": page})
    Site.clear_site_root_paths_cache()
    return page


def catalogue() -> CataloguePage:
    return home().add_child(instance=CataloguePage(title="Courses", slug="courses"))


def institute_page(institute: Institute) -> InstitutePage:
    return home().add_child(
        instance=InstitutePage(
            title=institute.name,
            slug=institute.slug,
            institute=institute,
            summary="Teaches and certifies people who commission public services.",
        )
    )


def course(institute: Institute, title: str = "Foundations", **fields: object) -> CoursePage:
    parent = InstitutePage.objects.filter(institute=institute).first() or institute_page(institute)
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    return parent.add_child(
        instance=CoursePage(
            title=title,
            institute=institute,
            code="C1",
            level="foundation",
            cpd_minutes=600,
            summary="Deciding what to acquire.",
            description="<p>What commissioning is.</p>",
            **fields,
        )
    )


def module(course_page: CoursePage, title: str = "What commissioning is", **fields: object) -> ModulePage:
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    return course_page.add_child(
        instance=ModulePage(title=title, code="M1.1", summary="The words.", **fields)
    )


def lesson(module_page: ModulePage, title: str = "What, not how", **fields: object) -> LessonPage:
    fields.setdefault("slug", title.lower().replace(",", "").replace(" ", "-"))
    fields.setdefault("body", [("text", "<p>Ask what people need before how to buy it.</p>")])
    return module_page.add_child(
        instance=LessonPage(
            title=title,
            minutes=25,
            summary="The question before the purchase.",
            as_at=date(2026, 11, 1),
            review_by=date(2027, 5, 1),
            **fields,
        )
    )


def simulator(module_page: ModulePage, *tasks: str) -> SimulatorPage:
    """The simulator with these tasks, by their keys; each begins with the first contract."""
    blocks = [
        (
            "task",
            {
                "key": key,
                "title": f"About {key}",
                "start": "p1",
                "ask": "<p>Look at the hours.</p>",
                "debrief": f"<p>What {key} shows.</p>",
            },
        )
        for key in tasks
    ]
    return module_page.add_child(
        instance=SimulatorPage(
            title="Hours or outcomes", slug="simulator", introduction="<p>Guess first.</p>", tasks=blocks
        )
    )


def scenario(module_page: ModulePage) -> ScenarioPage:
    """Two moments: whether to ask, and how to visit. Days and score move; only asking leads to a visit."""
    return module_page.add_child(
        instance=ScenarioPage(
            title="The quiet report",
            slug="scenario",
            introduction="<p>You commission for Marlshire.</p>",
            is_scored=True,
            counters=[("counter", {"key": "days", "label": "Days waited", "start": "2"})],
            nodes=[
                ("node", _moment("report", [_way("file", "silent", days=30), _way("ask", "visit", score=2)])),
                ("node", _moment("visit", [_way("announce", score=1), _way("unannounced", score=3)])),
            ],
            endings=[
                ("ending", _ending("heard", "Heard", score=5)),
                ("ending", _ending("silent", "Silent")),
            ],
        )
    )


def _moment(key: str, choices: list[dict]) -> dict:
    return {
        "key": key,
        "title": f"The {key}",
        "situation": f"<p>About the {key}.</p>",
        "question": "What do you do?",
        "choices": choices,
        "debrief": f"<p>What others did about the {key}.</p>",
    }


def _way(key: str, to: str = "", score: int = 0, days: int | None = None) -> dict:
    effects = [] if days is None else [{"counter": "days", "times": None, "adds": str(days)}]
    return {
        "key": key,
        "text": f"Do {key}",
        "consequence": f"<p>What {key} led to.</p>",
        "to": to,
        "score": score,
        "harm": key == "file",
        "effects": effects,
    }


def _ending(key: str, title: str, **least: int) -> dict:
    needed = [{"counter": counter, "value": str(value)} for counter, value in least.items()]
    return {"key": key, "title": title, "text": f"<p>{title}.</p>", "mood": "info", "least": needed}


def competency(
    institute: Institute,
    code: str = "1.1",
    title: str = "Frame the question",
    domain: str = "Purpose and people",
) -> Competency:
    framework, _ = Framework.objects.get_or_create(
        institute=institute, slug="commissioning", defaults={"title": "Commissioning"}
    )
    part, _ = Domain.objects.get_or_create(
        framework=framework, code=f"D{code[0]}", defaults={"title": domain, "sentence": "Ask."}
    )
    return Competency.objects.get_or_create(domain=part, code=code, defaults={"title": title})[0]


def enrol(learner: User, course_page: CoursePage, **fields: object) -> Enrolment:
    """An enrolment as a row; use `courses.actions.enrolments.enrol` where the action is the point."""
    fields.setdefault("enrolled_by", learner)
    fields.setdefault("enrolled_at", datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    return Enrolment.objects.create(learner=learner, course=course_page, **fields)
