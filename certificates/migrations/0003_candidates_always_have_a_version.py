import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_candidates_keep_their_version")]

    operations = [
        migrations.AlterField(
            model_name="candidacy",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidacies",
                to="certificates.schemeversion",
            ),
        ),
    ]
