"""What can go wrong with another company's server: it does not answer now, or it never will until somebody acts.

    Unavailable   later may be better: time-out, overload, a garbled answer, an open breaker
    Refused       asking again changes nothing: a wrong key, no credit, a model that is not there

`reason` is a stable word for logs, counters and the visible fallback; it never holds a key, an address or a body.
"""

from __future__ import annotations

from onharu.kernel import problems


class Unavailable(problems.Unavailable):
    """The upstream did not give a usable answer in time; `retry_after` says in how many seconds to come back."""

    code = "upstream_unavailable"

    def __init__(self, upstream: str, reason: str, *, retry_after: int | None = None) -> None:
        super().__init__(retry_after=retry_after)
        self.upstream = upstream
        self.reason = reason
        self.args = (f"{upstream}: {reason}",)


class Refused(problems.Refused):
    """The upstream turned us away for good; the operator has to change a key, a plan or an address."""

    # Not the person's fault, so not the family's 403: this house is a gateway that was turned away.
    status = 502
    code = "upstream_refused"
    ko = "바깥 서비스가 요청을 거절했어요. 설정을 확인해야 해요."
    en = "An outside service refused the request. Its settings need attention."

    def __init__(self, upstream: str, reason: str) -> None:
        super().__init__()
        self.upstream = upstream
        self.reason = reason
        self.args = (f"{upstream}: {reason}",)
