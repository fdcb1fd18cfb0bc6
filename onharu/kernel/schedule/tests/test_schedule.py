"""The schedule of many processes: every periodic job has an entry, two beats owe one row, staff change when."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from celery import schedules
from django.contrib.auth.models import Permission
from django.db import DatabaseError, InterfaceError, connection
from django_celery_beat import schedulers
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from conftest import make_person, signed_in
from onharu.kernel import clock, jobs
from onharu.kernel.jobs import Job, broker, queue, registry
from onharu.kernel.jobs.periods import key_of
from onharu.kernel.schedule.laying import lay_out, strangers
from onharu.kernel.schedule.scheduler import Scheduler, began_of

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)  # Monday, four in the morning in Seoul


@pytest.fixture(autouse=True)
def _laid(monkeypatch):
    lay_out(PeriodicTask, CrontabSchedule)
    # Beat writes down once more when its process ends; this process ends without these tables.
    monkeypatch.setattr(schedulers, "Finalize", lambda *_, **__: None)


@pytest.fixture
def night(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    return NIGHT


def due_since(days):
    PeriodicTask.objects.update(last_run_at=clock.now() - timedelta(days=days))


def tick_all(scheduler):
    for _ in range(3 * len(registry.periods)):
        scheduler.tick()


def test_every_periodic_job_has_an_entry_in_seouls_time_and_every_entry_a_job():
    assert set(PeriodicTask.objects.values_list("task", flat=True)) == set(registry.periods)
    assert strangers(PeriodicTask) == []
    assert set(CrontabSchedule.objects.values_list("timezone", flat=True)) == {clock.zone("Asia/Seoul")}


def test_an_entry_begins_when_the_period_of_the_embedded_server_does(night):
    for entry in PeriodicTask.objects.all():
        assert began_of(entry.schedule, night) == registry.periods[entry.task].began(night), entry.task


@pytest.mark.parametrize(
    "name", ["medicines.refresh", "pharmacies.refresh", "medicines.summaries", "kernel.verify_access", "meals.clean"]
)
def test_what_must_not_be_forgotten_is_on_the_schedule(name):
    assert PeriodicTask.objects.get(task=name).enabled


def test_laying_out_again_changes_nothing_that_staff_changed():
    PeriodicTask.objects.filter(task="meals.clean").update(enabled=False)
    assert lay_out(PeriodicTask, CrontabSchedule) == []
    assert not PeriodicTask.objects.get(task="meals.clean").enabled


def test_two_beats_owe_one_job_for_a_period_however_often_they_look():
    due_since(3)
    for scheduler in (Scheduler(app=broker.app), Scheduler(app=broker.app)):
        tick_all(scheduler)
    owed = list(Job.objects.values_list("name", flat=True))
    assert sorted(owed) == sorted(registry.periods)


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_the_same_moment_owe_one_job():
    due_since(3)
    both = [Scheduler(app=broker.app), Scheduler(app=broker.app)]
    together = threading.Barrier(2)

    def beat(scheduler):
        try:
            together.wait(30)
            tick_all(scheduler)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat, args=[one]) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    names = list(Job.objects.values_list("name", flat=True))
    assert sorted(names) == sorted(registry.periods)


def test_a_night_that_was_missed_is_made_up_for_once_whatever_the_hour():
    due_since(4)
    tick_all(Scheduler(app=broker.app))
    nightly = Job.objects.get(name="kernel.verify_access")
    assert nightly.key == key_of("kernel.verify_access", registry.periods["kernel.verify_access"].began(clock.now()))


def test_a_beat_that_starts_again_before_it_wrote_down_that_it_owed_owes_nothing_twice():
    due_since(1)
    tick_all(Scheduler(app=broker.app))
    before = Job.objects.count()
    tick_all(Scheduler(app=broker.app))
    assert Job.objects.count() == before


@pytest.mark.parametrize("fault", [DatabaseError, InterfaceError])
def test_what_the_database_did_not_take_is_owed_at_the_next_tick(monkeypatch, fault):
    due_since(1)
    scheduler = Scheduler(app=broker.app)
    real, away = queue.owe_once, [True]

    def owe_once(name, key):
        if away[0]:
            raise fault
        real(name, key)

    monkeypatch.setattr(queue, "owe_once", owe_once)
    tick_all(scheduler)
    owed = set(scheduler.unpaid.values())
    assert (Job.objects.count(), len(owed) > 15) == (0, True)
    away[0] = False
    scheduler.tick()
    assert owed <= set(Job.objects.values_list("name", flat=True))


def test_an_entry_of_a_job_that_nobody_registered_is_never_owed():
    line = CrontabSchedule.objects.first()
    PeriodicTask.objects.create(name="old", task="gone.long.ago", crontab=line, last_run_at=clock.now() - timedelta(9))
    tick_all(Scheduler(app=broker.app))
    assert not Job.objects.filter(name="gone.long.ago").exists()
    assert strangers(PeriodicTask) == ["gone.long.ago"]


def test_what_is_switched_off_is_not_owed():
    due_since(1)
    PeriodicTask.objects.exclude(task="meals.clean").update(enabled=False)
    tick_all(Scheduler(app=broker.app))
    assert list(Job.objects.values_list("name", flat=True)) == ["meals.clean"]


def test_an_interval_has_one_beginning_for_everybody(night):
    entry = PeriodicTask(interval=IntervalSchedule(every=10, period="seconds"))
    found = {began_of(entry.schedule, night + timedelta(seconds=n)) for n in range(10)}
    assert found == {night}
    assert began_of(schedules.schedule(3600), night + timedelta(minutes=59)) == night


# --- staff ---


@pytest.fixture
def staff():
    user = make_person("keeper")
    user.is_staff = True
    user.save()
    return user


def allow(user, *names):
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    return signed_in(user)


LINE = {"minute": "15", "hour": "5", "day_of_week": "1-5", "day_of_month": "*", "month_of_year": "*"}


def test_staff_change_when_a_job_is_owed(staff):
    entry = PeriodicTask.objects.get(task="meals.clean")
    there = allow(staff, "view_periodictask", "change_periodictask")
    page = f"/admin/django_celery_beat/periodictask/{entry.pk}/change/"
    assert "*/6" in there.get(page).content.decode()
    assert there.post(page, {**LINE, "enabled": "on"}).status_code == 302
    entry.refresh_from_db()
    assert (entry.crontab.hour, str(entry.crontab.timezone), entry.enabled) == ("5", "Asia/Seoul", True)


@pytest.mark.parametrize("wrong", [{"minute": "99"}, {"hour": "x"}, {"day_of_month": "31", "month_of_year": "2"}])
def test_a_line_that_cannot_be_is_refused(staff, wrong):
    entry = PeriodicTask.objects.get(task="meals.clean")
    there = allow(staff, "view_periodictask", "change_periodictask")
    answer = there.post(
        f"/admin/django_celery_beat/periodictask/{entry.pk}/change/", {**LINE, "enabled": "on", **wrong}
    )
    assert answer.status_code == 200
    entry.refresh_from_db()
    assert entry.crontab.hour == "*/6"


def test_staff_who_may_look_change_nothing_and_nobody_adds_or_deletes(staff):
    entry = PeriodicTask.objects.get(task="meals.clean")
    there = allow(staff, "view_periodictask", "add_periodictask", "delete_periodictask")
    base = "/admin/django_celery_beat/periodictask/"
    assert there.get(base).status_code == there.get(f"{base}{entry.pk}/change/").status_code == 200
    assert there.post(f"{base}{entry.pk}/change/", {**LINE, "enabled": ""}).status_code == 403
    assert there.get(f"{base}add/").status_code == there.get(f"{base}{entry.pk}/delete/").status_code == 403
    assert there.get("/admin/django_celery_beat/crontabschedule/").status_code == 404


@pytest.fixture
def dead():
    return Job.objects.create(
        name="insights.say_day", args={"owner_id": 7, "language": "두통약"}, key="words:속삭임", state="dead", attempts=6,
        error="TimeoutError", run_at=clock.now(), finished_at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_dead_are_shown_with_numbers_and_without_words(staff, dead, language):
    there = allow(staff, "view_deadletter", "view_job")
    for page in ("deadletter/", f"deadletter/{dead.pk}/change/", "job/", f"job/{dead.pk}/change/"):
        answer = there.get(f"/admin/kernel/{page}", headers={"accept-language": language})
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "두통약" not in text and "속삭임" not in text
    assert "owner_id 7" in there.get("/admin/kernel/deadletter/").content.decode()


def test_whoever_may_only_look_sees_no_buttons_and_settles_nothing(staff, dead):
    there = allow(staff, "view_deadletter")
    assert 'value="owe_again"' not in there.get(f"/admin/kernel/deadletter/{dead.pk}/change/").content.decode()
    there.post("/admin/kernel/deadletter/", {"action": "owe_again", "_selected_action": dead.pk, "index": 0})
    assert Job.objects.get().state == "dead"


@pytest.mark.parametrize(("action", "left"), [("owe_again", ["waiting"]), ("drop", [])])
def test_a_press_of_a_button_settles_a_dead_job(staff, dead, action, left):
    there = allow(staff, "view_deadletter", "change_deadletter", "delete_deadletter")
    assert f'value="{action}"' in there.get(f"/admin/kernel/deadletter/{dead.pk}/change/").content.decode()
    there.post("/admin/kernel/deadletter/", {"action": action, "_selected_action": dead.pk, "index": 0})
    assert list(Job.objects.values_list("state", flat=True)) == left


def test_a_broken_access_record_is_found_among_the_dead_jobs_by_its_name(monkeypatch, caplog):
    broken = type("Found", (), {"fault": "row 3 is missing", "rows": 2})()
    monkeypatch.setattr("onharu.kernel.nightly.checking.check", lambda: broken)
    monkeypatch.setattr(registry, "periods", {})
    jobs.enqueue("kernel.verify_access")
    jobs.run_due()
    assert Job.objects.get().error == "RecordBroken"
