"""What a server says on an answer of how often it may be asked: how many calls are left, and how long to wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from onharu.kernel import clock, measures

# As models' servers write it, and as most others do.
SAID = {
    "upstream_quota_remaining": ("x-ratelimit-remaining-requests", "x-ratelimit-remaining"),
    "upstream_quota_limit": ("x-ratelimit-limit-requests", "x-ratelimit-limit"),
}


def note(upstream: str, headers: Mapping[str, str]) -> None:
    """Keep what an answer says; most say nothing."""
    for metric, names in SAID.items():
        said = next((headers[name] for name in names if name in headers), "")
        if said.isascii() and said.isdigit():
            measures.put(metric, int(said[:12]), upstream=upstream)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read a Retry-After header, in seconds or as a date."""
    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - clock.now()).total_seconds())
