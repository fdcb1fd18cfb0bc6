"""Files become pharmacies: merged, in any order, again without harm, all or nothing."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import Workbook

from onharu.catalog.pharmacies.models import Area, Listing, Pharmacy, WeekHours
from onharu.catalog.pharmacies.public import facts_of, import_pharmacies
from onharu.catalog.pharmacies.tests.lists import (
    NMC_HEADER,
    answer,
    hira_file,
    hira_line,
    nmc_file,
    nmc_line,
    wire_item,
    xml_answer,
)
from onharu.kernel import clock
from onharu.kernel.problems import Invalid
from onharu.names import public as names

pytestmark = pytest.mark.django_db
FAR = {"name": "먼곳약국", "address": "제주특별자치도 제주시 먼길 1 (노형동)", "phone": "064-123-4567", "latitude": "33.48", "longitude": "126.48"}  # fmt: skip


def counts(report):
    return report.read, report.new, report.changed, report.same, report.passed, len(report.refused)


def only():
    return Pharmacy.objects.get(same_as__isnull=True)


def test_hira_and_nmc_meet_in_one_pharmacy(tmp_path):
    import_pharmacies(path=hira_file(tmp_path, hira_line(phone="445-1460", name="백세건강 약국")))
    report = import_pharmacies(path=nmc_file(tmp_path, nmc_line(name="백세건강약국")))
    assert counts(report) == (1, 1, 0, 0, 0, 0)
    assert report.notes[0].startswith("병합 1 · 모호 0 · 홀로 0")
    kept = only()
    assert (kept.hpid, kept.hira_id) == ("C1109587", "JDQ4MT1")
    facts = facts_of([kept.pk])[kept.pk]
    assert facts.week[0] == ((540, 1200),)
    assert (facts.hours_as_of, facts.as_of) == (date(2024, 12, 20), date(2025, 12, 1))
    assert (facts.name, facts.phone) == ("백세건강 약국", "02-445-1460"), "the newer list leads"
    assert (facts.source.split()[0], facts.hours_source.split()[0]) == ("건강보험심사평가원", "국립중앙의료원")


def test_hours_stay_with_nmc_though_hira_is_newer_and_nothing_empty_takes_away(tmp_path):
    import_pharmacies(path=nmc_file(tmp_path))
    bare = hira_line(phone="", longitude="", latitude="", neighbourhood="", address="서울특별시 강남구 헌릉로571길 7")
    import_pharmacies(path=hira_file(tmp_path, bare))
    kept = only()
    assert kept.week is not None
    assert (kept.phone, kept.neighbourhood) == ("02-445-1460", "세곡동")
    assert kept.latitude == pytest.approx(37.466, abs=0.001)
    assert kept.x**2 + kept.y**2 + kept.z**2 == pytest.approx(1)


def test_a_newer_list_of_nmc_leads_again(tmp_path):
    import_pharmacies(path=hira_file(tmp_path))
    import_pharmacies(path=nmc_file(tmp_path, nmc_line(name="새이름약국", said_on="2026-05-01")))
    assert (only().name, only().as_of) == ("새이름약국", date(2026, 5, 1))


def test_an_import_again_changes_nothing(tmp_path):
    for file in (hira_file(tmp_path, hira_line(), hira_line("h2", **FAR)), nmc_file(tmp_path)):
        import_pharmacies(path=file)
        before = list(Pharmacy.objects.values()), list(Area.objects.values()), list(WeekHours.objects.values())
        again = import_pharmacies(path=file)
        assert (again.new, again.changed, again.same) == (0, 0, again.read)
        assert (
            list(Pharmacy.objects.values()),
            list(Area.objects.values()),
            list(WeekHours.objects.values()),
        ) == before


def test_an_older_list_does_not_take_back_what_a_newer_one_said(tmp_path):
    import_pharmacies(path=nmc_file(tmp_path, nmc_line(name="새이름약국", said_on="2026-05-01")))
    report = import_pharmacies(path=nmc_file(tmp_path, nmc_line(said_on="2024-12-20")))
    assert (report.passed, report.changed, only().name) == (1, 0, "새이름약국")


def test_two_pharmacies_that_turn_out_to_be_one_are_folded_and_both_ids_answer(tmp_path):
    import_pharmacies(path=hira_file(tmp_path, hira_line(name="옛이름약국", phone="")))
    import_pharmacies(path=nmc_file(tmp_path))
    old, young = Pharmacy.objects.order_by("pk")
    import_pharmacies(path=hira_file(tmp_path, hira_line(), edition="2026-03"))
    young.refresh_from_db()
    assert young.same_as_id == old.pk
    assert (young.hpid, young.hira_id) == (None, None)
    assert only().hpid == "C1109587"
    assert facts_of([old.pk, young.pk])[young.pk].id == old.pk
    assert names.search("pharmacies", "100세건강약국").hits[0].key == old.pk
    assert len(names.search("pharmacies", "100세건강약국").hits) == 1


def test_two_that_turn_out_to_be_different_part_and_nmc_keeps_the_id(tmp_path):
    import_pharmacies(path=hira_file(tmp_path))
    import_pharmacies(path=nmc_file(tmp_path))
    kept = only().pk
    import_pharmacies(path=hira_file(tmp_path, hira_line(**FAR), edition="2026-03"))
    ours, theirs = Pharmacy.objects.get(hpid="C1109587"), Pharmacy.objects.get(hira_id="JDQ4MT1")
    assert ours.pk == kept != theirs.pk
    assert (ours.hira_id, theirs.hpid, theirs.week) == (None, None, None)


def test_what_a_complete_list_lacks_is_gone_unless_another_lists_it(tmp_path, ticking):
    many = [
        hira_line(f"h{n}", name=f"약국{n}", phone=f"02-{n:04}-1111", address=f"서울특별시 중구 다산로 {n}")
        for n in range(1, 21)
    ]
    import_pharmacies(path=hira_file(tmp_path, *many))
    import_pharmacies(
        path=nmc_file(tmp_path, nmc_line(name="약국20", phone="02-0020-1111", address="서울특별시 중구 다산로 20"))
    )
    report = import_pharmacies(path=hira_file(tmp_path, *many[:18], edition="2026-03"))
    assert "더 이상 목록에 없는 약국 1" in report.notes
    assert list(Pharmacy.objects.filter(gone_on__isnull=False).values_list("name", flat=True)) == ["약국19"]
    assert (
        not names.search("pharmacies", "약국19").hits or names.search("pharmacies", "약국19").hits[0].text != "약국19"
    )
    back = import_pharmacies(path=hira_file(tmp_path, *many, edition="2026-06"))
    assert back.changed == 2
    assert not Pharmacy.objects.filter(gone_on__isnull=False).exists()
    assert Pharmacy.objects.count() == 20


def test_a_cut_list_ends_nothing(tmp_path, ticking):
    many = [hira_line(f"h{n}", name=f"약국{n}", phone="", address=f"서울특별시 중구 다산로 {n}") for n in range(1, 21)]
    import_pharmacies(path=hira_file(tmp_path, *many))
    import_pharmacies(path=hira_file(tmp_path, *many[:17], edition="2026-03"))
    assert not Pharmacy.objects.filter(gone_on__isnull=False).exists()


def test_an_older_edition_of_the_whole_list_changes_nothing(tmp_path, ticking):
    import_pharmacies(path=hira_file(tmp_path, edition="2026-03"))
    report = import_pharmacies(path=hira_file(tmp_path, hira_line("h9", **FAR), edition="2025-12"))
    assert (report.passed, report.new) == (1, 0)
    assert only().hira_id == "JDQ4MT1"


def test_a_file_of_nmc_ends_nothing_for_it_may_be_of_one_town(tmp_path, ticking):
    town = [nmc_line(f"C11000{n}", name=f"약국{n}", phone="", hours=()) for n in range(10, 30)]
    import_pharmacies(path=nmc_file(tmp_path, *town))
    import_pharmacies(path=nmc_file(tmp_path, *town[:19]))
    assert Pharmacy.objects.filter(gone_on__isnull=True).count() == 20


@pytest.fixture
def ticking(monkeypatch):
    """Let every look at the clock come a minute after the last."""
    at = [datetime(2026, 11, 22, 3, tzinfo=UTC)]

    def now():
        at[0] += timedelta(minutes=1)
        return at[0]

    monkeypatch.setattr(clock, "now", now)


def test_pharmacies_of_the_same_hours_share_a_week_and_those_of_none_have_none(tmp_path):
    lines = [nmc_line(f"C110000{n}", name=f"약국{n}", phone="", latitude=f"37.4{n}") for n in range(3)]
    import_pharmacies(path=nmc_file(tmp_path, *lines, nmc_line("C1100009", hours=(), name="모름약국", phone="")))
    assert WeekHours.objects.count() == 1
    assert Pharmacy.objects.filter(week=None).get().name == "모름약국"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_official_encodings_are_read(tmp_path, encoding):
    assert import_pharmacies(path=nmc_file(tmp_path, encoding=encoding)).new == 1
    assert only().name == "100세건강약국"


def test_a_workbook_is_read(tmp_path):
    book = Workbook()
    book.active.append(["전국 약국 정보"])
    book.active.append(NMC_HEADER.split(","))
    book.active.append([float(cell) if cell.isdigit() else cell for cell in nmc_line()])
    book.save(tmp_path / "nmc.xlsx")
    assert import_pharmacies(path=tmp_path / "nmc.xlsx").new == 1
    assert facts_of([only().pk])[only().pk].week[0] == ((540, 1200),)


SAVED = {
    "an answer": answer(wire_item(), wire_item("C2", dutyName="둘째약국", dutyTel1="")),
    "answers one after another": answer(wire_item()) + "\n" + answer(wire_item("C2", dutyName="둘째약국", dutyTel1="")),
    "a list of answers": f"[{answer(wire_item())},{answer(wire_item('C2', dutyName='둘째약국', dutyTel1=''))}]",
    "a list of rows": json.dumps([wire_item(), wire_item("C2", dutyName="둘째약국", dutyTel1="")]),
    "XML": xml_answer(wire_item(), wire_item("C2", dutyName="둘째약국", dutyTel1="")),
}


@pytest.mark.parametrize("text", SAVED.values(), ids=SAVED)
def test_saved_answers_of_the_service_are_read(tmp_path, text):
    text = text.replace('"C2"', '"C1100002"').replace(">C2<", ">C1100002<")
    path = tmp_path / "fulldown_20261101.txt"
    path.write_text(text, encoding="utf-8")
    report = import_pharmacies(path=path)
    assert (report.read, report.new, report.edition) == (2, 2, "2026-11-01")
    kept = Pharmacy.objects.get(hpid="C1109587")
    week = facts_of([kept.pk])[kept.pk].week
    assert (week[0], week[1], week[7]) == (((540, 1200),), None, ((600, 900),))


def test_a_single_row_comes_as_an_object(tmp_path):
    path = tmp_path / "one.json"
    path.write_text(answer(wire_item()), encoding="utf-8")
    assert import_pharmacies(path=path).new == 1


def test_refused_lines_and_unknown_figures_are_named(tmp_path):
    lines = [
        nmc_line(),
        nmc_line("X"),
        nmc_line("C1100002", name="둘째약국", hours=[("960", "1800")]),
        nmc_line("C3")[:-1],
    ]
    report = import_pharmacies(path=nmc_file(tmp_path, *lines))
    assert [(one.line, one.name) for one in report.refused] == [(3, "100세건강약국"), (5, "?")]
    assert [(one.line, one.reason) for one in report.made_unknown] == [(4, "월요일 960–1800")]
    assert report.new == 2


HOSTILE = {
    "nothing": b"",
    "a header only": NMC_HEADER.encode(),
    "another table": "품목일련번호,제품명\n1,2\n".encode(),
    "a web page": b"<!DOCTYPE html><html><body><p>Forbidden</p></body></html>",
    "a web page without a type": b"<html><body><p>Forbidden<br></body></html>",
    "an XML bomb": xml_answer(
        wire_item(), before='<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;">]>'
    ).encode(),
    "a file asked for by XML": xml_answer(
        wire_item(), before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ).encode(),
    "XML cut short": xml_answer(wire_item(), wire_item("C1100002"))[:-60].encode(),
    "XML of an error": b"<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg></cmmMsgHeader></OpenAPI_ServiceResponse>",
    "JSON cut short": answer(wire_item(), wire_item("C1100002"))[:-40].encode(),
    "JSON nested beyond reason": b"[" * 100_000,
    "JSON of an answer with no rows": answer().encode(),
    "JSON of something else": b'{"a": 1}',
    "a number in JSON": b"[1, 2]",
    "noise": bytes(range(256)) * 20,
    "UTF-16": NMC_HEADER.encode("utf-16"),
    "half a letter of cp949": NMC_HEADER.encode("cp949") + b"\n\xb0",
    "a cell without an end": (NMC_HEADER + '\n"' + "가" * 2_000_000).encode(),
    "an archive that is no workbook": b"PK\x05\x06" + b"\0" * 18,
    "only lines that do not fit": (NMC_HEADER + "\nX,Y\n").encode(),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["list.csv", "list.json"])
def test_what_is_no_list_is_refused_and_nothing_is_written(tmp_path, content, name):
    import_pharmacies(path=hira_file(tmp_path))
    before = list(Pharmacy.objects.values()), list(Listing.objects.values())
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Invalid):
        import_pharmacies(path=path)
    assert (list(Pharmacy.objects.values()), list(Listing.objects.values())) == before


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid):
        import_pharmacies(path=tmp_path / "nowhere.csv")


def test_progress_is_heard(tmp_path):
    heard = []
    import_pharmacies(path=hira_file(tmp_path), progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (1, 2)


@pytest.mark.parametrize(
    ("name", "edition"),
    [("hira_pharmacies_2025-12.csv", "2025-12-01"), ("seoul_20241220_mon.csv", "2024-12-20"), ("2025.3.csv", None),
     ("약국 2025년.csv", None), ("list_20251340.csv", None)],
)  # fmt: skip
def test_an_edition_is_read_from_the_name_of_a_file(tmp_path, name, edition, monkeypatch):
    path = hira_file(tmp_path).rename(tmp_path / name)
    said = import_pharmacies(path=path).edition
    written = clock.local_day(datetime.fromtimestamp(path.stat().st_mtime, UTC)).isoformat()
    assert said == (edition or written)
