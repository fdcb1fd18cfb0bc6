from datetime import date
from decimal import Decimal

import pytest

from onharu.accounts import rules
from onharu.accounts.rules import Person


@pytest.mark.parametrize("name", ["haru", "하루하루", "온하루2026", "a.b-c_d", "1st", "가" * 30])
def test_names_people_use_are_allowed(name):
    assert rules.is_username(rules.username_spelling(name))


@pytest.mark.parametrize(
    "name", ["ab", "가" * 31, "a b c", "me@home", "ㅋㅋㅋ", "-dash", "<b>x</b>", "a\x00bc", "abc\n", ""]
)
def test_names_that_could_be_mistaken_are_refused(name):
    assert not rules.is_username(name)


def test_one_name_has_one_spelling():
    decomposed = "\u1112\u1161\u1105\u116e\u1112\u1161"  # 하루하 as a Mac's file system writes it
    assert rules.username_spelling(decomposed) == "하루하"
    assert rules.username_spelling(" ＨＡＲＵ ") == "haru"


def test_an_address_is_lower_case_and_nothing_is_none():
    assert rules.email_spelling(" Haru@Example.COM ") == "haru@example.com"
    assert rules.email_spelling("") is None
    assert rules.email_spelling(None) is None


def test_a_nickname_keeps_no_control_or_direction_marks():
    assert rules.nickname_spelling("  하루\u202e \n 씨 ") == "하루 씨"


def test_the_age_is_counted_from_the_year_of_birth():
    person = Person(1, "하루", None, 1986, None, None, "LOW", "Asia/Seoul", 0, "ko", 1)
    assert person.age_on(date(2026, 1, 1)) == 40
    assert person.age_on(date(1980, 1, 1)) == 0


def test_the_age_of_somebody_without_a_year_is_unknown():
    person = Person(1, "하루", None, None, None, None, "LOW", "Asia/Seoul", 0, "ko", 1)
    assert person.age_on(date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("fact", "value", "holds"),
    [
        ("height_cm", "50", True),
        ("height_cm", "260", True),
        ("height_cm", "49.9", False),
        ("weight_kg", "400.1", False),
        ("weight_kg", "2", True),
    ],
)
def test_measures_of_a_body_have_limits(fact, value, holds):
    assert rules.in_range(fact, Decimal(value)) is holds


def test_nobody_is_born_tomorrow_or_before_1900():
    today = date(2026, 11, 22)
    assert rules.is_birth_year(2026, today)
    assert not rules.is_birth_year(2027, today)
    assert not rules.is_birth_year(1899, today)


def test_zones_are_known_by_their_iana_names_only():
    assert {"Asia/Seoul", "America/New_York", "UTC"} <= rules.zones()
    assert not {"", "localtime", "posixrules", "../etc/passwd"} & rules.zones()


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (
            "Mozilla/5.0 (Linux; Android 15; SM-S931N) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Mobile", "Samsung Internet · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Whale/4.0 Safari/537.36", "Whale · Windows"),
        ("python-httpx/0.28", "python-httpx"),
        ("", ""),
    ],
)
def test_a_device_is_named_in_words_a_person_recognises(agent, device):
    assert rules.device_of(agent) == device
