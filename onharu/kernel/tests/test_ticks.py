"""What is looked at every few seconds."""

import threading
import time

import pytest

from onharu.kernel import threads, ticks


@pytest.fixture
def looks(monkeypatch):
    monkeypatch.setattr(ticks, "_looks", {})
    monkeypatch.setattr(ticks, "_bell", threading.Event())
    monkeypatch.setattr(ticks, "close_old_connections", lambda: None)
    return []


@pytest.fixture
def ticker(looks):
    found = ticks.Ticker()
    yield found
    found.end_soon()
    if found.is_alive():
        found.join(5)


def until(holds, seconds=10):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def test_a_look_is_taken_again_and_again(looks, ticker):
    ticks.every("often", 0.02)(lambda: looks.append(1))
    ticker.start()
    assert until(lambda: len(looks) >= 3)


def test_a_look_whose_time_has_not_come_waits(looks, ticker):
    ticks.every("seldom", 3600)(lambda: looks.append(1))
    ticker.look()
    ticker.look()
    assert looks == [1]


def test_ringing_has_everything_looked_at_now(looks, ticker):
    ticks.every("seldom", 3600)(lambda: looks.append(1))
    ticker.start()
    assert until(lambda: len(looks) == 1)
    ticks.ring()
    assert until(lambda: len(looks) == 2)


def test_a_look_that_fails_stops_no_other_and_is_taken_again(looks, ticker):
    @ticks.every("broken", 0.02)
    def broken():
        looks.append("tried")
        raise ValueError("약 이름")

    ticks.every("sound", 0.02)(lambda: looks.append("looked"))
    ticker.start()
    assert until(lambda: looks.count("tried") >= 2 and looks.count("looked") >= 2)


def test_it_ends_when_it_is_told_to(looks, ticker):
    ticks.every("often", 0.02)(lambda: looks.append(1))
    ticker.start()
    ticker.stop()
    assert not ticker.is_alive()


def test_a_process_without_a_ticker_keeps_up_and_one_whose_ticker_hangs_does_not(looks, ticker):
    assert threads.keeping_up()
    hold = threading.Event()
    ticks.every("hanging", 3600)(lambda: hold.wait(10))
    ticker.start()
    assert threads.keeping_up()
    ticker.beat_at -= threads.LATE_SECONDS + 1
    assert not threads.keeping_up()
    ticker.allowed = 60.0
    assert threads.keeping_up(), "it said that it may take so long"
    hold.set()
