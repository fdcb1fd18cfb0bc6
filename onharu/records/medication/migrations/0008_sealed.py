import django.core.validators
import onharu.kernel.sealed
from django.conf import settings
from django.db import migrations, models

from onharu.kernel.sealing_steps import AtOnce, BlindIndex, SealColumns


class Migration(migrations.Migration):

    dependencies = [
        ('medication', '0007_shares'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='scrap',
            name='product',
            field=models.CharField(default='', max_length=32),
        ),
        migrations.AddField(
            model_name='viewed',
            name='product',
            field=models.CharField(default='', max_length=32),
        ),
        BlindIndex("medication.Scrap", "product", of="item_seq"),
        BlindIndex("medication.Viewed", "product", of="item_seq"),
        AtOnce(
            migrations.RemoveConstraint(
                model_name='regimen',
                name='regimen_seq_is_nine_digits',
            ),
            migrations.AlterField(
                model_name='regimen',
                name='item_seq',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=9, validators=[django.core.validators.RegexValidator('\\A[0-9]{9}\\Z')]),
            ),
            migrations.AlterField(
                model_name='regimen',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=200),
            ),
            migrations.AlterField(
                model_name='regimen',
                name='note',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=1000),
            ),
            migrations.AlterField(
                model_name='regimen',
                name='why',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=200),
            ),
            migrations.RemoveConstraint(
                model_name='scrap',
                name='one_scrap_a_product',
            ),
            migrations.RemoveConstraint(
                model_name='scrap',
                name='scrap_seq_is_nine_digits',
            ),
            migrations.RemoveConstraint(
                model_name='scrap',
                name='scrap_notes_bounded',
            ),
            migrations.AlterField(
                model_name='scrap',
                name='item_seq',
                field=onharu.kernel.sealed.SealedTextField(max_length=9, validators=[django.core.validators.RegexValidator('\\A[0-9]{9}\\Z')]),
            ),
            migrations.AlterField(
                model_name='scrap',
                name='notes',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=1000),
            ),
            migrations.AddConstraint(
                model_name='scrap',
                constraint=models.UniqueConstraint(condition=models.Q(('deleted_at__isnull', True)), fields=('owner', 'product'), name='one_scrap_a_product'),
            ),
            migrations.AddConstraint(
                model_name='scrap',
                constraint=models.CheckConstraint(condition=models.Q(('product', ''), _negated=True), name='scrap_is_of_a_product'),
            ),
            migrations.RemoveConstraint(
                model_name='viewed',
                name='one_view_a_product',
            ),
            migrations.RemoveConstraint(
                model_name='viewed',
                name='viewed_seq_is_nine_digits',
            ),
            migrations.AlterField(
                model_name='viewed',
                name='item_seq',
                field=onharu.kernel.sealed.SealedTextField(max_length=9, validators=[django.core.validators.RegexValidator('\\A[0-9]{9}\\Z')]),
            ),
            migrations.AddConstraint(
                model_name='viewed',
                constraint=models.UniqueConstraint(fields=('owner', 'product'), name='one_view_a_product'),
            ),
            migrations.AddConstraint(
                model_name='viewed',
                constraint=models.CheckConstraint(condition=models.Q(('product', ''), _negated=True), name='view_is_of_a_product'),
            ),
            migrations.AlterField(
                model_name='doseevent',
                name='reason',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=200),
            ),
            migrations.AlterField(
                model_name='pushsubscription',
                name='label',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=80),
            ),
            migrations.AlterField(
                model_name='regimenversion',
                name='sentence',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=300),
            ),
            migrations.AlterField(
                model_name='share',
                name='label',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=40),
            ),
            migrations.AlterField(
                model_name='stockevent',
                name='note',
                field=onharu.kernel.sealed.SealedTextField(blank=True, default='', max_length=200),
            ),
            migrations.AlterField(
                model_name='tag',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=30),
            ),
            remade=('regimen', 'scrap', 'viewed'),
        ),
        BlindIndex("medication.Tag", "spelling", of="spelling"),
        SealColumns("medication.DoseEvent"),
        SealColumns("medication.PushSubscription"),
        SealColumns("medication.Regimen"),
        SealColumns("medication.RegimenVersion"),
        SealColumns("medication.Scrap"),
        SealColumns("medication.Share"),
        SealColumns("medication.StockEvent"),
        SealColumns("medication.Tag"),
        SealColumns("medication.Viewed"),
    ]
