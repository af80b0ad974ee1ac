from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jury", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="draw",
            name="asked",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="draw",
            name="second_look",
            field=models.CharField(
                blank=True,
                choices=[
                    ("band", "second look at the band"),
                    ("telling", "second look where it tells most"),
                ],
                max_length=10,
            ),
        ),
    ]
