import django.core.validators
import onharu.kernel.sealed
from decimal import Decimal
from django.db import migrations

from onharu.kernel.sealing_steps import AtOnce, SealColumns


class Migration(migrations.Migration):

    dependencies = [
        ('workouts', '0001_initial'),
    ]

    operations = [
        AtOnce(
            migrations.RemoveConstraint(
                model_name='workoutlog',
                name='log_body',
            ),
            migrations.AlterField(
                model_name='workoutlog',
                name='body_kg',
                field=onharu.kernel.sealed.SealedDecimalField(blank=True, decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(Decimal('2')), django.core.validators.MaxValueValidator(Decimal('400'))]),
            ),
            migrations.AlterField(
                model_name='workoutlog',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=200),
            ),
            migrations.AlterField(
                model_name='workoutlog',
                name='note',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=300),
            ),
            migrations.AlterField(
                model_name='task',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=200),
            ),
            migrations.AlterField(
                model_name='workoutplan',
                name='note',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=300),
            ),
            migrations.AlterField(
                model_name='workoutplan',
                name='title',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=80),
            ),
            migrations.AlterField(
                model_name='workoutplan',
                name='focus',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=40),
            ),
            remade=('workoutlog',),
        ),
        SealColumns("workouts.Task"),
        SealColumns("workouts.WorkoutLog"),
        SealColumns("workouts.WorkoutPlan"),
    ]
