"""The tables of the shelf of pharmacies: places, and the weeks of hours that they keep."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from onharu.catalog.pharmacies.rules.geo import LATITUDES, LONGITUDES
from onharu.kernel.readings import Reading

# Those which can be found by place: still listed, and not folded into another.
LISTED = Q(gone_on__isnull=True, same_as__isnull=True)


class WeekHours(models.Model):
    """One week of hours that any number of pharmacies keep. A row is written once and never changed.

    `text` is the week in the one spelling that `rules.hours.spell` gives it.
    """

    text = models.CharField(max_length=600, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="week_says_something")]

    def __str__(self) -> str:
        return self.text


class Pharmacy(models.Model):
    """One pharmacy. `hpid` is NMC's key, `hira_id` the one of HIRA: it may have one, both, or (a sample) neither.

    `x, y, z` are the place on a sphere of radius 1, so that a database can order by true distance. Two rows that turn
    out to be one pharmacy are folded: `same_as` names the one that lives on.
    """

    hpid = models.CharField(max_length=12, null=True, blank=True, unique=True)
    hira_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    province = models.CharField(max_length=20, blank=True, help_text="시도")
    district = models.CharField(max_length=40, blank=True, help_text="시군구")
    neighbourhood = models.CharField(max_length=40, blank=True, help_text="읍면동")
    phone = models.CharField(max_length=20, blank=True, help_text="as people write it; empty: not said")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    z = models.FloatField(null=True, blank=True)
    week = models.ForeignKey(
        WeekHours,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kept_by",
        db_index=False,
        help_text="null: not known; found by the index pharmacies_by_week",
    )
    note = models.CharField(max_length=500, blank=True, help_text="what it says of its hours itself, verbatim")
    source = models.CharField(max_length=120)
    as_of = models.DateField(null=True, blank=True, help_text="the day of the source's place and phone")
    hours_source = models.CharField(max_length=120, blank=True)
    hours_as_of = models.DateField(null=True, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True, help_text="when the wire last confirmed it")
    gone_on = models.DateField(null=True, blank=True, help_text="since when no source lists it")
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="folded", db_index=False
    )
    sample = models.BooleanField(default=False, help_text="invented, for the demo; never beside real ones")

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "pharmacies"
        indexes = [
            # Both hold all that an answer is found and ordered by, so that only its own rows are looked up.
            models.Index(
                fields=["latitude", "longitude", "week", "x", "y", "z", "id"],
                name="pharmacies_by_place",
                condition=LISTED,
            ),
            models.Index(
                fields=["week", "latitude", "longitude", "x", "y", "z", "id"],
                name="pharmacies_by_week",
                condition=LISTED,
            ),
            # Only of folded rows: SQLite would otherwise look for places by "is not folded", which nearly all are.
            models.Index(fields=["same_as"], name="pharmacies_folded", condition=Q(same_as__isnull=False)),
            models.Index(fields=["district", "neighbourhood"], name="pharmacies_by_area"),
            models.Index(fields=["phone"], name="pharmacies_by_phone"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="pharmacy_has_a_name"),
            models.CheckConstraint(condition=~Q(hpid=""), name="pharmacy_hpid_is_not_empty"),
            models.CheckConstraint(condition=~Q(hira_id=""), name="pharmacy_hira_id_is_not_empty"),
            models.CheckConstraint(
                condition=Q(
                    latitude__isnull=True,
                    longitude__isnull=True,
                    x__isnull=True,
                    y__isnull=True,
                    z__isnull=True,
                )
                | Q(
                    latitude__range=LATITUDES,
                    longitude__range=LONGITUDES,
                    x__isnull=False,
                    y__isnull=False,
                    z__isnull=False,
                ),
                name="pharmacy_place_is_whole_and_in_korea",
            ),
            models.CheckConstraint(condition=~Q(same_as=models.F("id")), name="pharmacy_is_not_folded_into_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class Listing(models.Model):
    """What one source says of one pharmacy, kept beside the pharmacy it became.

    Which rows are one pharmacy, and what is told of it, is worked out from these: so the order in which sources come
    in does not matter (docs/decisions/0082). `bare_name`, `digits` and `building` are what two rows are compared by.
    """

    kind = models.CharField(max_length=4, help_text="nmc or hira")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300, blank=True)
    province = models.CharField(max_length=20, blank=True)
    district = models.CharField(max_length=40, blank=True)
    neighbourhood = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    week = models.ForeignKey(WeekHours, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=120)
    as_of = models.DateField(null=True, blank=True)
    bare_name = models.CharField(max_length=120, blank=True)
    digits = models.CharField(max_length=20, blank=True)
    building = models.CharField(max_length=120, blank=True)
    seen_at = models.DateTimeField(help_text="when the source last listed it here")
    gone_on = models.DateField(null=True, blank=True, help_text="since when the source lists it no longer")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="a_source_lists_a_pharmacy_once"),
            models.CheckConstraint(condition=Q(kind__in=("nmc", "hira")), name="listing_is_of_a_known_source"),
            models.CheckConstraint(condition=~Q(key="") & ~Q(name=""), name="listing_has_a_key_and_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class Area(models.Model):
    """A neighbourhood, or (its name empty) a whole district, and the middle of the pharmacies it has."""

    province = models.CharField(max_length=20)
    district = models.CharField(max_length=40, blank=True)
    neighbourhood = models.CharField(max_length=40, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    pharmacies = models.PositiveIntegerField()

    class Meta:
        ordering = ["province", "district", "neighbourhood"]
        constraints = [
            models.UniqueConstraint(fields=["province", "district", "neighbourhood"], name="an_area_stands_once"),
        ]

    def __str__(self) -> str:
        return f"{self.province} {self.district} {self.neighbourhood}"


class Refresh(Reading):
    """How far the reading of each official table from the wire has come, and whose turn the nightly refresh is."""

    class Meta:
        verbose_name_plural = "refreshes"
