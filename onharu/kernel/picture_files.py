"""What the file of a picture says of itself before any decoder reads it: parts, scans, and what opening it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A decoder walks over the parts before the pixels in Python: a million empty ones would hold a core for many seconds.
MOST_PARTS = 20_000
# An ordinary progressive JPEG has about ten scans. Every scan walks over all pixels, so a file of a few megabytes with
# a hundred thousand of them would hold a core for hours without breaking any other limit.
MOST_SCANS = 200

# What opening one picture may take: a file of 200 kilobytes can hold 50 million pixels, and 400 MB once they are read.
MOST_MEMORY = 130_000_000
# Bytes that a decoder takes for a pixel, as measured (docs/decisions/0098), by kind or by the mode of its pixels. A
# JPEG is shrunk while it is read, unless it comes in several scans: then all its coefficients are kept.
BY_KIND = {"WEBP": 15.6, "HEIF": 4.6}
BY_MODE = {"RGBA": 8.6, "LA": 8.6, "PA": 8.6, "RGB": 4.8, "I": 4.8, "I;16": 2.6}
LITTLE, IN_SCANS, SHRUNK = 1.1, 6.0, 0.2

# Markers of a JPEG: a frame begins (in three of four kinds progressive), a scan begins, one without a length.
MARK, SCAN = 0xFF, 0xDA
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
END = b"\xff\xd9"
# What draws pixels and nothing else: the JFIF head, tables, one frame of the plainest kind, one scan.
DRAWS = frozenset({0xE0, 0xDB, 0xC0, 0xC4, SCAN})
IN_SCAN = re.compile(rb"\xff(?![\x00\xd0-\xd7])")
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})


class UnfitFileError(ValueError):
    """The file has more parts than any picture needs."""


def hold_parts(raw: bytes, kind: str) -> None:
    """Raise UnfitFileError for a file that would keep a decoder busy with anything but pixels."""
    if kind == "JPEG" and raw.count(bytes((MARK, SCAN))) > MOST_SCANS:
        raise UnfitFileError("scans")
    parts = _segments(raw) if kind == "JPEG" else _chunks(raw) if kind == "PNG" else iter(())
    if any(number > MOST_PARTS for number, _ in enumerate(parts)):
        raise UnfitFileError("parts")


def bytes_a_pixel(raw: bytes, kind: str, mode: str) -> float:
    """Tell what a decoder takes for one pixel of this file."""
    if kind == "JPEG":
        return IN_SCANS if _comes_in_scans(raw) else SHRUNK
    return BY_KIND.get(kind) or BY_MODE.get(mode, LITTLE)


def is_plain(raw: bytes, longest: int) -> bool:
    """Whether this is a JPEG such as this house makes: nothing but pixels, in one scan, and nothing after its end."""
    size = (0, 0)
    scan = 0
    for kind, at in _segments(raw):
        if kind not in DRAWS or (kind == 0xE0 and raw[at + 2 : at + 9] != b"\x00\x10JFIF\x00"):
            return False
        if kind == 0xC0:
            size = int.from_bytes(raw[at + 7 : at + 9]), int.from_bytes(raw[at + 5 : at + 7])
        scan = at if kind == SCAN else scan
    end = IN_SCAN.search(raw, scan + 2) if scan else None
    return end is not None and raw[end.start() :] == END and 0 < min(size) <= max(size) <= longest


def _segments(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield (marker, place) of every segment of a JPEG up to its first scan."""
    at = 2
    while at + 4 <= len(raw) and raw[at] == MARK:
        kind = raw[at + 1]
        if kind == MARK:
            at += 1
            continue
        yield kind, at
        if kind == SCAN:
            return
        at += 2 if kind in ALONE else 2 + int.from_bytes(raw[at + 2 : at + 4])


def _chunks(raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield (length, place) of every chunk of a PNG."""
    at = 8
    while at + 8 <= len(raw):
        length = int.from_bytes(raw[at : at + 4])
        yield length, at
        at += 12 + length


def _comes_in_scans(raw: bytes) -> bool:
    """Whether a JPEG's first scan is not all of it: it is progressive, or some of its components come later."""
    components, progressive = 0, False
    for kind, at in _segments(raw):
        if kind in FRAMES:
            components, progressive = raw[at + 9] if at + 9 < len(raw) else 0, kind in PROGRESSIVE
        if kind == SCAN:
            return progressive or raw[at + 4 : at + 5] < bytes((components,))
    return True  # a decoder that finds a scan where we find none is not trusted with a large picture
