"""What is asked of the medicine shelf, in one spelling. Plain Python."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

NAME, SYMPTOM, FREE = "name", "symptom", "free"
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: by name, by symptom, or freely; `detail` asks for whole labels."""

    kind: str
    text: str
    detail: bool
    limit: int


def folded(text: str) -> str:
    """Spell a question in one way: composed letters, single spaces, no case, at most 80 characters."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())[:LONGEST].rstrip()
