"""The tables of the exercise shelf: an exercise per code, what it trains, needs and strains, what was loaded."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from onharu.catalog.exercises.rules import codes

# Rows of any table: nobody said what kind of movement it is.
UNSAID = ""
FULL = Q(level__gte=1, met__isnull=False) & ~Q(pattern=UNSAID) & ~Q(measure=UNSAID)


class Exercise(models.Model):
    """One exercise by whose table and edition. The code is the key, never the name."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    aliases = models.CharField(max_length=400, blank=True, help_text="other names, split by |")
    pattern = models.CharField(max_length=10, blank=True)
    measure = models.CharField(max_length=10, blank=True, help_text="how one set is counted")
    level = models.PositiveSmallIntegerField(default=0, help_text="1 easy to 3 hard, 0 unknown")
    met = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    met_source = models.CharField(max_length=120, blank=True)
    edition = models.CharField(max_length=40, blank=True, help_text="of the figure")
    instructions = models.TextField(blank=True, help_text="one step a line")
    source = models.CharField(max_length=120)
    starter = models.BooleanField(default=False, help_text="shipped with the product, not imported")
    planned = models.BooleanField(default=False, help_text="full facts: the planner may use it")

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name", "id"], name="exercises_by_name")]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="exercise_has_a_code"),
            models.CheckConstraint(condition=~Q(name=""), name="exercise_has_a_name"),
            models.CheckConstraint(condition=~Q(source=""), name="exercise_has_a_source"),
            models.CheckConstraint(condition=Q(pattern__in=[UNSAID, *codes.PATTERNS]), name="exercise_pattern_known"),
            models.CheckConstraint(condition=Q(measure__in=[UNSAID, *codes.MEASURES]), name="exercise_measure_known"),
            models.CheckConstraint(condition=Q(level__in=list(codes.LEVELS)), name="exercise_level_known"),
            models.CheckConstraint(
                condition=Q(met__isnull=True)
                | (Q(met__gte=Decimal(codes.LEAST_MET), met__lte=Decimal(codes.MOST_MET)) & ~Q(met_source="")),
                name="exercise_met_possible_and_sourced",
            ),
            models.CheckConstraint(condition=Q(planned=False) | FULL, name="exercise_planned_with_full_facts"),
        ]

    def __str__(self) -> str:
        return self.name


class ExerciseTag(models.Model):
    """One code an exercise carries: a target, a piece of equipment, a place, a loaded region, a caution."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="tags")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField(default=0, help_text="the smallest matters most")

    class Meta:
        ordering = ["exercise_id", "kind", "rank"]
        indexes = [models.Index(fields=["kind", "value", "exercise"], name="exercises_by_tag")]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "kind", "value"], name="tag_once_an_exercise"),
            models.CheckConstraint(
                condition=Q(*(Q(kind=kind, value__in=values) for kind, values in codes.TAGS.items()), _connector=Q.OR),
                name="tag_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


class Loaded(models.Model):
    """Which edition of a shipped table stands here; the row of the whole shelf is a stamp new with every write."""

    table = models.CharField(max_length=40, primary_key=True)
    edition = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.table} {self.edition}"
