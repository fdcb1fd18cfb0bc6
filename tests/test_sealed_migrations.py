"""Rows that were written before columns were sealed: sealed on the way forward, readable again on the way back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from onharu.kernel.idempotency import Reply, once
from onharu.kernel.sealing import keyed
from onharu.records.journal.actions import tags

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
DAY, AT = date(2026, 11, 22), datetime(2026, 11, 22, 3, tzinfo=UTC)
BEFORE = {
    "goals": "0001_goals_targets_measurements", "insights": "0001_cards_and_words", "journal": "0001_initial",
    "meals": "0001_initial", "medication": "0007_shares", "workouts": "0001_initial", "kernel": "0003_extra_holidays",
}  # fmt: skip
SEALED = dict.fromkeys(BEFORE, "0002_sealed") | {"medication": "0008_sealed", "kernel": "0004_sealed"}
ROOMS = [room for room in BEFORE if room != "kernel"]


class Way:
    """The way back to before and forth again, for some rooms."""

    def __init__(self) -> None:
        self.loader = MigrationLoader(connection)
        self.gone: list[str] = []

    def back(self, *rooms: str) -> Any:
        """Undo the sealing of these rooms; returns the models as they were, by label."""
        found = {}
        for room in rooms:
            state = self.step(room, "unapply")
            found |= {f"{room}.{model.__name__}": model for model in state.apps.get_app_config(room).get_models()}
            self.gone.append(room)
        return found

    def forth(self) -> None:
        """Seal what was opened."""
        while self.gone:
            self.step(self.gone.pop(), "apply")

    def step(self, room: str, way: str) -> Any:
        state = self.loader.project_state((room, BEFORE[room]))
        migration = self.loader.get_migration_by_prefix(room, SEALED[room])
        with connection.schema_editor(atomic=True) as editor:
            getattr(migration, way)(state.clone(), editor)
        return state


@pytest.fixture
def way() -> Iterator[Way]:
    """The way back and forth; it ends where it began."""
    found = Way()
    yield found
    found.forth()


def raw(table: str, column: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {table} ORDER BY 1')
        return [value for (value,) in cursor.fetchall()]


def sealed(table: str, *columns: str) -> bool:
    found = [value for column in columns for value in raw(table, column)]
    return bool(found) and all(value.startswith("s1.") for value in found)


def write(models: Any, owner: int) -> None:
    """Write a row of each kind as the rooms did before."""
    mine = {"owner_id": owner, "created_at": AT}
    make = lambda label, /, **said: models[label].objects.create(**said)  # noqa: E731
    make(
        "goals.Measurement",
        **mine,
        kind="BLOOD_PRESSURE",
        day=DAY,
        at=AT,
        value=Decimal("118.5"),
        value2=76,
        note="앉아서",
    )
    make("goals.Goal", **mine, kind="WEIGHT", title="가볍게", target=60, start_value=Decimal("70.5"), start_day=DAY)
    make("journal.DailyReport", **mine, changed_at=AT, day=DAY, highlights="s1.이렇게 시작하는 글", challenges="")
    make("journal.Tag", **mine, name="Late Night", spelling="latenight")
    meal = make("meals.Meal", **mine, day=DAY, slot="LUNCH", eaten_at=AT, note="반만")
    make("meals.MealItem", **mine, meal=meal, name="엄마 김밥", quantity=1, unit="줄", grams=230, grams_source="GUESS")
    make(
        "meals.Analysis", owner_id=owner, created_at=AT, key="0" * 32, kind="TEXT", digest="d" * 64, text="김밥 한 줄",
        day=DAY, slot="LUNCH", answer={"rows": [{"label": "김밥"}]},
    )  # fmt: skip
    make("medication.Regimen", **mine, name="혈압약", item_seq="200000001", why="혈압", planned_until=AT, changed_at=AT)
    make("medication.Scrap", **mine, changed_at=AT, item_seq="200000001", category="GOOD", notes="식후에")
    make("medication.Viewed", owner_id=owner, viewed_at=AT, item_seq="200000001")
    make(
        "workouts.WorkoutLog", **mine, name="뒷산 걷기", day=DAY, started_at=AT, body_kg=Decimal("61.25"),
        body_kg_source="MEASURED", note="무릎",
    )  # fmt: skip


def test_rows_of_before_are_sealed_and_read_as_they_were(owner, way):
    write(way.back(*ROOMS), owner.pk)
    way.forth()
    assert sealed("goals_measurement", "value", "value2", "note")
    assert sealed("goals_goal", "title", "start_value")
    assert sealed("journal_dailyreport", "highlights")
    assert sealed("meals_meal", "note")
    assert sealed("meals_mealitem", "name")
    assert sealed("meals_analysis", "text", "answer")
    assert sealed("medication_regimen", "name", "item_seq", "why")
    assert sealed("medication_scrap", "item_seq", "notes")
    assert sealed("medication_viewed", "item_seq")
    assert sealed("workouts_workoutlog", "name", "body_kg", "note")

    one = lambda name: apps.get_model(name).objects.get()  # noqa: E731
    measured = one("goals.Measurement")
    assert (measured.value, measured.value2, measured.note) == (Decimal("118.5"), Decimal(76), "앉아서")
    assert one("goals.Goal").start_value == Decimal("70.5")
    assert (one("journal.DailyReport").highlights, one("journal.DailyReport").challenges) == (
        "s1.이렇게 시작하는 글",
        "",
    )
    assert one("meals.Analysis").answer == {"rows": [{"label": "김밥"}]}
    assert one("meals.Analysis").digest == keyed(b"d" * 64)
    assert one("workouts.WorkoutLog").body_kg == Decimal("61.25")
    assert one("medication.Scrap").product != one("medication.Viewed").product
    assert len(one("journal.Tag").spelling) == 32


def test_the_way_back_leaves_the_rows_as_they_were_written(owner, way):
    write(way.back(*ROOMS), owner.pk)
    way.forth()
    models = way.back(*ROOMS)
    one = lambda name: models[name].objects.get()  # noqa: E731
    measured = one("goals.Measurement")
    assert (measured.value, measured.value2, measured.note) == (Decimal("118.5"), Decimal(76), "앉아서")
    assert (one("journal.Tag").name, one("journal.Tag").spelling) == ("Late Night", "latenight")
    assert one("meals.Analysis").answer == {"rows": [{"label": "김밥"}]}
    assert (one("medication.Regimen").name, one("medication.Regimen").item_seq) == ("혈압약", "200000001")
    assert one("medication.Scrap").notes == "식후에"
    assert one("workouts.WorkoutLog").body_kg == Decimal("61.25")
    assert models["goals.Measurement"].objects.filter(value__gte=118).count() == 1


def test_a_tag_of_before_is_found_by_its_word(owner, way):
    tag = way.back("journal")["journal.Tag"].objects.create(
        owner_id=owner.pk, name="야근", spelling="야근", created_at=AT
    )
    way.forth()
    assert tags.add_tag(owner_id=owner.pk, name="#야근").pk == tag.pk


def test_a_reply_that_was_saved_before_is_still_given_again(owner, way):
    way.back("kernel")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_savedreply (owner_id, key, fingerprint, status, body, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [owner.pk, "k", "f" * 64, 201, b'{"id":1}', AT],
        )
    way.forth()
    again = once(owner_id=owner.pk, key="k", mark=keyed(b"f" * 64), run=lambda: Reply(500, b""))
    assert (again.status, again.body, again.replayed) == (201, b'{"id":1}', True)
    assert sealed("kernel_savedreply", "body")
