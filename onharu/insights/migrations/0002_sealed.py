import onharu.kernel.sealed
from django.db import migrations

from onharu.kernel.sealing_steps import AtOnce, SealColumns


class Migration(migrations.Migration):

    dependencies = [
        ('insights', '0001_cards_and_words'),
    ]

    operations = [
        AtOnce(
            migrations.AlterField(
                model_name='daywords',
                name='text',
                field=onharu.kernel.sealed.SealedTextField(blank=True),
            ),
        ),
        SealColumns("insights.DayWords"),
    ]
