"""What import-linter cannot see: relations given as strings, and code hidden in `__init__.py`."""

import ast
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["audit", "jobs", "people", "problems", "courses", "assessments", "certificates"]


def test_every_relation_between_our_apps_points_down() -> None:
    upward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for label in FLOORS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if (there := field.related_model._meta.app_label) in FLOORS
        if FLOORS.index(there) > FLOORS.index(label)
    ]

    assert upward == []


def test_packages_hold_no_code_besides_the_lists_of_their_models() -> None:
    with_code = [
        str(path.relative_to(ROOT))
        for root in ("lms", "courses", "assessments", "certificates")
        for path in (ROOT / root).rglob("__init__.py")
        if path.parent.name != "models" and path.read_text().strip()
    ]

    assert with_code == []


def test_a_models_package_only_lists_what_it_offers() -> None:
    for path in ROOT.glob("*/**/models/__init__.py"):
        if ".venv" in path.parts:
            continue
        kinds = {type(node).__name__ for node in ast.parse(path.read_text()).body}

        assert kinds <= {"Expr", "ImportFrom", "Assign"}, path
