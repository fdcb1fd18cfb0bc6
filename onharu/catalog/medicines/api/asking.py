"""Reads a question from an address; anything that cannot be answered is a problem in Korean and English."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import QueryDict

from onharu.catalog.medicines import public as medicines
from onharu.kernel.problems import Invalid

# The words of the address are those of the official API, which clients of the predecessors know.
KINDS: Mapping[str, str] = {"itemName": medicines.NAME, "efcyQesitm": medicines.SYMPTOM, "q": medicines.FREE}
TYPES = {"basic": False, "detail": True}
MOST = 100
LONGEST_LIMIT = len(str(MOST))
LONGEST = 100


def question_of(said: QueryDict) -> medicines.Asked:
    """Read one question: exactly one of itemName, efcyQesitm and q, `type` and `limit`. Raises Invalid."""
    found = [(kind, text) for name, kind in KINDS.items() if (text := medicines.folded(short(said, name)))]
    if len(found) != 1:
        raise Invalid(
            "ask_one_thing",
            "itemName(약 이름), efcyQesitm(증상), q(아무 말) 가운데 하나만 적어 주세요.",
            "Say exactly one of itemName, efcyQesitm and q.",
            errors={key: ["exactly one"] for key in KINDS},
        )
    detail = TYPES.get(said.get("type") or "basic")
    if detail is None:
        raise Invalid(
            "type_invalid", "type은 basic 또는 detail이에요.", "type is basic or detail.", errors={"type": list(TYPES)}
        )
    kind, text = found[0]
    return medicines.Asked(kind, text, detail, limit_of(said))


def limit_of(said: QueryDict) -> int:
    """Read how many rows are wanted, 20 when not said. Raises Invalid."""
    text = said.get("limit") or str(medicines.LIMIT)
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_LIMIT and 1 <= int(text) <= MOST):
        raise Invalid(
            "limit_invalid",
            f"limit은 1부터 {MOST}까지의 수예요.",
            f"limit is a number from 1 to {MOST}.",
            errors={"limit": [f"1..{MOST}"]},
        )
    return int(text)


def short(said: QueryDict, name: str) -> str:
    """Read a text of the address, which may be a hundred characters long. Raises Invalid."""
    text = said.get(name, "").replace("\x00", "")
    if len(text) > LONGEST:
        raise Invalid(
            "too_long",
            f"{LONGEST}자 안으로 적어 주세요.",
            f"At most {LONGEST} characters.",
            errors={name: [f"<= {LONGEST}"]},
        )
    return text
