"""Works out from what the sources list which pharmacies there are, and which row carries which keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from onharu.catalog.pharmacies.actions.listings import Owner, living
from onharu.catalog.pharmacies.models import Pharmacy
from onharu.catalog.pharmacies.rules.matching import Matched, match

ASK_AT_ONCE = 2000
# The keys of NMC and of HIRA that are one pharmacy; None where it is listed by one of them only.
Group = tuple[str | None, str | None]


class Carried(NamedTuple):
    """A pharmacy and the keys it carries; `pk` None: it has no row yet."""

    pk: int | None
    hpid: str | None
    hira_id: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """How the rows were paired, the pharmacies to be written anew, and those that were folded into another."""

    matched: Matched
    dirty: tuple[Carried, ...]
    folded: frozenset[int]


def carriers(keys: Collection[Owner]) -> tuple[Carried, ...]:
    """List the pharmacies that carry keys, as they stand."""
    found: dict[int, Carried] = {}
    for column, kind in (("hpid", "nmc"), ("hira_id", "hira")):
        wanted = [key for one, key in keys if one == kind]
        for start in range(0, len(wanted), ASK_AT_ONCE):
            part = Pharmacy.objects.filter(**{f"{column}__in": wanted[start : start + ASK_AT_ONCE]}).order_by()
            found.update((row[0], Carried(*row)) for row in part.values_list("pk", "hpid", "hira_id"))
    return tuple(found.values())


class _Shelf:
    """Which pharmacy carries which keys now."""

    def __init__(self) -> None:
        rows = Pharmacy.objects.filter(Q(hpid__isnull=False) | Q(hira_id__isnull=False)).order_by()
        self.keys: dict[int, Group] = {pk: (hpid, hira) for pk, hpid, hira in rows.values_list("pk", "hpid", "hira_id")}
        self.nmc = {hpid: pk for pk, (hpid, _) in self.keys.items() if hpid}
        self.hira = {hira: pk for pk, (_, hira) in self.keys.items() if hira}


def settle(touched: Collection[Owner]) -> Settled:
    """Pair the living rows of both sources and give each pair, and each row that stays alone, its pharmacy.

    A pharmacy keeps its id. Of two that turn out to be one, the one known longer lives on and the other is folded into
    it. `touched` rows say something new, so their pharmacies are written anew.
    """
    first, second = living("nmc"), living("hira")
    matched = match(first, second)
    pairs, twins = matched.pairs, matched.twins
    met = set(pairs.values())
    groups: list[Group] = [
        *pairs.items(),
        *((row.key, None) for row in first if row.key not in pairs and row.key not in twins),
        *((None, row.key) for row in second if row.key not in met and row.key not in twins),
    ]
    shelf = _Shelf()
    homes = _homes(groups, shelf, twins)
    alive = {row.key for row in first} | {row.key for row in second}
    changed, dirty = _dirty(groups, homes, shelf, alive, touched)
    folded = _stray(groups, homes, shelf, twins)
    dirty += _ended(shelf, {*homes, *folded}, touched)
    _let_go_of_keys([*changed, *folded])
    _fold(folded)
    return Settled(matched, tuple(dirty), frozenset(folded))


def _homes(groups: Sequence[Group], shelf: _Shelf, twins: Mapping[str, str]) -> list[int | None]:
    """Choose the pharmacy of each group: the one known longest of those that carried its keys; None for a new one.

    One that carries the key of another group of NMC belongs to that.
    """
    doubles: dict[str, list[str]] = defaultdict(list)
    for double, stands in twins.items():
        doubles[stands].append(double)
    standing = {nmc for nmc, _ in groups if nmc is not None}
    taken: set[int] = set()
    homes: list[int | None] = []
    for nmc, hira in groups:
        own = [shelf.nmc.get(key) for key in (nmc, *doubles.get(nmc or "", ())) if key]
        other = [shelf.hira.get(key) for key in (hira, *doubles.get(hira or "", ())) if key]
        if nmc is not None:
            other = [pk for pk in other if pk is not None and shelf.keys[pk][0] not in standing]
        home = min((pk for pk in (*own, *other) if pk is not None and pk not in taken), default=None)
        if home is not None:
            taken.add(home)
        homes.append(home)
    return homes


def _dirty(
    groups: Sequence[Group],
    homes: Sequence[int | None],
    shelf: _Shelf,
    alive: Collection[str],
    touched: Collection[Owner],
) -> tuple[list[int], list[Carried]]:
    """List the pharmacies whose keys change, and all that are to be written."""
    changed: list[int] = []
    dirty: list[Carried] = []
    for (nmc, hira), home in zip(groups, homes, strict=True):
        before = shelf.keys[home] if home is not None else (None, None)
        # A key that its source lists no longer stays with its pharmacy until another takes its place.
        kept_nmc = before[0] if before[0] not in alive else None
        kept_hira = before[1] if before[1] not in alive else None
        wanted = (nmc or kept_nmc, hira or kept_hira)
        if home is not None and wanted != before:
            changed.append(home)
        if home is None or wanted != before or _says_new(wanted, touched):
            dirty.append(Carried(home, *wanted))
    return changed, dirty


def _ended(shelf: _Shelf, others: Collection[int | None], touched: Collection[Owner]) -> list[Carried]:
    """List the pharmacies that nobody lists any longer, of those that a source let go of now."""
    left = ((pk, keys) for pk, keys in shelf.keys.items() if pk not in others)
    return [Carried(pk, *keys) for pk, keys in left if _says_new(keys, touched)]


def _says_new(keys: Group, touched: Collection[Owner]) -> bool:
    return ("nmc", keys[0]) in touched or ("hira", keys[1]) in touched


def _stray(
    groups: Sequence[Group],
    homes: Sequence[int | None],
    shelf: _Shelf,
    twins: Mapping[str, str],
) -> dict[int, int]:
    """Find pharmacies that carry a key which lives elsewhere now, and where that is."""
    homes_of: dict[tuple[str, str], int] = {}
    for (nmc, hira), home in zip(groups, homes, strict=True):
        if home is not None:
            homes_of["nmc", nmc or ""] = home
            homes_of["hira", hira or ""] = home
    stray: dict[int, int] = {}
    lived_in = set(homes)
    for pk, (nmc, hira) in shelf.keys.items():
        if pk in lived_in:
            continue
        target = homes_of.get(("nmc", twins.get(nmc, nmc) if nmc else "?"))
        target = target or homes_of.get(("hira", twins.get(hira, hira) if hira else "?"))
        if target is not None:
            stray[pk] = target
    return stray


def _let_go_of_keys(pks: Sequence[int]) -> None:
    """Take the keys off pharmacies that are written anew in a moment: two may change places."""
    for start in range(0, len(pks), ASK_AT_ONCE):
        Pharmacy.objects.filter(pk__in=pks[start : start + ASK_AT_ONCE]).update(hpid=None, hira_id=None)


def _fold(stray: Mapping[int, int]) -> None:
    """Fold pharmacies into others, and what was folded into them before: no row ever leads to a folded one."""
    for pk, target in stray.items():
        Pharmacy.objects.filter(Q(pk=pk) | Q(same_as=pk)).exclude(pk=target).update(same_as=target)
