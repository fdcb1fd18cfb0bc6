"""What a person agreed to, in which words, and what left the house for them: two tables that only grow."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onharu.accounts import wordings
from onharu.kernel.owned import Owned, OwnedQuerySet


class ConsentStays(TypeError):
    """A record of consent was to be changed or removed."""


class ConsentQuerySet(OwnedQuerySet):
    """Consents of one person. They are added and read; nothing here changes or removes one."""

    def update(self, **_values: Any) -> int:
        """Refuse: what was said at a time stays said. A trigger of the database refuses it too."""
        raise ConsentStays

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse: a consent goes only with everything else of its person."""
        raise ConsentStays


class Consent(Owned):
    """What a person was asked, in which words, and what they said. Append-only: the newest of a purpose holds."""

    class How(models.TextChoices):
        PAGE = "page", _("화면에서")
        API = "api", _("앱에서")
        SETUP = "setup", _("시작할 때")
        ENDED = "ended", _("끝나서")  # the other side left, or what it hung on was withdrawn

    purpose = models.CharField(max_length=14)
    given = models.BooleanField()
    at = models.DateTimeField()
    how = models.CharField(max_length=5, choices=How)
    # Which share or device it is about, where there may be several: "share:12".
    about = models.CharField(max_length=40, blank=True)
    wording = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)

    objects = ConsentQuerySet.as_manager()  # type: ignore[misc]  # a narrower manager than Owned's

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="consent_of")]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=wordings.PURPOSES), name="consent_to_something"),
            models.CheckConstraint(condition=~Q(wording="") & ~Q(digest=""), name="consent_to_a_wording"),
        ]


class Outgoing(Owned):
    """A call to another company that was made for a person: to whom, what for, how much. Never what."""

    at = models.DateTimeField(db_index=True)
    upstream = models.CharField(max_length=40)
    purpose = models.CharField(max_length=14)
    sent = models.PositiveIntegerField()
    ok = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="outgoing_of")]
