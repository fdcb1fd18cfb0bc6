import onharu.kernel.sealed
from django.db import migrations

from onharu.kernel.sealing_steps import AtOnce, KeyDigests, SealColumns


class Migration(migrations.Migration):

    dependencies = [
        ('meals', '0001_initial'),
    ]

    operations = [
        AtOnce(
            migrations.RemoveIndex(
                model_name='ownfood',
                name='own_food_name',
            ),
            migrations.AlterField(
                model_name='analysis',
                name='answer',
                field=onharu.kernel.sealed.SealedJSONField(default=dict),
            ),
            migrations.AlterField(
                model_name='analysis',
                name='text',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=500),
            ),
            migrations.AlterField(
                model_name='ingredient',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=200),
            ),
            migrations.AlterField(
                model_name='meal',
                name='note',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=300),
            ),
            migrations.AlterField(
                model_name='mealitem',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=200),
            ),
            migrations.AlterField(
                model_name='ownfood',
                name='maker',
                field=onharu.kernel.sealed.SealedTextField(blank=True, max_length=60),
            ),
            migrations.AlterField(
                model_name='ownfood',
                name='name',
                field=onharu.kernel.sealed.SealedTextField(max_length=100),
            ),
            migrations.AlterField(
                model_name='ingredient',
                name='unit',
                field=onharu.kernel.sealed.SealedTextField(max_length=20),
            ),
            migrations.AlterField(
                model_name='mealitem',
                name='unit',
                field=onharu.kernel.sealed.SealedTextField(max_length=20),
            ),
            migrations.AlterField(
                model_name='ownfood',
                name='serving_name',
                field=onharu.kernel.sealed.SealedTextField(default='인분', max_length=20),
            ),
            remade=('analysis',),
        ),
        KeyDigests("meals.Analysis", "digest"),
        SealColumns("meals.Analysis"),
        SealColumns("meals.Ingredient"),
        SealColumns("meals.Meal"),
        SealColumns("meals.MealItem"),
        SealColumns("meals.OwnFood"),
    ]
