"""The tables of the names room: shelves, and their names packed for the index."""

from __future__ import annotations

from django.db import models


class Shelf(models.Model):
    """A set of names that is searched together. `stamp` changes with every write and never comes back."""

    name = models.CharField(max_length=40, unique=True)
    stamp = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.name


class Segment(models.Model):
    """A run of a shelf's names in order of key, packed by `shelf_index.packed`; `first_key` opens the run."""

    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE, related_name="segments")
    first_key = models.BigIntegerField()
    names = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shelf", "first_key"], name="one_segment_opens_with_a_key")]

    def __str__(self) -> str:
        return f"{self.shelf_id}:{self.first_key}"
