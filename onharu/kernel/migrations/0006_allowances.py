"""What is used of an allowance, where no Redis counts it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_access")]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("used", models.PositiveIntegerField()),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
