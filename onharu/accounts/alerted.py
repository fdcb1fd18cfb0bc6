"""From which devices a person signed in, and what they are told of their account: two tables of theirs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onharu.kernel.owned import Owned


class SeenDevice(Owned):
    """A kind of device in a neighbourhood of addresses, from which a person signed in: a keyed hash of both.

    It is known until two months after the last session that was opened from it can have been used.
    """

    mark = models.CharField(max_length=64)
    known_until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "mark"], name="one_row_a_device")]


class Alert(Owned):
    """Something about a person's account that they should know, and whether they said that it was them.

    `place` names the session that it is about, `mark` the device.
    """

    class Kind(models.TextChoices):
        NEW_DEVICE = "new_device", _("처음 보는 기기에서 로그인했어요")
        TOKEN_REUSED = "token_reused", _("앱의 로그인이 복사된 것 같아 끝냈어요")
        PASSWORD = "password", _("비밀번호가 바뀌었어요")
        SECOND_ON = "second_on", _("2단계 인증이 켜졌어요")
        SECOND_OFF = "second_off", _("2단계 인증이 꺼졌어요")
        CODES = "codes", _("복구 코드를 새로 받았어요")
        PASSKEY_ADDED = "passkey_added", _("패스키가 더해졌어요")
        PASSKEY_REMOVED = "passkey_removed", _("패스키가 지워졌어요")
        PASSKEY_COPIED = "passkey_copied", _("복사된 것 같은 패스키를 막았어요")

    kind = models.CharField(max_length=15, choices=Kind)
    at = models.DateTimeField()
    device = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)
    place = models.CharField(max_length=24, blank=True)
    mark = models.CharField(max_length=64, blank=True)
    answered_at = models.DateTimeField(null=True)
    mine = models.BooleanField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-at"], name="alert_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, mine__isnull=True)
                | Q(answered_at__isnull=False, mine__isnull=False),
                name="an_answer_has_its_time",
            )
        ]
