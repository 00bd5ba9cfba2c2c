"""What rests on each competency of a framework: lessons that teach it, what gives evidence of it, schemes that name it."""

from collections import defaultdict
from dataclasses import dataclass, field

from assessments.models import AssignmentPage, Criterion, QuestionVersion, QuizPage, RubricVersion
from certificates.models import SchemeVersion
from certificates.models.evidence import current_versions
from courses.models import Framework, LessonPage, Level
from courses.models.outlines import address


@dataclass(frozen=True)
class Link:
    """Something to read further, and how much of it there is where it is more than one."""

    title: str
    url: str = ""
    note: str = ""


@dataclass
class Use:
    """What rests on one competency."""

    lessons: list[Link] = field(default_factory=list)
    evidence: list[Link] = field(default_factory=list)
    schemes: list[str] = field(default_factory=list)

    @property
    def is_used(self) -> bool:
        return bool(self.lessons or self.evidence or self.schemes)


def uses_of(framework: Framework) -> dict[str, Use]:
    """By the competency's code; what nothing rests on is in it as soon as it is asked for. As many queries for all as for one."""
    found: dict[str, Use] = defaultdict(Use)
    _add_lessons(framework, found)
    _add_questions(framework, found)
    _add_criteria(framework, found)
    for code, titles in schemes_naming(framework).items():
        found[code].schemes += titles
    return found


def schemes_naming(framework: Framework) -> dict[str, list[str]]:
    """The titles of the certificates whose newest scheme names each competency, by its code."""
    titles = {each.pk: each.title for each in current_versions(scheme__institute=framework.institute)}
    named = SchemeVersion.competencies.through.objects.filter(
        schemeversion__in=titles, competency__domain__framework=framework
    )
    found: dict[str, list[str]] = defaultdict(list)
    for version, code in named.values_list("schemeversion_id", "competency__code").order_by("schemeversion"):
        found[code].append(titles[version])
    return found


def _add_lessons(framework: Framework, found: dict[str, Use]) -> None:
    pairs = LessonPage.competencies.through.objects.filter(
        competency__domain__framework=framework, lessonpage__live=True
    )
    codes = defaultdict(set)
    for lesson, code in pairs.values_list("lessonpage_id", "competency__code"):
        codes[lesson].add(code)
    for lesson in LessonPage.objects.filter(pk__in=codes).order_by("path"):
        for code in codes[lesson.pk]:
            found[code].lessons.append(Link(lesson.title, address(lesson.url_path), lesson.code))


def _add_questions(framework: Framework, found: dict[str, Use]) -> None:
    """Questions that attempts draw today, where the quiz counts: practice is evidence of nothing."""
    quizzes: dict[int, list[QuizPage]] = defaultdict(list)
    counting = QuizPage.objects.live().filter(pool__institute=framework.institute).exclude(attempts_allowed=0)
    for quiz in counting.order_by("path"):
        quizzes[quiz.pool_id].append(quiz)
    asked: dict[tuple[int, str], int] = defaultdict(int)
    versions = QuestionVersion.objects.in_force().filter(competency__domain__framework=framework)
    for pool, code in versions.values_list("question__pool_id", "competency__code"):
        asked[pool, code] += 1
    for (pool, code), count in sorted(asked.items()):
        for quiz in quizzes[pool]:
            noun = "question" if count == 1 else "questions"
            found[code].evidence.append(
                Link(quiz.title, address(quiz.url_path), f"{count} {noun}, Foundation")
            )


def _add_criteria(framework: Framework, found: dict[str, Use]) -> None:
    newest = _newest_rubrics(framework)
    criteria: dict[int, list[Criterion]] = defaultdict(list)
    asked = Criterion.objects.filter(version__in=newest.values(), competency__domain__framework=framework)
    for each in asked.select_related("competency").order_by("position"):
        criteria[each.version_id].append(each)
    for task in AssignmentPage.objects.live().filter(rubric__in=newest).order_by("path"):
        for each in criteria[newest[task.rubric_id]]:
            link = Link(task.title, address(task.url_path), f"{each.title}, {Level(each.level).label}")
            found[each.competency.code].evidence.append(link)


def _newest_rubrics(framework: Framework) -> dict[int, int]:
    """The newest version of each rubric of the institute, both as keys."""
    versions = RubricVersion.objects.filter(rubric__institute=framework.institute).order_by("number")
    return dict(versions.values_list("rubric_id", "pk"))
