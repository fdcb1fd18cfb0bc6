"""The second wall, on PostgreSQL: a query that forgot its owner finds nothing of others, and writes nothing there."""

import threading
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import get_resolver

from conftest import PASSWORD, make_person, signed_in
from onharu.accounts import principal
from onharu.kernel import days, jobs, ticks, walls
from onharu.kernel.access.chain import Act, append
from onharu.kernel.access.tables import AccessRow
from onharu.kernel.idempotency import SavedReply
from onharu.kernel.walls import building
from onharu.kernel.walls.asking import HOUSE, NOBODY, asking
from onharu.kernel.walls.postgres import base
from onharu.records.meals.models import Ingredient, Meal, MealItem, OwnFood, Water
from onharu.records.medication.models import Dose, Share
from onharu.records.medication.tests.dosing import NOON, at_times, regimen
from onharu.records.medication.tests.sharing import share_with
from onharu.site import checks
from tests.test_strangers import told

postgres = pytest.mark.postgres
# Tables that know people and have no wall, with the reason.
OPEN = {
    "accounts.Profile": "read to find out who asks, and for the names of family",
    "accounts.SignIn": "read to find out who asks",
    "accounts.SecondStep": "read before anybody is signed in",
    "accounts.Passkey": "read before anybody is signed in",
    "accounts.PasskeyStart": "read before anybody is signed in",
    "accounts.User_groups": "staff's, which Django's own admin keeps",
    "accounts.User_user_permissions": "staff's, which Django's own admin keeps",
    "accounts.SignInStart": "read before anybody is signed in",
    "accounts.SignInCode": "read before anybody is signed in",
}


@pytest.fixture
def walled(db, settings):
    """The wall stands; whatever the test itself does it does for the house."""
    building.build()
    settings.ROW_SECURITY = True
    yield
    settings.ROW_SECURITY = False
    if connection.in_atomic_block:
        connection.cursor().close()  # tells the connection that it is the house's again
    else:
        connection.close()
        connection.close_pool()


@pytest.fixture
def both(owner, relative):
    """A meal and a drink of each of two people."""
    for person in (owner, relative):
        meal = Meal.objects.create(owner=person, day="2026-11-22", slot="LUNCH", eaten_at=NOON, created_at=NOON)
        Water.objects.create(owner=person, day="2026-11-22", ml=200)
        days.touch(person.pk, NOON.date(), part="meals")
        assert meal.pk


def test_every_table_that_knows_people_has_a_wall_or_a_reason():
    walled = {wall.table for wall in building.walls()}
    ours = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("onharu.")]
    known = {"accounts.User"} | set(OPEN)
    for model in ours:
        leads = {field.related_model._meta.label for field in model._meta.concrete_fields if field.related_model}
        if model._meta.db_table not in walled and model._meta.label not in known:
            assert "accounts.User" not in leads, model
            assert not leads & {one._meta.label for one in ours if one._meta.db_table in walled}, model
    assert {"meals_ingredient", "kernel_accessrow", "kernel_savedreply", "medication_reminder_doses"} <= walled
    assert all(name in {model._meta.label for model in ours} for name in OPEN)


def test_outside_of_the_server_the_house_works_and_there_nobody_does():
    assert asking() == HOUSE
    with walls.as_person(7):
        assert asking() == "7"
        with walls.for_house():
            assert asking() == HOUSE
        assert asking() == "7"
        walls.become(8)
        assert asking() == "8"
    assert asking() == HOUSE


def test_a_thread_of_the_server_that_says_nothing_works_for_nobody(monkeypatch):
    monkeypatch.setattr("onharu.kernel.walls.asking._otherwise", [HOUSE])
    walls.trust_nobody()
    heard = []
    thread = threading.Thread(target=lambda: heard.append(asking()))
    thread.start()
    thread.join()
    assert heard == [NOBODY]


def test_jobs_and_ticks_work_for_the_house(db, monkeypatch):
    monkeypatch.setattr(jobs.thread, "close_old_connections", lambda: None)
    monkeypatch.setattr(ticks, "close_old_connections", lambda: None)
    monkeypatch.setattr("onharu.kernel.walls.asking._otherwise", [NOBODY])
    monkeypatch.setattr(ticks, "_looks", {"a": (1.0, lambda: heard.append(asking()))})
    heard = []
    ticks.Ticker().look()
    worker = jobs.Worker()
    monkeypatch.setattr(worker, "_look", lambda: (heard.append(asking()), worker.end_soon())[1] or True)
    worker.run()
    assert heard == [HOUSE, HOUSE]
    assert asking() == NOBODY


def test_row_security_is_postgres_alone(db):
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="SQLite has none"):
            call_command("row_security")
    assert building.lacking() == ([] if connection.vendor == "sqlite" else building.lacking())


@postgres
def test_a_query_that_forgot_its_owner_sees_one_persons_rows(walled, both, owner, relative, stranger):
    for person, seen in ((owner, 1), (relative, 1), (stranger, 0)):
        with walls.as_person(person.pk):
            for model in (Meal, Water, days.DayVersion, days.PersonVersion):
                assert model.objects.count() == seen, (person, model)
                assert set(model.objects.values_list("owner_id", flat=True)) <= {person.pk}
    with walls.for_nobody():
        assert Meal.objects.count() == 0
    assert Meal.objects.count() == 2


@postgres
def test_a_query_that_forgot_its_owner_changes_and_deletes_nothing_of_others(walled, both, owner, relative):
    with walls.as_person(relative.pk):
        assert Water.objects.update(ml=999) == 1
        assert Water.objects.filter(owner=owner).delete()[0] == 0
        for write in (
            lambda: Water.objects.create(owner=owner, day="2026-11-23", ml=1),
            lambda: Water.objects.filter(owner=relative).update(owner=owner, day="2026-11-25"),
            lambda: Water.objects.bulk_create([Water(owner=owner, day="2026-11-27", ml=3)]),
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                write()
    assert Water.objects.get(owner=owner).ml == 200
    assert Water.objects.filter(owner=owner).count() == 1


@postgres
def test_rows_below_anothers_row_are_behind_its_wall(walled, owner, relative, rice):
    food = OwnFood.objects.create(owner=owner, name="우리집 국", created_at=NOON)
    Ingredient.objects.create(recipe=food, name="무", grams=10, quantity=10)
    with walls.as_person(relative.pk):
        assert Ingredient.objects.count() == 0
    with walls.as_person(owner.pk):
        assert Ingredient.objects.count() == 1


@postgres
def test_the_access_record_shows_ones_own_and_anybody_may_add(walled, owner, relative):
    with walls.as_person(relative.pk):
        append([Act("look", "GET x", str(relative.pk), owner.pk), Act("look", "GET x", "1", relative.pk)], at=NOON)
        assert [row.whose for row in AccessRow.objects.all()] == [relative.pk]
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessRow.objects.update(who="9")
    assert AccessRow.objects.count() == 2


@postgres
def test_what_a_connection_was_told_ends_with_a_rollback(walled, both, owner, relative):
    """What is said within a transaction is unsaid with it: the next statement must not run as whoever was before."""
    with walls.as_person(owner.pk):
        assert Meal.objects.count() == 1
    with transaction.atomic(), walls.as_person(relative.pk):
        assert Meal.objects.get().owner_id == relative.pk
        transaction.set_rollback(True)
    with walls.as_person(relative.pk):
        assert Meal.objects.get().owner_id == relative.pk
    with walls.as_person(owner.pk):
        with pytest.raises(DatabaseError), transaction.atomic(), walls.as_person(relative.pk):
            connection.cursor().execute("SELECT 1 / 0")
        assert Meal.objects.get().owner_id == owner.pk


@postgres
@pytest.mark.django_db(transaction=True)
def test_a_whole_transaction_that_is_taken_back_unsays_for_whom(walled, both, owner, relative):
    with walls.as_person(owner.pk):
        assert Meal.objects.count() == 1
    with transaction.atomic(), walls.as_person(relative.pk):
        assert Meal.objects.get().owner_id == relative.pk
        transaction.set_rollback(True)
    with walls.as_person(relative.pk):
        assert Meal.objects.get().owner_id == relative.pk


@postgres
@pytest.mark.django_db(transaction=True)
def test_a_pooled_connection_that_somebody_used_before_shows_nothing_of_them(walled, both, owner, relative):
    """One connection goes from hand to hand, also out of a transaction that nobody ended."""
    connection.close()
    connection.close_pool()  # which may hold many by now
    servers = []
    for person in (owner, relative, owner):
        connection.close()
        with walls.as_person(person.pk):
            assert [meal.owner_id for meal in Meal.objects.all()] == [person.pk]
            servers.append(connection.connection.info.backend_pid)
            transaction.set_autocommit(False)
            Meal.objects.count()
    connection.close()
    with walls.for_nobody():
        assert Meal.objects.count() == 0
        servers.append(connection.connection.info.backend_pid)
    assert len(set(servers)) < len(servers)


@postgres
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_somebody_used_in_between_is_told_anew(walled, both, owner, relative):
    """The same thread for the same person, but every connection of the pool worked for somebody else meanwhile."""
    wrong = []

    def look(person):
        with walls.as_person(person.pk):
            wrong.append([meal.owner_id for meal in Meal.objects.all()] != [person.pk])
        connection.close()

    look(owner)
    between = threading.Thread(target=lambda: [look(relative) for _ in range(20)])
    between.start()
    between.join()
    look(owner)
    assert wrong == [False] * 22


@postgres
@pytest.mark.django_db(transaction=True)
def test_threads_of_a_pool_never_see_each_others(walled, both, owner, relative):
    wrong = []

    def look(person):
        for _ in range(40):
            with walls.as_person(person.pk):
                wrong.extend(meal for meal in Meal.objects.all() if meal.owner_id != person.pk)
            connection.close()

    threads = [threading.Thread(target=look, args=[person]) for person in (owner, relative) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@contextmanager
def counting(monkeypatch):
    """Gather what connections are told in a block."""
    tell, told_now = base.DatabaseWrapper._tell, []

    def counted(one):
        before = one.told
        tell(one)
        told_now.extend([one.told] if one.told != before else [])

    with monkeypatch.context() as patch:
        patch.setattr(base.DatabaseWrapper, "_tell", counted)
        yield told_now


@postgres
def test_a_request_costs_one_statement_more_and_only_in_this_mode(walled, both, owner, settings, monkeypatch):
    browser = signed_in(owner)
    for path in ("/today/", "/api/meals/", "/api/today/summary/", "/medicines/", "/journal/"):
        principal.reset()  # the dearest case: who asks is not remembered
        connection.told = None
        with counting(monkeypatch) as statements:
            assert browser.get(path).status_code == 200
        assert statements == [str(owner.pk)], path
    settings.ROW_SECURITY = False
    browser.get("/today/")
    with counting(monkeypatch) as statements:
        browser.get("/today/")
    assert statements == []


@postgres
def test_every_page_and_list_says_the_same_with_the_wall_as_without(walled, both, owner, relative, settings, noon):
    """Every address without a row in it, asked by somebody with rows."""
    browser = signed_in(owner)
    regimen(owner, at_times(8, 20), at=NOON)
    share_with(relative, owner, label="엄마")
    paths = ["/" + path for path in plain_addresses()]
    assert len(paths) > 80
    for path in paths:
        settings.ROW_SECURITY = False
        without, again = (told(browser.get(path), path) for _ in range(2))
        settings.ROW_SECURITY = True
        behind = told(browser.get(path), path)
        settings.ROW_SECURITY = False
        # A form whose rows get a new name each time is the same in length.
        assert behind == without or (without != again and len(behind[2]) == len(without[2])), path


def plain_addresses(patterns=None, before=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from plain_addresses(pattern.url_patterns, route)
        elif "<" not in route and not route.startswith(("events", "auth/", "^", "admin")) and "$" not in route:
            yield route


@postgres
def test_family_sees_marks_and_leaves_behind_the_wall(walled, noon, owner, relative, stranger_browser):
    regimen(owner, at_times(8, 20), at=NOON)
    share = share_with(owner, relative, may_mark=True, label="딸")
    there = signed_in(relative)
    day = there.get(f"/api/shared/{share.pk}/schedules/")
    (first, *_) = day.json()["doses"]
    marked = f"/api/shared/{share.pk}/schedules/{first['id']}/taken/"
    assert there.put(marked, {"taken": True}, content_type="application/json").json()["by_me"] is True
    assert Dose.objects.get(owner=owner, planned_at__isnull=False, events__by=relative).owner_id == owner.pk
    assert there.put(marked, {"taken": False}, content_type="application/json").status_code == 200
    assert there.get(f"/medicines/family/{share.pk}/").status_code == 200
    assert stranger_browser.get(f"/api/shared/{share.pk}/schedules/").status_code == 404
    assert there.get("/api/schedules/").json()["results"] == []
    assert there.delete(f"/api/shared/{share.pk}/").status_code == 204
    assert there.get(f"/api/shared/{share.pk}/schedules/").status_code == 404
    assert {row.whose for row in AccessRow.objects.filter(who=str(relative.pk))} == {owner.pk}


@postgres
def test_an_invitation_is_taken_up_behind_the_wall(walled, noon, browser, relative):
    code = browser.post("/api/shares/", {"label": "딸"}, content_type="application/json").json()["code"]
    there = signed_in(relative)
    assert there.post("/api/shares/accept/", {"code": code}, content_type="application/json").status_code == 200
    assert Share.objects.get().viewer_id == relative.pk


@postgres
def test_a_calendar_program_reads_behind_the_wall(walled, noon, browser, owner, client):
    regimen(owner, at_times(8, 20), at=NOON)
    address = browser.post("/api/calendar-feed/", {}, content_type="application/json").json()["url"]
    assert b"BEGIN:VEVENT" in client.get(address).content


@postgres
def test_signing_up_and_writing_work_behind_the_wall(walled, client, rice, noon):
    person = {"username": "haru", "password": PASSWORD, "email": "h@example.com", "health_data": True}
    access = client.post("/auth/register/", person, content_type="application/json").json()["access"]
    said = {"items": [{"food": rice.pk, "quantity": 1, "unit": "공기"}]}
    headers = {"Authorization": f"Bearer {access}", "Idempotency-Key": "k1"}
    first = client.post("/api/meals/", said, content_type="application/json", headers=headers)
    again = client.post("/api/meals/", said, content_type="application/json", headers=headers)
    assert (first.status_code, again.content) == (201, first.content)
    assert SavedReply.objects.count() == MealItem.objects.count() == 1


@postgres
def test_staff_see_everybody_in_the_admin_and_nobody_elsewhere(walled, both, owner, monkeypatch):
    keeper = make_person("keeper")
    keeper.is_staff = keeper.is_superuser = True
    keeper.save()
    there = signed_in(keeper)
    assert len(there.get("/admin/meals/meal/").context_data["cl"].result_list) == 2
    with counting(monkeypatch) as told:
        assert there.get("/api/meals/").json()["results"] == []
    assert told[:1] == [str(keeper.pk)]


@postgres
def test_a_start_is_refused_while_a_table_has_no_wall(db, settings):
    building.build()
    settings.ROW_SECURITY = True
    assert checks.walls_refusal() is None
    with transaction.atomic():
        connection.cursor().execute("DROP POLICY onharu_own ON meals_meal")
        assert "1 tables have no row security, the first is meals_meal. Run: onharu row_security" in str(
            checks.walls_refusal()
        )
        building.build()
        assert checks.walls_refusal() is None
        connection.cursor().execute("ALTER TABLE meals_water NO FORCE ROW LEVEL SECURITY")
        assert building.lacking() == ["meals_water"]
        transaction.set_rollback(True)


@postgres
def test_the_command_raises_the_walls_and_takes_them_down(db, capsys):
    call_command("row_security")
    assert building.lacking() == []
    call_command("row_security", "--off")
    assert len(building.lacking()) == len(building.walls())


@postgres
def test_up_refuses_to_serve_while_a_table_has_no_wall(db, settings):
    building.build()
    settings.ROW_SECURITY = True
    with transaction.atomic():
        connection.cursor().execute("DROP POLICY onharu_own ON meals_meal")
        assert "1 tables have no row security, the first is meals_meal" in str(checks.refusal())
        transaction.set_rollback(True)
