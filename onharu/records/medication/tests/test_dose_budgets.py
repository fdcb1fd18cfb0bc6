"""What reading doses costs: the same few statements with one medicine or twenty, and with five years of ledger."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onharu.accounts import principal
from onharu.kernel.kept import drop_kept
from onharu.records.medication.models import Dose, DoseEvent, Regimen, RegimenVersion
from onharu.records.medication.tests.dosing import DAY, NOON, at_times, regimen, seoul

pytestmark = pytest.mark.django_db
YEARS = 5
REGIMENS = 20


@pytest.fixture
def ledger(owner, noon):
    """Twenty medicines a day over five years, all of them taken: 36,500 doses with their entries."""
    for n in range(REGIMENS):
        regimen(owner, at_times(13), name=f"약{n}", at=NOON - timedelta(days=365 * YEARS))
    Regimen.objects.update(planned_until=NOON)
    versions = list(RegimenVersion.objects.values_list("pk", "regimen_id"))
    days = [(version, back) for back in range(1, 365 * YEARS + 1) for version in versions]
    doses, events = [], []
    for number, ((version, regimen_id), back) in enumerate(days, start=1):
        at = connection.ops.adapt_datetimefield_value(seoul(13) - timedelta(days=back))
        day = DAY - timedelta(days=back)
        doses.append(
            (number, owner.pk, regimen_id, version, f"v1.{day:%Y%m%d}.0", at, day.isoformat(), 1, "at.13:00", at)
        )
        events.append((number, owner.pk, number, "taken", at, 1, "", False, owner.pk, at))
    write(Dose, "id owner_id regimen_id version_id key planned_at day amount anchor created_at", doses)
    write(DoseEvent, "id owner_id dose_id kind at amount reason over_limit by_id recorded_at", events)
    return len(doses)


def write(model, columns, rows):
    """Write many rows the quick way."""
    names = ", ".join(f'"{name}"' for name in columns.split())
    marks = ", ".join(["%s"] * len(columns.split()))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', rows)


def cost(client, path):
    drop_kept()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    return len([one for one in asked.captured_queries if "accounts_signin" not in one["sql"]]), answer.json()


def test_a_day_costs_three_statements_with_twenty_medicines_and_five_years(browser, owner, ledger):
    assert ledger == Dose.objects.count() == DoseEvent.objects.count() == REGIMENS * 365 * YEARS
    browser.get("/api/schedules/")
    now, found = cost(browser, "/api/schedules/")
    assert (found["count"], {dose["state"] for dose in found["results"]}) == (REGIMENS, {"planned"})
    then, old = cost(browser, "/api/schedules/?date=2024-02-29")
    assert (old["count"], {dose["state"] for dose in old["results"]}) == (REGIMENS, {"taken"})
    ahead, coming = cost(browser, "/api/schedules/?from=2026-11-23&to=2026-11-29")
    assert coming["count"] == REGIMENS * 7
    assert max(now, then, ahead) <= 3


def test_from_the_first_request_on_signing_in_costs_one_more(client, owner, ledger):
    client.force_login(owner, backend="onharu.accounts.backends.AccountBackend")
    principal.reset()
    assert cost(client, "/api/schedules/")[0] <= 4


def test_a_year_of_adherence_costs_four_statements(browser, owner, ledger):
    browser.get("/api/adherence/")
    statements, found = cost(browser, "/api/adherence/?from=2025-11-23&to=2026-11-22")
    assert statements <= 4
    assert (found["planned"], found["percent"]) == (REGIMENS * 364, 100)


def test_a_day_costs_the_same_for_one_medicine_or_twenty(browser, owner, noon):
    browser.get("/api/schedules/")
    regimen(owner, at_times(13))
    one, _ = cost(browser, "/api/schedules/")
    for n in range(19):
        regimen(owner, at_times(8, 13, 20), name=f"약{n}")
    many, found = cost(browser, "/api/schedules/")
    assert (one, found["count"]) == (many, 1 + 19 * 2)


def test_a_list_of_medicines_costs_the_same_for_one_or_a_hundred(browser, owner, noon):
    browser.get("/api/regimens/")
    regimen(owner, at_times(13))
    one, _ = cost(browser, "/api/regimens/")
    for n in range(99):
        regimen(owner, at_times(13), name=f"약{n}")
    many, found = cost(browser, "/api/regimens/?limit=100")
    assert one == many <= 2
    assert (found["count"], len(found["results"])) == (100, 100)
