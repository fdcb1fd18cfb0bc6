"""Parts of the house are killed, hung, restarted and replaced while people write and read through the front door."""

import signal
import time

import pytest

from tests.stack.load import Load
from tests.stack.programs import wait_for

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(400)]


def kept(load, proof, what, how):
    """Say what became of what was acknowledged; nothing may be lost and nothing there twice."""
    acknowledged, lost, doubled = load.written()
    proof.note(
        f"{what}: writes", f"{acknowledged} acknowledged, {lost} lost, {doubled} too many", "0 lost, 0 too many", how
    )
    assert (lost, doubled) == (0, 0)
    assert acknowledged > 20


def test_redis_is_killed_hung_and_brought_back(house, proof):
    redis = house.running["redis"]
    with Load(house) as load:
        redis.kill()
        time.sleep(2)
        load.goes_on()
        redis.start()
        wait_for(house.redis_answers, 20)
        load.goes_on()
        redis.hang()
        time.sleep(3)
        load.goes_on()
        redis.go_on()
        wait_for(house.redis_answers, 20)
        load.goes_on()
    how = "killed for 2 s, hung for 3 s, under 3 writers and 3 readers through nginx"
    proof.note("Redis killed, hung, back", f"{load.failed.total()} of {load.asked} failed", "0", how)
    proof.note("Redis killed, hung, back: slowest answer", f"{load.longest:.2f} s", "—", how)
    assert not load.failed
    kept(load, proof, "Redis killed, hung, back", how)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL], ids=["restarted", "killed"])
def test_postgresql_ends_under_load_and_is_back(house, proof, end):
    """Told to end it is away for two seconds; killed for so long that a pool's patience, doubled each time, would show."""
    postgres, killed = house.running["postgres"], end == signal.SIGKILL
    with Load(house) as load:
        began = time.monotonic()
        postgres.tell(end)
        postgres.ended()
        time.sleep(16 if killed else 2)
        postgres.start()
        wait_for(house.database.answers, 60)
        back = time.monotonic()
        took = load.good_again(back)
        load.goes_on()
    how = f"PostgreSQL's first process told {end.name}, started anew, under 3 writers and 3 readers"
    said = ", ".join(f"{number} × {what}" for what, number in load.failed.items()) or "nobody was refused"
    what = f"PostgreSQL {'killed' if killed else 'restarted'}"
    proof.note(what, f"everybody is answered {took:.1f} s after it is back", "≤ 5 s", how)
    proof.note(f"{what}: while it was away ({back - began:.1f} s)", said, "503 with Retry-After", how)
    kept(load, proof, what, how)
    assert took <= 5
    assert set(load.failed) <= {"503 with Retry-After"}
    assert load.failed or not killed


def test_the_processes_of_the_web_are_replaced_under_load(house, proof):
    """As `deploy/roll` does it: new ones beside the old; once they are well the old are told to end."""
    old = house.apis
    with Load(house) as load:
        new = [house.new_api() for _ in old]
        # The network tells a container's address from its start to its end, not from when it is well.
        house.known([*old, *new])
        wait_for(lambda: all(house.healthy("api", number) for number in new), 90, "new processes")
        load.goes_on()
        for number in old:
            assert house.running[f"api-{number}"].stop() == 0
            house.known([one for one in house.apis if one != number])
            load.goes_on()
        time.sleep(6)  # until nginx forgot the old addresses
        load.goes_on()
    how = "2 new processes beside 2 old ones, which are then told to end one after the other"
    proof.note("Processes of the web replaced", f"{load.failed.total()} of {load.asked} failed", "0", how)
    assert not load.failed
    kept(load, proof, "Processes of the web replaced", how)
