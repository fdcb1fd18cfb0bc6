"""Arithmetic of Hangul: syllables to key strokes and back, initials, the two-set keyboard.

A *stroke* is one key press on the Korean two-set (두벌식) keyboard, written with a compatibility
jamo: 값 is ㄱㅏㅂㅅ, 과 is ㄱㅗㅏ, 까 is ㄲㅏ. Everything the search compares is built from strokes,
because that is what a person half-types and mistypes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Each key press of one person compares mostly the same names again.
_KEPT: Final = 1 << 14

ONSETS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

COMPOUNDS: Final = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_JOINED: Final = {strokes: compound for compound, strokes in COMPOUNDS.items()}

_KEYS: Final = dict(
    zip(
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        strict=True,
    )
)
_STROKE_OF_KEY: Final = {key: stroke for stroke, key in _KEYS.items()}
# Shift changes nothing on the other letters: "A" types ㅁ as "a" does.
_STROKE_OF_KEY.update(
    {key.upper(): stroke for key, stroke in _STROKE_OF_KEY.items() if key.upper() not in _STROKE_OF_KEY}
)

_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
_PER_ONSET: Final = len(VOWELS) * len(CODAS)


def _lone_conjoining() -> dict[int, str]:
    """Map conjoining jamo that stand alone after NFC (U+1100…) to the compatibility letters people type."""
    table = {0x1100 + place: letter for place, letter in enumerate(ONSETS)}
    table.update({0x1161 + place: letter for place, letter in enumerate(VOWELS)})
    table.update({0x11A7 + place: letter for place, letter in enumerate(CODAS) if letter})
    return table


_CONJOINING: Final = _lone_conjoining()
_ANY_CONJOINING: Final = re.compile("[\u1100-\u11ff]")


def nfc(text: str) -> str:
    """Return the text in composed form; macOS file names and some keyboards deliver NFD."""
    composed = unicodedata.normalize("NFC", text)
    return composed.translate(_CONJOINING) if _ANY_CONJOINING.search(composed) else composed


def is_syllable(char: str) -> bool:
    """Tell whether the character is a complete Hangul syllable block."""
    return _FIRST <= ord(char) <= _LAST


def is_consonant(char: str) -> bool:
    """Tell whether the character is a consonant letter standing alone, compounds included."""
    return "ㄱ" <= char <= "ㅎ"


def is_vowel(char: str) -> bool:
    """Tell whether the character is a vowel letter standing alone."""
    return "ㅏ" <= char <= "ㅣ"


def parts(syllable: str) -> tuple[str, str, str]:
    """Split one complete syllable into onset, vowel and coda ("" where there is none)."""
    place = ord(syllable) - _FIRST
    onset, rest = divmod(place, _PER_ONSET)
    vowel, coda = divmod(rest, len(CODAS))
    return ONSETS[onset], VOWELS[vowel], CODAS[coda]


def _syllable(onset: str, vowel: str, coda: str = "") -> str:
    place = ONSETS.index(onset) * _PER_ONSET + VOWELS.index(vowel) * len(CODAS) + CODAS.index(coda)
    return chr(_FIRST + place)


class _Table(dict[int, str]):
    """A translation table that works out each character once, the first time it is met."""

    def __missing__(self, code: int) -> str:
        value = self._worked_out(chr(code))
        self[code] = value
        return value

    def _worked_out(self, char: str) -> str:
        raise NotImplementedError


class _Strokes(_Table):
    def _worked_out(self, char: str) -> str:
        letters = parts(char) if is_syllable(char) else (char,)
        return "".join(COMPOUNDS.get(letter, letter) for letter in letters)


class _Initials(_Table):
    def _worked_out(self, char: str) -> str:
        if is_syllable(char):
            return parts(char)[0]
        return COMPOUNDS.get(char, char)


# ㅔ/ㅐ/ㅖ/ㅒ and ㅚ/ㅙ/ㅞ sound alike today; tense consonants need Shift and are often left plain.
_ALIKE: Final = str.maketrans("ㅐㅒㅖㅚㅞㄲㄸㅃㅆㅉ", "ㅔㅔㅔㅙㅙㄱㄷㅂㅅㅈ")


class _Folded(_Table):
    def _worked_out(self, char: str) -> str:
        if not is_syllable(char):
            return COMPOUNDS.get(char, char).translate(_ALIKE)
        onset, vowel, coda = parts(char)
        return (onset + vowel + COMPOUNDS.get(coda, coda)).translate(_ALIKE)


_STROKES: Final = _Strokes()
_INITIALS: Final = _Initials()
_FOLDED: Final = _Folded()


@lru_cache(maxsize=_KEPT)
def decompose(text: str) -> str:
    """Return the strokes that type the text; what is not Hangul stays as it is."""
    return text.translate(_STROKES)


def initials(text: str) -> str:
    """Return the 초성 of the text: 김치찌개 → ㄱㅊㅉㄱ; letters standing alone stay."""
    return text.translate(_INITIALS)


@lru_cache(maxsize=_KEPT)
def folded(text: str) -> str:
    """Return the strokes with what sounds alike made equal: 김치찌게 and 김치찌개 fold to one string."""
    return text.translate(_FOLDED)


def compose(strokes: str) -> str:
    """Return the syllables a two-set keyboard shows for the strokes; undoes `decompose` on whole syllables."""
    shown: list[str] = []
    place = 0
    while place < len(strokes):
        text, place = _next_block(strokes, place)
        shown.append(text)
    return "".join(shown)


def _next_block(strokes: str, place: int) -> tuple[str, int]:
    """Read one syllable, or one letter that belongs to none, and say where the next begins."""
    onset = strokes[place]
    vowel, after = _vowel_at(strokes, place + 1)
    if onset not in ONSETS or not vowel:
        vowel, after = _vowel_at(strokes, place)
        return (vowel, after) if vowel else (onset, place + 1)
    coda, after = _coda_at(strokes, after)
    return _syllable(onset, vowel, coda), after


def _vowel_at(strokes: str, place: int) -> tuple[str, int]:
    pair = _JOINED.get(strokes[place : place + 2], "")
    if pair and is_vowel(pair):
        return pair, place + 2
    letter = strokes[place : place + 1]
    return (letter, place + 1) if letter and is_vowel(letter) else ("", place)


def _coda_at(strokes: str, place: int) -> tuple[str, int]:
    """Take as many consonants as belong below, leaving the one that the next vowel needs."""
    pair = _JOINED.get(strokes[place : place + 2], "")
    if pair in CODAS[1:] and not _vowel_at(strokes, place + 2)[0]:
        return pair, place + 2
    letter = strokes[place : place + 1]
    if letter in CODAS[1:] and not _vowel_at(strokes, place + 1)[0]:
        return letter, place + 1
    return "", place


def to_keys(text: str) -> str:
    """Return the Latin keys that were pressed: 김치 → rlacl, ㅔㅑㅋㅋㅁ → pizza."""
    return "".join(_KEYS.get(stroke, stroke) for stroke in decompose(text))


def from_keys(text: str) -> str:
    """Return what the same keys type with Hangul switched on: rlacl → 김치."""
    return compose("".join(_STROKE_OF_KEY.get(key, key) for key in text))


def initials_apart(text: str) -> str:
    """Return the text with joined consonants that stand alone taken apart: 김ㅊㄳ → 김ㅊㄱㅅ."""
    return "".join(COMPOUNDS.get(char, char) if is_consonant(char) else char for char in text)


def syllables_begun_by(onset: str) -> tuple[str, str]:
    """Return the first and the last syllable that the consonant begins; itself twice where it begins none."""
    if onset not in ONSETS:
        return onset, onset
    first = _FIRST + ONSETS.index(onset) * _PER_ONSET
    return chr(first), chr(first + _PER_ONSET - 1)
