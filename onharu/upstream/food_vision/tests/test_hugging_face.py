"""Everything Hugging Face is known to say, and some things it might."""

import io
import json
import time

import pytest
from PIL import Image
from werkzeug import Response

from onharu.kernel.images import sanitise
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.food_vision.backends.hugging_face import Backend
from onharu.upstream.food_vision.tests.pictures import plain
from onharu.upstream.http import Limits
from onharu.upstream.tests.sockets import saying, serving

LIMITS = Limits(deadline=3, connect=0.5, max_bytes=20_000, attempts=3)
HURRIED = Limits(deadline=0.8, connect=0.5, max_bytes=20_000, attempts=3)
GOOD = [{"label": "bibimbap", "score": 0.93}, {"label": "fried_rice", "score": 0.05}]


@pytest.fixture
def face(httpserver, no_waiting):
    return Backend(token="hf_secret", base_url=httpserver.url_for("/models"), limits=LIMITS)


def answers(httpserver, body, status=200, **headers):
    if not isinstance(body, bytes):
        body = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    httpserver.expect_request("/models/nateraw/food").respond_with_data(body, status=status, headers=headers)


def test_labels_come_back_as_guesses(face, httpserver, jpeg):
    answers(httpserver, GOOD)
    sight = face.look(jpeg)
    assert [(guess.label, guess.confidence) for guess in sight.guesses] == [("bibimbap", 0.93), ("fried_rice", 0.05)]
    assert sight.understood
    assert sight.is_food is None
    assert sight.model == "nateraw/food"


def test_the_request_is_a_jpeg_with_the_token(face, httpserver, jpeg):
    answers(httpserver, GOOD)
    face.look(jpeg)
    (sent, _) = httpserver.log[0]
    assert sent.method == "POST"
    assert sent.headers["Authorization"] == "Bearer hf_secret"
    assert sent.headers["Content-Type"] == "image/jpeg"
    assert sent.data.startswith(b"\xff\xd8\xff")


def test_what_leaves_the_house_is_small_and_carries_nothing_but_pixels(face, httpserver):
    large = Image.effect_noise((3000, 2000), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "CANARY"
    out = io.BytesIO()
    large.save(out, "JPEG", exif=exif, comment=b"CANARY")
    answers(httpserver, GOOD)
    face.look(out.getvalue())
    body = httpserver.log[0][0].data
    assert max(Image.open(io.BytesIO(body)).size) <= 768
    assert b"CANARY" not in body


def test_an_unsure_model_is_not_understood(face, httpserver, jpeg):
    answers(httpserver, [{"label": "ramen", "score": 0.4}, {"label": "pho", "score": 0.3}])
    sight = face.look(jpeg)
    assert not sight.understood
    assert [guess.label for guess in sight.guesses] == ["ramen", "pho"]


def test_labels_need_not_come_in_order_and_may_be_korean(face, httpserver, jpeg):
    answers(httpserver, [[{"label": "떡볶이", "score": 0.2}, {"label": "김치찌개", "score": 0.7}]])
    guesses = face.look(jpeg).guesses
    assert [guess.label_ko for guess in guesses] == ["김치찌개", "떡볶이"]


LOADING = {"error": "Model nateraw/food is currently loading", "estimated_time": 20.0}


def test_a_loading_model_beyond_our_patience_says_when_to_come_back(face, httpserver, jpeg):
    answers(httpserver, LOADING, 503)
    with pytest.raises(Unavailable) as fault:
        face.look(jpeg)
    assert fault.value.retry_after == 20
    assert len(httpserver.log) == 1


def test_a_loading_model_is_waited_for(httpserver, jpeg):
    patient = Backend(token="t", base_url=httpserver.url_for("/models"), limits=Limits(deadline=5, attempts=3))
    where = "/models/nateraw/food"
    loading = {**LOADING, "estimated_time": 0.5}
    httpserver.expect_oneshot_request(where).respond_with_json(loading, status=503)
    httpserver.expect_oneshot_request(where).respond_with_json(GOOD)
    started = time.monotonic()
    assert patient.look(jpeg).understood
    assert 0.5 <= time.monotonic() - started < 3


def test_an_absurd_loading_time_is_not_believed(face, httpserver, jpeg):
    answers(httpserver, {"error": "loading", "estimated_time": 1e9}, 503)
    with pytest.raises(Unavailable) as fault:
        face.look(jpeg)
    assert fault.value.retry_after == 30


REFUSALS = [
    (400, {"error": "Model not supported by provider hf-inference"}, "status_400"),
    (400, {"error": ["Error in `inputs`: cannot identify image file"]}, "status_400"),
    (401, {"error": "Invalid credentials in Authorization header"}, "unauthorised"),
    (401, "Invalid username or password.", "unauthorised"),
    (402, {"error": "You have exceeded your monthly included credits"}, "no_credit"),
    (403, {"error": "insufficient permissions"}, "forbidden"),
    (404, "Not Found", "not_found"),
    (404, {"error": "Model nateraw/food does not exist"}, "not_found"),
    (410, {"error": "https://api-inference.huggingface.co is no longer supported."}, "gone"),
    (413, "Payload Too Large", "status_413"),
    (422, {"error": "undecodable"}, "status_422"),
]


@pytest.mark.parametrize(("status", "body", "reason"), REFUSALS)
def test_what_only_the_operator_can_mend_is_refused_at_once(face, httpserver, jpeg, status, body, reason):
    answers(httpserver, body, status)
    with pytest.raises(Refused) as refused:
        face.look(jpeg)
    assert refused.value.reason == reason
    assert len(httpserver.log) == 1


PASSING = [
    (429, {"error": "rate limited"}),
    (500, "<html><h1>Internal Server Error</h1></html>"),
    (502, "<html>Bad Gateway</html>"),
    (503, "Service Unavailable"),
    (503, ["not", "an", "object"]),
    (503, {"estimated_time": "soon"}),
    (504, ""),
]


@pytest.mark.parametrize(("status", "body"), PASSING)
def test_what_may_pass_is_tried_again_and_then_unavailable(face, httpserver, jpeg, status, body):
    answers(httpserver, body, status)
    with pytest.raises(Unavailable):
        face.look(jpeg)
    assert len(httpserver.log) == LIMITS.attempts


def test_a_server_that_recovers_in_between_is_no_failure(face, httpserver, jpeg):
    httpserver.expect_oneshot_request("/models/nateraw/food").respond_with_data("<html>", status=502)
    httpserver.expect_oneshot_request("/models/nateraw/food").respond_with_json(GOOD)
    assert face.look(jpeg).understood


GARBLED = [
    "<html>login please</html>",
    "",
    "null",
    "[]",
    "{}",
    '[{"label": "pizza", "score": 0.9',
    '[{"label": "pizza"}]',
    '[{"label": "", "score": 0.5}]',
    '[{"label": 7, "score": 0.5}]',
    '[{"label": "pizza", "score": "high"}]',
    '[{"label": "pizza", "score": true}]',
    '[{"label": "pizza", "score": 17}]',
    '[{"label": "pizza", "score": NaN}]',
    '[{"label": "pizza", "score": -0.1}]',
    '["pizza"]',
    '{"error": "with status 200"}',
    b"\xff\xfe\x00broken",
    b"[" * 15_000,
]


@pytest.mark.parametrize("body", GARBLED, ids=range(len(GARBLED)))
def test_an_answer_of_another_shape_is_unavailable(face, httpserver, jpeg, body):
    answers(httpserver, body)
    with pytest.raises(Unavailable) as fault:
        face.look(jpeg)
    assert fault.value.reason == "garbled"


def test_a_very_long_label_is_cut(face, httpserver, jpeg):
    answers(httpserver, [{"label": "x" * 5000, "score": 0.9}])
    assert len(face.look(jpeg).guesses[0].label) == 100


def test_a_redirect_to_a_private_address_is_refused(face, httpserver, jpeg):
    httpserver.expect_request("/canary").respond_with_data("canary")
    answers(httpserver, "", 307, Location=httpserver.url_for("/canary"))
    with pytest.raises(Refused) as refused:
        face.look(jpeg)
    assert refused.value.reason == "redirect"
    assert [request.path for request, _ in httpserver.log] == ["/models/nateraw/food"]


@pytest.mark.parametrize(
    ("serve", "reason"),
    [
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n", b" ", every=0.05, times=90), {"deadline", "timeout"}),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n", b"[", times=9), {"too_big"}),
        (saying(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536, times=1600), {"too_big"}),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n", b'[{"label"'), {"broken_connection"}),
    ],
    ids=["slow drip", "100 MB announced", "100 MB sent", "cut off"],
)
def test_a_misbehaving_socket_costs_no_more_than_the_deadline(no_waiting, jpeg, serve, reason):
    with serving(serve) as (url, _):
        started = time.monotonic()
        with pytest.raises(Unavailable) as fault:
            Backend(token="t", base_url=url, limits=HURRIED).look(jpeg)
    assert fault.value.reason in reason
    assert time.monotonic() - started < HURRIED.deadline + 0.5


def test_without_a_token_hugging_face_is_not_even_asked(jpeg):
    backend = Backend()
    assert backend.lacks() == "HF_TOKEN"
    assert backend.leaves_home
    with pytest.raises(Refused) as refused:
        backend.look(jpeg)
    assert refused.value.reason == "key_missing"


def test_a_server_of_ones_own_needs_no_token_and_gets_none(httpserver, jpeg):
    def only_without(request):
        return Response(json.dumps(GOOD), status=200 if "Authorization" not in request.headers else 400)

    httpserver.expect_request("/nateraw/food").respond_with_handler(only_without)
    backend = Backend(base_url=httpserver.url_for(""))
    assert backend.lacks() == ""
    assert backend.look(jpeg).understood


@pytest.mark.parametrize(
    ("url", "leaves"),
    [("http://localhost:8080", False), ("http://127.0.0.1:8080/m", False), ("http://[::1]/", False),
     ("http://192.168.0.9:8080", True), ("https://models.example.com", True), ("", True)],
)  # fmt: skip
def test_only_this_machine_counts_as_home(url, leaves):
    assert Backend(token="t", base_url=url).leaves_home is leaves


def test_a_sanitised_photograph_is_accepted_as_it_is(face, httpserver):
    answers(httpserver, GOOD)
    assert face.look(sanitise(plain("tan", (900, 700))).jpeg).understood
