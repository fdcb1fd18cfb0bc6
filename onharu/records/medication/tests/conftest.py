"""A small shelf: a tablet, a capsule that must not go beside it, and somebody who keeps the tablet."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onharu.records.medication.actions import scraps
from tests import medicine_shelf as shelf


@pytest.fixture
def tablet(db):
    return shelf.tablet()


@pytest.fixture
def partner(db):
    return shelf.partner()


@pytest.fixture
def pair(tablet, partner):
    """The tablet and its partner must not go together, says a notice."""
    return shelf.pair_of_both()


@pytest.fixture
def scrap(owner, tablet, noon):
    said = {"category": "GOOD", "notes": "두통에 한 알.", "tags": ["두통", "비상약"]}
    return scraps.start_scrap(owner_id=owner.pk, item_seq=shelf.TABLET, said=said)


def statements_of(ask):
    """Count what a request asks the database besides who asks, which is remembered for a moment."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len([one for one in asked.captured_queries if "accounts_signin" not in one["sql"]])
