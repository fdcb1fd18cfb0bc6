"""The access record, which only grows: triggers of the database say so too."""

from django.db import migrations, models

GENESIS = "0" * 64
SQLITE = [
    """CREATE TRIGGER access_appends BEFORE INSERT ON kernel_accessrow BEGIN
    SELECT RAISE(ABORT, 'the access record only grows at its end') WHERE NOT EXISTS (
        SELECT 1 FROM kernel_accesstail WHERE id = 1 AND sequence = NEW.sequence - 1 AND digest = NEW.before);
    UPDATE kernel_accesstail SET sequence = NEW.sequence, digest = NEW.digest WHERE id = 1;
    END""",
    """CREATE TRIGGER access_stays BEFORE UPDATE ON kernel_accessrow BEGIN
    SELECT RAISE(ABORT, 'the access record is not changed');
    END""",
    """CREATE TRIGGER access_is_kept BEFORE DELETE ON kernel_accessrow BEGIN
    SELECT RAISE(ABORT, 'the access record is kept for two years') WHERE NOT EXISTS (
        SELECT 1 FROM kernel_accesscheckpoint WHERE sequence >= OLD.sequence);
    END""",
    """CREATE TRIGGER access_folds BEFORE INSERT ON kernel_accesscheckpoint BEGIN
    SELECT RAISE(ABORT, 'only what is two years old is folded') WHERE NOT EXISTS (
        SELECT 1 FROM kernel_accessrow WHERE sequence = NEW.sequence AND digest = NEW.digest
            AND at < datetime('now', '-2 years'));
    END""",
    """CREATE TRIGGER access_fold_stays BEFORE UPDATE ON kernel_accesscheckpoint BEGIN
    SELECT RAISE(ABORT, 'a checkpoint is not changed');
    END""",
    """CREATE TRIGGER access_fold_is_kept BEFORE DELETE ON kernel_accesscheckpoint BEGIN
    SELECT RAISE(ABORT, 'a checkpoint is kept');
    END""",
]
NAMES = ("access_appends", "access_stays", "access_is_kept", "access_folds", "access_fold_stays", "access_fold_is_kept")
POSTGRES = """
CREATE FUNCTION access_appends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE kernel_accesstail SET sequence = NEW.sequence, digest = NEW.digest
        WHERE id = 1 AND sequence = NEW.sequence - 1 AND digest = NEW.before;
    IF NOT FOUND THEN RAISE EXCEPTION 'the access record only grows at its end'; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION access_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the access record is not changed'; END $$;
CREATE FUNCTION access_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM kernel_accesscheckpoint WHERE sequence >= OLD.sequence) THEN
        RAISE EXCEPTION 'the access record is kept for two years';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION access_folds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM kernel_accessrow WHERE sequence = NEW.sequence AND digest = NEW.digest
            AND at < now() - interval '2 years') THEN
        RAISE EXCEPTION 'only what is two years old is folded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_appends BEFORE INSERT ON kernel_accessrow FOR EACH ROW EXECUTE FUNCTION access_appends();
CREATE TRIGGER access_stays BEFORE UPDATE ON kernel_accessrow FOR EACH ROW EXECUTE FUNCTION access_stays();
CREATE TRIGGER access_is_kept BEFORE DELETE ON kernel_accessrow FOR EACH ROW EXECUTE FUNCTION access_is_kept();
CREATE TRIGGER access_folds BEFORE INSERT ON kernel_accesscheckpoint FOR EACH ROW EXECUTE FUNCTION access_folds();
CREATE TRIGGER access_fold_stays BEFORE UPDATE OR DELETE ON kernel_accesscheckpoint
    FOR EACH ROW EXECUTE FUNCTION access_stays();
"""
UNDO_POSTGRES = """
DROP FUNCTION access_appends() CASCADE;
DROP FUNCTION access_stays() CASCADE;
DROP FUNCTION access_is_kept() CASCADE;
DROP FUNCTION access_folds() CASCADE;
"""


def guard(apps, schema_editor):
    apps.get_model("kernel", "AccessTail").objects.create(pk=1, sequence=0, digest=GENESIS)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES)
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(UNDO_POSTGRES)
        return
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_sealed")]

    operations = [
        migrations.CreateModel(
            name="AccessCheckpoint",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("rows", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="AccessTail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AccessRow",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("who", models.CharField(blank=True, max_length=20)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("whose", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=16)),
                ("what", models.CharField(max_length=120)),
                ("own", models.BooleanField()),
                ("before", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("own", False)), fields=["whose", "-sequence"], name="access_told"
                    )
                ],
            },
        ),
        migrations.RunPython(guard, let_go),
    ]
