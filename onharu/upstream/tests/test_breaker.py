"""The circuit of one upstream, on a clock that the test turns."""

from threading import Thread

import pytest
from structlog.testing import capture_logs

from onharu.upstream import tally
from onharu.upstream.breaker import FAILURES_TO_OPEN, OPEN_SECONDS, Breaker, CircuitsInMemory
from onharu.upstream.faults import Unavailable


class Clock:
    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return Breaker("stub", now=clock)


def break_it(breaker, times=FAILURES_TO_OPEN):
    for _ in range(times):
        breaker.admit()
        breaker.failed("timeout")


def test_four_failures_leave_the_circuit_closed(breaker):
    break_it(breaker, FAILURES_TO_OPEN - 1)
    breaker.admit()


def test_the_fifth_failure_in_a_row_opens_it(breaker):
    break_it(breaker)
    with pytest.raises(Unavailable) as refused:
        breaker.admit()
    assert refused.value.reason == "breaker_open"
    assert 1 <= refused.value.retry_after <= OPEN_SECONDS + 1


def test_a_success_between_failures_starts_the_count_again(breaker):
    break_it(breaker, FAILURES_TO_OPEN - 1)
    breaker.succeeded()
    break_it(breaker, FAILURES_TO_OPEN - 1)
    breaker.admit()


def test_after_a_minute_exactly_one_probe_goes_out(breaker, clock):
    break_it(breaker)
    clock.seconds += OPEN_SECONDS - 0.1
    with pytest.raises(Unavailable):
        breaker.admit()
    clock.seconds += 0.2
    breaker.admit()
    for _ in range(10):
        with pytest.raises(Unavailable):
            breaker.admit()


def test_a_good_probe_closes_the_circuit(breaker, clock):
    break_it(breaker)
    clock.seconds += OPEN_SECONDS
    breaker.admit()
    breaker.succeeded()
    for _ in range(10):
        breaker.admit()


def test_a_bad_probe_keeps_it_open_for_another_minute(breaker, clock):
    break_it(breaker)
    clock.seconds += OPEN_SECONDS
    breaker.admit()
    breaker.failed("timeout")
    clock.seconds += OPEN_SECONDS - 1
    with pytest.raises(Unavailable):
        breaker.admit()
    clock.seconds += 1
    breaker.admit()


def test_a_probe_that_never_reports_does_not_keep_the_circuit_open_for_ever(breaker, clock):
    break_it(breaker)
    clock.seconds += OPEN_SECONDS
    breaker.admit()
    clock.seconds += OPEN_SECONDS
    breaker.admit()


def test_one_probe_goes_out_even_when_many_threads_ask(clock):
    circuits = CircuitsInMemory()
    for _ in range(FAILURES_TO_OPEN):
        circuits.failed("stub", clock())
    clock.seconds += OPEN_SECONDS
    admitted = []
    threads = [Thread(target=lambda: admitted.append(circuits.admit("stub", clock()))) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert admitted.count(0.0) == 1


def test_two_breakers_share_what_their_circuits_know(clock):
    circuits = CircuitsInMemory()
    here, there = (Breaker("stub", circuits=circuits, now=clock) for _ in range(2))
    break_it(here)
    with pytest.raises(Unavailable):
        there.admit()


def test_upstreams_do_not_share_a_circuit(clock):
    circuits = CircuitsInMemory()
    break_it(Breaker("one", circuits=circuits, now=clock))
    Breaker("other", circuits=circuits, now=clock).admit()


def test_each_change_of_state_is_logged_and_counted_once(breaker, clock):
    with capture_logs() as lines:
        break_it(breaker)
        clock.seconds += OPEN_SECONDS
        breaker.admit()
        breaker.succeeded()
        breaker.succeeded()
    assert [line["event"] for line in lines] == ["upstream_breaker_opened", "upstream_breaker_closed"]
    assert lines[0]["reason"] == "timeout"
    counted = tally.counted()
    assert counted["stub", "breaker_opened"] == counted["stub", "breaker_closed"] == 1
