"""Regimens by thumb: from a sentence or field by field, changed from now on, stopped, gone and back, counted."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest

from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.records.medication.actions import doses as act
from onharu.records.medication.actions import scraps
from onharu.records.medication.models import DoseEvent, Regimen, RegimenVersion, StockEvent
from onharu.records.medication.pages.regimen_told import FAULT_WORDS, field_of
from onharu.records.medication.queries.doses import doses_between
from onharu.records.medication.queries.regimens import regimen_of
from onharu.records.medication.rules.schedules.shapes import AsNeeded, Follows, Limit, Spaced
from onharu.records.medication.tests.conftest import statements_of
from onharu.records.medication.tests.dosing import DAY, at_times, following, regimen, seoul, when_needed
from tests.medicine_shelf import PARTNER, TABLET

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEW = "/medicines/regimens/new/"
SENTENCE = "아침저녁 식후 30분 1정씩 7일"


def page(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def typed(html):
    """What a browser would send of the form as it stands."""
    form = html[html.index('id="regimen-form"') :] if 'id="regimen-form"' in html else html
    fields = {}
    for tag in re.findall(r"<input[^>]*>", form):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" not in at or (at.get("type") in {"checkbox", "radio"} and " checked" not in tag):
            continue
        fields.setdefault(at["name"], []).append(unescape(at.get("value", "")))
    for name, inside in re.findall(r'<select id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = re.findall(r'<option value="([^"]*)" selected', inside)
    fields["note"] = [unescape(one).strip() for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)]
    return fields


def send(browser, html, act_="save", to=NEW, headers=None, **changed):
    said = {**typed(html), "act": act_, **changed}
    return browser.post(to, said, headers=headers or {})


def read(browser, sentence, **more):
    """Type a sentence and have it read."""
    answer = send(browser, page(browser, NEW), "read", sentence=sentence, **more)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def save(browser, html, to=NEW, **changed):
    answer = send(browser, html, to=to, **changed)
    assert answer.status_code == 302, text_of(unescape(answer.content.decode()))[:800]
    return int(re.search(r"/regimens/(\d+)/", answer["Location"])[1])


def entry(user, pk):
    return regimen_of(person_of(user), pk, at=clock.now())


def test_one_sentence_is_said_back_with_the_next_times_and_kept(browser, owner, noon):
    html = read(browser, f"혈압약 {SENTENCE}")
    text = text_of(html)
    for said in ("이렇게 알아들었어요", "매일 아침·저녁 식후 30분에 1정씩", "다음: 오늘 19:00, 내일 08:30, 내일 19:00"):
        assert said in text
    assert 'value="혈압약"' in html
    kept = entry(owner, save(browser, html))
    assert (kept.name, kept.amount, kept.start, kept.end) == ("혈압약", 1, DAY, date(2026, 11, 28))
    planned = doses_between(person_of(owner), DAY, date(2026, 12, 31), at=clock.now())
    assert len(planned) == 13


def test_nothing_is_saved_that_nobody_has_seen_read_back(browser, owner, noon):
    answer = send(browser, page(browser, NEW), sentence=SENTENCE, name="혈압약")
    html = unescape(answer.content.decode())
    assert answer.status_code == 422 and "문장이 바뀌어 다시 읽었어요" in html
    assert not Regimen.objects.exists()
    assert entry(owner, save(browser, html)).name == "혈압약"


def test_a_sentence_is_read_while_it_is_typed(browser, owner, noon):
    said = {**typed(page(browser, NEW)), "sentence": SENTENCE, "from": "sentence"}
    part = unescape(browser.post("/medicines/regimens/understand/", said, headers=HTMX).content.decode())
    assert "<html" not in part and part.strip().startswith("{") is False
    assert 'id="regimen-rest"' in part and "오늘 19:00" in part
    assert typed(part)["p0-s1-when"] == ["dinner"] and typed(part)["days"] == ["7"]
    assert not Regimen.objects.exists()


def test_what_was_not_understood_is_marked(browser, noon):
    html = read(browser, "아침 8시 1정 무지개 뜨면")
    assert re.findall(r"<mark>([^<]+)</mark>", html)
    assert "알아듣지 못한 말" in html and "이렇게 알아들었어요" in html


def test_what_was_assumed_is_said(browser, noon):
    assert "told-doubt" in read(browser, "하루 세 번 식후 1정")


def test_a_sentence_without_a_time_says_what_is_missing_and_loses_nothing(browser, noon):
    html = read(browser, "잘 챙겨 먹기", name="비타민")
    assert "언제 먹는지를 찾지 못했어요" in html
    assert 'value="비타민"' in html and "told-understood" not in html


def test_fields_are_put_right_without_the_sentence(browser, owner, noon):
    html = read(browser, f"혈압약 {SENTENCE}")
    said = {**typed(html), "from": "fields", "p0-s0-minutes": "10", "amount": "2"}
    told = unescape(browser.post("/medicines/regimens/understand/", said, headers=HTMX).content.decode())
    assert 'id="told"' in told and 'id="which"' not in told and "내일 08:10" in told and "2정" in told
    kept = entry(
        owner, save(browser, html, **{"p0-s0-minutes": "10", "amount": "2", "unit": "capsule", "until": "open"})
    )
    assert (kept.amount, kept.unit, kept.end) == (2, "capsule", None)
    assert kept.schedule.phases[0].when.slots[0].anchor.minutes == 10


def test_without_any_sentence_the_fields_are_enough(browser, owner, noon):
    fields = {
        "name": "위장약", "amount": "½", "p0-kind": "spaced", "p0-times": "3", "p0-days": "weekdays",
        "p0-weekdays": ["1", "3"], "why": "속쓰림", "note": "빈속에 먹지 말기", "until": "date", "end": "2026-12-31",
        "most": "4", "gap_hours": "3", "gap_minutes": "30",
    }  # fmt: skip
    kept = entry(owner, save(browser, page(browser, NEW), **fields))
    phase = kept.schedule.phases[0]
    assert (phase.when, phase.days.on) == (Spaced(3), frozenset({1, 3}))
    assert kept.schedule.limit == Limit(Decimal(4), timedelta(hours=3, minutes=30))
    assert (kept.amount, kept.why, kept.note, kept.end) == (
        Decimal("0.5"), "속쓰림", "빈속에 먹지 말기", date(2026, 12, 31),
    )  # fmt: skip


def test_a_taper_is_made_by_adding_steps(browser, owner, noon):
    html = unescape(send(browser, page(browser, NEW), "phase", **{"p0-s0-at": "08:00"}).content.decode())
    assert "2단계" in html and 'id="by-hand" open' in html
    kept = entry(owner, save(browser, html, **{"name": "감량 약", "p0-length": "3", "p1-amount": "0.5"}))
    assert [(one.length, one.amount) for one in kept.schedule.phases] == [(3, None), (None, Decimal("0.5"))]
    back = unescape(send(browser, html, "drop-0").content.decode())
    assert "2단계 빼기" not in back


def test_one_more_dose_a_day_is_one_press(browser, owner, noon):
    part = send(browser, page(browser, NEW), "slot-0", headers={**HTMX, "HX-Target": "regimen-rest"}, name="약")
    html = unescape(part.content.decode())
    assert "<html" not in html and 'name="p0-s1-when"' in html
    kept = save(browser, html, form="1", key="one", **{"p0-s0-at": "08:00", "p0-s1-at": "20:00"})
    assert len(entry(owner, kept).schedule.phases[0].when.slots) == 2


def test_an_example_fills_the_form(browser, noon):
    html = page(browser, NEW)
    examples = re.findall(r'name="say" value="([^"]+)"', html)
    assert len(examples) == 5
    for example in examples:
        answer = send(browser, html, "", say=example)
        filled = unescape(answer.content.decode())
        assert "이렇게 알아들었어요" in filled, example
        assert "알아듣지 못한 말" not in filled, example


def test_a_medicine_taken_when_needed_has_no_times(browser, owner, noon):
    html = read(browser, "두통약 필요시 1정, 하루 최대 4정, 4시간 간격")
    assert "정해진 시각이 없어요" in html
    kept = entry(owner, save(browser, html))
    assert isinstance(kept.schedule.phases[0].when, AsNeeded)
    assert kept.schedule.limit == Limit(Decimal(4), timedelta(hours=4))


def test_a_medicine_may_follow_another(browser, owner, noon):
    first = regimen(owner, at_times(8))
    html = page(browser, NEW)
    assert f'<option value="{first.pk}">혈압약</option>' in html
    fields = {"name": "나중 약", "p0-kind": "follows", "p0-regimen": str(first.pk), "p0-apart": "30"}
    told = browser.post("/medicines/regimens/understand/", {**typed(html), **fields, "from": "fields"}).content.decode()
    assert "앞의 약을 먹는 때에 따라 정해져요" in told
    kept = entry(owner, save(browser, html, **fields))
    assert kept.schedule.phases[0].when == Follows(first.pk, 30)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"name": ""}, "name"),
        ({"amount": "0"}, "amount"),
        ({"p0-s0-at": ""}, "p0-s0-at"),
        ({"p0-s0-at": "8시"}, "p0-s0-at"),
        ({"until": "date", "end": "2026-01-01"}, "end"),
        ({"start": "언젠가"}, "start"),
        ({"most": "0.5"}, "most"),
        ({"count": "몇 알", "tracks": "1"}, "count"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(browser, noon, changed, where):
    fields = {"name": "혈압약", "p0-s0-at": "08:00", "why": "혈압", **changed}
    answer = send(browser, page(browser, NEW), **fields)
    html = unescape(answer.content.decode())
    assert answer.status_code == 422 and f'href="#f-{where}"' in html and f'id="f-{where}-wrong"' in html
    assert 'value="혈압"' in html
    assert not Regimen.objects.exists()


def test_what_the_planner_refuses_is_said_in_words(browser, noon):
    fields = {"name": "약", "p0-s0-at": "08:00", "p0-s1-when": "at", "p0-s1-at": "09:00", "gap_hours": "4"}
    answer = send(browser, page(browser, NEW), **fields)
    assert answer.status_code == 422
    assert "띄우기로 한 시간보다 가까워요" in unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("amount", "amount"), ("end", "end"), ("limit.most_in_24h", "most"), ("limit.gap_minutes", "gap_hours"),
        ("phases[0].length", "p0-length"), ("phases[2].amount", "p2-amount"), ("phases[0].days.n", "p0-n"),
        ("phases[0].days.on", "p0-days"), ("phases[1].when.slots[3].anchor", "p1-s3-when"),
        ("phases[1].when.slots[3].anchor.minutes", "p1-s3-minutes"), ("phases[0].when.slots[0].amount", "p0-s0-amount"),
        ("phases[0].when.times", "p0-times"), ("phases[0].when.minutes", "p0-kind"), ("phases[0].when", "p0-kind"),
        ("something", ""),
    ],
)  # fmt: skip
def test_a_path_of_the_api_is_a_field_of_the_form(path, field):
    assert field_of(path) == field


def test_every_fault_has_words():
    assert all(str(words).endswith(("요.",)) for words in FAULT_WORDS.values())


def test_saving_twice_with_one_key_makes_one(browser, noon):
    html = page(browser, NEW)
    assert len({save(browser, html, **{"name": "약", "p0-s0-at": "08:00"}) for _ in range(2)}) == 1
    assert Regimen.objects.count() == 1


def test_the_page_of_a_medicine_leads_to_its_regimen(browser, owner, tablet):
    assert f'href="{NEW}?item_seq={TABLET}"' in page(browser, f"/medicines/{TABLET}/")
    html = page(browser, f"{NEW}?item_seq={TABLET}")
    assert "하루정500밀리그람" in html and "내 약과 견주기" in html
    kept = entry(owner, save(browser, html, **{"p0-s0-at": "08:00"}))
    assert (kept.item_seq, kept.name) == (TABLET, "하루정500밀리그람")


def test_what_must_not_go_beside_mine_is_seen_while_adding(browser, owner, pair):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "GOOD"})
    html = page(browser, f"{NEW}?item_seq={TABLET}")
    assert "병용금기" in html and "중증의 위장관계 이상반응" in html and "약사와 상의" in html
    regimen(owner, at_times(8), item_seq=TABLET)
    assert "병용금기" in page(browser, f"{NEW}?item_seq={PARTNER}")


def test_a_number_that_is_no_medicine_is_a_form_without_one(browser, noon):
    for number in ("999999999", "12", "x"):
        assert 'id="f-name"' in page(browser, f"{NEW}?item_seq={number}")


def test_a_free_name_is_looked_for_on_the_shelf_and_picked(browser, owner, tablet):
    part = page(browser, "/medicines/regimens/suggest/?name=하루정", **HTMX)
    assert f'value="pick-{TABLET}"' in part and "<html" not in part
    assert "목록에 없는 이름이에요" in page(browser, "/medicines/regimens/suggest/?name=없는이름없는이름")
    found = send(browser, page(browser, NEW), "find", name="하루정").content.decode()
    assert f'value="pick-{TABLET}"' in found
    picked = send(browser, found, f"pick-{TABLET}", headers={**HTMX, "HX-Target": "which"})
    html = picked.content.decode()
    assert 'name="item_seq" value="202000001"' in html and "<html" not in html
    back = send(browser, page(browser, f"{NEW}?item_seq={TABLET}"), "unpick").content.decode()
    assert 'id="f-name"' in back and "하루정500밀리그람" in back


def test_a_change_holds_from_now_on_and_the_past_stays(browser, owner, noon):
    made = regimen(owner, at_times(8), at=seoul(6))
    person = person_of(owner)
    (dose,) = doses_between(person, DAY, DAY, at=clock.now())
    act.take(person=person, dose_id=dose.id, at=seoul(8))
    edit = f"/medicines/regimens/{made.pk}/edit/"
    html = page(browser, edit)
    assert "지난 기록은 그대로예요" in html and 'name="p0-s0-at"' in html and 'value="08:00"' in html
    assert 'name="count"' not in html
    assert save(browser, html, to=edit, **{"p0-s0-at": "21:00"}) == made.pk
    times = [(one.planned_at, one.state) for one in doses_between(person, DAY, DAY, at=clock.now())]
    assert times == [(seoul(8), "taken"), (seoul(21), "planned")]
    assert "일정이 바뀐 내력" in page(browser, f"/medicines/regimens/{made.pk}/")
    assert RegimenVersion.objects.count() == 2


def test_typing_a_new_sentence_into_an_old_regimen_reads_it_anew(browser, owner, noon):
    made = regimen(owner, at_times(8))
    edit = f"/medicines/regimens/{made.pk}/edit/"
    said = {**typed(page(browser, edit)), "sentence": "자기 전 2정", "from": "sentence"}
    part = unescape(browser.post("/medicines/regimens/understand/", said, headers=HTMX).content.decode())
    assert typed(part)["p0-s0-when"] == ["bedtime"] and typed(part)["amount"] == ["2"]


def test_saving_without_a_change_adds_no_wording(browser, owner, noon):
    made = regimen(owner, at_times(8))
    edit = f"/medicines/regimens/{made.pk}/edit/"
    save(browser, page(browser, edit), to=edit, why="혈압")
    assert RegimenVersion.objects.count() == 1 and Regimen.objects.get().why == "혈압"


def test_what_somebody_takes_is_listed_with_the_next_times(browser, owner, noon):
    regimen(owner, at_times(8, 20))
    regimen(owner, when_needed(4), name="두통약", why="두통")
    ended = regimen(owner, at_times(9), name="끝난 약")
    browser.post(f"/medicines/regimens/{ended.pk}/end/")
    html = text_of(page(browser, "/medicines/regimens/"))
    assert "다음: 오늘 20:00, 내일 08:00, 내일 20:00" in html and "두통약" in html
    assert "끝난 약 1가지" in html
    assert "<html" not in page(browser, "/medicines/regimens/", **HTMX)


def test_a_medicine_is_stopped_and_taken_up_again(browser, owner, noon):
    made = regimen(owner, at_times(20))
    gone = browser.post(f"/medicines/regimens/{made.pk}/end/", headers=HTMX)
    assert f"/medicines/regimens/{made.pk}/resume/" in gone["HX-Trigger"]
    assert entry(owner, made.pk).ended
    assert "그만 먹는 약이에요" in page(browser, f"/medicines/regimens/{made.pk}/")
    back = browser.post(f"/medicines/regimens/{made.pk}/resume/")
    assert back["Location"] == f"/medicines/regimens/{made.pk}/"
    assert not entry(owner, made.pk).ended


def test_a_medicine_goes_with_its_record_and_comes_back_with_it(browser, owner, noon):
    made = regimen(owner, when_needed())
    act.take_now(person=person_of(owner), regimen_id=made.pk, at=seoul(11))
    gone = browser.post(f"/medicines/regimens/{made.pk}/delete/")
    assert gone["Location"] == f"/medicines/regimens/?gone={made.pk}"
    html = page(browser, gone["Location"])
    assert f"/medicines/regimens/{made.pk}/restore/" in html
    assert browser.get(f"/medicines/regimens/{made.pk}/").status_code == 404
    browser.post(f"/medicines/regimens/{made.pk}/restore/")
    assert "12:00" in page(browser, "/medicines/history/") or "11:00" in page(browser, "/medicines/history/")
    assert DoseEvent.objects.count() == 1


def test_a_stock_is_counted_added_to_and_said_with_its_last_day(browser, owner, noon):
    made = regimen(owner, at_times(8, 20))
    here = f"/medicines/regimens/{made.pk}/"
    assert "남은 약을 세어 두면" in page(browser, here)
    browser.post(f"{here}stock/", {"kind": "counted", "amount": "15"})
    text = text_of(page(browser, here))
    assert "15정" in text and re.search(r"\d+일치 남음 · 11/(29|30) 소진", text)
    done = browser.post(f"{here}stock/", {"kind": "added", "amount": "30"}, headers=HTMX)
    assert done.status_code == 204
    text = text_of(page(browser, here))
    assert "45정" in text and "그 뒤 30정 더함" in text
    browser.post(f"{here}stock/", {"kind": "counted", "amount": "0"})
    assert "남은 것이 없어요" in page(browser, here)
    assert StockEvent.objects.count() == 3


@pytest.mark.parametrize("amount", ["", "-3", "여러 개", "999999"])
def test_a_count_that_is_none_is_refused(browser, owner, noon, amount):
    made = regimen(owner, at_times(8))
    answer = browser.post(f"/medicines/regimens/{made.pk}/stock/", {"kind": "counted", "amount": amount})
    assert answer.status_code == 400
    assert not StockEvent.objects.exists()


def test_a_stock_is_counted_while_the_medicine_is_added(browser, owner, noon):
    fields = {"name": "약", "p0-s0-at": "08:00", "tracks": "1", "count": "24", "refill_days": "5"}
    kept = save(browser, page(browser, NEW), **fields)
    assert entry(owner, kept).refill_days == 5
    assert "24정" in page(browser, f"/medicines/regimens/{kept}/")


def test_a_chain_of_medicines_that_follow_is_refused_in_words(browser, owner, noon):
    first = regimen(owner, at_times(8))
    second = regimen(owner, following(first.pk, 30), name="둘째")
    fields = {"name": "셋째", "p0-kind": "follows", "p0-regimen": str(second.pk), "p0-apart": "30"}
    answer = send(browser, page(browser, NEW), **fields)
    assert answer.status_code == 422
    assert "다시 골라 주세요" in unescape(answer.content.decode())


def test_a_stranger_finds_nothing_of_it(stranger_browser, owner, noon):
    made = regimen(owner, at_times(8))
    here = f"/medicines/regimens/{made.pk}/"
    for path in (here, f"{here}edit/", f"{here}take/"):
        assert stranger_browser.get(path).status_code == 404
    for word in ("edit", "take", "stock", "end", "resume", "delete", "restore"):
        assert stranger_browser.post(f"{here}{word}/", {"amount": "1", "key": "k"}).status_code == 404
    assert "혈압약" not in page(stranger_browser, "/medicines/regimens/")
    assert "혈압약" not in page(stranger_browser, NEW)


def test_nothing_of_these_pages_is_inline_or_from_elsewhere(browser, owner, noon):
    made = regimen(owner, at_times(8))
    for path in (NEW, "/medicines/regimens/", f"/medicines/regimens/{made.pk}/", "/medicines/doses/"):
        html = page(browser, path)
        assert " style=" not in html and not re.search(r"\son[a-z]+=", html)
        assert not re.search(r'<(?:img|script|link)[^>]+(?:src|href)="https?:', html)


def test_the_list_costs_the_same_for_one_or_thirty(browser, owner, noon):
    regimen(owner, at_times(8))
    page(browser, "/medicines/regimens/")
    before = statements_of(lambda: browser.get("/medicines/regimens/"))
    for number in range(29):
        regimen(owner, at_times(9, 21), name=f"약 {number}")
    assert statements_of(lambda: browser.get("/medicines/regimens/")) == before <= 6
