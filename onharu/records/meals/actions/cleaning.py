"""Letting go for good of what was deleted a while ago."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel import clock
from onharu.records.meals.models import Meal, MealItem, OwnFood, Photo

UNDO_FOR = timedelta(days=1)
OWN_FOODS_FOR = timedelta(days=30)


def forget_deleted() -> int:
    """Remove meals and foods that were deleted more than a day ago, and the meals' photographs; returns how many."""
    before = clock.now() - UNDO_FOR
    for photo in Photo.objects.filter(meal__deleted_at__lt=before):
        photo.file.delete(save=False)
        photo.thumb.delete(save=False)
        photo.delete()
    OwnFood.objects.filter(deleted_at__lt=clock.now() - OWN_FOODS_FOR).delete()
    items = MealItem.objects.filter(deleted_at__lt=before).delete()[0]
    return items + Meal.objects.filter(deleted_at__lt=before).delete()[0]
