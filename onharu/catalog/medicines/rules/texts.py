"""Makes texts and cells of official tables clean without changing what they say. Plain Python."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

NOTHING = frozenset({"", "-", "N/A", "null", "NULL", "없음"})
_TAGS = re.compile(r"<\s*/?\s*(?:p|br|sub|sup|div|span|strong|b|i|u|table|tbody|tr|td|th)\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<\s*(?:br\s*/?|/\s*p|/\s*div|/\s*tr)\s*>", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n\s*\n+")
_DAY = re.compile(r"^(\d{4})\D?(\d{2})\D?(\d{2})(?:\D.*)?$", re.DOTALL)


def word(cell: str | None, most: int = 200) -> str:
    """Read a short cell: one line, single spaces; a source's way of saying nothing is empty."""
    said = " ".join(unicodedata.normalize("NFC", cell or "").replace("\xa0", " ").split())
    return "" if said in NOTHING else said[:most].rstrip()


def prose(cell: str | None) -> str:
    """Read a long text as plain paragraphs: tags and entities gone, hard spaces soft, no empty lines at the ends."""
    said = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", cell or "")))
    said = unicodedata.normalize("NFC", said).replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n")
    lines = "\n".join(_SPACES.sub(" ", line).strip() for line in said.split("\n"))
    whole = _EMPTY_LINES.sub("\n\n", lines).strip()
    return "" if whole in NOTHING else whole


def quoted(cell: str | None) -> str:
    """Read a text of a file that writes commas as bars and wraps sentences in quotes; the words stay verbatim."""
    return prose((cell or "").strip().strip('"').replace("|", ","))


def day_in(cell: str | None) -> date | None:
    """Read a day written as 20201224, 2020-12-24 or with a time; None when there is none."""
    found = _DAY.match((cell or "").strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def size_in(cell: str | None) -> Decimal | None:
    """Read a length in mm; None when it is not said or cannot be one of a pill."""
    try:
        size = Decimal((cell or "").strip().replace(",", "") or "0")
    except InvalidOperation:
        return None
    return size.quantize(Decimal("0.01")) if 0 < size < 1000 else None


_NO_LETTER = re.compile(r"분할선|십자|마크|[^0-9a-z가-힣]+")


def folded_imprint(said: str) -> str:
    """Spell what is printed on a pill as somebody would type it: letters and digits, without score lines and logos."""
    return _NO_LETTER.sub("", unicodedata.normalize("NFKC", said).replace("Λ", "A").casefold())[:60]
