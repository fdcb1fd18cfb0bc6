"""Addresses: what may be reached by anybody's URL, what only by the operator's, what by nobody's."""

from ipaddress import ip_address

import pytest

from onharu.upstream.guard import is_allowed

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700::1111"]
OF_THE_HOUSE = ["127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.0.10", "100.64.0.1", "::1", "fd12::1",
                "::ffff:127.0.0.1", "::ffff:192.168.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:1::"]  # fmt: skip
NOBODY = ["169.254.169.254", "169.254.0.1", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255",
          "240.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::"]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_open_to_every_url(address):
    assert is_allowed(ip_address(address), at_home=False)
    assert is_allowed(ip_address(address), at_home=True)


@pytest.mark.parametrize("address", OF_THE_HOUSE)
def test_addresses_of_this_house_are_only_for_the_operators_own_urls(address):
    assert not is_allowed(ip_address(address), at_home=False)
    assert is_allowed(ip_address(address), at_home=True)


@pytest.mark.parametrize("address", NOBODY)
def test_machine_keys_and_non_addresses_are_for_nobody(address):
    assert not is_allowed(ip_address(address), at_home=False)
    assert not is_allowed(ip_address(address), at_home=True)
