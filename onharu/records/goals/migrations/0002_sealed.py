import django.core.validators
import onharu.kernel.sealed
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from onharu.kernel.sealing_steps import AtOnce, SealColumns


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0001_goals_targets_measurements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            migrations.RemoveConstraint(
                model_name='measurement',
                name='measurement_within_bounds',
            ),
            migrations.RemoveConstraint(
                model_name='measurement',
                name='diastolic_below_systolic',
            ),
            migrations.AlterField(
                model_name='measurement',
                name='note',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=200),
            ),
            migrations.AlterField(
                model_name='measurement',
                name='value',
                field=onharu.kernel.sealed.SealedDecimalField(decimal_places=1, max_digits=5, validators=[django.core.validators.MinValueValidator(Decimal('2')), django.core.validators.MaxValueValidator(Decimal('1000'))]),
            ),
            migrations.AlterField(
                model_name='measurement',
                name='value2',
                field=onharu.kernel.sealed.SealedDecimalField(blank=True, decimal_places=1, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('20')), django.core.validators.MaxValueValidator(Decimal('200'))]),
            ),
            migrations.AlterField(
                model_name='measurement',
                name='weight_before',
                field=onharu.kernel.sealed.SealedDecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(Decimal('2')), django.core.validators.MaxValueValidator(Decimal('400'))]),
            ),
            migrations.AddConstraint(
                model_name='measurement',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'WEIGHT'), ('value2__isnull', True)), models.Q(('kind', 'WAIST'), ('value2__isnull', True)), models.Q(('kind', 'BLOOD_PRESSURE'), ('value2__isnull', False)), models.Q(('kind', 'GLUCOSE'), ('value2__isnull', True)), _connector='OR'), name='measurement_of_known_kind'),
            ),
            migrations.AlterField(
                model_name='goal',
                name='exercise_name',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=100),
            ),
            migrations.AlterField(
                model_name='goal',
                name='start_value',
                field=onharu.kernel.sealed.SealedDecimalField(blank=True, decimal_places=1, max_digits=7, null=True),
            ),
            migrations.AlterField(
                model_name='goal',
                name='title',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=60),
            ),
            remade=('measurement',),
        ),
        SealColumns("goals.Goal"),
        SealColumns("goals.Measurement"),
    ]
