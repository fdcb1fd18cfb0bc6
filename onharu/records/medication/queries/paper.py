"""A page of paper: the PDF of a report, A4, with an embedded Korean font. The one importer of `fpdf`.

Loaded when the first page is asked for: it brings 27 MB.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos

from onharu.records.medication.queries.report import Part, Report, Table

FONTS = Path(str(files("onharu.records.medication"))) / "fonts"
FAMILY = "Onharu Gothic"
MARGIN, BOTTOM, WIDTH = 16.0, 20.0, 178.0
LINE, SMALL = 5.2, 4.4
INK, SOFT, RULE = (24, 28, 34), (90, 98, 108), (205, 210, 216)
ALIKE = str.maketrans({"µ": "μ", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\t": " "})
UNKNOWN = "□"


@cache
def _letters() -> frozenset[int]:
    with TTFont(FONTS / "OnharuGothic-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def printable(text: str) -> str:
    """Spell a text with the letters that the font has; one that it lacks is a box, and never a line in a log."""
    said = unicodedata.normalize("NFC", text).translate(ALIKE)
    return "".join(letter if ord(letter) in _letters() else UNKNOWN for letter in " ".join(said.split()))


class Page(FPDF):
    """One page of A4. What does not fit is counted, and said to be left out."""

    def __init__(self, report: Report) -> None:
        super().__init__(format="A4")
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=False)
        self.c_margin = 0
        for style, weight in (("", "Regular"), ("B", "Bold")):
            self.add_font(FAMILY, style, FONTS / f"OnharuGothic-{weight}.ttf")
        self.set_title(printable(report.title))
        self.set_lang(report.language)
        self.set_creator("Onharu")
        self.set_producer("Onharu")
        self.set_creation_date(report.made_at)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_page()

    @property
    def room(self) -> float:
        """How much of the page is left, above its foot."""
        return float(self.h - BOTTOM - self.y)

    def say(self, text: str, size: float = 10, *, bold: bool = False, soft: bool = False, after: float = 0) -> None:
        """Write a paragraph."""
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*(SOFT if soft else INK))
        self.multi_cell(WIDTH, size * 0.52, printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def rule(self) -> None:
        """Draw a line over the width."""
        self.set_draw_color(*RULE)
        self.line(MARGIN, self.y, MARGIN + WIDTH, self.y)

    def height_of(self, cells: Sequence[str], widths: Sequence[float], size: float) -> float:
        """Tell how high a row of a table is."""
        return max(len(self._lines(text, width, size)) for text, width in zip(cells, widths, strict=True)) * SMALL + 1.6

    def row(self, cells: Sequence[str], widths: Sequence[float], size: float, *, bold: bool = False) -> None:
        """Write a row of a table; a cell that is too wide has several lines."""
        height, top, left = self.height_of(cells, widths, size), self.y, MARGIN
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*(SOFT if bold else INK))
        for text, width in zip(cells, widths, strict=True):
            for number, line in enumerate(self._lines(text, width, size)):
                self.set_xy(left, top + 0.8 + number * SMALL)
                self.cell(width - 2, SMALL, line)
            left += width
        self.set_xy(MARGIN, top + height)
        self.rule()

    def _lines(self, text: str, width: float, size: float) -> list[str]:
        self.set_font(FAMILY, "", size)
        said: Any = self.multi_cell(width - 2, SMALL, printable(text), align="L", dry_run=True, output="LINES")
        return list(said) or [""]


def drawn(report: Report) -> bytes:
    """Draw a report on one page; returns the PDF."""
    page = Page(report)
    page.say(report.title, 17, bold=True, after=1.5)
    for line in report.head:
        page.say(line, 10, soft=True)
    page.ln(2)
    left_out = [part.title for part in report.parts if not _draw(page, part, report.more)]
    found_no_room = [report.left_out.format(titles=", ".join(left_out))] if left_out else []
    _foot(page, [*found_no_room, *report.foot])
    return bytes(page.output())


def _draw(page: Page, part: Part, more: str) -> bool:
    """Draw a part with as many of its rows as there is room for; the rest is counted. False where there is no room."""
    if page.room < LINE * 5:
        return False
    page.ln(3.5)
    page.say(part.title, 11.5, bold=True, after=0.8)
    for line in part.lines:
        if page.room > LINE * 2:
            page.say(line, 9, soft=True, after=0.4)
    if part.table is not None:
        _draw_table(page, part.table, more)
    return True


def _draw_table(page: Page, table: Table, more: str) -> None:
    widths = [WIDTH * share / sum(table.shares) for share in table.shares]
    page.row(table.heads, widths, 8.5, bold=True)
    for number, cells in enumerate(table.rows):
        left = len(table.rows) - number
        if number >= table.most or page.room < page.height_of(cells, widths, 9) + (LINE if left > 1 else 0):
            page.say(more.format(count=left), 8.5, soft=True)
            return
        page.row(cells, widths, 9)


def _foot(page: Page, lines: Sequence[str]) -> None:
    page.set_xy(MARGIN, page.h - BOTTOM)
    page.rule()
    page.ln(1)
    for line in lines:
        page.say(line, 7.5, soft=True)
