"""What somebody takes, as frozen values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import overload

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onharu.accounts.public import Person
from onharu.kernel.problems import Missing
from onharu.records.medication.models import Regimen, RegimenVersion
from onharu.records.medication.queries.entries import RegimenEntry, VersionEntry
from onharu.records.medication.queries.standing import Standing, standings


class RegimenList:
    """A person's medicines in their order; a slice of it costs one statement whatever its length.

    `ended`: only those that have ended, only those that have not, or (None) all.
    """

    def __init__(self, person: Person, at: datetime, *, ended: bool | None = None) -> None:
        self.person, self.at = person, at
        rows: QuerySet[Regimen] = Regimen.objects.of(person.id).alive()
        if ended is not None:
            rows = (
                rows.filter(_over(person.id, person.day_at(at)))
                if ended
                else rows.exclude(_over(person.id, person.day_at(at)))
            )
        self._rows = rows.order_by("position", "pk")

    def count(self) -> int:
        """Count them."""
        return self._rows.count()

    @overload
    def __getitem__(self, which: slice) -> list[RegimenEntry]: ...
    @overload
    def __getitem__(self, which: int) -> RegimenEntry: ...
    def __getitem__(self, which: slice | int) -> list[RegimenEntry] | RegimenEntry:
        """Read some of them."""
        if isinstance(which, int):
            return self[which : which + 1][0]
        wanted = Regimen.objects.filter(pk__in=self._rows.values("pk")[which])
        return [one.entry for one in standings(self.person, wanted, self.at)]


def _over(owner_id: int, today: date) -> Q:
    """Choose the regimens whose newest wording stops them, or ended before today."""
    newest = RegimenVersion.objects.of(owner_id).filter(regimen=OuterRef("regimen")).order_by("-n").values("n")
    latest = RegimenVersion.objects.of(owner_id).filter(n=Subquery(newest[:1]))
    return Q(pk__in=latest.filter(Q(stops=True) | Q(end__lt=today)).values("regimen"))


def regimens_of(person: Person, *, at: datetime, ended: bool | None = False) -> list[RegimenEntry]:
    """List a person's medicines in their order, those that have not ended unless asked; one statement."""
    return [one.entry for one in standings_of(person, at=at) if ended is None or one.entry.ended == ended]


def regimen_of(person: Person, regimen_id: int, *, at: datetime) -> RegimenEntry:
    """Find one of a person's medicines; one statement. Raises Missing."""
    return standing_of(person, regimen_id, at=at).entry


def versions_of(person: Person, regimen_id: int, *, at: datetime) -> tuple[VersionEntry, ...]:
    """List every wording of a medicine, oldest first; one statement. Raises Missing."""
    return standing_of(person, regimen_id, at=at).versions


def standing_of(person: Person, regimen_id: int, *, at: datetime) -> Standing:
    """Find one medicine with its wordings; one statement. Raises Missing."""
    found = standings_of(person, at=at, only=[regimen_id])
    if not found:
        raise Missing
    return found[0]


def standings_of(person: Person, *, at: datetime, only: Collection[int] | None = None) -> list[Standing]:
    """Read a person's living medicines with their wordings; one statement."""
    living = Regimen.objects.of(person.id).alive()
    return standings(person, living if only is None else living.filter(pk__in=only), at)


def products_of(owner_id: int, today: date) -> tuple[str, ...]:
    """List the products of the shelf that somebody takes now, in their order; one statement."""
    living = Regimen.objects.of(owner_id).alive().exclude(item_seq="").exclude(_over(owner_id, today))
    return tuple(living.order_by("position", "pk").values_list("item_seq", flat=True))
