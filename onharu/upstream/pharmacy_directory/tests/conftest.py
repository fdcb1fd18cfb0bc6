"""A directory over a local server, impatient, and never waiting between attempts."""

from __future__ import annotations

import pytest

from onharu.upstream.http import Limits
from onharu.upstream.pharmacy_directory.backends.data_go_kr import TABLES, Backend
from onharu.upstream.tests.data_go_kr import KEY

QUICK = Limits(deadline=20.0, connect=5.0, max_bytes=2_000_000, attempts=3)


@pytest.fixture
def source(httpserver, no_waiting):
    """data.go.kr as the test server plays it."""
    return Backend(key=KEY, base_url=httpserver.url_for(""), for_a_page=QUICK)


@pytest.fixture
def say(httpserver):
    """Answer a table's path with a body."""

    def said(table, body, status=200, *, content_type="application/json;charset=UTF-8"):
        httpserver.expect_request(f"/{TABLES[table].paths[0]}").respond_with_data(
            body, status=status, content_type=content_type
        )

    return said
