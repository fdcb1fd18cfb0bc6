"""A pytest plugin: says how many askings were made up from the OpenAPI document, over all workers, and how they ended."""

from __future__ import annotations

from collections import Counter
from typing import Any

FUZZED = "fuzzed"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Count the statuses that the tests of the document recorded."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ())]
    told = [value for report in reports for name, value in report.user_properties if name == FUZZED]
    statuses = Counter(status for one in told for status in one)
    if statuses:
        ended = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
        terminalreporter.write_line(f"{statuses.total()} askings of {len(told)} operations ({ended})")
