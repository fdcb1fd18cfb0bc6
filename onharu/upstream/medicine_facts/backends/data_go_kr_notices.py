"""Reads rows of the Ministry's DUR tables, by substance and by product, into facts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onharu.upstream.medicine_facts.backends.cells import all_coded, day_of, plain_text, unquoted
from onharu.upstream.medicine_facts.backends.data_go_kr_rows import seq_of
from onharu.upstream.medicine_facts.port import NoticeFact, ProductNoticeFact
from onharu.upstream.vendors.data_go_kr_tables import UnfitError

Line = Mapping[str, str]
_CODE = re.compile(r"D\d{6}")


def notice(kind: str, line: Line) -> NoticeFact:
    """Read a notice on a substance; every kind but pairs shares its columns."""
    said = line.get
    partner = _code(line, "MIXTURE_INGR_CODE") if kind == "pair" else ""
    return NoticeFact(
        kind=kind,
        number=said("DUR_SEQ", ""),
        code=_code(line, "INGR_CODE"),
        name=said("INGR_KOR_NAME", "") or said("INGR_NAME", ""),
        name_en=said("INGR_ENG_NAME", ""),
        salts=all_coded(said("ORI", "") or said("ORI_INGR", "")),
        mix_type=said("MIX_TYPE", ""),
        parts=_parts(said("MIX", "") or said("MIX_INGR", "")),
        partner_code=partner,
        partner_name=said("MIXTURE_INGR_KOR_NAME", ""),
        partner_name_en=said("MIXTURE_INGR_ENG_NAME", ""),
        partner_salts=all_coded(said("MIXTURE_ORI", "")),
        partner_mix_type=said("MIXTURE_MIX_TYPE", ""),
        partner_parts=_parts(said("MIXTURE_MIX", "")),
        text=_told(line, "PROHBT_CONTENT"),
        remark=_told(line, "REMARK"),
        forms=said("FORM_NAME", ""),
        age=said("AGE_BASE", ""),
        longest=said("MAX_DOSAGE_TERM", ""),
        most_a_day=said("MAX_QTY", ""),
        grade=said("GRADE", ""),
        group=said("EFFECT_CODE", ""),
        series=said("SERS_NAME", ""),
        noticed_on=day_of(said("NOTIFICATION_DATE", "")),
        lifted=said("DEL_YN", "") not in {"", "정상"},
    )


def product_notice(kind: str, line: Line) -> ProductNoticeFact:
    """Read a notice on a product; for `any` the text lists the kinds of notices that the product has."""
    said = line.get
    return ProductNoticeFact(
        kind=kind,
        item_seq=seq_of(line),
        product=said("ITEM_NAME", ""),
        company=said("ENTP_NAME", ""),
        code=said("INGR_CODE", ""),
        name=said("INGR_KOR_NAME", "") or said("INGR_NAME", ""),
        name_en=said("INGR_ENG_NAME", ""),
        substances=all_coded(said("MAIN_INGR", "")),
        partner_item_seq=seq_of(line, "MIXTURE_ITEM_SEQ") if kind == "pair" else "",
        partner_product=said("MIXTURE_ITEM_NAME", ""),
        partner_code=said("MIXTURE_INGR_CODE", ""),
        partner_name=said("MIXTURE_INGR_KOR_NAME", ""),
        text=said("TYPE_NAME", "") if kind == "any" else _told(line, "PROHBT_CONTENT"),
        remark=_told(line, "REMARK"),
        group=said("EFFECT_NAME", ""),
        series=said("SERS_NAME", ""),
        noticed_on=day_of(said("NOTIFICATION_DATE", "")),
        as_of=day_of(said("CHANGE_DATE", "")),
    )


def _code(line: Line, column: str) -> str:
    code = line.get(column, "")
    if not _CODE.fullmatch(code):
        raise UnfitError(f"DUR 성분코드가 아니에요 ({code[:20]!r})")
    return code


def _told(line: Line, column: str) -> str:
    return plain_text(unquoted(line.get(column, "")))


def _parts(said: str) -> tuple[tuple[str, str], ...]:
    return tuple((code, name) for code, name in all_coded(said) if _CODE.fullmatch(code))
