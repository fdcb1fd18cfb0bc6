"""How medicines, labels and notices are said on the pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onharu.catalog.medicines.public import Finding, IngredientFacts, ProductNoticeFacts
from onharu.names import public as names

SUPPLY_WORDS: dict[str, Promise] = {
    "RX": gettext_lazy("전문의약품"),
    "OTC": gettext_lazy("일반의약품"),
    "STORE": gettext_lazy("안전상비의약품"),
}
CATEGORY_WORDS: dict[str, Promise] = {
    "FAVORITE": gettext_lazy("자주 찾는 약"),
    "GOOD": gettext_lazy("잘 맞았어요"),
    "BAD": gettext_lazy("안 맞았어요"),
}
SECTION_WORDS: dict[str, Promise] = {
    "efficacy": gettext_lazy("효능"),
    "use": gettext_lazy("쓰는 법"),
    "warnings": gettext_lazy("쓰기 전에 꼭 알아야 할 것"),
    "cautions": gettext_lazy("주의할 것"),
    "interactions": gettext_lazy("함께 조심할 약과 음식"),
    "side_effects": gettext_lazy("나타날 수 있는 이상반응"),
    "storage": gettext_lazy("두는 법"),
}
KIND_WORDS: dict[str, Promise] = {
    "pair": gettext_lazy("병용금기 · 함께 쓰지 않도록 고시된 성분"),
    "duplicate": gettext_lazy("효능군 중복 · 비슷한 일을 하는 성분"),
    "same_substance": gettext_lazy("같은 성분이 겹쳐요"),
    "age": gettext_lazy("특정 연령대 금기"),
    "elderly": gettext_lazy("노인 주의"),
    "pregnancy": gettext_lazy("임부 금기"),
    "dose": gettext_lazy("용량 주의 · 하루 최대량"),
    "duration": gettext_lazy("투여기간 주의"),
    "additive": gettext_lazy("첨가제 주의"),
    "split": gettext_lazy("분할 주의 · 쪼개거나 부수는 것에 대한 고시"),
}
SEVERITY_WORDS: dict[str, Promise] = {"금기": gettext_lazy("금기"), "주의": gettext_lazy("주의")}
# As the shelf names its sources; what follows them, such as a day, stays.
SOURCE_WORDS: dict[str, Promise] = {
    "식품의약품안전처 의약품개요정보(e약은요)": gettext_lazy("식품의약품안전처 의약품개요정보(e약은요)"),
    "식품의약품안전처 의약품 낱알식별": gettext_lazy("식품의약품안전처 의약품 낱알식별"),
    "식품의약품안전처 의약품 제품 허가정보": gettext_lazy("식품의약품안전처 의약품 제품 허가정보"),
    "식품의약품안전처 DUR 성분정보": gettext_lazy("식품의약품안전처 DUR 성분정보"),
    "식품의약품안전처 DUR 품목정보": gettext_lazy("식품의약품안전처 DUR 품목정보"),
    "온하루 시작 목록 (제품·성분: 식약처 공개 자료, 설명: 온하루)": gettext_lazy(
        "온하루 시작 목록 (제품·성분: 식약처 공개 자료, 설명: 온하루)"
    ),
    "제품의 성분을 서로 견주어 봄": gettext_lazy("제품의 성분을 서로 견주어 봄"),
}
_BREAKS = re.compile(r"(?<=[^\d.,/(])(?=\d)|(?<=.)(?=\()")
_BREAK = mark_safe("<wbr>")  # nosec B308 our own word


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding as a card: its products by name, and for whom it holds where that is not known."""

    finding: Finding
    title: str
    severity: str
    forbidden: bool
    names: tuple[tuple[str, SafeString], ...]
    condition: str
    source: str


def breakable(name: str) -> SafeString:
    """Let a long name break before its strength and before a bracket, and not within a word where it need not."""
    return format_html_join(_BREAK, "{}", ((part,) for part in _BREAKS.split(name)))


def source_words(source: str) -> str:
    """Name a source in the language of the page; one that is not known stays as it is written."""
    known = next((name for name in SOURCE_WORDS if source.startswith(name)), None)
    return source if known is None else str(SOURCE_WORDS[known]) + source.removeprefix(known)


def count_words(number: int) -> str:
    """Say how many were found."""
    return ngettext("{count}개를 찾았어요.", "{count}개를 찾았어요.", number).format(count=number)


def found_words(query: str, corrected: str) -> str:
    """Say that another spelling was searched for."""
    return _("‘{query}’ 대신 {corrected_ro} 찾았어요.").format(
        query=query, corrected=corrected, corrected_ro=names.with_particle(corrected, "으로/로")
    )


def amount_words(ingredient: IngredientFacts) -> str:
    """Write how much of a substance a product holds; what the source does not say is said to be unknown."""
    if ingredient.amount is None:
        return _("함량 정보 없음")
    return f"{plain(ingredient.amount)} {ingredient.unit}".strip()


def plain(value: Decimal) -> str:
    """Write an amount without empty decimals: 500, 0.25, 1,000."""
    return f"{value.normalize():,f}"


def finding_shown(finding: Finding, known: dict[str, str], about: str = "") -> FindingShown:
    """Lay a finding out; `about` is the product of the page, which is not named again."""
    listed = tuple(
        (number, breakable(known[number])) for number in finding.products if number in known and number != about
    )
    return FindingShown(
        finding=finding,
        title=str(KIND_WORDS[finding.kind]),
        severity=str(SEVERITY_WORDS.get(finding.severity, finding.severity)),
        forbidden=finding.severity == "금기",
        names=listed,
        condition=" ".join(part for part in (_form_condition(finding), _condition(finding)) if part),
        source=source_words(finding.source),
    )


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice on a product itself as a card."""

    notice: ProductNoticeFacts
    title: str
    group: str
    source: str


def notice_shown(notice: ProductNoticeFacts) -> NoticeShown:
    """Lay out a notice on a product itself."""
    return NoticeShown(
        notice=notice,
        title=str(KIND_WORDS.get(notice.kind, notice.kind)),
        group=" · ".join(part for part in (notice.name, notice.group, notice.series) if part),
        source=source_words(notice.source),
    )


def withdrawn_words(day: date) -> str:
    """Say since when a product may not be sold."""
    return _("{day} 허가가 끝난 약이에요.").format(day=day.isoformat())


def _form_condition(finding: Finding) -> str:
    return _("고시된 제형에만 해당돼요. 이 약의 제형을 알 수 없어 확인이 필요해요.") if finding.form_unknown else ""


def _condition(finding: Finding) -> str:
    if finding.kind == "additive":
        return _("이 첨가제가 든 제품에만 해당돼요. 제품마다 다르니 확인해 보세요.")
    if finding.applies is not None:
        return ""
    if finding.kind == "pregnancy":
        return _("임신 중이라면 해당돼요.")
    if finding.kind == "elderly":
        return _("65세 이상이라면 해당돼요.")
    return _("{limit}인 사람에게 해당돼요.").format(limit=finding.limit)


def taken_up_words(name: str) -> str:
    """Say that a medicine was scrapped."""
    return _("{name_eul} 담았어요.").format(name=name, name_eul=names.with_particle(name, "을/를"))


def let_go_words(name: str) -> str:
    """Say that a medicine or a tag is gone."""
    return _("{name_eul} 뺐어요.").format(name=name, name_eul=names.with_particle(name, "을/를"))
