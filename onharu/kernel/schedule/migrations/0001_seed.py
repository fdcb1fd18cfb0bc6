"""An entry for each periodic job there is."""

from django.db import migrations

from onharu.kernel.schedule.laying import lay_out


def seed(apps, schema_editor):
    lay_out(
        apps.get_model("django_celery_beat", "PeriodicTask"), apps.get_model("django_celery_beat", "CrontabSchedule")
    )


class Migration(migrations.Migration):
    dependencies = [("django_celery_beat", "0019_alter_periodictasks_options")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
