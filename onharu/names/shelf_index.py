"""One shelf's names as packed bytes and as an index in memory.

Every clue of a name (see `rules.grams_of`) is hashed to one of `SLOTS` bit planes. A plane has one bit for each name,
so counting the clues that every name shares with a query is a few dozen additions over whole arrays, however the
query is misspelled. Numbers: docs/decisions/0013.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onharu.names import rules
from onharu.names.rules import Entry

# Raise when the clues or the layout change: packed bytes of another format are read for their names only.
FORMAT: Final = 3
SLOTS: Final = 896
_HEADER: Final = struct.Struct("<4sHHII")
_MAGIC: Final = b"ONHN"
_BETWEEN_ALIASES: Final = "\x1f"
# A name that shares less than this part of the clues is noise.
LEAST_SHARE: Final = 0.3
ENOUGH: Final = 50
SHORT: Final = 4
# One place in so many goes to names of standing that share a little less: 소불고기 beside forty 불고기 피자.
FOR_STANDING: Final = 3
STRONGLY: Final = 4.0
SHORT_CLUE: Final = 4
MOST_CLUES_KEPT: Final = 1 << 15
MOST_ENTRIES_KEPT: Final = 1 << 13
_Kind = TypeVar("_Kind", bound=np.generic)


class _Slots(dict[str, int]):
    """The plane of each clue; short clues come again and again and are kept."""

    def __missing__(self, gram: str) -> int:
        slot = crc32(gram.encode()) % SLOTS
        if len(gram) <= SHORT_CLUE and len(self) < MOST_CLUES_KEPT:
            self[gram] = slot
        return slot


_slots: Final = _Slots()


@dataclass(frozen=True, slots=True)
class Block:
    """The arrays of some names, row by row in order of key.

    `planes` has one bit for each row in each plane; `filled` counts the bits of each row.
    """

    keys: NDArray[np.int64]
    weights: NDArray[np.float32]
    generic: NDArray[np.bool_]
    ends: NDArray[np.uint32]
    texts: bytes
    planes: NDArray[np.uint8]
    filled: NDArray[np.uint16]


def packed(entries: Sequence[Entry]) -> bytes:
    """Return the bytes that keep the entries, which must come in order of key."""
    texts = [_BETWEEN_ALIASES.join((entry.text, *entry.aliases)).encode() for entry in entries]
    joined = b"".join(texts)
    planes, filled = _planes(entries)
    return b"".join(
        (
            _HEADER.pack(_MAGIC, FORMAT, SLOTS, len(entries), len(joined)),
            np.array([entry.key for entry in entries], np.int64).tobytes(),
            np.array([entry.weight for entry in entries], np.float32).tobytes(),
            np.array([entry.generic for entry in entries], np.bool_).tobytes(),
            np.cumsum([len(text) for text in texts], dtype=np.uint32).tobytes(),
            joined,
            filled.tobytes(),
            planes.tobytes(),
        )
    )


def _planes(entries: Sequence[Entry]) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """Return the bit planes of the entries, and how many bits of each entry are set."""
    bits = np.zeros((SLOTS, -(-len(entries) // 8) * 8), np.uint8)
    for row, entry in enumerate(entries):
        forms = rules.forms_of(entry.text, entry.aliases, generic=entry.generic)
        bits[[_slots[gram] for gram in rules.grams_of(forms)], row] = 1
    return np.packbits(bits, axis=1), bits[:, : len(entries)].sum(axis=0, dtype=np.uint16)


def unpacked(data: bytes) -> Block:
    """Return the arrays kept in the bytes; clues of another format are worked out again from the names."""
    magic, made_by, slots, count, text_size = _HEADER.unpack_from(data)
    if magic != _MAGIC:
        raise ValueError("these bytes hold no names")
    place = _HEADER.size
    keys = np.frombuffer(data, np.int64, count, place)
    weights = np.frombuffer(data, np.float32, count, place := place + 8 * count)
    generic = np.frombuffer(data, np.bool_, count, place := place + 4 * count)
    ends = np.frombuffer(data, np.uint32, count, place := place + count)
    texts = data[(place := place + 4 * count) : place + text_size]
    place += text_size
    if (made_by, slots) == (FORMAT, SLOTS):
        filled = np.frombuffer(data, np.uint16, count, place)
        planes = np.frombuffer(data, np.uint8, -1, place + 2 * count).reshape(SLOTS, -1)
    else:
        bare = Block(keys, weights, generic, ends, texts, np.zeros((0, 0), np.uint8), np.zeros(0, np.uint16))
        planes, filled = _planes(entries_of(bare))
    return Block(keys, weights, generic, ends, texts, planes, filled)


def entries_of(block: Block) -> list[Entry]:
    """Return the entries of a block, in order of key."""
    entries = []
    for row, (start, end) in enumerate(pairwise((0, *block.ends.tolist()))):
        text, *aliases = block.texts[start:end].decode().split(_BETWEEN_ALIASES)
        weight, generic = float(block.weights[row]), bool(block.generic[row])
        entries.append(Entry(int(block.keys[row]), text, weight, tuple(aliases), generic))
    return entries


class ShelfIndex:
    """All names of one shelf in memory. Its arrays never change, so that threads may share it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Join the blocks, which must come in order of key."""
        self._keys = _joined([block.keys for block in blocks], np.int64)
        self._weights = _joined([block.weights for block in blocks], np.float32)
        self._generic = _joined([block.generic for block in blocks], np.bool_)
        self._texts = b"".join(block.texts for block in blocks)
        sizes = [np.diff(block.ends, prepend=np.uint32(0)) for block in blocks]
        self._ends = np.cumsum(_joined(sizes, np.uint32), dtype=np.uint32)
        self._planes = np.concatenate([block.planes for block in blocks], axis=1) if blocks else _no_planes()
        self._rows_of_bits = _rows_of_bits(blocks)
        self._noise = _joined([block.filled for block in blocks], np.uint16).astype(np.float32) / SLOTS
        self._prior = self._standing()
        # Entries met lately, unpacked; two threads that fill it at once put equal ones in.
        self._met: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def _standing(self) -> NDArray[np.float32]:
        """Say which of many names with equally many clues are looked at: representative, generic and short ones."""
        sizes = np.diff(self._ends, prepend=np.uint32(0)).astype(np.float32)
        standing: NDArray[np.float32] = self._weights * 0.4 + self._generic * 0.1 + 8.0 / (8.0 + sizes)
        return standing

    @property
    def size_in_bytes(self) -> int:
        """The memory the arrays take."""
        arrays = (
            self._keys,
            self._weights,
            self._generic,
            self._ends,
            self._planes,
            self._rows_of_bits,
            self._prior,
            self._noise,
        )
        return len(self._texts) + sum(array.nbytes for array in arrays)

    def candidates(self, grams: Iterable[str], most: int) -> list[tuple[int, float]]:
        """Return up to `most` rows that share the most clues, each with the part of the clues it shares."""
        slots = {_slots[gram] for gram in grams}
        if not slots or not len(self):
            return []
        counts = np.zeros(self._planes.shape[1] * 8, np.uint8)
        for slot in slots:
            counts += np.unpackbits(self._planes[slot])
        shared = counts[self._rows_of_bits] if self._rows_of_bits.size else counts[: len(self)]
        rows = self._most_shared(shared, len(slots), most)
        return list(zip(rows.tolist(), (shared[rows] / len(slots)).tolist(), strict=True))

    def _most_shared(self, shared: NDArray[np.uint8], asked: int, most: int) -> NDArray[np.intp]:
        """Take the rows that share most, less what a row of so many bits shares by chance; equals go by standing.

        Once some dozens of rows share at least half as much as the best, the rest has no chance of being shown. A
        short query has too few clues to be cut so.
        """
        least = max(1, int(LEAST_SHARE * asked))
        half = (int(shared.max()) + 1) // 2
        if half > SHORT and np.count_nonzero(shared >= half) >= ENOUGH:
            least = max(least, half)
        rows = np.flatnonzero(shared >= least)
        if len(rows) <= most:
            return rows
        value = shared[rows] - asked * self._noise[rows] + self._prior[rows]
        best = np.argpartition(-value, most - 1)[: most - most // FOR_STANDING]
        value += STRONGLY * self._prior[rows]
        value[best] = np.inf
        return rows[np.argpartition(-value, most - 1)[:most]]

    def rows_of(self, keys: Iterable[int]) -> list[int]:
        """Return the rows of those keys that are on the shelf."""
        wanted = np.array(sorted(keys), np.int64)
        places = np.searchsorted(self._keys, wanted)
        inside = places < len(self)
        places, wanted = places[inside], wanted[inside]
        return [int(row) for row in places[self._keys[places] == wanted]]

    def entry(self, row: int) -> Entry:
        """Return the entry kept in a row."""
        met = self._met.get(row)
        if met is None:
            if len(self._met) >= MOST_ENTRIES_KEPT:
                self._met.clear()
            met = self._met[row] = self._unpacked(row)
        return met

    def _unpacked(self, row: int) -> Entry:
        start = self._ends.item(row - 1) if row else 0
        text, *aliases = self._texts[start : self._ends.item(row)].decode().split(_BETWEEN_ALIASES)
        return Entry(self._keys.item(row), text, self._weights.item(row), tuple(aliases), self._generic.item(row))


def _joined(arrays: Sequence[NDArray[_Kind]], kind: type[_Kind]) -> NDArray[_Kind]:
    return np.concatenate(arrays) if arrays else np.zeros(0, kind)


def _no_planes() -> NDArray[np.uint8]:
    return np.zeros((SLOTS, 0), np.uint8)


def _rows_of_bits(blocks: Sequence[Block]) -> NDArray[np.intp]:
    """Return where in the joined planes each row's bit lies; empty when blocks fill their last byte, the usual case."""
    if all(len(block.keys) % 8 == 0 for block in blocks[:-1]):
        return np.zeros(0, np.intp)
    places, start = [], 0
    for block in blocks:
        places.append(np.arange(start, start + len(block.keys)))
        start += block.planes.shape[1] * 8
    return np.concatenate(places)
