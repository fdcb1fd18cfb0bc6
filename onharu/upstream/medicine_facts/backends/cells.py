"""Reads cells of the Ministry's tables: days in four spellings, amounts, codes before names, documents in XML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_DAY = re.compile(r"^(\d{4})\D?(\d{2})\D?(\d{2})(?:\D.*)?$", re.DOTALL)
_ORDINAL = re.compile(r"^(\d{4})\s*([A-Za-z]+?)\s*(\d{1,2})(?:st|nd|rd|th)$", re.IGNORECASE)
_CODED = re.compile(r"^\[([A-Z]\d{6})\](.+)$", re.DOTALL)
_NEXT_CODED = re.compile(r"[/|,]\s*(?=\[[A-Z]\d{6}\])")
_CLASSED = re.compile(r"^\[(\d{3,5})\](.*)$", re.DOTALL)
_BREAKS = re.compile(r"<\s*(?:br\s*/?|/\s*(?:p|div|tr|li|h\d))\s*>", re.IGNORECASE)
_GAPS = re.compile(r"<\s*/\s*t[dh]\s*>", re.IGNORECASE)
# Only tags that are known: "<A형 간염>" is text.
_NAMES = "p|br|sub|sup|div|span|strong|em|b|i|u|a|img|font|table|thead|tbody|colgroup|col|tr|td|th|ul|ol|li|h[1-6]"
_TAGS = re.compile(
    rf"</?(?:{_NAMES}|doc|section|article|paragraph)(?:[\s/][^<>]*)?>|<!--.*?-->|<!\[CDATA\[|\]\]>|<\?xml[^<>]*\?>",
    re.DOTALL | re.IGNORECASE,
)
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def day_of(said: str) -> date | None:
    """Read 20210827, 2021-08-27, with a time behind it, or 1971May6th; None for anything else."""
    found = _DAY.match(said)
    ordinal = _ORDINAL.match(said)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        if ordinal:
            month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(ordinal[2].casefold()))
            return date(int(ordinal[1]), month, int(ordinal[3]))
    except (ValueError, StopIteration):
        return None
    return None


def amount_of(said: str) -> Decimal | None:
    """Read a positive amount such as "1,670.000"; None for anything else, a range or a "proper quantity" included."""
    try:
        amount = Decimal(said.replace(",", "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None


def size_of(said: str) -> Decimal | None:
    """Read a length in mm; None where it cannot be one of a pill."""
    amount = amount_of(said)
    return amount.quantize(Decimal("0.01")) if amount is not None and amount < 1000 else None


def coded(part: str) -> tuple[str, str]:
    """Split "[M040702]포도당" into code and name; a name without a code has none."""
    found = _CODED.match(part.strip())
    return (found[1], found[2].strip()) if found else ("", part.strip())


def all_coded(said: str) -> tuple[tuple[str, str], ...]:
    """Read "[M1]a/[M2]b" or "[M1]a|[M2]b", each once; a mark inside of a name begins no new one."""
    parts = (coded(part) for part in _NEXT_CODED.split(said) if part.strip())
    return tuple(dict.fromkeys(part for part in parts if part[1]))


def classed(said: str) -> tuple[str, str]:
    """Split "[03310]혈액대용제" into code and name."""
    found = _CLASSED.match(said)
    return (found[1], found[2].strip()) if found else ("", said)


def unquoted(said: str) -> str:
    """Take off the quotes that DUR texts are wrapped in now and then."""
    return said.strip().strip('"').strip()


def plain_text(said: str) -> str:
    """Read a text that may hold markup and entities: paragraphs stay, everything else of it goes."""
    text = html.unescape(_TAGS.sub("", _GAPS.sub(" ", _BREAKS.sub("\n", said)))).replace("\xa0", " ")
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def document_text(said: str) -> str:
    """Read a label's document (DOC, SECTION, ARTICLE with a title, PARAGRAPH): titles and paragraphs as lines.

    A document that is broken is read as text without its tags.
    """
    if not said.startswith("<"):
        return plain_text(said)
    try:
        root = fromstring(said, forbid_dtd=True)
        return "\n".join(text for text in _lines(root) if text)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return plain_text(said)


def _lines(element: Element) -> Iterator[str]:
    if element.tag != "DOC":
        yield plain_text(element.get("title", ""))
    yield plain_text(element.text or "")
    for child in element:
        yield from _lines(child)
        yield plain_text(child.tail or "")
