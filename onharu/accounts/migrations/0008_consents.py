"""What was agreed to and what left the house. Who is here already goes on, and is asked at the next visit."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE

HEALTH = [("unasked", "Unasked"), ("earlier", "Earlier"), ("given", "Given"), ("withheld", "Withheld")]
HOW = [("page", "화면에서"), ("api", "앱에서"), ("setup", "시작할 때"), ("ended", "끝나서")]
PURPOSES = ("health_data", "photos_outside", "words_outside", "place_outside", "caregiver", "push")
SQLITE = """CREATE TRIGGER consent_stays BEFORE UPDATE ON accounts_consent BEGIN
    SELECT RAISE(ABORT, 'a consent is not changed');
    END"""
POSTGRES = """
CREATE FUNCTION consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a consent is not changed'; END $$;
CREATE TRIGGER consent_stays BEFORE UPDATE ON accounts_consent FOR EACH ROW EXECUTE FUNCTION consent_stays();
"""


def stand(apps, schema_editor):
    schema_editor.execute(POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE)


def fall(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER consent_stays ON accounts_consent; DROP FUNCTION consent_stays()")
    else:
        schema_editor.execute("DROP TRIGGER consent_stays")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_leaving")]

    operations = [
        migrations.AddField(
            "profile", "health_data", models.CharField(choices=HEALTH, default="earlier", max_length=8)
        ),
        migrations.AlterField(
            "profile", "health_data", models.CharField(choices=HEALTH, default="unasked", max_length=8)
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=14)),
                ("given", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("how", models.CharField(choices=HOW, max_length=5)),
                ("about", models.CharField(blank=True, max_length=40)),
                ("wording", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=2)),
                ("digest", models.CharField(max_length=64)),
                ("owner", models.ForeignKey(on_delete=CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "-id"], name="consent_of")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(purpose__in=PURPOSES), name="consent_to_something"),
                    models.CheckConstraint(
                        condition=~models.Q(wording="") & ~models.Q(digest=""), name="consent_to_a_wording"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_index=True)),
                ("upstream", models.CharField(max_length=40)),
                ("purpose", models.CharField(max_length=14)),
                ("sent", models.PositiveIntegerField()),
                ("ok", models.BooleanField()),
                ("owner", models.ForeignKey(on_delete=CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={"indexes": [models.Index(fields=["owner", "-id"], name="outgoing_of")]},
        ),
        migrations.RunPython(stand, fall),
    ]
