"""What is asked of the medicine shelf, in one spelling. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

NAME, SYMPTOM, FREE = "name", "symptom", "free"
LONGEST = 80
MOST_WORDS_OF_A_NAME = 4
LONGEST_NAME = 40
_NUMBER = re.compile(r"[0-9]{9}")
_NAME_ONLY = re.compile(r"[0-9a-z가-힣 .,%()/·-]+")
_ENOUGH_LETTERS = re.compile(r"[가-힣]{2}|[a-z]{3}")
_SPOKEN = re.compile(r"(?:요|니다|까|어떻게|추천|때|싶|가요|나요)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: by name, by symptom, or freely; `detail` asks for whole labels."""

    kind: str
    text: str
    detail: bool
    limit: int


def folded(text: str) -> str:
    """Spell a question in one way: composed letters, single spaces, no case, at most 80 characters.

    What no database can hold goes: NUL, and halves of a surrogate pair, which are legal in JSON.
    """
    sound = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return " ".join(unicodedata.normalize("NFC", sound).casefold().split())[:LONGEST].rstrip()


def numbers(item_seqs: Iterable[str]) -> list[str]:
    """Keep what may be the number of a product: whatever else somebody writes there is not worth a question."""
    return [said for said in item_seqs if _NUMBER.fullmatch(said)]


def looks_like_a_name(text: str) -> bool:
    """Tell whether a folded text may be a product's name: only such a text is ever sent to another company's server."""
    return (
        len(text) <= LONGEST_NAME
        and len(text.split()) <= MOST_WORDS_OF_A_NAME
        and _NAME_ONLY.fullmatch(text) is not None
        and _ENOUGH_LETTERS.search(text) is not None
        and _SPOKEN.search(text) is None
    )
