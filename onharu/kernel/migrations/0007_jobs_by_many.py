"""What a queue that several processes work needs to know, and the dead as a list of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0006_allowances")]

    operations = [
        migrations.AddField("job", "claimed_by", models.CharField(blank=True, db_default="", default="", max_length=64)),
        migrations.AddField("job", "leased_until", models.DateTimeField(null=True)),
        migrations.AddField("job", "sent_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="DeadLetter",
            fields=[],
            options={
                "verbose_name": "끝내 못 한 작업",
                "verbose_name_plural": "끝내 못 한 작업",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("kernel.job",),
        ),
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
