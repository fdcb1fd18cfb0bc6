"""How well a pill's marks answer what somebody reads off it: either side first, half a mark, one letter misread."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from onharu.catalog.medicines.rules.texts import folded_imprint

WHOLE, SIDE, STARTS, SLIP = 100.0, 96.0, 85.0, 70.0
SHORTEST_SLIP = 3
MOST_SLIPS = 200
# What an eye confuses on a small tablet is read as one letter.
ALIKE = str.maketrans({"o": "0", "q": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2"})
_COLORS = {
    "흰": "하양", "하얀": "하양", "하양": "하양", "백": "하양", "노란": "노랑", "노랑": "노랑", "주황": "주황",
    "분홍": "분홍", "핑크": "분홍", "빨간": "빨강", "빨강": "빨강", "갈": "갈색", "연두": "연두", "초록": "초록",
    "녹": "초록", "청록": "청록", "파란": "파랑", "파랑": "파랑", "남": "남색", "자주": "자주", "보라": "보라",
    "회": "회색", "검은": "검정", "검정": "검정", "투명": "투명",
}  # fmt: skip
_SHAPES = {
    "동그란": "원형", "둥근": "원형", "원": "원형", "길쭉한": "장방형", "긴": "장방형", "네모": "사각형",
    "세모": "삼각형", "타원": "타원형", "장방": "장방형", "캡슐": "장방형", "마름모": "마름모형", "반원": "반원형",
    "사각": "사각형", "삼각": "삼각형", "오각": "오각형", "육각": "육각형", "팔각": "팔각형", "기타": "기타",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One look of a product, as far as it is searched."""

    product_id: int
    look_id: int
    front: str
    back: str
    shape: str
    colors: tuple[str, ...]
    imprint_front: str = ""
    imprint_back: str = ""


class Marks:
    """All looks of a shelf by what is printed on them. Made once for a state of the shelf; never changed."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.all = tuple(marks)
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for place, mark in enumerate(self.all):
            for text, points in _readings(mark):
                found[text][place] = max(points, found[text].get(place, 0.0))
        self._by_text: Mapping[str, Mapping[int, float]] = dict(found)
        self._texts = sorted(found)

    def search(self, imprint: str, *, shape: str = "", color: str = "") -> list[tuple[float, Mark]]:
        """Find looks, best first; without an imprint, every look of that shape and colour."""
        fits = [place for place, mark in enumerate(self.all) if _fits(mark, shape, color)] if shape or color else None
        if not imprint:
            return [(WHOLE, self.all[place]) for place in fits or ()]
        scores = self._scores(imprint)
        wanted = scores if fits is None else {place: scores[place] for place in fits if place in scores}
        ranked = sorted(
            wanted, key=lambda place: (-wanted[place], len(self.all[place].front + self.all[place].back), place)
        )
        return [(round(wanted[place], 1), self.all[place]) for place in ranked]

    def _scores(self, imprint: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        for text in _ways(imprint):
            for found, points in self._texts_like(text):
                for place, share in self._by_text[found].items():
                    scores[place] = max(scores.get(place, 0.0), points * share)
        return scores

    def _texts_like(self, text: str) -> Iterable[tuple[str, float]]:
        if text in self._by_text:
            yield text, WHOLE
        start = bisect_left(self._texts, text)
        while start < len(self._texts) and self._texts[start].startswith(text):
            yield self._texts[start], STARTS + 10 * len(text) / len(self._texts[start])
            start += 1
        if len(text) >= SHORTEST_SLIP:
            near = extract(text, self._texts, scorer=OSA.distance, score_cutoff=1, limit=MOST_SLIPS)
            yield from ((found, SLIP) for found, distance, _ in near if distance)


def shape_meant(said: str) -> str:
    """Read a shape as people say it; what is not known stays as it is."""
    return next((shape for word, shape in _SHAPES.items() if said.startswith(word)), said)


def color_meant(said: str) -> str:
    """Read a colour as people say it: 흰색 is 하양."""
    return next((color for word, color in _COLORS.items() if said.startswith(word)), said)


def _readings(mark: Mark) -> Iterable[tuple[str, float]]:
    """Yield what may be read off a pill, and how much of its marks that is."""
    front, back = alike(mark.front), alike(mark.back)
    if front and back:
        yield from ((front + back, 1.0), (back + front, 1.0), (front, SIDE / 100), (back, SIDE / 100))
    elif front or back:
        yield front or back, 1.0


def _ways(imprint: str) -> tuple[str, ...]:
    whole = alike(folded_imprint(imprint))
    return (whole,) if whole else ()


def alike(folded: str) -> str:
    """Read letters that look alike as one."""
    return folded.translate(ALIKE)


def _fits(mark: Mark, shape: str, color: str) -> bool:
    return (not shape or mark.shape == shape) and (not color or color in mark.colors)
