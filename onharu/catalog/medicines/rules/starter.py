"""Reads the shipped list of medicines: products by line, and what is said of each kind of them. Plain Python."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from onharu.catalog.medicines.rules.rows import HeldRow, LookRow, ProductRow, UnfitError
from onharu.catalog.medicines.rules.tables import seq

OURS = "온하루 시작 목록"
SOURCE = f"{OURS} (제품·성분: 식약처 공개 자료, 설명: 온하루)"
AS_OF = date(2024, 6, 3)  # the day of the file that names, companies and ingredients were taken from
KINDS = ("efficacy", "use", "cautions", "interactions", "storage")
_AMOUNT = re.compile(r"(?P<amount>\d+(?:\.\d+)?) (?P<unit>\S+)")


def starter_rows(folder: Path) -> tuple[ProductRow, ...]:
    """Read `medicines.csv` and `words.csv`; raises UnfitError for a line that cannot be right."""
    words = {line["words"]: _sections(line) for line in _lines(folder / "words.csv")}
    return tuple(_product(line, words) for line in _lines(folder / "medicines.csv"))


def _lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _sections(line: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({kind: line[kind] for kind in KINDS if line[kind]})


def _product(line: Mapping[str, str], words: Mapping[str, Mapping[str, str]]) -> ProductRow:
    if line["words"] not in words:
        raise UnfitError(f"{line['name']}: words.csv에 {line['words']}이(가) 없어요")
    held = tuple(_held(cell) for cell in line["ingredients"].split("|") if cell)
    return ProductRow(
        item_seq=seq(line["item_seq"]),
        name=line["name"],
        name_en=line["name_en"],
        company=line["company"],
        supply=line["supply"],
        class_code=line["class_code"],
        class_name=line["class_name"],
        form=line["form"],
        holds=held,
        holds_source=SOURCE if held else "",
        sections=words[line["words"]],
        look=_look(line) if line["shape"] else None,
        source=SOURCE,
        as_of=AS_OF,
        starter=True,
    )


def _look(line: Mapping[str, str]) -> LookRow:
    return LookRow(
        shape=line["shape"],
        color_front=line["color_front"],
        color_back=line["color_back"],
        imprint_front=line["imprint_front"],
        imprint_back=line["imprint_back"],
    )


def _held(cell: str) -> HeldRow:
    name, _, said = cell.partition("=")
    if not said:
        return HeldRow(name)
    found = _AMOUNT.fullmatch(said)
    if found is None:
        raise UnfitError(f"{name}: 함량을 읽을 수 없어요 ({said})")
    return HeldRow(name, amount=Decimal(found["amount"]), unit=found["unit"])
