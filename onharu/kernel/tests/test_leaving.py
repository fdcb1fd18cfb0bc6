from contextlib import suppress

import pytest

from onharu.kernel import leaving
from onharu.kernel.leaving import Left


@pytest.fixture
def heard(monkeypatch, noon):
    found = []
    monkeypatch.setattr(leaving, "_ears", [lambda *said: found.append(said)])
    return found


def test_what_is_sent_within_is_told_at_the_end_with_whose_and_why(heard, noon):
    with leaving.leaving(7, "photo"):
        leaving.sent("hugging_face", 120, ok=False)
        leaving.sent("hugging_face", 120, ok=True)
        assert heard == []
    assert heard == [(7, "photo", (Left(noon, "hugging_face", 120, False), Left(noon, "hugging_face", 120, True)))]


def test_a_block_that_fails_is_told_too(heard):
    with suppress(RuntimeError), leaving.leaving(7, "mail"):
        leaving.sent("mail", 10, ok=False)
        raise RuntimeError
    assert len(heard) == 1


def test_what_is_nobodys_is_not_told(heard):
    leaving.sent("medicine_facts", 80, ok=True)
    with leaving.leaving(None, "sign_in"):
        leaving.sent("kakao", 80, ok=True)
    assert heard == []


def test_whose_it_is_may_be_found_out_on_the_way(heard):
    with leaving.leaving(None, "sign_in") as trip:
        leaving.sent("kakao", 80, ok=True)
        trip.owner_id = 9
    assert heard[0][:2] == (9, "sign_in")


def test_a_call_that_never_left_is_nothing(heard):
    with leaving.leaving(7, "photo"):
        leaving.sent("hugging_face", 0, ok=False)
    assert heard == []


def test_a_purpose_that_nobody_explains_is_refused():
    with pytest.raises(ValueError, match="research"), leaving.leaving(7, "research"):
        pass


def test_a_record_that_cannot_be_written_fails_nothing(monkeypatch):
    def broken(*_):
        raise OSError

    monkeypatch.setattr(leaving, "_ears", [broken])
    with leaving.leaving(7, "photo"):
        leaving.sent("hugging_face", 1, ok=True)
