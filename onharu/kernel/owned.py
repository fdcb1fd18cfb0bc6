"""Rows that belong to one person, and the only way to ask for them: by owner first."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models

from onharu.kernel.problems import Missing


class OwnedQuerySet(models.QuerySet[Any]):
    """A queryset whose questions start from the owner."""

    def of(self, owner_id: int) -> Self:
        """Keep only this person's rows."""
        return self.filter(owner_id=owner_id)

    def one_of(self, owner_id: int, pk: int) -> Any:
        """Find one of this person's rows; a stranger's id raises the same Missing as an unknown one."""
        try:
            return self.of(owner_id).get(pk=pk)
        except (self.model.DoesNotExist, OverflowError, ValueError, TypeError):
            raise Missing from None


class AliveQuerySet(OwnedQuerySet):
    """Rows that were not deleted; a deleted row waits a while for 되돌리기."""

    def alive(self) -> AliveQuerySet:
        """Keep what was not deleted."""
        return self.filter(deleted_at__isnull=True)


class Owned(models.Model):
    """A private row. Deleting the person deletes it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True
