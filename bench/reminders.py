"""`python -m bench.reminders`: workers that are killed with SIGKILL while they remind, and what became of each message.

Two workers share one database. In each trial a dose of every person comes due; one worker or both are killed at a
drawn moment (while writing, before the push server has answered, right after) and started again. In the end messages
are counted where they arrived. Exit code 1 when a reminder was lost, or came twice although no worker died with it in
its hands.
"""

# ruff: noqa: PLC0415 Django is set up by the environment that a run makes for itself

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import random
import signal
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.engines import Engines, free_port
from tests.push_endpoint import Came, PushServer

PEOPLE = 6
# Longer than a message may take to send (8 s), as in the product (60 s): an older claim is of a worker that died.
LEASE_SECONDS = 10.0
SETTLE_SECONDS = 300.0
POINTS = ("while writing", "before the answer", "after the answer")


@dataclass(slots=True)
class Result:
    """What the trials came to."""

    engine: str
    trials: int = 0
    killed: int = 0
    messages: int = 0
    lost: int = 0
    twice: int = 0
    twice_at: dict[str, int] = field(default_factory=dict)
    twice_for: dict[str, int] = field(default_factory=dict)
    not_replaced: int = 0
    unexplained: int = 0
    wrong_rows: int = 0
    seconds: float = 0.0

    @property
    def holds(self) -> bool:
        """Whether every reminder arrived, and twice only what a killed worker had in its hands."""
        return not (self.lost or self.unexplained or self.wrong_rows or self.not_replaced)


class Workers:
    """Worker processes, forked from one process that has everything loaded and no thread."""

    def __init__(self) -> None:
        order, self._order = os.pipe()
        self._answer, answer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._order)
            serve_forks(order, answer)
        os.close(order)
        os.close(answer)

    def start(self) -> int:
        """Start a worker; returns its process id."""
        os.write(self._order, b"w")
        return int(os.read(self._answer, 16).decode())

    def close(self) -> None:
        """End the process that forks; its workers are ended one by one."""
        os.close(self._order)
        os.waitpid(self.pid, 0)


def serve_forks(order: int, answer: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while os.read(order, 1):
        if (pid := os.fork()) == 0:
            work()
        os.write(answer, f"{pid:<16}".encode())
    os._exit(0)


def work() -> None:
    """Be a worker: the product's own ticker with the product's own look, five times a second."""
    from onharu.kernel import ticks
    from onharu.records.medication import jobs
    from onharu.records.medication.queries import reminders

    reminders.LEASE = timedelta(seconds=LEASE_SECONDS)
    take_notes(Path(os.environ["ONHARU_DATA"]) / "notes")
    ticks._looks.clear()
    ticks.every("medication.reminders", 0.2)(jobs.remind)
    ticks.Ticker().run()


def take_notes(file: Path) -> None:
    """Have a worker note which messages it had no answer to, and which it held longer than its claim."""
    from onharu.records.medication.actions import delivering

    again, written = delivering._again, delivering._written

    def note(word: str, pk: int) -> None:
        with file.open("a") as notes:
            notes.write(f"{word} {pk}\n")

    def noted_again(held: Any, fault: Any) -> None:
        note("unanswered", held.row.pk)
        again(held, fault)

    def noted_written(held: Any) -> None:
        if (datetime.now(UTC) - held.at).total_seconds() > LEASE_SECONDS:
            note("slow", held.row.pk)
        written(held)

    delivering._again, delivering._written = noted_again, noted_written


class Trials:
    """The house, its people, and what arrived."""

    def __init__(self, server: PushServer, workers: Workers, result: Result, rng: random.Random) -> None:
        self.server, self.workers, self.result, self.rng = server, workers, result, rng
        self.held: set[int] = set()
        self.trial_of: dict[int, tuple[str, int]] = {}
        self.people = people(server)
        self.pids = [workers.start(), workers.start()]

    def run(self, number: int) -> None:
        """Let a dose of everybody come due, kill, start again, wait until nothing is owed."""
        from onharu.records.medication.models import Regimen, Reminder

        clear(Reminder, Regimen)
        point = POINTS[number % len(POINTS)]
        victims = self._victims()
        done = self._arm_kill(point, victims)
        come_due(self.people)
        if point == "while writing":
            time.sleep(self.rng.uniform(0, 0.4))
            self._kill(victims)
            done.set()
        if not done.wait(10):
            self._kill(victims)  # the machine is slow; nobody may be left over
        self.result.killed += len(victims)
        self.server.answering.before = self.server.answering.after = lambda _came: None
        self.pids = [pid if pid not in victims else self.workers.start() for pid in self.pids]
        settle()
        self._count(point, len(victims))

    def _victims(self) -> list[int]:
        return list(self.pids) if self.rng.random() < 0.3 else [self.rng.choice(self.pids)]

    def _kill(self, victims: list[int]) -> None:
        """Kill, and note which messages were in somebody's hands: those alone may come twice."""
        from django.db import connection

        from onharu.records.medication.models import Delivery

        for pid in victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.held.update(Delivery.objects.filter(state="claimed").values_list("pk", flat=True))
        if threading.current_thread() is not threading.main_thread():
            connection.close()

    def _arm_kill(self, point: str, victims: list[int]) -> threading.Event:
        """Have the push server pull the trigger when the n-th message is there."""
        done, lock, left = threading.Event(), threading.Lock(), [self.rng.randrange(1, PEOPLE)]
        pause = self.rng.uniform(0, 0.004)

        def pull(_came: Came) -> None:
            with lock:
                left[0] -= 1
                if left[0] != 0 or done.is_set():
                    return
                if point == "after the answer":
                    time.sleep(pause)
                self._kill(victims)
                done.set()

        self.server.answering.before = pull if point == "before the answer" else lambda _came: None
        self.server.answering.after = pull if point == "after the answer" else lambda _came: None
        return done

    def _count(self, point: str, killed: int) -> None:
        """Note whose messages these were; they are counted at the end, as one that is late may still come."""
        from onharu.records.medication.models import Delivery, Dose, DoseEvent, Reminder

        for pk in Delivery.objects.values_list("pk", flat=True):
            self.trial_of[pk] = (point, killed)
        told, gone = Reminder.objects.filter(sent_at__isnull=False), Delivery.objects.filter(state="sent")
        written = DoseEvent.objects.filter(kind="sent")
        rows = (Dose.objects.count(), told.count(), gone.count(), written.count())
        self.result.trials += 1
        self.result.wrong_rows += rows != (PEOPLE,) * 4

    def sum_up(self) -> None:
        """Count every message where it arrived."""
        from onharu.records.medication.queries.reminder_words import read_ticket

        time.sleep(0.5)
        marks: dict[int, list[Any]] = {}
        for one in self.server.came:
            said = self.server.read(one)
            ticket = read_ticket(said["answer"]["token"])
            assert ticket is not None
            marks.setdefault(ticket.delivery_id, []).append((one.path, one.header("Topic"), said["tag"]))
        file = Path(os.environ["ONHARU_DATA"]) / "notes"
        lines = file.read_text().split("\n")[:-1] if file.exists() else []
        noted = {int(line.split()[1]): line.split()[0] for line in lines}
        result = self.result
        result.messages = len(self.server.came)
        result.lost = PEOPLE * result.trials - len(marks.keys() & self.trial_of.keys())
        for pk, found in marks.items():
            again = len(found) - 1
            point, _killed = self.trial_of.get(pk, ("?", 0))
            result.twice += again
            result.twice_at[point] = result.twice_at.get(point, 0) + again
            cause = "killed" if pk in self.held else noted.get(pk, "unexplained")
            if again:
                result.twice_for[cause] = result.twice_for.get(cause, 0) + again
            result.unexplained += again * (cause == "unexplained")
            result.not_replaced += len(set(found)) != 1


def people(server: PushServer) -> list[Any]:
    from onharu.accounts.models import Profile, User
    from onharu.records.medication.actions import notifying
    from onharu.records.medication.models import ReminderRule
    from onharu.upstream import web_push

    found = []
    for number in range(PEOPLE):
        user = User.objects.create_user(f"person{number}", None, "a-long-password-9")
        Profile.objects.create(user=user)
        said = server.subscribe(f"b{number}")
        subscription = web_push.Subscription(said["endpoint"], said["keys"]["p256dh"], said["keys"]["auth"])
        notifying.subscribe(owner_id=user.pk, said=subscription, label="", at=datetime.now(UTC))
        ReminderRule.objects.create(owner=user, repeats=0, group_minutes=0, changed_at=datetime.now(UTC))
        found.append(user)
    return found


def come_due(owners: list[Any]) -> None:
    """Give everybody a medicine whose dose of this very minute is due and not written yet."""
    from django.db import transaction

    from onharu.kernel import clock
    from onharu.records.medication.models import Regimen, RegimenVersion
    from onharu.records.medication.rules.schedules.as_json import to_json
    from onharu.records.medication.rules.schedules.shapes import At, Phase, Schedule, Slot, Slots

    now = datetime.now(UTC)
    minute = now.replace(second=0, microsecond=0)
    local = minute.astimezone(clock.zone(clock.DEFAULT_ZONE))
    schedule = to_json(Schedule((Phase(when=Slots((Slot(At(local.time())),))),)))
    with transaction.atomic():
        for owner in owners:
            regimen = Regimen.objects.create(
                owner=owner, name="약", planned_until=minute - timedelta(seconds=1), next_at=now,
                created_at=minute, changed_at=minute,
            )  # fmt: skip
            RegimenVersion.objects.create(
                owner=owner, regimen=regimen, n=1, since=minute - timedelta(days=1), schedule=schedule, amount=1,
                start=local.date(), created_at=minute,
            )  # fmt: skip


def clear(*models: Any) -> None:
    """Take away what the trial before left; a worker may be looking at it."""
    from django.db import DatabaseError

    for model in models:
        for left in range(9, -1, -1):
            try:
                model.objects.all().delete()
            except DatabaseError:
                if left == 0:
                    raise
                time.sleep(0.3)
            else:
                break


def settle() -> None:
    """Wait until nothing is owed any more."""
    from onharu.records.medication.models import Delivery

    until = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < until:
        states = list(Delivery.objects.values_list("state", flat=True))
        if len(states) == PEOPLE and set(states) <= {"sent", "failed"}:
            return
        time.sleep(0.1)


def preload() -> None:
    """Load what a worker needs at its first message, so that one that is started again works at once."""
    from onharu.records.medication import jobs
    from onharu.upstream import web_push

    assert jobs
    web_push.public_key()


def environment(folder: Path, port: int, database: str) -> None:
    os.environ.update(
        ONHARU_DATA=str(folder),
        DJANGO_SETTINGS_MODULE="onharu.site.settings",
        WEB_PUSH_HOMES=f"http://127.0.0.1:{port}",
        VAPID_SUBJECT="mailto:who@example.com",
        DATABASE_URL=database,
        DEBUG="0",
    )
    os.environ.pop("REDIS_URL", None)


def run(trials: int, seed: int, engine: str, folder: Path, database: str) -> Result:
    port, started = free_port(), time.monotonic()
    environment(folder, port, database)
    import django

    django.setup()
    logging.disable(logging.ERROR)
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    if engine == "postgres":
        call_command("row_security", verbosity=0)
    preload()
    for one in connections.all():
        one.close()
        if hasattr(one, "close_pool"):
            one.close_pool()  # a forked process must not share its connections
    workers = Workers()
    server, result = PushServer(port), Result(engine)
    try:
        house = Trials(server, workers, result, random.Random(seed))
        for number in range(trials):
            house.run(number)
        house.sum_up()
    finally:
        for pid in house.pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        workers.close()
        server.close()
        connections.close_all()
    result.seconds = round(time.monotonic() - started, 1)
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onharu-remind-") as name:
        folder, engines, database = Path(name), None, ""
        if options.engine == "postgres":
            engines = Engines(folder)
            database = engines.start_postgres()
        try:
            result = run(options.trials, options.seed, options.engine, folder, database)
        finally:
            if engines is not None:
                engines.stop()
    print(json.dumps({**asdict(result), "holds": result.holds}, ensure_ascii=False))
    return 0 if result.holds and result.trials == options.trials else 1


if __name__ == "__main__":
    sys.exit(main())
