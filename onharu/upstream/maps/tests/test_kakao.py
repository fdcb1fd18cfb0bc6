"""Everything that Kakao's list of places is known to say, and some things it might."""

import pytest

from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.maps.backends.kakao import Backend
from onharu.upstream.maps.tests.answers import HERE, PATH, document, error, listing


@pytest.fixture
def ask(httpserver, no_waiting):
    backend = Backend(rest_key="rest-secret", base_url=httpserver.url_for(""))
    return lambda radius=1000: backend.pharmacies_near(*HERE, radius=radius)


def says(httpserver, *pages):
    """Answer with the pages in order, and with the last one for ever."""
    httpserver.expect_request(PATH).respond_with_json(pages[-1])
    for page in pages[:-1]:
        httpserver.expect_oneshot_request(PATH).respond_with_json(page)


def test_the_request_is_what_the_document_asks_for(ask, httpserver):
    says(httpserver, listing(document()))
    ask(1500)
    sent, _ = httpserver.log[0]
    assert sent.method == "GET"
    assert sent.headers["Authorization"] == "KakaoAK rest-secret"
    assert sent.args.to_dict() == {
        "category_group_code": "PM9", "x": "127.0276", "y": "37.4979", "radius": "1500", "sort": "distance", "page": "1", "size": "15",
    }  # fmt: skip


def test_the_position_leaves_rounded_to_about_ten_metres(ask, httpserver):
    says(httpserver, listing(document()))
    ask()
    sent, _ = httpserver.log[0]
    assert "37.4979" in sent.full_path
    assert "37.49791" not in sent.full_path
    assert "127.02763" not in sent.full_path


@pytest.mark.parametrize(("asked", "sent"), [(0, "1"), (-5, "1"), (20_000, "20000"), (99_999, "20000")])
def test_the_radius_stays_within_what_kakao_takes(ask, httpserver, asked, sent):
    says(httpserver, listing())
    assert ask(asked) == ()
    assert httpserver.log[0][0].args["radius"] == sent


def test_a_place_is_read_whole(ask, httpserver):
    says(httpserver, listing(document(3)))
    (place,) = ask()
    assert (place.name, place.address, place.phone) == ("보기3약국", "서울 강남구 보기로 0", "02-000-0000")
    assert (place.latitude, place.longitude, place.distance_m) == (37.4994, 127.0276, 165)
    assert place.url == "https://place.map.kakao.com/1003"


def test_without_a_road_the_lot_is_the_address(ask, httpserver):
    says(httpserver, listing(document(road_address_name="")))
    assert ask()[0].address == "서울 강남구 역삼동 000-0"


@pytest.mark.parametrize(
    "change",
    [
        {"x": "nan"}, {"x": ""}, {"x": None}, {"x": 127.0}, {"x": "1e2"}, {"x": "-127.1"}, {"y": "91.2"}, {"y": "24.9"}, {"y": "12,5"},
        {"x": "37.5", "y": "127.0"}, {"category_group_code": "CS2"}, {"category_group_code": ""}, {"category_group_code": None},
        {"place_name": ""}, {"place_name": " \n"}, {"place_name": 7}, {"distance": "1200"},
    ],
)  # fmt: skip
def test_what_is_no_pharmacy_at_a_place_near_is_dropped(ask, httpserver, change):
    says(httpserver, listing(document(1), document(2, **change)))
    assert [one.name for one in ask()] == ["보기1약국"]


def test_what_is_no_object_at_all_is_dropped_too(ask, httpserver):
    says(httpserver, listing(document(1), None, "약국", []))
    assert [one.name for one in ask()] == ["보기1약국"]


@pytest.mark.parametrize(
    ("said", "url"),
    [("https://place.map.kakao.com/77", "https://place.map.kakao.com/77"), ("http://place.map.kakao.com/77", "https://place.map.kakao.com/77"),
     ("javascript:alert(1)", ""), ("https://evil.example/77", ""), ("https://place.map.kakao.com.evil.example/7", ""),
     ("https://place.map.kakao.com/7?x=1", ""), ("https://place.map.kakao.com@evil.example/7", ""), ("", ""), (None, "")],
)  # fmt: skip
def test_only_kakaos_own_page_of_a_place_is_linked(ask, httpserver, said, url):
    says(httpserver, listing(document(place_url=said)))
    assert ask()[0].url == url


@pytest.mark.parametrize(
    ("said", "phone"),
    [
        ("02-000-0000", "02-000-0000"),
        ("", ""),
        (None, ""),
        ("전화 없음", ""),
        ("<b>1", ""),
        ("+82 2-000-0000", "+82 2-000-0000"),
    ],
)
def test_a_phone_is_a_number_or_nothing(ask, httpserver, said, phone):
    says(httpserver, listing(document(phone=said)))
    assert ask()[0].phone == phone


@pytest.mark.parametrize(
    ("said", "metres"), [("55", 55), ("", None), ("-3", None), ("far", None), (None, None), ("५", None)]
)
def test_a_distance_is_metres_or_not_known(ask, httpserver, said, metres):
    says(httpserver, listing(document(distance=said)))
    assert ask()[0].distance_m == metres


def test_letters_that_cannot_be_seen_are_taken_out_of_names(ask, httpserver):
    says(httpserver, listing(document(place_name="보기\u202e\u0000약국\n" + "가" * 300)))
    name = ask()[0].name
    assert name.startswith("보기 약국 가")
    assert len(name) == 120


def test_pages_are_followed_up_to_forty_five_places(ask, httpserver):
    pages = [listing(*(document(start + n) for n in range(15)), is_end=False) for start in (0, 15, 30)]
    says(httpserver, *pages)
    assert len(ask(20_000)) == 45
    assert [request.args["page"] for request, _ in httpserver.log] == ["1", "2", "3"]


def test_the_last_page_ends_the_asking(ask, httpserver):
    says(httpserver, listing(document(1), is_end=False), listing(document(2), is_end=True))
    assert [one.name for one in ask()] == ["보기1약국", "보기2약국"]
    assert len(httpserver.log) == 2


def test_a_server_that_says_the_same_page_for_ever_is_asked_twice(ask, httpserver):
    says(httpserver, listing(document(1), is_end=False))
    assert len(ask()) == 1
    assert len(httpserver.log) == 2


def test_when_a_later_page_fails_the_nearest_are_still_told(ask, httpserver):
    httpserver.expect_request(PATH, query_string=None).respond_with_json(error("InternalError", ""), status=500)
    httpserver.expect_oneshot_request(PATH).respond_with_json(listing(document(1), is_end=False))
    assert [one.name for one in ask()] == ["보기1약국"]


def test_nothing_near_is_an_answer(ask, httpserver):
    says(httpserver, listing())
    assert ask() == ()


@pytest.mark.parametrize(
    "page",
    [{}, [], None, "", {"meta": {"is_end": True}}, {"documents": []}, listing(is_end="yes"), {"meta": [], "documents": []},
     listing(document(category_group_code="FD6"), document(x="0")), {"documents": {"0": 1}, "meta": {"is_end": True}}],
)  # fmt: skip
def test_an_answer_that_cannot_be_relied_on_is_no_answer(ask, httpserver, page):
    says(httpserver, page)
    with pytest.raises(Unavailable) as fault:
        ask()
    assert fault.value.reason == "garbled"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (400, error("InvalidArgument", "radius is wrong"), "not_understood"),
        (400, error("MissingParameter", "category_group_code is required"), "not_understood"),
        (401, error("AccessDeniedError", "wrong appKey(rest-secret) format"), "unauthorised"),
        (401, {"msg": "appkey does not exist", "code": -401}, "unauthorised"),
        (401, error("AccessDeniedError", "ip mismatched! callerIp=203.0.113.7."), "address_not_registered"),
        (403, error("NotAuthorizedError", "App(하루) disabled OPEN_MAP_AND_LOCAL service."), "maps_switched_off"),
        (403, error("NotAuthorizedError", "no"), "forbidden"),
        (403, "Forbidden", "forbidden"),
        (404, "", "not_found"),
    ],
)
def test_what_only_the_operator_can_mend_is_refused_at_once_and_named(ask, httpserver, status, body, reason):
    answered = httpserver.expect_request(PATH)
    answered.respond_with_data(body, status=status) if isinstance(body, str) else answered.respond_with_json(
        body, status=status
    )
    with pytest.raises(Refused) as refused:
        ask()
    assert refused.value.reason == reason
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("status", "body", "headers", "reason", "wait"),
    [
        (429, error("RequestThrottled", "too many"), {}, "rate_limited", 60),
        (429, error("RequestThrottled", "too many"), {"Retry-After": "7"}, "rate_limited", 7),
        (429, error("RequestThrottled", "API limit has been exceeded."), {}, "quota", 3600),
        (400, {"msg": "API limit has been exceeded.", "code": -10}, {}, "quota", 3600),
    ],
)
def test_too_many_calls_say_when_to_come_back_and_are_not_tried_again(
    ask, httpserver, status, body, headers, reason, wait
):
    httpserver.expect_request(PATH).respond_with_json(body, status=status, headers=headers)
    with pytest.raises(Unavailable) as fault:
        ask()
    assert (fault.value.reason, fault.value.retry_after) == (reason, wait)
    assert len(httpserver.log) == 1


def test_a_hiccup_is_tried_again_within_the_two_seconds(ask, httpserver):
    httpserver.expect_request(PATH).respond_with_json(listing(document(1)))
    httpserver.expect_oneshot_request(PATH).respond_with_json(error("InternalError", ""), status=502)
    assert len(ask()) == 1
    assert len(httpserver.log) == 2


def test_a_server_that_is_down_is_left_alone_after_five_failures(ask, httpserver):
    httpserver.expect_request(PATH).respond_with_data("no", status=503)
    reasons = []
    for _ in range(4):
        with pytest.raises(Unavailable) as fault:
            ask()
        reasons.append(fault.value.reason)
    assert reasons[-1] == "breaker_open"
    assert len(httpserver.log) == 5
