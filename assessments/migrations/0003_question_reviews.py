import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def ask_the_newest(apps, schema_editor):
    """Until now the newest version of a question was the one in force."""
    Question = apps.get_model("assessments", "Question")
    versions = apps.get_model("assessments", "QuestionVersion").objects.filter(question=models.OuterRef("pk"))
    newest = models.Subquery(versions.order_by("-number").values("number")[:1])
    Question.objects.exclude(state="draft").update(asked=newest)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_quiz_layout_and_review"),
        ("people", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuestionReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("approve", "Approved"), ("send_back", "Sent back")], max_length=9
                    ),
                ),
                ("reviewed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ReviewRemark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="question",
            name="asked",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="question",
            name="proposed",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunPython(ask_the_newest, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "live"), _negated=True), ("asked__isnull", False), _connector="OR"
                ),
                name="a_live_question_asks_a_version",
            ),
        ),
        migrations.AddField(
            model_name="questionreview",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="questionreview",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="questionreview",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review",
                to="assessments.questionversion",
            ),
        ),
        migrations.AddField(
            model_name="reviewremark",
            name="review",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remark",
                to="assessments.questionreview",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("reviewer", models.F("author")), _negated=True),
                name="nobody_reviews_their_own_question",
            ),
        ),
    ]
