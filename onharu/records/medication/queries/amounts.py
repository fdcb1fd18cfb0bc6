"""How amounts and reasons are said below the pages: in calendars, on paper, in warnings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from onharu.kernel.wording import fraction


def _counted(many: int) -> dict[str, Promise | str]:
    return {
        "tablet": ngettext_lazy("{count}정", "{count}정", many),
        "capsule": ngettext_lazy("{count}캡슐", "{count}캡슐", many),
        "packet": ngettext_lazy("{count}포", "{count}포", many),
        "ml": "{count}\N{NO-BREAK SPACE}ml",
        "drop": ngettext_lazy("{count}방울", "{count}방울", many),
        "puff": ngettext_lazy("{count}번 흡입", "{count}번 흡입", many),
        "unit": ngettext_lazy("{count}단위", "{count}단위", many),
        "patch": ngettext_lazy("{count}매", "{count}매", many),
        "ampoule": ngettext_lazy("{count}앰플", "{count}앰플", many),
        "": ngettext_lazy("{count}회", "{count}회", many),
    }


# A calendar of a year says thousands of amounts: only the words that are said are looked up.
ONE, MANY = _counted(1), _counted(2)


def amount_words(amount: Decimal, unit: str) -> str:
    """Write an amount with its unit: "1정", "½정", "5 ml"; in English "1 tablet", "2 tablets"."""
    words = ONE if amount <= 1 else MANY
    return str(words.get(unit, words[""])).format(count=fraction(amount))


def left_words(days_left: int, runs_out: date | None) -> str:
    """Say how long a stock lasts: "12일치 남음 · 11/29 소진". Without a date only the first half."""
    left = ngettext("{count}일치 남음", "{count}일치 남음", days_left).format(count=days_left)
    if runs_out is None:
        return left
    return left + " · " + _("{month}/{day} 소진").format(month=runs_out.month, day=runs_out.day)


REASON_WORDS: dict[str, Promise] = {
    "forgot": gettext_lazy("잊었어요"),
    "unwell": gettext_lazy("먹으니 몸이 불편해요"),
    "better": gettext_lazy("괜찮아져서요"),
    "none_left": gettext_lazy("약이 떨어졌어요"),
    "told": gettext_lazy("의사나 약사가 쉬라고 했어요"),
    "other": gettext_lazy("다른 까닭"),
}


def reason_words(reason: str) -> str:
    """Say why a dose was left out; a reason of one's own stays as it was written."""
    return str(REASON_WORDS.get(reason, reason))
