
import django.db.models.deletion
import onharu.kernel.sealed
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_sealed'),
    ]

    operations = [
        migrations.AddField(
            model_name='profile',
            name='alert_mail',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='alerted',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('new_device', '처음 보는 기기에서 로그인했어요'), ('token_reused', '앱의 로그인이 복사된 것 같아 끝냈어요'), ('password', '비밀번호가 바뀌었어요'), ('second_on', '2단계 인증이 켜졌어요'), ('second_off', '2단계 인증이 꺼졌어요'), ('codes', '복구 코드를 새로 받았어요'), ('passkey_added', '패스키가 더해졌어요'), ('passkey_removed', '패스키가 지워졌어요'), ('passkey_copied', '복사된 것 같은 패스키를 막았어요')], max_length=15)),
                ('at', models.DateTimeField()),
                ('device', models.CharField(blank=True, max_length=60)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('place', models.CharField(blank=True, max_length=24)),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('answered_at', models.DateTimeField(null=True)),
                ('mine', models.BooleanField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['owner', '-at'], name='alert_of_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('mine__isnull', True)), models.Q(('answered_at__isnull', False), ('mine__isnull', False)), _connector='OR'), name='an_answer_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credential', models.CharField(max_length=1400, unique=True)),
                ('public_key', models.CharField(max_length=2000)),
                ('counter', models.PositiveBigIntegerField()),
                ('name', onharu.kernel.sealed.SealedTextField(max_length=40)),
                ('added_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'added_at'], name='passkey_of_user')],
            },
        ),
        migrations.CreateModel(
            name='PasskeyStart',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('challenge', models.CharField(max_length=43)),
                ('purpose', models.CharField(choices=[('add', 'Add'), ('enter', 'Enter'), ('second', 'Second')], max_length=6)),
                ('session', models.CharField(blank=True, max_length=64)),
                ('step', models.CharField(blank=True, max_length=64)),
                ('for_app', models.BooleanField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('purpose', 'add'), ('step', ''), ('user__isnull', False), models.Q(('session', ''), _negated=True)), models.Q(('purpose', 'enter'), ('session', ''), ('step', ''), ('user__isnull', True)), models.Q(('purpose', 'second'), ('session', ''), ('user__isnull', False), models.Q(('step', ''), _negated=True)), _connector='OR'), name='a_passkey_is_asked_for_something')],
            },
        ),
        migrations.CreateModel(
            name='SeenDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64)),
                ('known_until', models.DateTimeField(db_index=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'mark'), name='one_row_a_device')],
            },
        ),
    ]
