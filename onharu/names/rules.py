"""What a name looks like to the search: its tidy spelling, the forms people call it by, how far apart two are.

Plain Python. Nothing here knows what is being named; a name is a string with separators, such as
`국밥_순대국밥`, `김치찌개_돼지고기`, `닭볶음(닭갈비)`, `커피_카페 라떼 아이스(ICED) (L)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from onharu.names import hangul

# A slip between sounds that people do not hear apart costs this much of a full stroke.
ALIKE_COST: Final = 0.4

_BRACKETS: Final = re.compile(r"\(([^()]*)\)+")
_NOT_WORD: Final = re.compile(r"[^0-9a-zㄱ-ㅎㅏ-ㅣ가-힣]+")
_ODD: Final = re.compile(r"[^0-9a-zㄱ-ㅎㅏ-ㅣ가-힣_/() ]+")
_SEPARATORS: Final = "_()/"
_HANGUL_NAME: Final = re.compile(r"[가-힣]+[가-힣 ]*[가-힣]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name on a shelf.

    `key` is the caller's id. `weight` (0 to 1) says how representative the entry is. `aliases` are full names of
    their own. `generic` is False for one maker's product.
    """

    key: int
    text: str
    weight: float = 0.0
    aliases: tuple[str, ...] = ()
    generic: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: the caller's key, the name as kept, how well it fits (0 to 100) and in which way."""

    key: int
    text: str
    score: float
    kind: str


@dataclass(frozen=True, slots=True)
class Results:
    """The answers, best first, and the catalogue's spelling when the query was understood as a slip."""

    hits: tuple[Hit, ...]
    corrected: str | None = None


class Form(NamedTuple):
    """One way a person may call a name: its role, its words, and the same without spaces."""

    role: str
    words: str
    compact: str


def tidy(text: str) -> str:
    """Return the text composed, in lower case, with single spaces for everything that is no letter or digit."""
    return _NOT_WORD.sub(" ", hangul.nfc(text).casefold()).strip()


def compact(text: str) -> str:
    """Return a tidy text without its spaces."""
    return text.replace(" ", "")


def forms_of(text: str, aliases: Iterable[str] = (), *, generic: bool = True) -> tuple[Form, ...]:
    """Return the forms of a name, the most literal first and each spelling once.

    Roles: `whole` (everything), `parts` (everything of a name that is made of parts), `main` and `trunk` (these
    without brackets), `natural` (the part that is a name by itself), `turned` (kind after variant: 돼지고기 김치찌개),
    `head` (the kind), `tail` (the variant), `inner` (in brackets).
    """
    found: dict[str, Form] = {}
    for name in (text, *aliases):
        for role, raw in _called(_ODD.sub(" ", hangul.nfc(name).casefold()), generic=generic):
            words = " ".join(_without_separators(raw).split())
            joined = words.replace(" ", "")
            if joined and joined not in found:
                found[joined] = Form(role, words, joined)
    return tuple(found.values())


def _without_separators(text: str) -> str:
    for sign in _SEPARATORS:
        if sign in text:
            text = text.replace(sign, " ")
    return text


def _called(text: str, *, generic: bool) -> list[tuple[str, str]]:
    """Return (role, words) of one name that holds no other signs than its separators."""
    literal = "parts" if "_" in text else "whole"
    forms = [(literal, text)]
    plain = text
    if "(" in text:
        plain = _BRACKETS.sub(" ", text)
        forms.append(("trunk" if "_" in text else "main", plain))
        forms.extend(("inner", inner) for inner in _names_in_brackets(text))
    segments = plain.split("_")
    if "/" in plain:
        segments[0], *others = segments[0].split("/")
        forms.extend(("head", other) for other in others)
    if len(segments) > 1:
        forms.extend(_segment_forms(segments, generic=generic))
        if plain is not text and not generic:
            forms.append(("natural", text.partition("_")[2]))
    return forms


def _names_in_brackets(text: str) -> Iterator[str]:
    for inner in _BRACKETS.findall(text):
        yield from (name for name in inner.split("/") if _HANGUL_NAME.fullmatch(name))


def _segment_forms(segments: list[str], *, generic: bool) -> list[tuple[str, str]]:
    head, variant, last = segments[0].strip(), " ".join(segments[1:]), segments[-1]
    forms = [("head", head)]
    tails = (variant,) if len(segments) == 2 else (variant, last)
    forms.extend(("natural" if not generic or head in tail else "tail", tail) for tail in tails)
    if head not in variant:
        forms.append(("turned", f"{variant} {head}"))
        if len(segments) > 2:
            forms.append(("turned", " ".join(reversed(segments))))
    return forms


def jamo_distance(one: str, other: str) -> float:
    """Return how many strokes apart two texts are, sounds that are alike counting less; 0 means the same strokes."""
    alike = OSA.distance(hangul.folded(one), hangul.folded(other))
    exact = OSA.distance(hangul.decompose(one), hangul.decompose(other))
    return alike + ALIKE_COST * max(0, exact - alike)


def similarity(one: str, other: str) -> float:
    """Return 1 for the same strokes, falling to 0 as the distance reaches the longer text's length."""
    longest = max(len(hangul.decompose(one)), len(hangul.decompose(other)))
    return 1.0 - min(1.0, jamo_distance(one, other) / longest) if longest else 0.0


def grams_of(forms: Iterable[Form]) -> set[str]:
    """Return every clue a name is found by; see `word_grams`, `form_grams` and `initial_grams`."""
    grams: set[str] = set()
    for role, words, joined in forms:
        # Start and spelling of every way to say it; its runs of strokes are those of the literal form.
        grams.update(form_grams(joined))
        letters = hangul.initials(joined)
        if role in ("whole", "parts"):
            grams.update(initial_grams(letters))
            grams.update(word_grams(words))
        else:
            grams.update(initial_edges(letters))
    return grams


def word_grams(words: str) -> set[str]:
    """Return the clues of a query of whole syllables: runs of three strokes, word edges, the form's start."""
    joined = words.replace(" ", "")
    grams = set(runs_of(hangul.folded(joined)))
    grams.update(form_grams(joined))
    for word in words.split(" "):
        grams.update(edge_grams(word))
    return grams


def runs_of(strokes: str) -> list[str]:
    """Return every three strokes that follow each other."""
    return [strokes[place : place + 3] for place in range(len(strokes) - 2)]


def edge_grams(word: str) -> tuple[str, ...]:
    """Return the clues that tell a word's edges from its middle, by stroke and by syllable."""
    strokes = hangul.folded(word)
    return "^" + strokes[:2], strokes[-2:] + "$", "^" + word[:1], word[-1:] + "$"


def form_grams(joined: str) -> tuple[str, ...]:
    """Return the clues that a form starts with, ends with, or is, exactly this."""
    return "<" + joined[:1], "<" + joined[:2], ">" + joined[-2:], "=" + joined


def initial_grams(letters: str) -> set[str]:
    """Return the clues of a run of initials."""
    plain = hangul.folded(letters)
    grams = {"~" + plain[place : place + 2] for place in range(len(plain) - 1)}
    grams.update(["~" + plain[place : place + 3] for place in range(len(plain) - 2)])
    grams.update(initial_edges(letters))
    return grams


def initial_edges(letters: str) -> tuple[str, ...]:
    """Return the clues that a form's initials start with, or are, these; tense letters count as plain (no Shift)."""
    plain = hangul.folded(letters)
    return "~<" + plain[:2], "~<" + plain[:3], "~=" + plain
