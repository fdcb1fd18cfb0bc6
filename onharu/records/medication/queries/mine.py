"""Which products count as a person's own."""

from __future__ import annotations

from datetime import timedelta

from onharu.kernel import clock
from onharu.records.medication.queries.regimens import products_of
from onharu.records.medication.queries.scraps import liked_of

LINGERS = timedelta(days=1)


def mine_of(owner_id: int) -> tuple[str, ...]:
    """List the medicines that count as a person's own: those they take, then those scrapped as FAVORITE or GOOD.

    What was taken until yesterday counts too: it is not gone from a body at midnight. Two statements.
    """
    yesterday = clock.now().date() - LINGERS
    return tuple(dict.fromkeys((*products_of(owner_id, yesterday), *liked_of(owner_id))))
