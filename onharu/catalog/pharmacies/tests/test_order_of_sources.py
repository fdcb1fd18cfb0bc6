"""Whichever source comes first, in files or page by page, the same shelf comes out."""

from datetime import date
from itertools import permutations

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onharu.catalog.pharmacies.actions.storing import store_pharmacies
from onharu.catalog.pharmacies.actions.tallies import Tally
from onharu.catalog.pharmacies.models import Area, Listing, Pharmacy, WeekHours
from onharu.catalog.pharmacies.rules.rows import PharmacyRow
from onharu.names import public as names
from onharu.names.models import Segment, Shelf

HOUSES = (
    "서울특별시 강남구 헌릉로571길 7, 1층 (세곡동)",
    "서울특별시 강남구 밤고개로 200 (세곡동)",
    "서울특별시 강남구 밤고개로 202",
    "",
)
WEEKS = (None, (((540, 1140),),) * 5 + (((540, 780),), None, None), (((0, 1440),),) * 8)
COLUMNS = (
    "hpid", "hira_id", "name", "address", "province", "district", "neighbourhood", "phone", "latitude", "longitude", "x",
    "week__text", "source", "as_of", "hours_source", "hours_as_of", "gone_on",
)  # fmt: skip


def row(kind, number, name, phone, house, north, day, week):
    said = HOUSES[house]
    return PharmacyRow(
        hpid=f"C110000{number}" if kind == "nmc" else "",
        hira_id=f"h{number}" if kind == "hira" else "",
        name=name,
        address=said,
        province="서울" if said else "",
        district="강남구" if said else "",
        neighbourhood="세곡동" if "세곡동" in said else "",
        phone=phone,
        latitude=None if north is None else 37.466 + north / 111_195,
        longitude=None if north is None else 127.1,
        week=WEEKS[week] if kind == "nmc" else None,
        source=kind,
        as_of=date(2026, 1, day),
    )


ROWS = st.builds(
    row,
    st.sampled_from(["nmc", "hira"]),
    st.integers(0, 3),
    st.sampled_from(["온누리약국", "온누리 약국", "세곡약국"]),
    st.sampled_from(["", "02-445-1460", "02-445-9999"]),
    st.integers(0, 3),
    st.sampled_from([None, 0.0, 40.0, 200.0, 2000.0]),
    st.integers(1, 3),
    st.integers(0, 2),
)
# Of one source and one key, each day says one thing.
LISTS = st.lists(ROWS, max_size=8, unique_by=lambda one: (one.kind, one.key, one.as_of))


def clear():
    for model in (Pharmacy, Listing, Area, WeekHours, Segment, Shelf):
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')


def shelf():
    """What anybody can see of the shelf: the rows, the areas, and what is found by name. Ids are nobody's business."""
    listed = Pharmacy.objects.filter(same_as__isnull=True)
    by_key = {one.pk: (one.hpid, one.hira_id) for one in listed}
    return (
        sorted(listed.values_list(*COLUMNS), key=str),
        sorted(Area.objects.values_list("province", "district", "neighbourhood", "latitude", "pharmacies")),
        {
            text: sorted((by_key[hit.key] for hit in names.search("pharmacies", text).hits), key=str)
            for text in ("온누리약국", "세곡약국")
        },
    )


def stored(*pages):
    clear()
    for page in pages:
        store_pharmacies(page, tally=Tally())
    return shelf()


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=LISTS, order=st.randoms(use_true_random=False))
def test_the_order_in_which_rows_come_does_not_matter(db, rows, order):
    once = stored(rows)
    by_source = [[one for one in rows if one.kind == kind] for kind in ("nmc", "hira")]
    assert stored(*by_source) == once
    assert stored(*reversed(by_source)) == once
    mixed = list(rows)
    order.shuffle(mixed)
    assert stored(*([one] for one in mixed)) == once


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=LISTS)
def test_storing_again_changes_nothing_and_nobody_loses_a_pharmacy(db, rows):
    clear()
    met: set[int] = set()
    for one in rows:
        store_pharmacies([one], tally=Tally())
        met |= set(Pharmacy.objects.values_list("pk", flat=True))
    before = list(Pharmacy.objects.order_by("pk").values())
    tally = Tally()
    store_pharmacies(rows, tally=tally)
    assert list(Pharmacy.objects.order_by("pk").values()) == before
    assert (tally.new, tally.changed) == (0, 0)
    # A pharmacy that somebody may keep is never deleted, and leads to one that lives, in one step.
    assert met <= set(Pharmacy.objects.values_list("pk", flat=True))
    for folded in Pharmacy.objects.filter(same_as__isnull=False):
        assert (folded.same_as.same_as_id, folded.hpid, folded.hira_id) == (None, None, None)
    living = Pharmacy.objects.filter(same_as__isnull=True).values_list("hpid", "hira_id")
    assert all(hpid or hira for hpid, hira in living)


def test_three_readings_come_to_one_shelf_in_all_orders(db):
    hira = row("hira", 1, "세곡약국", "", 0, 0.0, 3, 0)
    seoul = row("nmc", 1, "온누리약국", "02-445-1460", 0, 40.0, 1, 1)
    night = row("nmc", 1, "세곡약국", "02-445-1460", 0, 40.0, 2, 2)
    shelves = [stored(*([one] for one in order)) for order in permutations([hira, seoul, night])]
    assert all(one == shelves[0] for one in shelves)
    (kept,) = shelves[0][0]
    assert (kept[0], kept[1], kept[2], kept[7]) == ("C1100001", "h1", "세곡약국", "02-445-1460")
