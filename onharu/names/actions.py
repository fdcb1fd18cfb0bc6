"""Does: fills a shelf, changes some of its names, takes names off. Every action may be repeated."""

from __future__ import annotations

import secrets
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from django.db import transaction

from onharu.names.models import Segment, Shelf
from onharu.names.rules import Entry
from onharu.names.shelf_index import entries_of, packed, unpacked

# Names in one segment: few enough that one changed name is a small write. A multiple of 8, the rows of a byte.
SEGMENT: Final = 512


def replace(shelf: str, entries: Iterable[Entry]) -> int:
    """Make the shelf hold exactly these entries and return how many; of entries with one key the last counts."""
    wanted = _in_order({entry.key: entry for entry in entries})
    runs = [wanted[start : start + SEGMENT] for start in range(0, len(wanted), SEGMENT)]
    segments = [(run[0].key, packed(run)) for run in runs]
    with transaction.atomic():
        kept = _stamped(shelf)
        Segment.objects.filter(shelf=kept).delete()
        _store(kept, segments)
    return len(wanted)


def upsert(shelf: str, entries: Iterable[Entry]) -> int:
    """Put these entries on the shelf, in place of those with the same key, and return how many."""
    changes = {entry.key: entry for entry in entries}
    _change(shelf, changes)
    return len(changes)


def forget(shelf: str, keys: Iterable[int]) -> None:
    """Take the names with these keys off the shelf; keys that are not there do no harm."""
    _change(shelf, dict.fromkeys(keys))


def _change(shelf: str, changes: Mapping[int, Entry | None]) -> None:
    """Rewrite only the segments that the changed keys fall into."""
    if not changes:
        return
    with transaction.atomic():
        kept = _stamped(shelf)
        openings = sorted(Segment.objects.filter(shelf=kept).values_list("first_key", flat=True))
        for opening, keys in groupby(sorted(changes), key=lambda key: _opening_for(key, openings)):
            _rewrite(kept, opening, {key: changes[key] for key in keys})


def _opening_for(key: int, openings: Sequence[int]) -> int | None:
    """Return the first key of the segment the key belongs to; None when there is no segment yet."""
    return openings[max(0, bisect_right(openings, key) - 1)] if openings else None


def _rewrite(shelf: Shelf, opening: int | None, changes: Mapping[int, Entry | None]) -> None:
    old = Segment.objects.filter(shelf=shelf, first_key=opening).first() if opening is not None else None
    merged: dict[int, Entry | None] = {}
    if old is not None:
        merged.update((entry.key, entry) for entry in entries_of(unpacked(bytes(old.names))))
        old.delete()
    merged.update(changes)
    left = _in_order({key: entry for key, entry in merged.items() if entry is not None})
    size = SEGMENT if len(left) > 2 * SEGMENT else 2 * SEGMENT
    runs = [left[start : start + size] for start in range(0, len(left), size)]
    _store(shelf, [(run[0].key, packed(run)) for run in runs])


def _in_order(entries: Mapping[int, Entry]) -> list[Entry]:
    return [entries[key] for key in sorted(entries)]


def _store(shelf: Shelf, segments: Iterable[tuple[int, bytes]]) -> None:
    Segment.objects.bulk_create([Segment(shelf=shelf, first_key=key, names=names) for key, names in segments])


def _stamped(shelf: str) -> Shelf:
    """Give the shelf a new stamp first: the update takes the lock, so two writers cannot rewrite one segment."""
    stamp = secrets.token_hex(16)
    Shelf.objects.bulk_create([Shelf(name=shelf, stamp=stamp)], ignore_conflicts=True)
    Shelf.objects.filter(name=shelf).update(stamp=stamp)
    return Shelf.objects.get(name=shelf)
