"""A version for each part of a day, and one counter for each person. What was there becomes the part "meals"."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def count_people(apps, schema_editor):
    """Start everybody's counter at the latest version of their days."""
    latest = (
        apps.get_model("kernel", "DayVersion")
        .objects.order_by()
        .values_list("owner_id")
        .annotate(latest=models.Max("version"))
    )
    counters = apps.get_model("kernel", "PersonVersion")
    counters.objects.bulk_create(
        [counters(owner_id=owner_id, version=version) for owner_id, version in latest.iterator()], batch_size=500
    )


def keep_the_latest(apps, schema_editor):
    """Leave one row a day, that of its latest part, where only one may be."""
    rows = apps.get_model("kernel", "DayVersion").objects
    kept = rows.order_by("owner_id", "day", "-version").values_list("owner_id", "day", "pk")
    seen, gone = set(), []
    for owner_id, day, pk in kept.iterator():
        if (owner_id, day) in seen:
            gone.append(pk)
        seen.add((owner_id, day))
    for start in range(0, len(gone), 500):
        rows.filter(pk__in=gone[start : start + 500]).delete()


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("kernel", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="dayversion", name="one_version_a_day"),
        migrations.RunPython(migrations.RunPython.noop, keep_the_latest),
        migrations.AddField(
            model_name="dayversion",
            name="part",
            field=models.CharField(default="meals", max_length=16),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="dayversion",
            constraint=models.UniqueConstraint(fields=("owner", "day", "part"), name="one_version_a_part"),
        ),
        migrations.CreateModel(
            name="PersonVersion",
            fields=[
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("version", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(count_people, migrations.RunPython.noop),
    ]
