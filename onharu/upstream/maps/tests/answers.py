"""What Kakao answers, in its own shape (invented places)."""

from __future__ import annotations

import json
from typing import Any

PATH = "/v2/local/search/category.json"
HERE = (37.497912345, 127.027634567)


def document(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One pharmacy, a little further to the north for each number."""
    return {
        "id": str(1000 + number),
        "place_name": f"보기{number}약국",
        "category_name": "의료,건강 > 약국",
        "category_group_code": "PM9",
        "category_group_name": "약국",
        "phone": "02-000-0000",
        "address_name": "서울 강남구 역삼동 000-0",
        "road_address_name": "서울 강남구 보기로 0",
        "x": "127.0276",
        "y": f"{37.4979 + number * 0.0005:.6f}",
        "place_url": f"http://place.map.kakao.com/{1000 + number}",
        "distance": str(number * 55),
    } | changes


def listing(*documents: dict[str, Any], is_end: object = True) -> dict[str, Any]:
    """One page."""
    meta = {"total_count": len(documents), "pageable_count": len(documents), "is_end": is_end, "same_name": None}
    return {"meta": meta, "documents": list(documents)}


def error(kind: str, message: str) -> dict[str, str]:
    """How Kakao says that something is wrong."""
    return {"errorType": kind, "message": message}


def wire(body: object, status: int = 200, kind: str = "application/json", head: str = "") -> bytes:
    """A whole HTTP answer."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    size = len(text.encode())
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{head}\r\n{text}".encode()
