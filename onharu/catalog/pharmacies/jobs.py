"""Background entries of the shelf of pharmacies."""

from __future__ import annotations

from datetime import timedelta

from onharu.catalog.pharmacies import public as pharmacies
from onharu.kernel.jobs import enqueue, periodic


@periodic("pharmacies.refresh", timedelta(hours=1))
def refresh() -> None:
    """Refresh the directory once a night, where there is a key: a step now, the next one as soon as it may be."""
    step = pharmacies.refresh_nightly()
    if step.go_on_at is not None:
        enqueue("pharmacies.refresh", run_at=step.go_on_at, key=f"pharmacies.refresh>{step.go_on_at:%Y%m%d%H%M%S}")
