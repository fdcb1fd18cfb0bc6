"""The shapes of exercise tables, told apart by their headers, and how a line of each becomes a row of ours."""

from __future__ import annotations

import hashlib
import html
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from onharu.catalog.exercises.rules import codes, free_exercise_db
from onharu.catalog.exercises.rules.rows import ExerciseRow, UnfitError

KHEPI = "한국건강증진개발원 운동별 단위체중당 에너지소비량"
COMPENDIUM = "Compendium of Physical Activities"
OWN = "온하루 기본 운동 표"
LONGEST_NAME = 200
Line = Mapping[str, Any]
# What the Compendium lists beside exercise: sleeping, typing, giving birth, sitting in church.
NOT_EXERCISE = frozenset({
    "home_repair", "inactivity", "miscellaneous", "music_playing", "occupation", "religious_activities", "self_care",
    "sexual_activity", "transportation", "volunteer_activities",
})  # fmt: skip
STEADY = frozenset({"bicycling", "dancing", "running", "walking"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A table we can read: the columns it is known by, and its reader (None for a line that is no exercise)."""

    name: str
    says: str
    read: Callable[[Line], tuple[ExerciseRow, str] | None]
    needs: frozenset[str]


def column(text: str) -> str:
    """Return a header cell under the one spelling we know it by."""
    return "".join(unicodedata.normalize("NFKC", text).strip("\ufeff").casefold().split())


def read_khepi(line: Line) -> tuple[ExerciseRow, str]:
    """Read a line of the health promotion institute's table: a name, and kcal for each kg and hour.

    One MET is 1 kcal for each kg and hour, so its figures are MET as they stand.
    """
    name = _name(line["운동명"])
    if name.startswith("테스트("):
        raise UnfitError("운동이 아니라 시험으로 넣은 줄이에요")
    row = ExerciseRow(
        code=f"KHEPI-{hashlib.sha256(name.encode()).hexdigest()[:12]}",
        name=name,
        source=KHEPI,
        measure="minutes",
        met=met_in(line["단위체중당에너지소비량"]),
        met_source=f"{KHEPI} (kcal/kg/h)",
    )
    return row, ""


def read_compendium(line: Line) -> tuple[ExerciseRow, str] | None:
    """Read a line of the Compendium; None for what is no exercise."""
    category = line["category"].strip()
    if category in NOT_EXERCISE:
        return None
    code = line["code"].strip()
    if len(code) != 5 or not code.isdecimal():
        raise UnfitError(f"코드가 다섯 자리 숫자가 아니에요 ({code[:40]!r})")
    name = _name(readable(line["description"]))
    row = ExerciseRow(
        code=f"CPA-{code}",
        name=name,
        name_en=name,
        source=COMPENDIUM,
        pattern="cardio" if category in STEADY else "",
        measure="minutes",
        met=met_in(line["met"]),
        met_source=f"{COMPENDIUM}, {code}",
    )
    return row, ""


def read_free(line: Line) -> tuple[ExerciseRow, str]:
    """Read an entry of free-exercise-db, which says no MET; codes that we do not have are left out and named."""
    name = _name(line["name"])
    facts, left_out = free_exercise_db.facts_in(line)
    source_id = str(line.get("id") or name)[:70]
    row = ExerciseRow(code=f"FEDB-{source_id}", name=name, name_en=name, source=free_exercise_db.SOURCE, **facts)
    return row, f"우리 표에 없는 값을 뺐어요: {', '.join(left_out)}" if left_out else ""


def read_own(line: Line) -> tuple[ExerciseRow, str]:
    """Read a line of our own table (`starter/exercises.csv`)."""
    met_code = line["met_code"].strip()
    row = ExerciseRow(
        code=line["code"].strip(),
        name=_name(line["name"]),
        name_en=_name(line["name_en"]),
        aliases=line["aliases"].strip(),
        source=OWN,
        pattern=_one_of(line["pattern"], codes.PATTERNS, "pattern"),
        measure=_one_of(line["measure"], codes.MEASURES, "measure"),
        level=int(_one_of(line["level"], tuple(map(str, codes.LEVELS[1:])), "level")),
        met=met_in(line["met"]),
        met_source=f"{COMPENDIUM}, {met_code}",
        edition=line["met_edition"].strip(),
        instructions="\n".join(_several(line["instructions"])),
        planned=line["planned"].strip() == "1",
        targets=_codes(line, "targets", codes.TARGETS),
        equipment=_codes(line, "equipment", codes.EQUIPMENT),
        places=_codes(line, "places", codes.PLACES),
        loads=_codes(line, "loads", codes.LOADS),
        cautions=_codes(line, "cautions", codes.CAUTIONS),
    )
    return row, ""


def met_in(cell: str) -> Decimal:
    """Read a MET; raises UnfitError for one that nobody can reach."""
    try:
        met = Decimal(cell.strip())
    except InvalidOperation as error:
        raise UnfitError(f"MET가 숫자가 아니에요 ({cell[:40]!r})") from error
    if not met.is_finite() or not Decimal(codes.LEAST_MET) <= met <= Decimal(codes.MOST_MET):
        raise UnfitError(f"있을 수 없는 MET이에요: {met} ({codes.LEAST_MET}~{codes.MOST_MET}만 받아요)")
    return met


def readable(text: str) -> str:
    """Mend what web pages did to the Compendium: `&amp;`, doubled spaces, UTF-8 that was read as Latin-1."""
    text = html.unescape(text)
    with suppress(UnicodeError):  # not broken that way: it stays as it stands
        text = text.encode("latin-1").decode("utf-8")
    return " ".join(text.replace("’", "'").split())


def _shape(name: str, says: str, read: Callable[[Line], tuple[ExerciseRow, str] | None], *needs: str) -> Shape:
    return Shape(name, says, read, frozenset(needs))


SHAPES = (
    _shape("khepi", KHEPI, read_khepi, "운동명", "단위체중당에너지소비량"),
    _shape("compendium", COMPENDIUM, read_compendium, "code", "met", "category", "description"),
    _shape("free", free_exercise_db.SOURCE, read_free, "name", "equipment", "primarymuscles", "secondarymuscles"),
    _shape("own", OWN, read_own, "code", "name", "pattern", "measure", "met", "met_code", "targets"),
)


def shape_of(header: frozenset[str]) -> Shape | None:
    """Tell which table a header belongs to; None for one we cannot read."""
    return next((shape for shape in SHAPES if shape.needs <= header), None)


def _name(cell: Any) -> str:
    if not isinstance(cell, str):
        raise UnfitError("이름이 글이 아니에요")
    name = " ".join(unicodedata.normalize("NFC", cell).split())
    if not name or len(name) > LONGEST_NAME:
        raise UnfitError("이름이 없거나 너무 길어요")
    return name


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _one_of(cell: str, known: tuple[str, ...], what: str) -> str:
    value = cell.strip()
    if value not in known:
        raise UnfitError(f"{what}: 모르는 값이에요 ({value[:40]!r})")
    return value


def _codes(line: Line, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_one_of(value, known, name) for value in _several(line[name]))
