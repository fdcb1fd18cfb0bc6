"""Draws pills: shapes as outlines, colours by name, and words that say the same to who cannot see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onharu.catalog.medicines.public import LookFacts

# In a box of 48 by 32.
OUTLINES = {
    "원형": "M24 3a13 13 0 1 1 0 26a13 13 0 1 1 0-26Z",
    "타원형": "M24 5a19 11 0 1 1 0 22a19 11 0 1 1 0-22Z",
    "장방형": "M13 7h22a9 9 0 0 1 0 18H13a9 9 0 0 1 0-18Z",
    "반원형": "M7 24a17 17 0 0 1 34 0a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2Z",
    "삼각형": "M22.3 4.5a2 2 0 0 1 3.4 0L39 25.5a2 2 0 0 1-1.7 3H10.7a2 2 0 0 1-1.7-3Z",
    "사각형": "M13 4h22a3 3 0 0 1 3 3v18a3 3 0 0 1-3 3H13a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3Z",
    "마름모형": "M22 3.6a3 3 0 0 1 4 0L40.4 14.6a2 2 0 0 1 0 2.8L26 28.4a3 3 0 0 1-4 0L7.6 17.4a2 2 0 0 1 0-2.8Z",
    "오각형": "M24 3L38 13.2L32.6 29H15.4L10 13.2Z",
    "육각형": "M16.5 3h15L39 16l-7.5 13h-15L9 16Z",
    "팔각형": "M18.6 3h10.8L37 10.6v10.8L29.4 29H18.6L11 21.4V10.6Z",
    "기타": "M14 9c3-5 9-6 14-3s9 2 12 7s-1 11-7 12s-8 3-14 1s-9-4-10-8s3-6 5-9Z",
}
HALVES = {
    "원형": "M24 3a13 13 0 0 1 0 26Z",
    "타원형": "M24 5a19 11 0 0 1 0 22Z",
    "장방형": "M24 7h11a9 9 0 0 1 0 18H24Z",
}
FILLS = {
    "하양": "#ffffff", "노랑": "#f5d75e", "주황": "#ee9748", "분홍": "#f2a7bb", "빨강": "#cf4444", "갈색": "#98693f",
    "연두": "#a8ce60", "초록": "#4f9d5e", "청록": "#3d9b98", "파랑": "#4a82cb", "남색": "#34497e", "자주": "#8d3a62",
    "보라": "#8c6ab7", "회색": "#a5a5a5", "검정": "#35322f", "투명": "#eef3f5",
}  # fmt: skip
SHAPE_WORDS: dict[str, Promise] = {
    "원형": gettext_lazy("원형"),
    "타원형": gettext_lazy("타원형"),
    "장방형": gettext_lazy("장방형"),
    "반원형": gettext_lazy("반원형"),
    "삼각형": gettext_lazy("삼각형"),
    "사각형": gettext_lazy("사각형"),
    "마름모형": gettext_lazy("마름모형"),
    "오각형": gettext_lazy("오각형"),
    "육각형": gettext_lazy("육각형"),
    "팔각형": gettext_lazy("팔각형"),
    "기타": gettext_lazy("다른 모양"),
}
COLOR_WORDS: dict[str, Promise] = {
    "하양": gettext_lazy("하양"),
    "노랑": gettext_lazy("노랑"),
    "주황": gettext_lazy("주황"),
    "분홍": gettext_lazy("분홍"),
    "빨강": gettext_lazy("빨강"),
    "갈색": gettext_lazy("갈색"),
    "연두": gettext_lazy("연두"),
    "초록": gettext_lazy("초록"),
    "청록": gettext_lazy("청록"),
    "파랑": gettext_lazy("파랑"),
    "남색": gettext_lazy("남색"),
    "자주": gettext_lazy("자주"),
    "보라": gettext_lazy("보라"),
    "회색": gettext_lazy("회색"),
    "검정": gettext_lazy("검정"),
    "투명": gettext_lazy("투명"),
}


@dataclass(frozen=True, slots=True)
class Pill:
    """A drawing: an outline, its fill, a second half where there are two colours, and words. No fill: unknown."""

    outline: str
    fill: str
    half: str
    half_fill: str
    words: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A shape or a colour to choose."""

    value: str
    word: str
    outline: str
    fill: str
    chosen: bool


def pill_of(look: LookFacts | None) -> Pill | None:
    """Draw a pill as it is described; None when nobody described it."""
    if look is None or look.shape not in OUTLINES:
        return None
    colors = colors_of(look)
    half = HALVES.get(look.shape, "") if len(colors) > 1 else ""
    return Pill(
        outline=OUTLINES[look.shape],
        fill=FILLS[colors[0]] if colors else "",
        half=half,
        half_fill=FILLS[colors[1]] if half else "",
        words=words_of(look),
    )


def colors_of(look: LookFacts) -> list[str]:
    """List the colours of a pill that have a name here; clearness is no colour of its own beside another."""
    named = [part.strip() for said in look.colors for part in said.split(",") if part.strip() in FILLS]
    solid = [color for color in dict.fromkeys(named) if color != "투명"]
    return solid or named[:1]


def words_of(look: LookFacts) -> str:
    """Say how a pill looks: "하양 장방형, TYLENOL / 500"; what is unknown is left out."""
    colors = " · ".join(str(COLOR_WORDS[color]) for color in colors_of(look))
    shape = str(SHAPE_WORDS.get(look.shape, look.shape))
    marks = " / ".join(mark for mark in (look.imprint_front, look.imprint_back) if mark)
    return ", ".join(part for part in (" ".join(one for one in (colors, shape) if one), marks) if part)


def size_words(look: LookFacts) -> str:
    """Say how large a pill is: "17.6 × 7.1 mm, 두께 5.3 mm"; nothing where it is unknown."""
    if look.long_mm is None or look.short_mm is None:
        return ""
    size = f"{look.long_mm.normalize():f} × {look.short_mm.normalize():f} mm"
    if look.thick_mm is None:
        return size
    return _("{size}, 두께 {thick} mm").format(size=size, thick=f"{look.thick_mm.normalize():f}")


def shape_chips(chosen: str) -> list[Chip]:
    """Offer shapes to choose from, each drawn and named."""
    return [Chip(shape, str(word), OUTLINES[shape], "", shape == chosen) for shape, word in SHAPE_WORDS.items()]


def color_chips(chosen: str) -> list[Chip]:
    """Offer colours to choose from, each shown and named."""
    return [Chip(color, str(word), "", FILLS[color], color == chosen) for color, word in COLOR_WORDS.items()]
