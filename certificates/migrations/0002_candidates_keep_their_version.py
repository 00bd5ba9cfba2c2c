"""Each candidacy keeps the scheme version that was met.

Those decided take the version of their first decision, the rest the newest that stood when they became
candidates. The column becomes compulsory in the next migration: PostgreSQL cannot alter a table that has
changes of rows pending in the same transaction.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    candidacies = apps.get_model("certificates", "Candidacy").objects
    decisions = apps.get_model("certificates", "CertificationDecision").objects
    versions = apps.get_model("certificates", "SchemeVersion").objects
    for candidacy in candidacies.all():
        decided = decisions.filter(candidacy=candidacy).order_by("decided_at").first()
        of_scheme = versions.filter(scheme=candidacy.scheme_id)
        stood = of_scheme.filter(made_at__lte=candidacy.ready_at).order_by("number").last()
        first = of_scheme.order_by("number").first()
        kept = decided.version_id if decided else (stood or first).pk
        candidacies.filter(pk=candidacy.pk).update(version=kept)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="candidacy",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidacies",
                to="certificates.schemeversion",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
