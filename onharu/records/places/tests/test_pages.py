"""The pages of pharmacies: open to everybody, whole without scripts, in parts with htmx, and no position in an address."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from onharu.catalog.pharmacies.public import load_sample_town
from onharu.kernel import clock
from onharu.kernel.holidays import ExtraHoliday
from onharu.records.places.actions.keeping import MOST_KEPT, keep
from onharu.records.places.models import KeptPharmacy
from tests.pharmacy_shelf import ALWAYS, HERE, LATE, put, put_area

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
POSITION = {"lat": str(HERE[0]), "lon": str(HERE[1])}
ADVICE = "신고된 시간이에요. 가기 전에 전화로 확인해 보세요."


def page(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def near(client, headers=HTMX, **said):
    response = client.post("/pharmacies/near/", {**POSITION, **said}, headers=headers)
    assert response.status_code == 200
    return unescape(response.content.decode())


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def order_of(html):
    return re.findall(r'id="found-link-(\d+)"', html)


@pytest.fixture
def yeoksam(street):
    return put_area(street)


@pytest.mark.parametrize("who", ["client", "browser"])
def test_everybody_may_look(request, street, who):
    client = request.getfixturevalue(who)
    for path in ("/pharmacies/", "/pharmacies/?q=역삼", f"/pharmacies/{street[0].pk}/"):
        assert "약국" in page(client, path)
        assert "no-store" in client.get(path)["Cache-Control"]
    assert "참좋은약국" in near(client)


def test_whoever_is_not_signed_in_sees_no_stars_and_how_to_have_some(client, browser, street):
    html = page(client, "/pharmacies/")
    assert "로그인하면 자주 가는 약국을" in html and "/login/?next=/pharmacies/" in html
    assert "data-star" not in near(client) and "data-star" in near(browser)
    assert client.post(f"/pharmacies/{street[0].pk}/keep/")["Location"].startswith("/login/")
    assert client.get("/pharmacies/mine/")["Location"].startswith("/login/")


def test_near_are_listed_by_distance_with_how_each_stands(browser, street):
    html = near(browser)
    text = text_of(html)
    assert order_of(html) == [str(street[1].pk), str(street[2].pk), str(street[0].pk)]
    for said in ("닫힘 내일 09:00에 열어요", "100 m · 걸어서 약 2분", "시간 정보 없음", "열려 있음 18:00까지", "전화번호 정보 없음",
                 "12:00 기준이에요", "직선거리로 어림", ADVICE, "시험표 (2026-11-20 기준)", "시험 시간표 (2026-11-19 기준)"):  # fmt: skip
        assert said in text, said
    assert html.count('href="tel:025550100"') == 2 and "02-555-0100" in text
    assert "<html" not in html and "약국 3곳을 찾았어요" in text


def test_a_source_of_many_days_is_named_once(browser, street):
    put("옛자료약국", north=50, as_of=date(2024, 12, 20), hours_source="", hours_as_of=None)
    text = text_of(near(browser))
    assert "시험표 (2024-12-20–2026-11-20 기준)" in text and text.count("시험표 (") == 1


def test_open_ones_alone_say_how_many_of_unknown_hours_were_left_out(browser, street):
    html = near(browser, open="1")
    assert order_of(html) == [str(street[0].pk)]
    assert "시간을 모르는 약국 1곳은 뺐어요" in text_of(html) and "같이 보기" in html
    assert len(order_of(near(browser, open="1", unknown="1"))) == 2


def test_where_none_is_open_the_first_to_open_is_named(browser, shut_one, noon):
    put("늦게여는약국", week=LATE, north=250)
    text = text_of(near(browser, open="1"))
    assert "지금 열려 있다고 알려진 약국이 없어요" in text and "먼저 여는 곳" in text
    assert text.index("늦게여는약국") < text.index("주일쉬는약국") and "오늘 22:00에 열어요" in text and ADVICE in text


def test_far_ones_are_offered_step_by_step(browser, noon):
    put("먼약국", north=4_000)
    assert "5 km까지 넓혀 찾기" in near(browser) and "2 km 안을 찾아봤어요" in near(browser)
    found = text_of(near(browser, radius="5000"))
    assert "먼약국" in found and "4.0 km · 걸어서 약 1시간 18분" in found and "20 km까지 넓혀 찾기" in found
    assert "넓혀" not in near(browser, radius="20000")


def test_many_are_listed_by_twenties(browser, noon):
    for place in range(25):
        put(f"약국 {place}", north=10 * place)
    html = near(browser)
    assert len(order_of(html)) == 20 and "더 보기" in html
    assert len(order_of(near(browser, more="1"))) == 25


def test_a_position_stands_in_no_address_and_in_no_part_of_the_page(browser, street):
    answer = browser.post("/pharmacies/near/", {**POSITION, "open": "1"}, headers=HTMX)
    html = answer.content.decode()
    assert 'data-address="/pharmacies/?open=1"' in html and "HX-Replace-Url" not in answer
    assert "37.5" not in html and "127.0" not in html
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert browser.get("/pharmacies/near/", POSITION).status_code == 405


@pytest.mark.parametrize("lat", ["", "nan", "inf", "91", "-90.5", "1e2", "37.5°", "9" * 40, "0x10"])
def test_what_is_no_position_is_refused_and_not_repeated(client, street, lat):
    answer = client.post("/pharmacies/near/", {"lat": lat, "lon": "127.0"}, headers=HTMX)
    assert answer.status_code == 400
    assert not lat or lat == "91" or lat not in answer.content.decode()


def test_outside_korea_says_so(client, street):
    assert "한국 밖이에요" in near(client, lat="35.68", lon="139.76")


def test_a_vague_position_says_so(client, street):
    assert "위치가 정확하지 않아요" in near(client, accuracy="1800")
    assert "위치가 정확하지 않아요" not in near(client, accuracy="20")


@pytest.mark.parametrize("query", ["역삼동", "ㅇㅅㄷ", "역삼"])
def test_a_neighbourhood_is_found_by_name_and_first_letters(client, yeoksam, query):
    text = text_of(page(client, f"/pharmacies/?q={query}"))
    assert "서울 강남구 역삼동" in text and "주일쉬는약국" in text and "동 가운데에서" in text
    part = client.get(f"/pharmacies/find/?q={query}", headers=HTMX)
    assert "서울 강남구 역삼동" in part.content.decode() and part["HX-Replace-Url"].startswith("/pharmacies/?q=")


def test_a_neighbourhood_has_an_address_and_may_show_open_ones_alone(client, yeoksam):
    html = page(client, f"/pharmacies/?area={yeoksam.pk}&open=1")
    assert "참좋은약국" in html and "주일쉬는약국" not in html and 'id="open-only" checked' in html
    assert "시간을 모르는 약국 1곳은 뺐어요" in html
    (further,) = re.findall(r'href="(/pharmacies/\?[^"]*unknown=1)"', unescape(html))
    both = page(client, further)
    assert both.count("시간 정보 없음") > html.count("시간 정보 없음") and "뺐어요" not in both


def test_a_number_of_a_neighbourhood_that_is_gone_falls_back_to_its_name(client, yeoksam):
    assert "주일쉬는약국" in page(client, f"/pharmacies/?q=역삼동&area={yeoksam.pk + 999}")
    assert "어디 근처에서 찾을까요?" in page(client, "/pharmacies/?area=999999")
    assert "어디 근처에서 찾을까요?" in page(client, f"/pharmacies/?area={'9' * 40}")


@pytest.mark.parametrize("query", ["참좋은", "ㅊㅈㅇ"])
def test_a_pharmacy_is_found_by_its_name(client, yeoksam, query):
    text = text_of(page(client, f"/pharmacies/?q={query}"))
    assert "이름으로 찾은 약국" in text and "참좋은약국" in text and "열려 있음" in text


def test_a_name_that_is_not_open_is_left_out_aloud(client, yeoksam):
    text = text_of(page(client, "/pharmacies/?q=주일쉬는약국&open=1"))
    assert "곳은 뺐어요" in text and "모두 보기" in text and "이름으로 찾은 약국" not in text


def test_what_is_not_found_says_so_and_repeats_words_only_as_words(client, street):
    html = client.get("/pharmacies/?q=<script>alert(1)</script>").content.decode()
    assert "찾지 못했어요" in html and "<script>alert" not in html


def test_an_empty_shelf_says_how_to_fill_it(client, db):
    for html in (page(client, "/pharmacies/"), page(client, "/pharmacies/?q=역삼"), near(client)):
        assert "아직 약국 자료가 없어요" in html
        assert "onharu import pharmacies" in html and "onharu refresh pharmacies" in html


def test_a_holiday_is_named_and_its_hours_hold(client, street):
    ExtraHoliday.objects.create(day=date(2026, 11, 22), name="임시공휴일")
    text = text_of(near(client))
    assert "오늘은 임시공휴일 (공휴일)이에요" in text
    one = text_of(page(client, f"/pharmacies/{street[0].pk}/"))
    assert "공휴일 오늘 신고되지 않음" in one and "일요일 10:00–18:00" in one


def test_one_has_its_week_its_phone_its_note_and_where_all_that_comes_from(client, near_one, noon):
    near_one.note = "점심 시간에는\n쉽니다 <b>"
    near_one.save()
    html = client.get(f"/pharmacies/{near_one.pk}/").content.decode()
    text = text_of(unescape(html))
    for said in ("열려 있음 18:00까지", "월요일 09:00–19:00", "토요일 09:00–14:00", "일요일 오늘 10:00–18:00", "공휴일 신고되지 않음",
                 "점심 시간에는", ADVICE, "시험표 (2026-11-20 기준)", "전화로 확인 02-555-0100"):  # fmt: skip
        assert said in text, said
    assert 'href="tel:025550100"' in html and "&lt;b&gt;" in html and "data-star" not in html
    assert 'id="open-map"' in html


def test_unknown_hours_are_unknown_and_not_closed(client, unknown_one, noon):
    text = text_of(page(client, f"/pharmacies/{unknown_one.pk}/"))
    assert "시간 정보 없음" in text and "닫았다는 뜻은 아니에요" in text and "닫힘" not in text


def test_one_that_is_always_open_and_one_that_closes_past_midnight(client, noon, monkeypatch):
    always, late = put("늘여는약국", week=ALWAYS), put("심야약국", week=LATE)
    assert "열려 있음 24시간" in text_of(page(client, f"/pharmacies/{always.pk}/"))
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 14, 0, tzinfo=UTC))  # 23:00
    text = text_of(page(client, f"/pharmacies/{late.pk}/"))
    assert "열려 있음 내일 02:00까지" in text and "22:00–다음 날 02:00" in text


def test_whoever_walks_slower_than_it_closes_is_told(client, near_one, noon, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 8, 57, tzinfo=UTC))  # 17:57, six minutes away
    assert "걸어서 닿기 전에 닫을 수 있어요" in near(client)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 22, 8, 30, tzinfo=UTC))
    assert "30분 뒤에 닫아요" in near(client)


def test_one_that_no_source_lists_any_more_says_so(client, near_one, noon):
    near_one.gone_on = date(2026, 11, 20)
    near_one.save()
    assert "더 이상 목록에 없어요. 2026-11-20부터" in page(client, f"/pharmacies/{near_one.pk}/")


def test_an_invented_one_is_marked(client, noon):
    made_up = put("보기약국", sample=True, phone="")
    assert "지어낸 약국이에요" in page(client, f"/pharmacies/{made_up.pk}/")
    assert "지어낸 곳이에요" in near(client) and '<span class="badge">보기</span>' in near(client)


def test_a_shelf_of_invented_ones_leads_to_them(client, db):
    load_sample_town()
    for html in (page(client, "/pharmacies/"), near(client)):
        assert "지어낸 보기 약국만 있어요" in html and "/pharmacies/?q=온하루동" in html
    found = text_of(page(client, "/pharmacies/?q=온하루동"))
    assert "보기 약국 1" in found and "지어낸 곳이에요" in found and "전화번호 정보 없음" in found


@pytest.mark.parametrize("number", ["987654321", "9" * 30, "0"])
def test_a_number_that_is_none_is_missing(client, browser, street, number):
    assert client.get(f"/pharmacies/{number}/").status_code == 404
    for act in ("keep", "let-go"):
        assert browser.post(f"/pharmacies/{number}/{act}/").status_code == 404


def test_with_htmx_one_opens_over_the_list(client, street):
    html = page(client, f"/pharmacies/{street[0].pk}/", **HTMX)
    assert "<dialog" in html and "data-sheet-auto" in html and "<html" not in html


def test_keeping_with_htmx_says_so_with_a_way_back(browser, street):
    number = street[0].pk
    kept = browser.post(f"/pharmacies/{number}/keep/", headers=HTMX)
    assert kept.status_code == 204 and KeptPharmacy.objects.count() == 1
    assert f"/pharmacies/{number}/let-go/" in kept["HX-Trigger"] and '"kept": true' in kept["HX-Trigger"]
    gone = browser.post(f"/pharmacies/{number}/let-go/", headers=HTMX)
    assert f"/pharmacies/{number}/keep/" in gone["HX-Trigger"] and '"kept": false' in gone["HX-Trigger"]
    assert not KeptPharmacy.objects.exists()


def test_keeping_without_scripts_comes_back_to_the_list(browser, street):
    number, form = street[0].pk, {"next": "/pharmacies/?q=well&open=1"}
    assert browser.post(f"/pharmacies/{number}/keep/", form)["Location"] == "/pharmacies/?q=well&open=1"
    assert "내 약국에 담았어요" in page(browser, "/pharmacies/")
    elsewhere = browser.post(f"/pharmacies/{number}/let-go/", {"next": "https://example.com/"})
    assert elsewhere["Location"] == f"/pharmacies/{number}/"


def test_past_a_hundred_it_is_said_on_the_page(browser, owner, noon):
    for place in range(MOST_KEPT):
        keep(owner_id=owner.pk, pharmacy_id=put(f"약국 {place}").pk)
    number = put("하나 더").pk
    assert browser.post(f"/pharmacies/{number}/keep/")["Location"] == "/pharmacies/"
    assert "100곳까지 담아 둘 수 있어요" in page(browser, "/pharmacies/")
    assert browser.post(f"/pharmacies/{number}/keep/", headers=HTMX).status_code == 409


def test_mine_stand_on_top_the_open_ones_first_and_all_on_their_page(browser, owner, street):
    assert "아직 담은 약국이 없어요" in page(browser, "/pharmacies/mine/")
    for one in (*street, put("넷째약국", week=None)):
        keep(owner_id=owner.pk, pharmacy_id=one.pk)
    few = page(browser, "/pharmacies/mine/?few=1", **HTMX)
    assert re.findall(r'id="few-(\d+)"', few)[0] == str(street[0].pk) and "1곳 더 보기" in few
    assert few.strip().startswith("<section") and "내 약국" in page(browser, "/pharmacies/")
    every = page(browser, "/pharmacies/mine/")
    assert (
        every.count('data-row="') == 4 and ADVICE in every and "<html" not in page(browser, "/pharmacies/mine/", **HTMX)
    )


def test_one_that_left_the_list_stays_with_whoever_keeps_it(browser, owner, street):
    keep(owner_id=owner.pk, pharmacy_id=street[0].pk)
    street[0].gone_on = date(2026, 11, 20)
    street[0].save()
    assert "더 이상 목록에 없어요" in page(browser, "/pharmacies/mine/")
    assert "참좋은약국" not in near(browser)


@pytest.mark.parametrize(
    "path", ["/pharmacies/", "/pharmacies/?q=역삼동", "/pharmacies/?q=참좋은", "/pharmacies/mine/", "one"]
)
def test_a_page_is_whole_in_english(browser, owner, yeoksam, near_one, path):
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    browser.cookies["onharu_language"] = "en"
    english = page(browser, f"/pharmacies/{near_one.pk}/" if path == "one" else path)
    assert '<html lang="en"' in english
    english = re.sub(r'<(\w+)[^>]* lang="ko"[^>]*>.*?</\1>', "", english, flags=re.DOTALL)
    english = re.sub(r'value="[^"]*"|aria-label="\d+\.[^"]*"', "", english)
    for own in ("참좋은약국", "서울 강남구 역삼동", "한국어", "온하루"):
        english = english.replace(own, "")
    assert not re.search("[가-힣]", english), re.findall(r"[^<>]*[가-힣]+[^<>]*", english)
    assert "open" in english.lower() or path == "/pharmacies/"


def test_what_is_near_is_said_in_english(client, street):
    client.cookies["onharu_language"] = "en"
    text = text_of(near(client))
    for said in (
        "Found 3 pharmacies.",
        "opens tomorrow 09:00",
        "until 18:00",
        "about 2 minutes on foot",
        "Check by phone",
    ):
        assert said in text, said


def test_nothing_of_a_page_is_fetched_from_elsewhere_or_stands_inline(browser, yeoksam):
    for html in (
        page(browser, "/pharmacies/"),
        page(browser, "/pharmacies/?q=역삼동"),
        near(browser),
        near(browser, {}),
    ):
        assert not re.search(r'<(?:img|script|link|iframe|source)[^>]+(?:src|href)="https?:', html)
        assert " style=" not in html and not re.search(r"\son[a-z]+=", html)


def test_near_costs_the_same_for_one_or_twenty(client, noon, django_assert_max_num_queries):
    put("약국", north=10)
    near(client)
    with django_assert_max_num_queries(3):
        near(client)
    for place in range(19):
        put(f"약국 {place}", north=20 + place)
    with django_assert_max_num_queries(3):
        assert len(order_of(near(client))) == 20


def test_a_neighbourhood_costs_the_same_for_one_or_many(client, yeoksam, django_assert_max_num_queries):
    path = f"/pharmacies/find/?area={yeoksam.pk}"
    page(client, path, **HTMX)
    for place in range(30):
        put(f"약국 {place}", north=20 + place, province="서울")
    with django_assert_max_num_queries(4):
        assert len(order_of(page(client, path, **HTMX))) == 20
