from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from onharu.kernel import fieldkeys, keyring, sealing
from onharu.kernel.keyring import KeysRefused
from onharu.kernel.resealing import all_columns
from onharu.kernel.sealed import Sealed
from onharu.kernel.sealing import Unreadable, blind, seal, unseal
from onharu.kernel.tests.rings import another_process, keys  # noqa: F401 a fixture

ABOUT = b"table.column"
NOTE = "점심에 두통이 있었다 🌧"


def feedback():
    return apps.get_model("journal.Feedback")


@pytest.fixture
def note(owner, noon):
    return feedback().objects.create(
        owner=owner, day=date(2026, 11, 22), body=NOTE, rating=3, created_at=noon, changed_at=noon
    )


def stored(row, column):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s', [row.pk])
        return cursor.fetchone()[0]


def store(row, column, value):
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {row._meta.db_table} SET "{column}" = %s WHERE id = %s', [value, row.pk])


@given(st.binary(max_size=300))
def test_what_is_sealed_opens_as_it_was(value):
    assert unseal(seal(value, ABOUT), ABOUT) == value


def test_sealing_twice_looks_different_each_time():
    assert seal(b"70.5", ABOUT) != seal(b"70.5", ABOUT)


def test_a_value_names_its_key_and_nothing_else():
    mark, name, body = seal(NOTE.encode(), ABOUT).split(".")
    assert (mark, name) == ("s1", sealing.ring_now().of(keyring.SEALS)[0].name)
    assert len(body) > len(NOTE.encode())


def test_a_value_does_not_open_in_another_column():
    with pytest.raises(Unreadable, match=r"other\.column"):
        unseal(seal(b"x", ABOUT), b"other.column")


def test_every_column_seals_for_itself():
    known = [field.about for columns in all_columns() for field in columns.fields]
    assert len(known) > 20
    assert len(set(known)) == len(known)


def test_a_value_that_was_moved_to_another_column_is_an_error(owner, noon):
    report = apps.get_model("journal.DailyReport").objects.create(
        owner=owner, day=date(2026, 11, 22), highlights=NOTE, created_at=noon, changed_at=noon
    )
    store(report, "challenges", stored(report, "highlights"))
    with pytest.raises(Unreadable, match="challenges"):
        report.refresh_from_db()


@pytest.mark.parametrize("place", [0, 12, 20, -3])
def test_one_changed_sign_is_noticed(place):
    text = seal(b"a longer text than one block of the cipher", ABOUT)
    head, body = text[: text.rindex(".") + 1], text[text.rindex(".") + 1 :].rstrip("=")
    other = "A" if body[place] != "A" else "B"
    at = place % len(body)
    with pytest.raises(Unreadable):
        unseal(head + body[:at] + other + body[at + 1 :], ABOUT)


@pytest.mark.parametrize(
    "text", ["plain", "s1.k.", "s2.k1.AAAA", "s1..AAAA", "s1.k1", "s1.k1.!!!!", ".", "s1.k1.AA AA"]
)
def test_what_was_not_sealed_is_refused_and_never_empty(text):
    with pytest.raises(Unreadable) as refused:
        unseal(text, ABOUT)
    assert text not in str(refused.value) or len(text) < 3


def test_a_note_is_kept_sealed_and_read_open(note):
    assert stored(note, "body").startswith("s1.")
    assert feedback().objects.get(pk=note.pk).body == NOTE
    assert feedback().objects.values_list("body", flat=True).get() == NOTE


def test_a_changed_row_is_an_error_and_never_an_empty_note(note):
    text = stored(note, "body")
    store(note, "body", text[:-6] + ("AAAAAA" if text[-6:] != "AAAAAA" else "BBBBBB"))
    with pytest.raises(Unreadable, match=r"journal_feedback\.body"):
        feedback().objects.get(pk=note.pk)


def test_a_note_written_past_the_seal_is_an_error(note):
    store(note, "body", NOTE)
    with pytest.raises(Unreadable, match="was not sealed") as refused:
        feedback().objects.get(pk=note.pk)
    assert NOTE not in str(refused.value)


def test_nothing_said_stays_nothing(owner, noon):
    row = feedback().objects.create(owner=owner, day=date(2026, 11, 22), rating=3, created_at=noon, changed_at=noon)
    assert stored(row, "body") == ""
    assert feedback().objects.get(pk=row.pk).body == ""


def test_sql_can_ask_only_whether_something_is_said(note):
    assert feedback().objects.exclude(body="").count() == 1
    assert feedback().objects.filter(body="").count() == 0
    for asked in ({"body": NOTE}, {"body__contains": "두통"}, {"body__in": [NOTE]}, {"body__gt": ""}):
        with pytest.raises(FieldError):
            feedback().objects.filter(**asked).count()


def test_a_measured_value_is_a_decimal_again_and_all_are_equally_long(owner, noon):
    measured = apps.get_model("goals.Measurement")
    rows = [
        measured.objects.create(
            owner=owner, kind="GLUCOSE", day=noon.date(), at=noon, created_at=noon, value=Decimal(value)
        )
        for value in ("90", "115.5", "90.0")
    ]
    assert [measured.objects.get(pk=row.pk).value for row in rows] == [Decimal(90), Decimal("115.5"), Decimal(90)]
    assert len({len(stored(row, "value")) for row in rows}) == 1
    with pytest.raises(FieldError):
        measured.objects.filter(value__gte=90).count()


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("meals.Meal", {"note": "가" * 301}),
        ("journal.DailyReport", {"highlights": "가" * 2001}),
        ("journal.Feedback", {"body": "가" * 1001}),
        ("goals.Measurement", {"value": Decimal(1)}),
        ("goals.Measurement", {"value": Decimal(1001)}),
        ("medication.Regimen", {"item_seq": "12345678a"}),
        ("medication.Viewed", {"item_seq": "123456789\n"}),
        ("workouts.WorkoutLog", {"body_kg": Decimal(401)}),
        ("accounts.Profile", {"height_cm": Decimal(49)}),
    ],
)
def test_what_no_constraint_can_see_any_more_is_refused_before_it_is_sealed(label, said):
    ((name, value),) = said.items()
    field = apps.get_model(label)._meta.get_field(name)
    with pytest.raises(ValidationError):
        field.get_db_prep_save(value, connection)


def test_a_decimal_is_judged_as_it_is_kept():
    field = apps.get_model("workouts.WorkoutLog")._meta.get_field("body_kg")
    text = field.get_db_prep_save(Decimal("61.24999"), connection)
    assert field.from_db_value(text, None, connection) == Decimal("61.25")


def test_no_sealed_column_is_ordered_by_indexed_or_unique():
    for columns in all_columns():
        names = {field.name for field in columns.fields}
        options = columns.fields[0].model._meta
        asked = [name.lstrip("-") for name in options.ordering]
        asked += [name.lstrip("-") for index in options.indexes for name in index.fields]
        asked += [
            name for one in options.constraints if isinstance(one, models.UniqueConstraint) for name in one.fields
        ]
        assert names.isdisjoint(asked), options.label
        assert not [field.name for field in columns.fields if field.unique or field.db_index], options.label


def test_a_blind_index_tells_apart_words_owners_and_columns_and_nothing_else():
    marks = {blind("t.a", 1, "두통"), blind("t.a", 1, "야근"), blind("t.a", 2, "두통"), blind("t.b", 1, "두통")}
    assert len(marks) == 4
    assert blind("t.a", 1, "두통") in marks
    assert all(len(mark) == 32 for mark in marks)


def test_another_index_key_makes_other_marks(keys, monkeypatch):  # noqa: F811
    before = blind("t.a", 1, "두통")
    keyring.replace_file(keys, keyring.fresh_ring())
    another_process(monkeypatch)
    assert blind("t.a", 1, "두통") != before


def test_a_value_of_a_key_that_is_not_there_says_which(keys, monkeypatch):  # noqa: F811
    text = seal(b"x", ABOUT)
    name = text.split(".")[1]
    keyring.replace_file(keys, keyring.fresh_ring())
    another_process(monkeypatch)
    with pytest.raises(Unreadable, match=f"{name}, which is not among"):
        unseal(text, ABOUT)


def test_a_value_of_a_retired_key_says_so(keys, monkeypatch):  # noqa: F811
    text = seal(b"x", ABOUT)
    name = text.split(".")[1]
    ring = keyring.read_file(keys).with_key(keyring.fresh_key(keyring.OPENS))
    opens = ring.of(keyring.OPENS)[0].name
    states = {name: keyring.RETIRED, opens: keyring.SEALS}
    retired = keyring.Keyring(
        tuple(keyring.Key(states.get(key.name, key.state), key.name, key.secret) for key in ring.keys)
    )
    keyring.replace_file(keys, retired)
    another_process(monkeypatch)
    with pytest.raises(Unreadable, match="retired"):
        unseal(text, ABOUT)


def test_a_value_of_a_key_made_meanwhile_opens_without_a_new_start(keys):  # noqa: F811
    seal(b"the ring is read", ABOUT)
    fresh = keyring.fresh_key(keyring.NEXT)
    text = sealing.seal_with(fresh, b"from a server that knows more", ABOUT)
    keyring.replace_file(keys, keyring.read_file(keys).with_key(fresh))
    assert unseal(text, ABOUT) == b"from a server that knows more"


def test_a_process_seals_with_the_new_key_a_moment_later(keys, monkeypatch):  # noqa: F811
    old = seal(b"x", ABOUT).split(".")[1]
    ring = keyring.read_file(keys).with_key(keyring.fresh_key(keyring.NEXT))
    new = ring.of(keyring.NEXT)[0].name
    keyring.replace_file(keys, ring.with_states(**{old: keyring.OPENS, new: keyring.SEALS}))
    at = sealing.clock.monotonic()
    monkeypatch.setattr(sealing.clock, "monotonic", lambda: at + sealing.LOOK_AGAIN + 0.1)
    assert seal(b"x", ABOUT).split(".")[1] == new


def test_without_keys_nothing_is_sealed(keys, monkeypatch):  # noqa: F811
    keys.unlink()
    another_process(monkeypatch)
    with pytest.raises(KeysRefused, match="missing"):
        seal(b"x", ABOUT)


@pytest.mark.django_db
def test_the_keys_a_database_knows_are_asked_for_at_the_start(keys, monkeypatch):  # noqa: F811
    assert fieldkeys.wrong_with_keys() is None
    fieldkeys.vouch()
    fieldkeys.vouch()
    assert fieldkeys.FieldKey.objects.count() == 1
    assert fieldkeys.wrong_with_keys() is None
    ring = keyring.read_file(keys)
    name = ring.of(keyring.SEALS)[0].name

    keyring.replace_file(keys, keyring.fresh_ring())
    another_process(monkeypatch)
    assert f"sealed with the field key {name}, which is not in {keys}" in str(fieldkeys.wrong_with_keys())

    other = keyring.Key(keyring.SEALS, name, b"1" * 32)
    keyring.replace_file(keys, keyring.Keyring((other, *ring.of(keyring.INDEX))))
    another_process(monkeypatch)
    assert "is another one" in str(fieldkeys.wrong_with_keys())

    keys.unlink()
    assert "missing" in str(fieldkeys.wrong_with_keys())


def test_a_development_house_makes_its_keys_by_itself(keys, settings, monkeypatch):  # noqa: F811
    keys.unlink()
    settings.DEBUG = True
    another_process(monkeypatch)
    assert unseal(seal(b"x", ABOUT), ABOUT) == b"x"
    assert keys.exists()


def test_every_kind_of_sealed_column_goes_back_to_what_it_held_open():
    fields = {type(field): field for columns in all_columns() for field in columns.fields}
    said = {"SealedTextField": "글", "SealedDecimalField": Decimal("70.5"), "SealedJSONField": {"가": [1, None]}}
    for kind, value in said.items():
        field = next(field for one, field in fields.items() if one.__name__ == kind)
        assert field.from_plain(field.to_plain(value)) == value
        assert field.value_of(field.bytes_of(value)) == value
    assert issubclass(next(iter(fields)), Sealed)
