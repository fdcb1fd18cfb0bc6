from conftest import PASSWORD
from onharu.accounts.tests.conftest import Script

CHROME = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"


def places(script):
    return script.get("/api/me/sessions/").json()["results"]


def test_a_person_sees_where_they_are_signed_in(me, owner):
    Script(**{"User-Agent": CHROME}).post("/auth/token/", {"username": "owner", "password": PASSWORD})
    here, phone = places(me)
    assert (here["current"], here["device"], here["kind"]) == (True, "onharu-test", "app")
    assert (phone["current"], phone["device"]) == (False, "Chrome · Android")
    assert here["signed_in_at"] <= phone["signed_in_at"] < phone["expires_at"]


def test_an_exchange_counts_as_use(me, tokens, script, monkeypatch):
    before = places(me)[0]["used_at"]
    pair = script.post("/auth/token/refresh/", {"refresh": tokens["refresh"]}).json()
    assert places(Script(pair["access"]))[0]["used_at"] > before
    assert places(Script(pair["access"]))[0]["device"] == "onharu-test"


def test_a_browser_is_a_place_too(browser, me):
    assert {one["kind"] for one in places(me)} == {"app", "browser"}


def test_ending_a_place_ends_its_access_at_once(me, script, owner):
    other = script.post("/auth/token/", {"username": "owner", "password": PASSWORD}).json()
    away = Script(other["access"])
    assert away.get("/api/users/me/").status_code == 200
    place = next(one["id"] for one in places(me) if not one["current"])
    assert me.delete(f"/api/me/sessions/{place}/").status_code == 204
    assert away.get("/api/users/me/").status_code == 401
    assert me.delete(f"/api/me/sessions/{place}/").status_code == 404
    assert len(places(me)) == 1


def test_a_stranger_neither_sees_nor_ends_it(me, script, stranger):
    theirs = Script(script.post("/auth/token/", {"username": "stranger", "password": PASSWORD}).json()["access"])
    place = places(me)[0]["id"]
    assert place not in [one["id"] for one in places(theirs)]
    foreign, unknown = (theirs.delete(f"/api/me/sessions/{name}/") for name in (place, "0" * 24))
    assert foreign.status_code == unknown.status_code == 404
    assert {**foreign.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}
    assert me.get("/api/users/me/").status_code == 200


def test_nobody_signed_in_sees_no_places(script):
    assert script.get("/api/me/sessions/").status_code == 401
    assert script.delete("/api/me/sessions/abc/").status_code == 401


def test_a_place_does_not_give_its_session_away(me, owner):
    keys = list(owner.sign_ins.values_list("session_key", flat=True))
    assert keys
    assert all(key not in me.get("/api/me/sessions/").content.decode() for key in keys)


def test_the_list_costs_one_statement(me, django_assert_num_queries):
    me.get("/api/users/me/")
    with django_assert_num_queries(1):
        me.get("/api/me/sessions/")
