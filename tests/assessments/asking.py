"""What tests of the questions desk share: a question's form as a browser would send it back."""

from typing import Any

from assessments.forms.question_forms import QUESTION_FORMS
from assessments.forms.questions import QuestionForm
from assessments.models import Pool
from tests.factories import assessments as factory
from tests.factories import courses as course_factory


def sent(form: QuestionForm) -> dict[str, Any]:
    """Everything that stands on the form's page, under the names in which a browser sends it."""
    fields = [form[name] for name in form.fields]
    fields += [row[name] for row in form.all_rows() for name in row.fields]
    values = {field.html_name: field.value() for field in fields}
    places = {f"{rows.name}-places": rows.written_places for rows in form.rows.values()}
    return {name: _typed(value) for name, value in values.items() if value not in (None, False)} | places


def written(pool: Pool, kind: str = "single", **more: Any) -> dict[str, Any]:
    """A sound new question of this kind as the page sends it."""
    form_class = QUESTION_FORMS[kind]
    body = factory.body_of(kind)
    parts = form_class.parts_of(body)
    made = form_class(pool.institute)
    for name, rows in made.rows.items():
        places = range(1, len(parts[name]) + 1)
        made.rows[name] = type(rows)(name, rows.row, places, initial=dict(enumerate(parts[name], start=1)))
    values = sent(made) | {
        name: _typed(value) for name, value in form_class.initial_of(body).items() if value
    }
    about = {"demand": "apply", "level": "foundation", "pool": str(pool.pk)}
    about["competency"] = str(course_factory.competency(pool.institute).pk)
    keyless = {name: value for name, value in values.items() if not name.endswith("key")}
    return {**keyless, "stem": "What has she asked for?", **about, **more}


def _typed(value: Any) -> Any:
    if value is True:
        return "on"
    return str(getattr(value, "pk", value))
