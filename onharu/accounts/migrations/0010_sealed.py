import django.core.validators
import onharu.kernel.sealed
from decimal import Decimal
from django.db import migrations

from onharu.kernel.sealing_steps import AtOnce, SealColumns


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_ways_in'),
    ]

    operations = [
        AtOnce(
            migrations.RemoveConstraint(
                model_name='profile',
                name='height_sane',
            ),
            migrations.RemoveConstraint(
                model_name='profile',
                name='weight_sane',
            ),
            migrations.AlterField(
                model_name='profile',
                name='height_cm',
                field=onharu.kernel.sealed.SealedDecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(Decimal('50')), django.core.validators.MaxValueValidator(Decimal('260'))]),
            ),
            migrations.AlterField(
                model_name='profile',
                name='nickname',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=40),
            ),
            migrations.AlterField(
                model_name='profile',
                name='weight_kg',
                field=onharu.kernel.sealed.SealedDecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(Decimal('2')), django.core.validators.MaxValueValidator(Decimal('400'))]),
            ),
            remade=('profile',),
        ),
        SealColumns("accounts.Profile"),
    ]
