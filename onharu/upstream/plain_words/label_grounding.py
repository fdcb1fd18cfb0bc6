"""Whether a model's sentence on what a medicine is for may be shown: everything in it stands in the label.

`flaw_of` answers with a stable word for the first thing that is wrong, "" for nothing. Judged against the label's
efficacy and ingredients only: a symptom among the side effects proves nothing. Words are compared whole, without
their particles ("간질" does not stand in "간질환"), words side by side must stand side by side in the label, and what a
medicine is said to do (prevent, treat, ease …) must be what the label says of the same thing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from onharu.upstream.plain_words import label_text
from onharu.upstream.plain_words.label_lexicon import (
    ALLOWED,
    BESIDE,
    CAUSE,
    CLAIMS,
    DENIAL,
    DOSE,
    OUT_OF_PLACE,
    PARTICLES,
    TAKING,
    UNFIT,
)
from onharu.upstream.plain_words.port import Label

SHORTEST, LONGEST = 6, 160
MOST_SENTENCES = 2
SHARE_OF_HANGUL = 0.6
MOST_PARTICLES = 2
_FORBIDDEN = {"out_of_place": OUT_OF_PLACE, "dose": DOSE, "taking": TAKING, "advice": UNFIT, "beside": BESIDE}
_WORD = re.compile(r"[0-9A-Za-z가-힣%]+(?:[.,]\d+)*")
_HANGUL, _LATIN = re.compile(r"[가-힣]"), re.compile(r"[A-Za-z]")
_FOREIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0400-\u04ff\u0590-\u08ff\u0e00-\u0e7f\u3131-\u318e]")
_END = re.compile(r"[.!?]+(?=\s|$)")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_NOTHING_BETWEEN = re.compile(r"[\s·]*$")
_REST = re.compile(r"[가-힣]*")
# "예방 및 치료": both are done to the same thing.
_NO_OTHER_THING = re.compile(r"[\s·,]*(?:및|과|와)?\s*(?:증상의\s)?")
_AFTER_WHICH = ("과", "와", "나", "에", "로", "을", "를", "은", "는", "도", "며", "고")
_RESTRICTED = re.compile(r"한함|한하여|한정|제외|\d\s?(?:세|개월|%|kg)\s?(?:이상|이하|미만|초과)")


@dataclass(frozen=True, slots=True)
class Known:
    """What a label lends: whole words without particles, and its text without spaces, with and without brackets."""

    words: frozenset[str]
    texts: tuple[str, ...]
    plain: str


def flaw_of(text: str, label: Label) -> str:
    """Say what is wrong with a sentence about this label in one stable word, "" when it may be shown."""
    said = label_text.plain(text)
    if any(unicodedata.category(letter)[0] == "C" for letter in text) or not label_text.is_balanced(text):
        return "hidden_letters"
    if flaw := next((name for name, words in _FORBIDDEN.items() if words.search(said)), "") or _shape(said):
        return flaw
    known = known_of(label.sections.get("efficacy", ""), label.ingredients)
    if _RESTRICTED.search(known.plain):
        return "restricted"
    checks = (_denied, _caused, _strange, _apart, _claimed)
    return next((flaw for check in checks if (flaw := check(said, known))), "")


def _shape(said: str) -> str:
    if not SHORTEST <= len(said) <= LONGEST or len(_END.findall(said)) > MOST_SENTENCES:
        return "length"
    korean, latin = len(_HANGUL.findall(said)), len(_LATIN.findall(said))
    if _FOREIGN.search(said) or not korean or korean / (korean + latin) < SHARE_OF_HANGUL:
        return "language"
    return "" if re.search(r"[다요][.!]?$", said) else "unfinished"


@lru_cache(maxsize=256)
def known_of(efficacy: str, ingredients: tuple[str, ...]) -> Known:
    """Read what a label lends to a sentence about it."""
    plain = label_text.plain(efficacy).replace("\n", ", ")
    shapes = {plain, without_brackets(plain), plain.replace("(", "").replace(")", "")}
    shapes |= {inner for found in _BRACKETED.finditer(plain) if (inner := found.group(1))}
    words = {
        stem
        for shape in (*shapes, *map(label_text.plain, ingredients))
        for match in _WORD.finditer(shape)
        for stem in stems(match.group())
    }
    folded = tuple(_folded(shape) for shape in (*sorted(shapes), *map(label_text.plain, ingredients)))
    return Known(frozenset(words), folded, plain)


def without_brackets(text: str) -> str:
    """Drop brackets with all that stands in them."""
    while (shorter := _BRACKETED.sub("", text)) != text:
        text = shorter
    return text


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """Take a word as it stands, and without the particles it may end in."""
    seen, last = {word}, {word}
    for _ in range(MOST_PARTICLES):
        last = {
            one.removesuffix(particle)
            for one in last
            for particle in PARTICLES
            if one.endswith(particle) and len(one) > len(particle)
        }
        seen |= last
    return frozenset(seen)


def overclaims(text: str, efficacy: str) -> bool:
    """Whether a sentence says something to be done (prevented, treated …) that the label says of other things."""
    return bool(_claimed(text, known_of(efficacy, ())))


def _strange(said: str, known: Known) -> str:
    """Find a word that is neither the label's nor one that joins the label's words."""
    for match in _WORD.finditer(said):
        word = match.group()
        if word in ALLOWED or any(stem in known.words for stem in stems(word)):
            continue
        if len(word) > 1 and any(stem in ALLOWED for stem in stems(word) if len(stem) > 1):
            continue
        if any(_folded_in(stem, known) for stem in stems(word) if _spelled_apart(stem, known)):
            continue
        return "number" if re.search(r"\d", word) else "invented"
    return ""


def _spelled_apart(stem: str, known: Known) -> bool:
    """Whether the label writes as several words what is one word here: 위 부팽만감 and 위부팽만감."""
    return any(stem[:at] in known.words and stem[at:] in known.words for at in range(1, len(stem)))


def _denied(said: str, known: Known) -> str:
    """Find a denial that the label does not make of the same word, or one of the label's that was left out."""
    ours, theirs = _folded(said), _folded(known.plain)
    if any(_folded(_word_before(said, no.start()) + no.group()) not in theirs for no in DENIAL.finditer(said)):
        return "denial"
    for no in DENIAL.finditer(known.plain):
        before = _word_before(known.plain, no.start())
        if _any_stem(before, said) and _folded(before + no.group()) not in ours:
            return "denial"
    return ""


def _any_stem(word: str, text: str) -> bool:
    spoken = {stem for match in _WORD.finditer(text) for stem in stems(match.group())}
    return any(len(stem) > 1 and stem in spoken for stem in stems(word))


def _word_before(text: str, end: int) -> str:
    words = _WORD.findall(text[:end])
    return str(words[-1]) if words else ""


def _apart(said: str, known: Known) -> str:
    """Find two words side by side, or joined by 의, that do not stand so in the label (급성 통풍)."""
    words = list(_WORD.finditer(said))
    for first, second in pairwise(words):
        one, other = first.group(), second.group()
        if not _NOTHING_BETWEEN.match(said[first.end() : second.start()]) or {one, other} & ALLOWED:
            continue
        if CLAIMS.match(other) or _ends_a_thought(one, known) or _is_joining(other):
            continue
        if not any(_folded_in(one + stem, known) for stem in stems(other)):
            return "number" if re.search(r"\d", one + other) else "apart"
    return ""


def _ends_a_thought(word: str, known: Known) -> bool:
    """Whether a word carries a particle after which another thing may begin."""
    return word not in known.words and word.endswith(_AFTER_WHICH)


def _is_joining(word: str) -> bool:
    return any(stem in ALLOWED for stem in stems(word))


def _caused(said: str, known: Known) -> str:
    """Find a cause and an effect that the label does not tie together."""
    for found in CAUSE.finditer(said):
        before = _word_before(said, found.start())
        rest = _REST.match(said, found.end())
        after = _WORD.search(said, rest.end() if rest else found.end())
        link = said[found.start() : after.start()] if after else ""
        if after is None or not any(_folded_in(before + link + stem, known) for stem in stems(after.group())):
            return "cause"
    return ""


def _claimed(said: str, known: Known) -> str:
    """Find something said to be done (prevented, treated …) that the label does not say of the same thing."""
    label, here = _claims_of(known.plain), 0
    for found in CLAIMS.finditer(said):
        kind = found.lastgroup or ""
        about = {match.group() for match in _WORD.finditer(said, here, found.start())} - ALLOWED
        here = found.end()
        if not any(kind in kinds for _, kinds in label):
            return "claim"
        for word in about:
            said_of_it = [kinds for text, kinds in label if not CLAIMS.match(word) and stems(word) & text]
            if said_of_it and not any(kind in kinds for kinds in said_of_it):
                return "claim"
    return ""


@lru_cache(maxsize=256)
def _claims_of(plain: str) -> list[tuple[frozenset[str], set[str]]]:
    """List the words that a label says what is done about, with what that is; nothing for plain use."""
    found: list[tuple[str, set[str]]] = []
    here = 0
    for claim in CLAIMS.finditer(plain):
        between = plain[here : claim.start()]
        if found and _NO_OTHER_THING.fullmatch(between):
            found[-1][1].add(claim.lastgroup or "")
        else:
            found.append((between, {claim.lastgroup or ""}))
        here = claim.end()
    return [(_stems_in(text), kinds) for text, kinds in [*found, (plain[here:], set())]]


def _stems_in(text: str) -> frozenset[str]:
    words = _WORD.findall(f"{text} {without_brackets(text)}")
    return frozenset(stem for word in words for stem in stems(word) if len(stem) > 1)


def _folded(text: str) -> str:
    return re.sub(r"[\s·,]", "", text)


def _folded_in(word: str, known: Known) -> bool:
    return any(_folded(word) in text for text in known.texts)
