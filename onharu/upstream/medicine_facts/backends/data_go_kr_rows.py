"""Reads rows of the Ministry's product tables into facts. The vendor's names of columns end here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from onharu.upstream.medicine_facts.backends.cells import (
    all_coded,
    amount_of,
    classed,
    day_of,
    document_text,
    plain_text,
    size_of,
)
from onharu.upstream.medicine_facts.port import (
    LABELS,
    PERMIT_DETAILS,
    PERMITS,
    PILLS,
    HeldFact,
    LookFact,
    ProductFact,
    SubstanceFact,
)
from onharu.upstream.vendors.data_go_kr_tables import UnfitError

Line = Mapping[str, str]
_SECTIONS = {
    "efficacy": "efcyQesitm", "use": "useMethodQesitm", "warnings": "atpnWarnQesitm", "cautions": "atpnQesitm",
    "interactions": "intrcQesitm", "side_effects": "seQesitm", "storage": "depositMethodQesitm",
}  # fmt: skip
_DOCUMENTS = {"efficacy": "EE_DOC_DATA", "use": "UD_DOC_DATA", "cautions": "NB_DOC_DATA"}
_SUPPLIES = (("일반", "OTC"), ("전문", "RX"))
_VALID = frozenset({"", "정상"})
_SEQ = re.compile(r"[0-9]{9}")


def seq_of(line: Line, name: str = "ITEM_SEQ") -> str:
    """Read a product's number; raises UnfitError for anything but nine digits."""
    said = line.get(name, "")
    if not _SEQ.fullmatch(said):
        raise UnfitError(f"품목기준코드는 아홉 자리 숫자여야 해요 ({said[:20]!r})")
    return said


def label(line: Line) -> ProductFact:
    """Read a row of the plain-language labels; it names no substances."""
    sections = {kind: text for kind, name in _SECTIONS.items() if (text := plain_text(line.get(name, "")))}
    return ProductFact(
        item_seq=seq_of(line, "itemSeq"),
        name=_named(line, "itemName"),
        table=LABELS,
        company=line.get("entpName", ""),
        image_url=address(line, "itemImage"),
        sections=MappingProxyType(sections),
        as_of=day_of(line.get("updateDe", "")) or day_of(line.get("openDe", "")),
    )


def pill(line: Line) -> ProductFact:
    """Read a row of the looks of pills."""
    said = line.get
    return ProductFact(
        item_seq=seq_of(line),
        name=_named(line),
        table=PILLS,
        name_en=said("ITEM_ENG_NAME", ""),
        company=said("ENTP_NAME", ""),
        supply=supply(said("ETC_OTC_NAME", "")),
        class_code=said("CLASS_NO", ""),
        class_name=said("CLASS_NAME", ""),
        form=said("FORM_CODE_NAME", ""),
        image_url=address(line, "ITEM_IMAGE"),
        look=LookFact(
            description=plain_text(said("CHART", "")),
            shape=said("DRUG_SHAPE", ""),
            color_front=_colors(said("COLOR_CLASS1", "")),
            color_back=_colors(said("COLOR_CLASS2", "")),
            imprint_front=said("PRINT_FRONT", ""),
            imprint_back=said("PRINT_BACK", ""),
            line_front=_score(said("LINE_FRONT", "")),
            line_back=_score(said("LINE_BACK", "")),
            long_mm=size_of(said("LENG_LONG", "")),
            short_mm=size_of(said("LENG_SHORT", "")),
            thick_mm=size_of(said("THICK", "")),
        ),
        as_of=day_of(said("CHANGE_DATE", "")) or day_of(said("IMG_REGIST_TS", "")),
    )


def permit(line: Line) -> ProductFact:
    """Read a row of the list of permits; what is in a product stands in another table."""
    code, name = classed(line.get("PRDUCT_TYPE", ""))
    return _permitted(
        line,
        ProductFact(
            item_seq=seq_of(line),
            name=_named(line),
            table=PERMITS,
            supply=supply(line.get("SPCLTY_PBLC", "")),
            class_code=code,
            class_name=name,
            image_url=address(line, "BIG_PRDT_IMG_URL"),
        ),
    )


def permit_detail(line: Line) -> ProductFact:
    """Read a row of the permits in detail: substances with amounts, and the documents of the label."""
    sections = {kind: text for kind, name in _DOCUMENTS.items() if (text := document_text(line.get(name, "")))}
    return _permitted(
        line,
        ProductFact(
            item_seq=seq_of(line),
            name=_named(line),
            table=PERMIT_DETAILS,
            supply=supply(line.get("ETC_OTC_CODE", "")),
            holds=_held(line),
            sections=MappingProxyType({**sections, **_storage(line)}),
            as_of=day_of(line.get("CHANGE_DATE", "")),
        ),
    )


def substance(line: Line) -> SubstanceFact | None:
    """Read a row of the active substances; None for one that names none, as some do."""
    name = plain_text(line.get("MTRAL_NM", ""))
    if not name:
        return None
    layer, place = line.get("TAMT_SEQ", ""), line.get("MTRAL_SN", "")
    return SubstanceFact(
        item_seq=seq_of(line),
        product=line.get("PRDUCT", ""),
        place=(int(layer) if layer.isdecimal() else 0) * 1000 + (int(place) if place.isdecimal() else 0),
        held=HeldFact(
            name=name,
            code=line.get("MTRAL_CODE", ""),
            amount=amount_of(line.get("QNT", "")),
            unit=line.get("INGD_UNIT_CD", ""),
        ),
    )


def supply(said: str) -> str:
    """Read who may sell it: RX, OTC, or "" when not said."""
    return next((code for mark, code in _SUPPLIES if mark in said), "")


def address(line: Line, name: str) -> str:
    """Read a picture's address; https only."""
    said = line.get(name, "")
    return said if said.startswith("https://") and not re.search(r"\s", said) else ""


def _permitted(line: Line, fact: ProductFact) -> ProductFact:
    return replace(
        fact,
        name_en=line.get("ITEM_ENG_NAME", ""),
        company=line.get("ENTP_NAME", ""),
        withdrawn=line.get("CANCEL_NAME", "") not in _VALID,
        withdrawn_on=day_of(line.get("CANCEL_DATE", "")),
    )


def _named(line: Line, column: str = "ITEM_NAME") -> str:
    name = plain_text(line.get(column, ""))
    if not name:
        raise UnfitError("제품명이 없어요")
    return name


def _held(line: Line) -> tuple[HeldFact, ...]:
    """Read the active substances with their codes, and the amounts that the list of materials gives by name."""
    amounts = _amounts(line.get("MATERIAL_NAME", ""))
    held = []
    for code, name in all_coded(line.get("MAIN_ITEM_INGR", "")):
        amount, unit = amounts.get(name, (None, ""))
        held.append(HeldFact(name=name, code=code, amount=amount, unit=unit))
    return tuple(held)


def _amounts(said: str) -> dict[str, tuple[Decimal | None, str]]:
    """Read "성분명 : 포도당|분량 : 50|단위 : 그램|…;…"; a substance that is named twice has no one amount."""
    found: dict[str, tuple[Decimal | None, str]] = {}
    for material in said.split(";"):
        pairs = (pair.partition(":") for pair in material.split("|"))
        words = {key.strip(): value.strip() for key, _, value in pairs}
        name, amount = words.get("성분명", ""), amount_of(words.get("분량", ""))
        if name:
            told = (amount, words.get("단위", "") if amount is not None else "")
            found[name] = told if found.get(name, told) == told else (None, "")
    return found


def _storage(line: Line) -> dict[str, str]:
    text = plain_text(line.get("STORAGE_METHOD", ""))
    return {"storage": text} if text else {}


def _colors(said: str) -> str:
    return ", ".join(color.strip() for color in said.replace("|", ",").split(",") if color.strip())


def _score(said: str) -> str:
    """Read a score line; "+형" and "-형" are a cross and a line."""
    return said.removesuffix("형")
