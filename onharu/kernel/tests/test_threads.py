"""A process whose thread died does not keep up, and one whose thread was told to end does."""

import sys

import pytest

from onharu.kernel import jobs, threads, ticks


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(("make", "work"), [(jobs.Worker, "_work"), (ticks.Ticker, "look")])
def test_a_process_whose_thread_died_does_not_keep_up(make, work, monkeypatch):
    thread = make()
    monkeypatch.setattr(thread, work, sys.exit)
    thread.start()
    thread.join(5)
    assert not threads.keeping_up()
    thread.end_soon()
    assert threads.keeping_up()
