"""Forgets what rows on compounds said of a code, and notes whose table says what a code covers."""

from django.db import migrations, models

from onharu.catalog.medicines.rules.salts import plain

BATCH = 500


def keep_what_is_sure(apps, _schema):
    """Keep salts of codes that no compound names; of the others their own names, until the next import."""
    rules, salts = apps.get_model("medicines", "DurRule"), apps.get_model("medicines", "DurSalt")
    kinds, names, mixed = {}, {}, set()
    columns = ("kind", "code", "name", "combined", "partner_code", "partner_name", "partner_combined")
    for kind, code, name, parts, partner, partner_name, partner_parts in rules.objects.order_by("id").values_list(
        *columns
    ):
        for side, said, compound in ((code, name, parts), (partner, partner_name, partner_parts)):
            if side:
                kinds.setdefault(side, kind)
                names.setdefault(side, said)
                mixed |= {side} if compound else set()
    unsure = [salt.pk for salt in salts.objects.all() if salt.code in mixed or salt.code not in kinds]
    for start in range(0, len(unsure), BATCH):
        salts.objects.filter(pk__in=unsure[start : start + BATCH]).delete()
    for salt in salts.objects.all():
        salts.objects.filter(pk=salt.pk).update(kind=kinds[salt.code])
    salts.objects.bulk_create(
        [
            salts(kind=kinds[code], code=code, key=plain(names[code]), name=names[code][:200])
            for code in sorted(mixed)
            if plain(names[code])
        ],
        batch_size=BATCH,
    )


class Migration(migrations.Migration):
    dependencies = [("medicines", "0003_product_notices_and_refreshes")]

    operations = [
        migrations.AddField(
            model_name="dursalt",
            name="kind",
            field=models.CharField(
                choices=[
                    ("pair", "병용금기"),
                    ("pregnancy", "임부금기"),
                    ("dose", "용량주의"),
                    ("duplicate", "효능군중복"),
                    ("age", "특정연령대금기"),
                    ("elderly", "노인주의"),
                    ("duration", "투여기간주의"),
                    ("additive", "첨가제주의"),
                ],
                default="",
                help_text="whose table says so",
                max_length=9,
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="dursalt", name="one_salt_a_code"),
        migrations.AddConstraint(
            model_name="dursalt",
            constraint=models.UniqueConstraint(fields=("kind", "code", "key", "m_code"), name="one_salt_a_code"),
        ),
        migrations.RunPython(keep_what_is_sure, migrations.RunPython.noop),
    ]
