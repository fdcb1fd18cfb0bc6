"""A sign-in that waits for its code, and the keys that tokens are signed with."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onharu.kernel.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_consents"),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kid", models.CharField(max_length=16, unique=True)),
                ("secret", onharu.kernel.sealed.SealedTextField(max_length=64)),
                ("signs", models.BooleanField(null=True, unique=True)),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retired_at__isnull", True), ("signs", True)),
                            models.Q(("retired_at__isnull", False), ("signs__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_key_signs_or_is_retired",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondStep",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("method", models.CharField(max_length=20)),
                ("for_app", models.BooleanField()),
                ("begun_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(null=True)),
                ("wrong", models.PositiveSmallIntegerField(default=0)),
                ("wrong_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "wrong_at"], name="second_step_of_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("wrong", 0), ("wrong_at__isnull", True)),
                            models.Q(("wrong__gt", 0), ("wrong_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_wrong_code_has_its_time",
                    )
                ],
            },
        ),
    ]
