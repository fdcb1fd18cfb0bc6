"""Reads the text of a label: one spelling, whole brackets, sentences, and lists that know what a bracket holds.

Plain Python. Nothing here adds a word to what the label says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# NFKC would make a vowel of the first of them.
_DOTS = re.compile(r"\s*[\u318d\u119e\u00b7\u2022\u2023\u2024\u2027\u2219\u22c5\u25e6\u30fb\uff65]\s*")
_OPENING, _CLOSING = str.maketrans("[{〔［｛", "((((("), str.maketrans("]}〕］｝", ")))))")
_NUMBERED = re.compile(
    r"(?:^|\s+|(?<=[,.:]))(?:\d{1,2}[.)](?!\d)|\(\d{1,2}\)|[가나다라마바사아자차카타파하][.)])\s*|\s*[①-⑳]\s*|(?:^|\s*\n)\s*[-*○●◦□■▶ㅇ•]\s*"
)
_HEADING = re.compile(
    r"(?:이 약은 )?다음(?:과 같은|의)? ?[가-힣 ]{0,14}?(?:에 (?:사용|효능|효과)[가-힣 ]*)?[.:：]?\s*\n+"
)
_SENTENCE = re.compile(r"(?<=[다요음임함][.!?])\s+|(?<=[다요][.!?])(?=[가-힣])|\n{2,}")
_LINE = re.compile(r"\s*\n\s*")
_COMMA = re.compile(r"\s*[,，、;]\s*")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Spell a label's text in one way: one kind of dot, bracket and comma, lines kept apart, brackets in pairs."""
    said = _HEADING.sub("", _NUMBERED.sub("\n", text.replace("\xa0", " ")))
    said = _DOTS.sub("·", said)
    said = unicodedata.normalize("NFKC", said).translate(_OPENING).translate(_CLOSING)
    said = "".join(letter for letter in said if letter == "\n" or unicodedata.category(letter)[0] != "C")
    said = "\n".join(" ".join(line.split()) for line in said.split("\n")).strip()
    return balanced(re.sub(r" +\(", "(", _COMMA.sub(", ", said))) if said else ""


def balanced(text: str) -> str:
    """Mend brackets: a closing one without its partner goes, an opening one becomes the comma that it stands for."""
    open_at: list[int] = []
    letters = list(text)
    for at, letter in enumerate(text):
        if letter == "(":
            open_at.append(at)
        elif letter == ")":
            if open_at:
                open_at.pop()
            else:
                letters[at] = ""
    for at in open_at:
        letters[at] = ", "
    mended = "".join(letters)
    return re.sub(r"(?:, ){2,}", ", ", mended).replace("()", "")


def is_balanced(text: str) -> bool:
    """Whether every bracket has its partner."""
    depth = 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if depth < 0:
            return False
    return depth == 0


def sentences(text: str) -> list[str]:
    """Split a plain text into sentences; the points of a numbered list become one list with commas."""
    return [one for part in _SENTENCE.split(text) if (one := _joined_points(part))]


def _joined_points(part: str) -> str:
    said = _LINE.sub(", ", part.strip())
    said = re.sub(r"([:：,])\s*,\s*", r"\1 ", said)
    return balanced(_SPACES.sub(" ", re.sub(r"\.\s*, ", ", ", said)).strip(" ,"))


def top_level(text: str) -> Iterator[tuple[int, str]]:
    """Walk over the letters that stand in no bracket."""
    depth = 0
    for at, letter in enumerate(text):
        depth += letter == "("
        if not depth:
            yield at, letter
        depth -= letter == ")"


def split_at_commas(text: str) -> list[str]:
    """Split a list at the commas that stand in no bracket."""
    cuts = [at for at, letter in top_level(text) if letter == ","]
    ends = [*cuts, len(text)]
    return [
        part
        for start, end in zip([0, *(at + 1 for at in cuts)], ends, strict=True)
        if (part := text[start:end].strip())
    ]


def brackets(text: str) -> list[tuple[int, int]]:
    """Find the outermost brackets as (start, end), both brackets within."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        if letter == "(":
            start = at if not depth else start
            depth += 1
        elif letter == ")":
            depth -= 1
            if not depth:
                found.append((start, at + 1))
    return found
