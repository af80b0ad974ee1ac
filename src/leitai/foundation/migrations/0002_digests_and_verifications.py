import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", ID),
                ("book", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("number", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ("-day", "book"),
                "constraints": [
                    models.UniqueConstraint(fields=("book", "day"), name="one_digest_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", ID),
                ("book", models.CharField(db_index=True, max_length=60)),
                ("number", models.BigIntegerField()),
                ("hash", models.CharField(blank=True, max_length=64)),
                ("findings", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-pk",)},
        ),
    ]
