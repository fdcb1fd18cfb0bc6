import onharu.kernel.sealed
from django.db import migrations

from onharu.kernel.sealing_steps import AtOnce, BlindIndex, SealColumns


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0001_initial'),
    ]

    operations = [
        AtOnce(
            migrations.RemoveConstraint(
                model_name='dailyreport',
                name='report_highlights_bounded',
            ),
            migrations.RemoveConstraint(
                model_name='dailyreport',
                name='report_challenges_bounded',
            ),
            migrations.AlterField(
                model_name='dailyreport',
                name='challenges',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=2000),
            ),
            migrations.AlterField(
                model_name='dailyreport',
                name='highlights',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=2000),
            ),
            migrations.RemoveConstraint(
                model_name='feedback',
                name='feedback_body_bounded',
            ),
            migrations.AlterField(
                model_name='feedback',
                name='body',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=1000),
            ),
            migrations.AlterField(
                model_name='tag',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=30),
            ),
            remade=('dailyreport', 'feedback'),
        ),
        BlindIndex("journal.Tag", "spelling", of="spelling"),
        SealColumns("journal.DailyReport"),
        SealColumns("journal.Feedback"),
        SealColumns("journal.Tag"),
    ]
