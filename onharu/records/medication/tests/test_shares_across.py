"""An end of a share counts in every process, and of two at once one gets through. Real commits, real connections."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, connections

from conftest import make_person
from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.kernel.problems import Problem
from onharu.records.medication.actions import marking, shares
from onharu.records.medication.models import DoseEvent, Share, ShareEvent
from onharu.records.medication.queries import shares as asked
from onharu.records.medication.tests.dosing import at_times, regimen
from onharu.records.medication.tests.sharing import invited, share_with

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[4]
# Another process of the same house: it answers each line with what a viewer gets at that moment.
OTHER = """
import sys
import django
django.setup()
from django.db import connection
from onharu.kernel import clock
from onharu.kernel.problems import Missing
from onharu.records.medication.queries.shares import one_shared
connection.settings_dict["NAME"] = sys.argv[1]
for line in sys.stdin:
    viewer, share = map(int, line.split())
    try:
        print("holds" if one_shared(viewer, share, clock.now()) else "", flush=True)
    except Missing:
        print("missing", flush=True)
"""


@pytest.fixture
def owner(transactional_db):
    return make_person("owner")


@pytest.fixture
def relative(transactional_db):
    return make_person("relative")


@pytest.fixture
def other_process():
    """Ask in another process what a viewer gets now."""
    name = str(connection.settings_dict["NAME"])
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, name],
        env={**os.environ, **settings},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(viewer, share):
        process.stdin.write(f"{viewer.pk} {share.pk}\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    yield ask
    process.stdin.close()
    process.wait(20)


def test_an_end_counts_on_the_next_request_of_another_process(owner, relative, other_process):
    share = share_with(owner, relative)
    person = person_of(owner)
    for _ in range(3):
        assert other_process(relative, share) == "holds"
        shares.revoke(person=person, share_id=share.pk, at=clock.now())
        assert other_process(relative, share) == "missing"
        shares.restore(person=person, share_id=share.pk, at=clock.now())
    shares.leave(viewer_id=relative.pk, share_id=share.pk, at=clock.now())
    assert other_process(relative, share) == "missing"


def at_once(*acts):
    """Run these together, each on a connection of its own; a problem is an answer."""
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait(20)
        try:
            return act()
        except Problem as problem:
            return problem.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(60) for one in [pool.submit(run, act) for act in acts]]


def test_of_several_who_hold_one_code_one_gets_in(owner):
    code = invited(owner).code
    people = [make_person(f"cousin{number}") for number in range(4)]
    told = at_once(
        *(lambda who=who: shares.accept(viewer_id=who.pk, code=code, at=clock.now()).viewer_id for who in people)
    )
    assert sorted(map(str, told))[1:] == ["missing"] * 3
    assert Share.objects.get().viewer_id in told
    assert ShareEvent.objects.filter(what="accepted").count() == 1


def test_two_invitations_taken_up_at_once_leave_one_living(owner, relative):
    codes = [invited(owner).code for _ in range(2)]
    at_once(*(lambda code=code: shares.accept(viewer_id=relative.pk, code=code, at=clock.now()).id for code in codes))
    assert Share.objects.filter(viewer=relative, revoked_at__isnull=True).count() == 1


def test_marking_at_once_is_one_entry(owner, relative):
    began = clock.now() - timedelta(days=2)
    regimen(owner, at_times(0), at=began)
    share = share_with(owner, relative, may_mark=True)
    now = clock.now()
    (dose,) = asked.shared_day(asked.one_shared(relative.pk, share.pk, now), person_of(owner).day_at(now), now)
    assert at_once(*(lambda: _mark(relative, share, dose) for _ in range(3))) == ["taken"] * 3
    assert DoseEvent.objects.filter(kind="taken").count() == 1
    assert ShareEvent.objects.filter(what="taken").count() == 1


def _mark(viewer, share, dose):
    return marking.take_for(viewer_id=viewer.pk, share_id=share.pk, dose_id=dose.id, at=clock.now()).state
