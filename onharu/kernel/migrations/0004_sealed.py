import onharu.kernel.sealed
from django.db import migrations, models

from onharu.kernel.sealing_steps import KeyDigests


def seal_replies(apps, schema_editor):
    replies = apps.get_model("kernel.SavedReply")
    for pk, plain in list(replies.objects.values_list("pk", "plain")):
        replies.objects.filter(pk=pk).update(body=bytes(plain))


def open_replies(apps, schema_editor):
    replies = apps.get_model("kernel.SavedReply")
    for pk, body in list(replies.objects.values_list("pk", "body")):
        replies.objects.filter(pk=pk).update(plain=body)


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0003_extra_holidays'),
    ]

    operations = [
        migrations.CreateModel(
            name='FieldKey',
            fields=[
                ('name', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('proof', models.TextField()),
                ('added_at', models.DateTimeField()),
            ],
        ),
        # Bytes have no way of their own into a column of text, so the sealed replies get a new one.
        migrations.RenameField('savedreply', 'body', 'plain'),
        migrations.AddField('savedreply', 'body', onharu.kernel.sealed.SealedBytesField(default=b'')),
        migrations.RunPython(seal_replies, open_replies),
        migrations.RemoveField('savedreply', 'plain'),
        KeyDigests('kernel.SavedReply', 'fingerprint'),
    ]
