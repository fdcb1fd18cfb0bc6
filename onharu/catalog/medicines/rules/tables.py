"""The official tables of medicines by their headers, and how a line of each is read. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from onharu.catalog.medicines.rules.covers import is_compound, korean
from onharu.catalog.medicines.rules.naming import FOR_EXPORT, strengths, substances_in
from onharu.catalog.medicines.rules.rows import DurRow, HeldRow, LookRow, PermitRow, ProductRow, UnfitError
from onharu.catalog.medicines.rules.salts import coded, split_outside_brackets
from onharu.catalog.medicines.rules.texts import day_in, prose, quoted, size_in, word

Line = Mapping[str, str]
Row = ProductRow | DurRow | PermitRow
EASY = "식품의약품안전처 의약품개요정보(e약은요)"
PILLS = "식품의약품안전처 의약품 낱알식별"
PERMITS = "식품의약품안전처 의약품 제품 허가정보"
DUR = "식품의약품안전처 DUR 성분정보"
FROM_NAME = "품목명"

_QUESTIONS = {
    "efficacy": ("이약의효능은무엇입니까?",),
    "use": ("이약은어떻게사용합니까?",),
    "warnings": (
        "이약을사용하기전에반드시알아야할내용은무엇입니가?",
        "이약을사용하기전에반드시알아야할내용은무엇입니까?",
    ),
    "cautions": ("이약의사용상주의사항은무엇입니까?",),
    "interactions": ("이약을사용하는동안주의해야할약또는음식은무엇입니까?",),
    "side_effects": ("이약은어떤이상반응이나타날수있습니까?",),
    "storage": ("이약은어떻게보관해야합니까?",),
}
DUR_KINDS = {
    "병용금기": "pair", "임부금기": "pregnancy", "용량주의": "dose", "효능군중복": "duplicate",
    "특정연령대금기": "age", "연령금기": "age", "노인주의": "elderly", "투여기간주의": "duration",
    "첨가제주의": "additive",
}  # fmt: skip
_SUPPLIES = (("안전상비", "STORE"), ("일반", "OTC"), ("전문", "RX"))
_CLASS = re.compile(r"^\[(?P<code>\d{5})\](?P<name>.*)$")


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of table: its name, what people call it, how a line is read, and the columns it is known by."""

    name: str
    says: str
    read: Callable[[Line], Row | None]
    needs: frozenset[str]


def column(cell: str) -> str:
    """Spell a header cell as the readers know it."""
    return "".join(unicodedata.normalize("NFC", cell).replace("\ufeff", "").split())


def read_easy(line: Line) -> ProductRow | None:
    """Read a line of the plain-language labels; None for a product that is only exported."""
    name = word(line["제품명"])
    if FOR_EXPORT.search(name):
        return None
    sections = {kind: said for kind, names in _QUESTIONS.items() if (said := _first_prose(line, names))}
    held = tuple(HeldRow(one) for one in split_outside_brackets(word(line.get("주성분"), 2000)))
    said_strengths = strengths(name)
    if len(held) == len(said_strengths):
        held = tuple(
            replace(one, amount=amount, unit=unit) for one, (amount, unit) in zip(held, said_strengths, strict=True)
        )
    return ProductRow(
        item_seq=seq(line["품목일련번호"]),
        name=_named(name),
        company=word(line.get("업체명"), 80),
        holds=held,
        holds_source=EASY if held else "",
        sections=MappingProxyType(sections),
        source=EASY,
        as_of=day_in(line.get("수정일자")) or day_in(line.get("공개일자")),
    )


def read_pill(line: Line) -> ProductRow | None:
    """Read a line of the pills' looks; None for a product that is only exported."""
    name = word(line["품목명"])
    if FOR_EXPORT.search(name):
        return None
    held = substances_in(name)
    return ProductRow(
        item_seq=seq(line["품목일련번호"]),
        name=_named(name),
        company=word(line.get("업소명"), 80),
        supply=supply(line.get("전문일반구분", "")),
        class_code=word(line.get("분류번호"), 8),
        class_name=word(line.get("분류명"), 80),
        form=word(line.get("제형코드명"), 60),
        image_url=address(line.get("큰제품이미지")),
        holds=held,
        holds_source=FROM_NAME if held else "",
        look=LookRow(
            description=word(line.get("성상"), 300),
            shape=word(line.get("의약품제형"), 10),
            color_front=word(line.get("색상앞"), 30),
            color_back=word(line.get("색상뒤"), 30),
            imprint_front=word(line.get("표시앞"), 60),
            imprint_back=word(line.get("표시뒤"), 60),
            line_front=_line(line.get("분할선앞")),
            line_back=_line(line.get("분할선뒤")),
            long_mm=size_in(line.get("크기장축")),
            short_mm=size_in(line.get("크기단축")),
            thick_mm=size_in(line.get("크기두께")),
        ),
        source=PILLS,
        as_of=day_in(line.get("변경일자")) or day_in(line.get("이미지생성일자(약학정보원)")),
    )


def read_permit(line: Line) -> PermitRow | None:
    """Read a line of the permits without numbers; None for a product that is only exported."""
    name = word(line["name"])
    if FOR_EXPORT.search(name):
        return None
    code, group = classed(line.get("category", ""))
    return PermitRow(
        name=_named(name),
        company=word(line.get("company"), 80),
        name_en=word(line.get("nameEn")),
        class_code=code,
        class_name=group,
        supply=supply(line.get("type", "")),
        image_url=address(line.get("image")),
        substances_en=tuple(part for one in line.get("ingredient", "").split("/") if (part := word(one))),
    )


def read_dur(line: Line) -> DurRow | None:
    """Read a line of a DUR table; None for a notice that was lifted."""
    if word(line.get("상태")) not in {"", "정상"}:
        return None
    kind = DUR_KINDS.get(word(line["DUR유형"]))
    if kind is None:
        raise UnfitError(f"모르는 DUR 유형이에요: {line['DUR유형'][:20]}")
    code, partner = word(line["DUR성분코드"]), word(line.get("병용금기DUR성분코드"))
    if kind == "pair" and not partner:
        raise UnfitError("병용금기인데 상대 성분이 없어요")
    parts, partner_parts = _parts(line.get("복합제")), _parts(line.get("병용금기복합제"))
    return DurRow(
        kind=kind,
        number=word(line["DUR일련번호"], 12),
        code=code,
        name=word(line["DUR성분명"]),
        name_en=word(line.get("DUR성분명영문")),
        salts=_salts(line.get("관계성분")),
        compound=is_compound(word(line.get("단일복합구분코드")), parts),
        parts=parts,
        partner_code=partner,
        partner_name=word(line.get("병용금기DUR성분명")),
        partner_name_en=word(line.get("병용금기DUR성분영문명")),
        partner_salts=_salts(line.get("병용금기관계성분")),
        partner_compound=is_compound(word(line.get("병용금기단일복합구분코드")), partner_parts),
        partner_parts=partner_parts,
        text=quoted(line.get("금기내용")),
        remark=quoted(line.get("비고"))[:300],
        forms=quoted(line.get("제형")),
        age=word(line.get("연령기준"), 40),
        longest=word(line.get("최대투여기간"), 40),
        most_a_day=quoted(line.get("1일최대용량")),
        grade=word(line.get("등급"), 10),
        group=word(line.get("효능군"), 120),
        series=word(line.get("계열명"), 120),
        noticed_on=day_in(line.get("고시일자")),
    )


SHAPES = (
    Shape("labels", "e약은요", read_easy, frozenset({"품목일련번호", "제품명", "업체명", "이약의효능은무엇입니까?"})),
    Shape("pills", "낱알식별", read_pill, frozenset({"품목일련번호", "품목명", "표시앞", "의약품제형", "색상앞"})),
    Shape("permits", "허가 성분", read_permit, frozenset({"name", "nameEn", "company", "ingredient", "category"})),
    Shape("dur", "DUR 성분", read_dur, frozenset({"DUR일련번호", "DUR유형", "DUR성분코드", "관계성분", "금기내용"})),
)


def shape_of(header: frozenset[str]) -> Shape | None:
    """Tell which table a header belongs to; None for one we cannot read."""
    return next((shape for shape in SHAPES if shape.needs <= header), None)


def seq(cell: str) -> str:
    """Read a product's number; raises UnfitError for anything but nine digits."""
    said = cell.strip()
    if not re.fullmatch(r"[0-9]{9}", said):
        raise UnfitError(f"품목일련번호는 아홉 자리 숫자여야 해요 ({said[:20]!r})")
    return said


def supply(cell: str) -> str:
    """Read who may sell it: RX, OTC, STORE, or empty when not said."""
    return next((code for mark, code in _SUPPLIES if mark in cell), "")


def classed(cell: str) -> tuple[str, str]:
    """Split "[02330]건위소화제" into code and name."""
    found = _CLASS.match(word(cell))
    return (found["code"], found["name"].strip()[:80]) if found else ("", word(cell, 80))


def address(cell: str | None) -> str:
    """Read a picture's address: https only, on any host the source names."""
    said = word(cell)
    return said if said.startswith("https://") and " " not in said else ""


def _named(name: str) -> str:
    if not name:
        raise UnfitError("제품명이 없어요")
    return name


def _first_prose(line: Line, names: tuple[str, ...]) -> str:
    return next((said for name in names if (said := prose(line.get(name)))), "")


def _salts(cell: str | None) -> tuple[tuple[str, str], ...]:
    """Read the salts a code covers: "[M1]a/[M2]b", where a slash inside of a name does not start a code."""
    parts = re.split(r"/(?=\[[A-Z]\d{6}\])", word(cell, 100_000))
    return tuple((code, name.replace("|", ",")) for code, name in map(coded, parts) if name)


def _parts(cell: str | None) -> tuple[tuple[str, str], ...]:
    """Read the other parts of a compound: "[D1]Oteracil(오테라실)/[D2]Tegafur(테가푸르)"."""
    return tuple((code, korean(name)) for code, name in _salts(cell) if code)


def _line(cell: str | None) -> str:
    """Read a score line; the source writes none as empty and a single one as a dash."""
    return (cell or "").strip()[:10]
