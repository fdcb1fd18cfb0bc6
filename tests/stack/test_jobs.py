"""Who does the work is killed two hundred times while there is work: every job's effect is had, and had once."""

import time

import pytest

from tests.stack.hands import Hands

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(600)]
KILLS = 200


def test_a_worker_that_is_killed_two_hundred_times_has_each_effect_once(house, proof):
    began = time.monotonic()
    with Hands(house) as hands:
        hands.storm(kills=KILLS, whole_every=50, seconds=0.05)
        hands.until(lambda: not hands.owing())
        said, owed = hands.said(), hands.owed
        assert hands.kills == KILLS
        assert (hands.effects(), hands.dead()) == (owed, 0)
        assert said["began"] - said["ended"] >= 10, "many were cut off in their middle, and begun anew"
    proof.note(
        f"Workers killed {KILLS} times", f"{owed} jobs, {owed} effects, {said['began'] - said['ended']} runs cut off",
        "every effect once", f"kill -9, every 50th time the whole worker, in {time.monotonic() - began:.0f} s",
    )  # fmt: skip
