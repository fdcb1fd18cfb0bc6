"""The directory from the wire: written page by page, gone on with where it stopped, and only whole ones end anything."""

from datetime import date, timedelta

import pytest

from onharu.catalog.pharmacies.actions import refreshing
from onharu.catalog.pharmacies.actions.refreshing import refresh_pharmacies
from onharu.catalog.pharmacies.models import Listing, Pharmacy, Refresh
from onharu.catalog.pharmacies.queries.facts import facts_of
from onharu.catalog.pharmacies.tests.directory import SETTING, Backend, fact, facts, unfit
from onharu.kernel import clock, readings
from onharu.kernel.problems import Conflict, Invalid
from onharu.upstream import registry
from onharu.upstream.faults import Refused, Unavailable
from onharu.upstream.pharmacy_directory import DIRECTORY, LIST

pytestmark = pytest.mark.django_db
NINE_TO_SEVEN = ((540, 1140),)
QUOTA = Unavailable("data_go_kr_nmc", "quota", retry_after=12 * 3600)
NO_SERVICE = Refused("data_go_kr_nmc", "no_service")
FAULTS = [
    Unavailable("data_go_kr_nmc", "no_connection"), Unavailable("data_go_kr_nmc", "deadline"),
    Unavailable("data_go_kr_nmc", "garbled"), Unavailable("data_go_kr_nmc", "wrong_rows"),
    Refused("data_go_kr_nmc", "forbidden"), Refused("data_go_kr_nmc", "key_unknown"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def wire(settings):
    settings.UPSTREAM = SETTING
    registry.reset()
    Backend.reset()
    yield Backend
    Backend.reset()
    registry.reset()


@pytest.fixture
def later(monkeypatch):
    """Let time pass."""

    def passes(**span):
        now = clock.now() + timedelta(**span)
        monkeypatch.setattr(clock, "now", lambda: now)

    return passes


def counts(table):
    return (table.arrived, table.new, table.changed, table.same, len(table.refused), table.gone)


def shelf():
    """Everything that the shelf says, apart from when it was confirmed."""
    columns = [field.attname for field in Pharmacy._meta.concrete_fields if field.attname != "refreshed_at"]
    return list(Pharmacy.objects.order_by("pk").values_list(*columns))


def gone():
    return sorted(Pharmacy.objects.filter(gone_on__isnull=False).values_list("hpid", flat=True))


def only(hpid="C2000000"):
    pk = Pharmacy.objects.get(hpid=hpid).pk
    return facts_of([pk])[pk]


def test_the_directory_comes_onto_the_shelf(wire, noon):
    wire.tables = {DIRECTORY: facts(7)}
    report = refresh_pharmacies()
    assert (report.kind, report.stopped, [table.table for table in report.tables]) == ("pharmacies", None, [DIRECTORY])
    assert counts(report.tables[0]) == (7, 7, 0, 0, 0, 0)
    assert report.tables[0].finished
    found = only()
    assert (found.name, found.phone, found.neighbourhood) == ("하루0약국", "02-6000-1234", "역삼동")
    assert found.week == (*(NINE_TO_SEVEN,) * 6, None, None)
    assert (found.place.latitude, found.source, found.as_of) == (
        37.4,
        "국립중앙의료원 전국 약국 정보",
        date(2026, 11, 22),
    )
    assert set(Pharmacy.objects.values_list("refreshed_at", flat=True)) == {noon}


def test_hours_that_nobody_understands_are_unknown_and_never_closed(wire):
    junk = (("9960", "1900"), ("0900", "0900"), ("0900", ""), *(("", ""),) * 5)
    wire.tables = {DIRECTORY: [fact(0, hours=junk), fact(1, hours=(("2200", "0100"), ("0900", "2630"), *junk[:6]))]}
    refresh_pharmacies()
    assert only().week is None
    assert only("C2000001").week[:3] == (((1320, 1500),), ((540, 1590),), None)


def test_a_phone_that_nobody_can_press_is_not_shown(wire):
    wire.tables = {DIRECTORY: [fact(0, phone="없음"), fact(1, phone="0260001234"), fact(2, phone="02-6002-1234~6")]}
    refresh_pharmacies()
    assert [only(f"C200000{n}").phone for n in range(3)] == ["", "02-6000-1234", "02-6002-1234"]


def test_a_second_run_changes_nothing(wire, noon):
    wire.tables = {DIRECTORY: facts(7)}
    refresh_pharmacies()
    before = shelf()
    assert counts(refresh_pharmacies().tables[0]) == (7, 0, 0, 7, 0, 0)
    assert shelf() == before


def test_another_day_changes_nothing_but_the_day(wire, noon, later):
    wire.tables = {DIRECTORY: facts(4)}
    refresh_pharmacies()
    ids = set(Pharmacy.objects.values_list("pk", flat=True))
    later(days=1)
    assert counts(refresh_pharmacies().tables[0]) == (4, 0, 0, 4, 0, 0)
    assert set(Pharmacy.objects.values_list("pk", flat=True)) == ids
    assert set(Pharmacy.objects.values_list("as_of", flat=True)) == {date(2026, 11, 23)}
    assert set(Pharmacy.objects.values_list("refreshed_at", flat=True)) == {clock.now()}


def test_other_hours_are_told_and_the_id_stays(wire, later):
    wire.tables = {DIRECTORY: facts(4)}
    refresh_pharmacies()
    before = only()
    later(days=1)
    wire.tables[DIRECTORY][0] = fact(0, hours=(("1000", "2600"),) * 8)
    assert counts(refresh_pharmacies().tables[0]) == (4, 0, 1, 3, 0, 0)
    assert (only().id, only().week) == (before.id, (((600, 1560),),) * 8)


def test_progress_is_heard_with_the_whole_in_sight(wire):
    wire.tables = {DIRECTORY: facts(7)}
    heard = []
    refresh_pharmacies(progress=lambda done, total: heard.append((done, total)))
    assert heard == [(3, 7), (6, 7), (7, 7)]


def test_without_a_source_the_operator_is_told_what_to_do(settings):
    settings.UPSTREAM = {}
    registry.reset()
    with pytest.raises(Invalid) as problem:
        refresh_pharmacies()
    assert "DATA_GO_KR_KEY" in problem.value.ko
    assert Refresh.objects.count() == 0


# --- what is listed no more ---------------------------------------------------------------------------------------


def test_what_a_whole_reading_lists_no_more_is_gone_and_comes_back(wire, noon, later):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    before = only("C2000019").id
    later(days=1)
    wire.tables[DIRECTORY] = facts(19)
    assert counts(refresh_pharmacies().tables[0]) == (19, 0, 0, 19, 0, 1)
    assert gone() == ["C2000019"]
    assert only("C2000019").gone_on == date(2026, 11, 23)
    later(days=1)
    wire.tables[DIRECTORY] = facts(20)
    refresh_pharmacies()
    assert gone() == []
    assert only("C2000019").id == before


@pytest.mark.parametrize("came", [0, 1, 17])
def test_less_than_nine_tenths_of_what_was_announced_takes_nothing_away(wire, later, came):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables = {DIRECTORY: facts(came), LIST: facts(came)}
    wire.announced = {DIRECTORY: 20, LIST: 20}
    report = refresh_pharmacies()
    assert [(table.table, table.finished, table.kept) for table in report.tables] == [
        (DIRECTORY, False, False), (LIST, False, True)]  # fmt: skip
    assert (gone(), Pharmacy.objects.count()) == ([], 20)
    wire.asked[:] = []
    refresh_pharmacies()
    assert wire.asked[0] == (DIRECTORY, 0)


@pytest.mark.parametrize("came", [0, 1, 17])
def test_a_directory_that_shrank_beyond_belief_takes_nothing_away(wire, later, came):
    """It announces as few as it sends, so it seems whole."""
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables = {DIRECTORY: facts(came), LIST: facts(came)}
    assert refresh_pharmacies().tables[-1].kept
    assert gone() == []


def test_a_pharmacy_whose_row_is_unfit_today_is_listed_all_the_same(wire, later):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables[DIRECTORY][4] = unfit(4)
    table = refresh_pharmacies().tables[0]
    assert counts(table) == (20, 0, 0, 19, 1, 0)
    assert [(one.line, one.reason) for one in table.refused] == [(5, "약국 이름이 없거나 너무 길어요")]
    assert gone() == []


def test_unreadable_rows_count_as_not_having_come(wire, later):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables = {DIRECTORY: [*facts(17), *map(unfit, (17, 18)), unfit(90)]}
    wire.tables[LIST] = wire.tables[DIRECTORY]
    assert refresh_pharmacies().tables[-1].kept
    assert gone() == []


# --- the list completes the directory -------------------------------------------------------------------------------


def test_where_there_is_no_directory_the_list_is_read(wire, later):
    wire.tables = {LIST: facts(20)}
    wire.faults = {(DIRECTORY, 0): NO_SERVICE}
    report = refresh_pharmacies()
    assert (report.stopped, [table.table for table in report.tables]) == (None, [DIRECTORY, LIST])
    assert (counts(report.tables[1]), report.tables[1].finished) == ((20, 20, 0, 0, 0, 0), True)
    later(days=1)
    wire.tables[LIST] = facts(19)
    assert refresh_pharmacies().tables[1].gone == 1
    assert wire.asked.count((DIRECTORY, 0)) == 2


def test_a_directory_that_comes_short_is_completed_by_the_list(wire, later):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables = {DIRECTORY: facts(19), LIST: [*facts(17), fact(19)]}
    wire.announced = {DIRECTORY: 20}
    report = refresh_pharmacies()
    assert [(table.table, table.arrived, table.kept) for table in report.tables] == [
        (DIRECTORY, 19, False), (LIST, 18, False)]  # fmt: skip
    assert gone() == [], "each of them was in one of the two"


def test_whoever_is_in_neither_is_gone(wire, later):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables = {DIRECTORY: facts(18), LIST: facts(19)}
    wire.announced = {DIRECTORY: 20}
    assert refresh_pharmacies().tables[-1].gone == 1
    assert gone() == ["C2000019"]


def test_neither_table_existing_is_a_lasting_stop(wire):
    wire.faults = {(DIRECTORY, 0): NO_SERVICE, (LIST, 0): NO_SERVICE}
    stopped = refresh_pharmacies().stopped
    assert (stopped.table, stopped.reason, stopped.lasting) == (LIST, "no_service", True)


def test_a_list_that_was_stopped_is_gone_on_with_and_knows_what_the_directory_said(wire, later):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables = {DIRECTORY: facts(19), LIST: [fact(19), *facts(17)]}
    wire.announced = {DIRECTORY: 20}
    wire.faults = {(LIST, 6): QUOTA}
    assert refresh_pharmacies().stopped.table == LIST
    later(hours=13)
    wire.faults, wire.asked[:] = {}, []
    (table,) = refresh_pharmacies().tables
    assert (wire.asked[0], table.start, table.finished, gone()) == ((LIST, 6), 6, True, [])
    wire.asked[:] = []
    refresh_pharmacies()
    assert wire.asked[0] == (DIRECTORY, 0)


# --- stopping and going on ------------------------------------------------------------------------------------------


def test_a_used_up_quota_stops_and_the_next_run_goes_on(wire, noon):
    wire.tables = {DIRECTORY: facts(10)}
    wire.faults = {(DIRECTORY, 6): QUOTA}
    report = refresh_pharmacies()
    assert (counts(report.tables[0]), report.tables[0].finished) == ((6, 6, 0, 0, 0, 0), False)
    stopped = report.stopped
    assert (stopped.table, stopped.row, stopped.reason, stopped.lasting) == (DIRECTORY, 7, "quota", False)
    assert stopped.go_on_at == noon + timedelta(hours=12)
    wire.faults, wire.asked[:] = {}, []
    report = refresh_pharmacies()
    assert wire.asked == [(DIRECTORY, 6), (DIRECTORY, 9)]
    assert (report.tables[0].start, report.tables[0].arrived, report.tables[0].finished) == (6, 4, True)
    assert Pharmacy.objects.count() == 10


def test_a_reading_in_two_runs_ends_what_neither_listed(wire, later):
    wire.tables = {DIRECTORY: facts(20)}
    refresh_pharmacies()
    later(days=1)
    wire.tables[DIRECTORY] = facts(19)
    wire.faults = {(DIRECTORY, 9): QUOTA}
    refresh_pharmacies()
    assert gone() == []
    later(hours=12)
    wire.faults = {}
    assert refresh_pharmacies().tables[0].gone == 1
    assert gone() == ["C2000019"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.reason)
def test_a_source_that_fails_leaves_the_shelf_as_it_was(wire, fault):
    wire.tables = {DIRECTORY: facts(7)}
    refresh_pharmacies()
    before = shelf()
    wire.faults = {(DIRECTORY, 0): fault}
    stopped = refresh_pharmacies().stopped
    assert (stopped.row, stopped.reason, stopped.lasting) == (1, fault.reason, isinstance(fault, Refused))
    assert shelf() == before


def test_a_pulled_plug_costs_its_page_and_no_other(wire, monkeypatch):
    wire.tables = {DIRECTORY: facts(10)}
    pages = []

    def pulled(page, now):
        pages.append(page)
        if len(pages) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(refreshing, "_confirm", pulled)
    with pytest.raises(KeyboardInterrupt):
        refresh_pharmacies()
    assert (Pharmacy.objects.count(), Listing.objects.count()) == (3, 3)
    assert Refresh.objects.get().next_start == 3
    wire.asked[:] = []
    assert counts(refresh_pharmacies().tables[0]) == (7, 7, 0, 0, 0, 0)
    assert wire.asked[0] == (DIRECTORY, 3)


def test_an_old_stop_is_not_gone_on_with(wire, later):
    wire.tables = {DIRECTORY: facts(10)}
    wire.faults = {(DIRECTORY, 6): QUOTA}
    refresh_pharmacies()
    wire.faults, wire.asked[:] = {}, []
    later(days=readings.TOO_OLD.days, seconds=1)
    refresh_pharmacies()
    assert wire.asked[0] == (DIRECTORY, 0)


def test_a_run_may_begin_anew(wire):
    wire.tables = {DIRECTORY: facts(10)}
    wire.faults = {(DIRECTORY, 6): QUOTA}
    refresh_pharmacies()
    wire.faults, wire.asked[:] = {}, []
    refresh_pharmacies(anew=True)
    assert wire.asked[0] == (DIRECTORY, 0)


def test_a_run_ends_with_its_time_and_the_next_goes_on(wire):
    wire.tables = {DIRECTORY: facts(7)}
    report = refresh_pharmacies(until=clock.monotonic())
    assert (report.paused, report.stopped, report.tables[0].arrived) == (True, None, 3)
    refresh_pharmacies(until=clock.monotonic())
    report = refresh_pharmacies(until=clock.monotonic())
    assert (report.paused, report.tables[0].finished) == (False, True)
    assert wire.asked == [(DIRECTORY, 0), (DIRECTORY, 3), (DIRECTORY, 6)]


def test_two_runs_do_not_disturb_each_other(wire):
    wire.tables = {DIRECTORY: facts(10)}

    def meanwhile(done, total):
        Refresh.objects.filter(table=DIRECTORY).update(next_start=9)

    with pytest.raises(Conflict) as conflict:
        refresh_pharmacies(progress=meanwhile)
    assert conflict.value.code == "refresh_runs_elsewhere"
    assert Pharmacy.objects.count() == 3
