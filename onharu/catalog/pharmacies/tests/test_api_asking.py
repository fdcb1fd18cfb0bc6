"""How a question is read: what is understood, what is refused, and that a refusal never repeats a position."""

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from onharu.catalog.pharmacies.api.asking import Question, fields_of, instant_of, place_of, question_of
from onharu.catalog.pharmacies.public import Place
from onharu.kernel.problems import Invalid

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HERE = {"lat": "37.5007", "lon": "127.0365"}
NO_NUMBERS = (
    "NaN", "nan", "inf", "-inf", "Infinity", "abc", "37,5", "37.5.0", "1e400", "-1e400", "3_7", "0x25", "٣٧.٥", "３７", "37°", " ", "--37",
    "+", ".", "e5", "37\x00", "37\n", "9" * 33, "1" * 100_000,
)  # fmt: skip
NO_JSON_NUMBERS = (True, False, float("nan"), float("inf"), 10**400, [], {}, [37.5], {"a": 1})
WRONG = [
    *(("lat", text) for text in (*NO_NUMBERS, *NO_JSON_NUMBERS, "91", "-90.0001", 91, -91.5)),
    *(("lon", text) for text in (*NO_NUMBERS, *NO_JSON_NUMBERS, "180.1", "-181", 360)),
    *(("radius", text) for text in ("0", "-5", "20001", "2.5", "2e3", "abc", "٢٠", "9" * 500, 0, 20_001, 1.5, True, [2000], float("nan"), 10**400)),
    *(("limit", text) for text in ("0", "101", "-1", "ten", "1.0", "²", 0, 101, False, {}, "1" * 5000)),
    *(("open_at", text) for text in ("tomorrow", "2026-11-22", "2026-13-01T10:00", "2026-11-22T25:00", "2026-11-22T10:00+99:00", "2028-01-01T10:00",
                                     "2020-01-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00+23:00", "２０２６-11-22T10:00", "now!", "N" * 999, 1_700_000_000, True, [])),
    *(("unknown", text) for text in ("yes", "1", True, 1, [])),
    *(("q", text) for text in ("가" * 101, 7, ["역삼동"], {})),
]  # fmt: skip


def asked(**said):
    return question_of({**HERE, **said}, now=NOW)


def test_a_place_alone_is_asked_within_two_kilometres_for_twenty():
    assert asked() == Question(NOW, Place(37.5007, 127.0365), "", 2000, 20, open_only=False, with_unknown=False)


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda value: repr(value)[:30])
def test_what_is_no_answerable_question_is_refused_by_the_name_of_its_field(name, value):
    with pytest.raises(Invalid) as refused:
        asked(**{name: value})
    assert list(refused.value.errors) == [name]
    assert refused.value.code == f"{name}_invalid"
    assert name in refused.value.ko
    assert name in refused.value.en


@pytest.mark.parametrize("value", ["37.5007", 37.5007, " 37.5007", "+37.5007", "3.75007e1", "0037.5007"])
def test_a_number_is_understood_however_it_is_written(value):
    assert asked(lat=value).place == Place(37.5007, 127.0365)


@pytest.mark.parametrize("edge", [("-90", "-180"), ("90", "180"), (0, 0), (".5", "5.")])
def test_the_ends_of_the_earth_are_numbers(edge):
    place = question_of({"lat": edge[0], "lon": edge[1]}, now=NOW).place
    assert place == Place(float(edge[0]), float(edge[1]))


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("now", NOW),
        ("2026-11-22T21:30", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("2026-11-22 21:30:15", datetime(2026, 11, 22, 12, 30, 15, tzinfo=UTC)),
        ("2026-11-22T21:30+09:00", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        # A "+" of an address that nobody escaped arrives as a space.
        ("2026-11-22T21:30 09:00", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("2026-11-22T12:30Z", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("2026-11-22T07:30-0500", datetime(2026, 11, 22, 12, 30, tzinfo=UTC)),
        ("2027-11-27T00:00", datetime(2027, 11, 26, 15, 0, tzinfo=UTC)),
    ],
)
def test_an_instant_is_seouls_unless_it_says_otherwise(said, at):
    assert asked(open_at=said) == asked(open_at="now").__class__(
        at, Place(37.5007, 127.0365), "", 2000, 20, open_only=True, with_unknown=False
    )
    assert instant_of({"open_at": said}, now=NOW) == at


def test_nothing_said_of_an_instant_is_now():
    assert instant_of({}, now=NOW) == NOW
    with pytest.raises(Invalid):
        instant_of({"open_at": "later"}, now=NOW)


def test_a_field_left_empty_was_not_said():
    assert asked(radius="", limit="", open_at="", unknown="", q="  ") == asked()
    assert asked(radius=None, limit=None, open_at=None) == asked()


@pytest.mark.parametrize(
    ("said", "missing"),
    [({}, ["lat", "lon"]), ({"lat": "37.5"}, ["lon"]), ({"lon": "127"}, ["lat"]), ({"lat": "", "lon": "127"}, ["lat"])],
)
def test_half_a_place_is_no_place(said, missing):
    for read in (place_of, lambda half: question_of(half, now=NOW)):
        with pytest.raises(Invalid) as refused:
            read(said)
        assert list(refused.value.errors) == missing


def test_everything_that_is_wrong_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        question_of({"lat": "91", "lon": "x", "limit": "0", "open_at": "?"}, now=NOW)
    assert list(refused.value.errors) == ["lat", "lon", "limit", "open_at"]


def test_a_refusal_repeats_no_position():
    with pytest.raises(Invalid) as refused:
        question_of({"lat": "37.50071234", "lon": "999.0365"}, now=NOW)
    told = repr((refused.value.ko, refused.value.en, refused.value.errors, str(refused.value)))
    assert "37.5" not in told
    assert "999" not in told


def test_words_are_asked_instead_of_a_place_never_beside_one():
    question = question_of({"q": " 역삼동\x00  "}, now=NOW)
    assert (question.words, question.place) == ("역삼동", None)
    with pytest.raises(Invalid) as refused:
        asked(q="역삼동")
    assert refused.value.code == "ask_one_way"


def test_an_address_and_a_body_are_read_alike():
    address = QueryDict("lat=37.5007&lon=127.0365&radius=500&limit=3&open_at=now&unknown=include")
    body = {"lat": 37.5007, "lon": 127.0365, "radius": 500, "limit": 3.0, "open_at": "now", "unknown": "include"}
    assert question_of(address, now=NOW) == question_of(body, now=NOW)


@pytest.mark.parametrize("body", [[], "text", 7, None, [{"lat": 1}]])
def test_a_body_without_fields_is_refused(body):
    with pytest.raises(Invalid):
        fields_of(body)
