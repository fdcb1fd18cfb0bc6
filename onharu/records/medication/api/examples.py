"""Examples for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

_SAID: dict[str, Any] = {
    "category": "GOOD",
    "notes": "두통이 있을 때 한 알. 속은 괜찮았다.",
    "tags": ["두통", "비상약"],
}
_SCRAP: dict[str, Any] = {
    "id": 3,
    "item_seq": "202106092",
    "item_name": "타이레놀정500밀리그람(아세트아미노펜)",
    "company": "한국존슨앤드존슨판매(유)",
    **_SAID,
    "created_at": "2026-11-20T21:10:00+09:00",
    "changed_at": "2026-11-22T08:40:00+09:00",
}
_VIEW: dict[str, Any] = {
    "item_seq": "202106092",
    "item_name": "타이레놀정500밀리그람(아세트아미노펜)",
    "company": "한국존슨앤드존슨판매(유)",
    "summary": None,
    "viewed_at": "2026-11-22T08:40:00+09:00",
}
_COMPARED: dict[str, Any] = {
    "said": {
        "ko": "공식 고시(DUR)에서 찾은 것이 1건 있어요.",
        "en": "Official notices (DUR) name 1 point.",
    },
    "advice": {"ko": "확인해 보세요 · 약사와 상의", "en": "Check this · Ask your pharmacist"},
    "medicines": [
        {"item_seq": "200301111", "item_name": "케로민정(케토롤락트로메타민)", "mine": False, "withdrawn_on": None},
        {"item_seq": "199700222", "item_name": "브루펜정200밀리그램(이부프로펜)", "mine": True, "withdrawn_on": None},
    ],
    "findings": [
        {
            "kind": "pair",
            "severity": "금기",
            "applies": True,
            "products": ["199700222", "200301111"],
            "substances": ["이부프로펜", "케토롤락트로메타민"],
            "texts": ["중증의 위장관계 이상반응"],
            "remarks": [],
            "forms": None,
            "form_unknown": False,
            "limit": None,
            "grade": None,
            "group": None,
            "noticed_on": "2009-03-03",
            "source": "식품의약품안전처·한국의약품안전관리원 DUR 병용금기 (2026-03-12)",
        }
    ],
    "on_products": [],
    "uncompared": [{"item_seq": "200301111", "substance": "건조수산화알루미늄겔"}],
    "unknown": [],
    "mine_left_out": 0,
}


def _sent(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, request_only=True)


def _answered(name: str, value: Any) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201"])


SCRAP = _answered("A scrap", _SCRAP)
SCRAP_IN = _sent("A medicine that went well", {"item_seq": "202106092", **_SAID})
SCRAP_PUT = _sent("A state; the note and the tags stay", {"category": "FAVORITE"})
SCRAP_PATCH = _sent("Other tags; the rest stays", {"tags": ["두통"]})
TAG = _answered("A tag", {"id": 2, "name": "비상약", "uses": 4})
TAG_IN = _sent("By name", {"name": "비상약"})
VIEW = _answered("A product that was looked at", _VIEW)
VIEW_IN = _sent("Looked at now", {"item_seq": "202106092"})
INTERACTIONS_IN = _sent("One more beside mine", {"item_seqs": ["200301111"], "with_mine": True})
INTERACTIONS = _answered("A pair that must not go together", _COMPARED)
