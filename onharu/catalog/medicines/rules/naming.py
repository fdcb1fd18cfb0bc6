"""What a product's name says: the name people use, the strength, the substances in brackets. Plain Python."""

from __future__ import annotations

import re
from decimal import Decimal

from onharu.catalog.medicines.rules.rows import HeldRow
from onharu.catalog.medicines.rules.salts import split_outside_brackets

FOR_EXPORT = re.compile(r"\(\s*수출용\s*\)")
_EXPORT_NAME = re.compile(r"\(\s*수출명\s*[:：]?[^()]*(?:\([^()]*\)[^()]*)*\)")
_TAIL = re.compile(r"\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_UNITS = r"밀리그람|밀리그램|마이크로그람|마이크로그램|그람|그램|mg|㎎|μg|㎍|mcg|g|만단위|단위|IU|밀리리터|mL|ml"
_STRENGTH = re.compile(rf"(?P<amounts>\d[\d,.]*(?:\s*/\s*\d[\d,.]*)*)\s*(?P<unit>{_UNITS})(?![A-Za-z/])")
_TYPED_UNIT = re.compile(rf"(\d)\s*(?:{_UNITS}|milligrams?)(?![a-z가-힣])", re.IGNORECASE)
# Words that stand in brackets at the end of a name and are no substance.
_NO_SUBSTANCE = re.compile(
    r"수출|군납|내수|회용|용$|무설탕|무카페인|향$|맛$|\d\s*(?:정|캡슐|포|매|ml|mL|g|%)$|^[\dA-Za-z\s.,%-]*$|호$|제$"
)
UNIT_WORDS = {
    "밀리그람": "mg", "밀리그램": "mg", "㎎": "mg", "그람": "g", "그램": "g", "마이크로그람": "µg",
    "마이크로그램": "µg", "μg": "µg", "㎍": "µg", "mcg": "µg", "밀리리터": "mL", "ml": "mL",
    "만단위": "만 IU", "단위": "IU",
}  # fmt: skip


def without_unit(said: str) -> str:
    """Drop the units of strengths that somebody types: 500mg, 500 밀리그램 and 500밀리그람 are one name's beginning."""
    return _TYPED_UNIT.sub(r"\1", said)


def without_export_name(name: str) -> str:
    """Drop "(수출명:…)", which nobody here says."""
    return " ".join(_EXPORT_NAME.sub("", name).split())


def bare(name: str) -> str:
    """Give the name people say: without export names, substances in brackets, and the strength."""
    said = without_export_name(name)
    tail = _TAIL.search(said)
    said = said[: tail.start()] if tail else said
    return " ".join(_STRENGTH.sub("", said).split()) or said.strip()


def substances_in(name: str) -> tuple[HeldRow, ...]:
    """Read the substances that a name carries in its last brackets, with amounts where the name says as many."""
    tail = _TAIL.search(without_export_name(name))
    if tail is None or _NO_SUBSTANCE.search(tail["inner"].strip()):
        return ()
    parts = split_outside_brackets(tail["inner"].replace("/", ",").replace("·", ","))
    amounts = strengths(name) if strengths(name) and len(strengths(name)) == len(parts) else ((None, ""),) * len(parts)
    return tuple(HeldRow(part, amount=amount, unit=unit) for part, (amount, unit) in zip(parts, amounts, strict=True))


def strengths(name: str) -> tuple[tuple[Decimal | None, str], ...]:
    """Read the strengths of a name, "16/12.5밀리그램" as two; none when it names none or more than one group."""
    found = list(_STRENGTH.finditer(bare_of_brackets(name)))
    if len(found) != 1:
        return ()
    unit = UNIT_WORDS.get(found[0]["unit"], found[0]["unit"])
    amounts = (part.strip().rstrip(".,").replace(",", "") for part in found[0]["amounts"].split("/"))
    return tuple((Decimal(amount), unit) for amount in amounts if re.fullmatch(r"\d+(?:\.\d+)?", amount))


def bare_of_brackets(name: str) -> str:
    """Drop everything in brackets."""
    said, depth = [], 0
    for letter in name:
        depth += letter == "("
        if depth == 0:
            said.append(letter)
        depth -= letter == ")" and depth > 0
    return "".join(said)
