"""Writing what the content files say into the question bank and the rubrics, never over a person's own words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from assessments.actions.versions import Wording, next_version, question_version
from assessments.models import BANDS as BAND_WORDS
from assessments.models import Case, Criterion, Pool, Question, Rubric, RubricVersion
from courses.content_files.reports import LeftAlone, Report
from courses.models import Competency
from lms.people.models import Institute

BANDS = ("band_1", "band_2", "band_3", "band_4")


def keep_pool(institute: Institute, slug: str, title: str) -> Pool:
    """The pool by this name, under the title that the file gives it now."""
    pool, _ = Pool.objects.get_or_create(institute=institute, slug=slug, defaults={"title": title})
    if pool.title != title:
        Pool.objects.filter(pk=pool.pk).update(title=title)
        pool.title = title
    return pool


@transaction.atomic
def keep_question(
    pool: Pool, key: str, wording: Wording, report: Report, *, at: datetime, overwrite: bool = False
) -> None:
    """Ask the question in the file's words; one that a person has changed or retired is left alone."""
    question = Question.objects.filter(institute=pool.institute, key=key).first()
    if question is None:
        question = Question.objects.create(
            institute=pool.institute, pool=pool, key=key, state=Question.State.LIVE, asked=1
        )
        question_version(question, wording, by=None, at=at)
        report.made.append(f"question {key}")
        return
    if not overwrite and (left := _left_alone(question, wording)):
        report.left_alone.append(left)
        return
    version = question_version(question, wording, by=None, at=at)
    now = {"pool": pool, "state": Question.State.LIVE, "asked": version.number}
    if Question.objects.filter(pk=question.pk).exclude(**now).update(**now, proposed=None):
        report.changed.append(f"question {key}")
    else:
        report.unchanged += 1


@transaction.atomic
def retire_gone(pool: Pool, keys: set[str], report: Report) -> None:
    """Draw no more what has gone from the file; a question that a person wrote stays."""
    for question in pool.questions.live().exclude(key__in=keys):
        if question.versions.latest("number").made_by_id is None:
            Question.objects.filter(pk=question.pk).update(state=Question.State.RETIRED)
            report.unpublished.append(f"question {question.key}")


@transaction.atomic
def keep_case(institute: Institute, slug: str, title: str, body: Mapping[str, Any], report: Report) -> Case:
    """The case by this name in the file's words; attempts that have begun keep the version they met."""
    case, is_new = Case.objects.get_or_create(
        institute=institute, slug=slug, defaults={"title": title, "body": body}
    )
    if is_new:
        report.made.append(f"case {slug}")
    elif (case.title, case.body) == (title, body):
        report.unchanged += 1
    else:
        case.title, case.body = title, body
        case.save(update_fields=["title", "body"])
        report.changed.append(f"case {slug}")
    return case


@transaction.atomic
def keep_rubric(institute: Institute, values: Mapping[str, Any], report: Report, *, at: datetime) -> Rubric:
    """The rubric in the file's words: a new version where they have changed, the title brought up to date."""
    rubric, _ = Rubric.objects.get_or_create(
        institute=institute, slug=values["slug"], defaults={"title": values["title"]}
    )
    Rubric.objects.filter(pk=rubric.pk).exclude(title=values["title"]).update(title=values["title"])
    needed = next_version(rubric.versions.all(), {"criteria": values["criterion"]})
    if needed is None:
        report.unchanged += 1
        return rubric
    number, digest = needed
    version = rubric.versions.create(number=number, digest=digest, made_at=at)
    Criterion.objects.bulk_create(_criteria(version, values["criterion"]))
    (report.made if number == 1 else report.changed).append(f"rubric {rubric.slug}")
    return rubric


@transaction.atomic
def keep_exemplar(
    version: RubricVersion, band: int, text: str, notes: Mapping[str, str], report: Report, *, at: datetime
) -> None:
    """The answer in this band of the rubric version, in these words (HTML): one more row where they have changed."""
    needed = next_version(version.exemplars.filter(band=band), {"text": text, "notes": notes})
    if needed is None:
        report.unchanged += 1
        return
    number, digest = needed
    version.exemplars.create(band=band, number=number, digest=digest, made_at=at, text=text, notes=notes)
    name = f"exemplar {version.rubric.slug}, {BAND_WORDS[band].lower()}"
    (report.made if number == 1 else report.changed).append(name)


def competency_at(institute: Institute, code: str) -> Competency:
    """The institute's competency by its code; raises Competency.DoesNotExist."""
    return Competency.objects.get(domain__framework__institute=institute, code=code)


def _left_alone(question: Question, wording: Wording) -> LeftAlone | None:
    newest = question.versions.select_related("made_by").latest("number")
    name = f"question {question.key}"
    if newest.made_by and next_version(question.versions.all(), wording.content()):
        return LeftAlone(name, "changed at the desk", str(newest.made_by), newest.made_at)
    if question.state == Question.State.RETIRED:
        return LeftAlone(name, "retired; publish it at the desk to ask it again")
    return None


def _criteria(version: RubricVersion, criteria: list[Mapping[str, Any]]) -> list[Criterion]:
    return [
        Criterion(
            version=version,
            position=position,
            key=written["key"],
            title=written["title"],
            weight=written["weight"],
            competency=competency_at(version.rubric.institute, written["competency"]),
            level=written["level"],
            **{band: written[band] for band in BANDS},
        )
        for position, written in enumerate(criteria, start=1)
    ]
