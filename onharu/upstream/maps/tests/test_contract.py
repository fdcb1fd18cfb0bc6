"""What every maker of maps promises, asked of each of them."""

from urllib.parse import urlsplit

import pytest

from onharu.upstream.faults import Refused
from onharu.upstream.maps.backends import embedded, kakao
from onharu.upstream.maps.port import BrowserMap, PlaceFact
from onharu.upstream.maps.tests.answers import HERE, PATH, document, listing


@pytest.fixture(params=["embedded", "kakao", "kakao without REST", "kakao without JavaScript"])
def backend(request):
    if request.param == "embedded":
        return embedded.Backend()
    server = request.getfixturevalue("httpserver")
    server.expect_request(PATH).respond_with_json(listing(document(1), document(2), document(3)))
    keys = {"rest_key": "r", "js_key": "j"}
    if request.param != "kakao":
        del keys["rest_key" if "REST" in request.param else "js_key"]
    return kakao.Backend(**keys, base_url=server.url_for(""))


def test_it_says_who_it_is_and_whether_it_leaves_home(backend):
    assert backend.source
    assert backend.leaves_home == (not isinstance(backend, embedded.Backend))


def test_it_lacks_nothing_exactly_where_it_can_do_something(backend):
    can = backend.knows_places or backend.browser_map() is not None
    assert (backend.lacks() == "") == can


def test_places_are_facts_nearest_first_or_a_refusal(backend):
    if not backend.knows_places:
        with pytest.raises(Refused) as refused:
            backend.pharmacies_near(*HERE, radius=1000)
        assert refused.value.reason in {"nobody_to_ask", "key_missing"}
        return
    found = backend.pharmacies_near(*HERE, radius=1000)
    assert all(isinstance(one, PlaceFact) and one.name for one in found)
    assert [one.distance_m for one in found] == sorted(one.distance_m for one in found)
    assert all(33 < one.latitude < 39 and 124 < one.longitude < 132 for one in found)
    assert all(one.url == "" or one.url.startswith("https://") for one in found)


def test_a_map_of_the_browser_names_its_script_and_only_secure_hosts(backend):
    shown = backend.browser_map()
    if shown is None:
        return
    assert isinstance(shown, BrowserMap)
    hosts = (*shown.script_hosts, *shown.image_hosts, *shown.connect_hosts)
    assert all(host.startswith("https://") and urlsplit(host).path == "" for host in hosts)
    script = urlsplit(shown.script)
    assert f"{script.scheme}://{script.netloc}" in shown.script_hosts


def test_a_place_that_is_none_is_not_sent_to_anybody(backend):
    for latitude, longitude in ((float("nan"), 127.0), (37.5, float("inf"))):
        with pytest.raises(Refused):
            backend.pharmacies_near(latitude, longitude, radius=1000)
