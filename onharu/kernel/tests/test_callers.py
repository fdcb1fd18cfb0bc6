"""From where a request comes: nobody can choose it by a header, unless our own proxy wrote that."""

import pytest
from django.test import RequestFactory

from onharu.kernel.callers import address_of

CASES = [
    # proxies, X-Forwarded-For, the peer, expected
    (0, None, "203.0.113.9", "203.0.113.9"),
    (0, "198.51.100.1", "203.0.113.9", "203.0.113.9"),
    (1, "198.51.100.1", "10.0.0.2", "198.51.100.1"),
    (1, "6.6.6.6, 198.51.100.1", "10.0.0.2", "198.51.100.1"),
    (2, "6.6.6.6, 198.51.100.1, 10.0.0.3", "10.0.0.2", "198.51.100.1"),
    (2, "198.51.100.1", "10.0.0.2", "10.0.0.2"),
    (1, "nonsense", "10.0.0.2", "10.0.0.2"),
    (1, None, "10.0.0.2", "10.0.0.2"),
    (0, None, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
    (0, None, "2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
    (0, None, "::ffff:203.0.113.9", "203.0.113.9"),
    (0, None, "", ""),
]


@pytest.mark.parametrize(("proxies", "forwarded", "peer", "expected"), CASES)
def test_an_address_is_the_one_that_our_own_proxies_saw(settings, proxies, forwarded, peer, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)) == expected
