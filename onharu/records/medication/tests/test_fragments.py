"""The parts that htmx asks for: heard as well as seen, and found again with the back button."""

import json
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from onharu.records.medication.actions import looking, scraps
from onharu.records.medication.models import Tag
from onharu.records.medication.tests.conftest import statements_of
from tests.medicine_shelf import PARTNER, TABLET, THIRD, notice, notice_on, put_on_the_shelf, say_of
from tests.sealed_rows import row_where

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def part(client, path):
    response = client.get(path, headers=HTMX)
    assert response.status_code == 200
    html = unescape(response.content.decode())
    assert "<html" not in html
    return response, html


def whole(client, path):
    return unescape(client.get(path).content.decode())


def heard(html, place):
    """What a live region is filled with by the way."""
    said = re.search(rf'<p hx-swap-oob="innerHTML:#{place}">(.*?)</p>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", said[1]).split())


def live_region(html, place):
    return re.search(rf'<p [^>]*id="{place}"[^>]*role="status"[^>]*>', html)


@pytest.fixture
def withdrawn(partner):
    say_of(PARTNER, withdrawn_on=date(2024, 5, 1))


@pytest.mark.parametrize(
    ("query", "said"), [("하루정", "1개를 찾았어요."), ("없는이름없는이름", "찾지 못했어요."), ("", "")]
)
def test_how_many_were_found_is_heard(browser, tablet, query, said):
    _, html = part(browser, f"/medicines/find/?q={query}")
    assert heard(html, "found-said") == said


def test_a_live_region_is_there_before_anything_is_said_in_it(browser, tablet):
    assert live_region(whole(browser, "/medicines/"), "found-said")
    assert live_region(whole(browser, "/medicines/identify/"), "pills-said")
    assert "hx-swap-oob" not in whole(browser, "/medicines/?q=하루정")
    assert "hx-swap-oob" not in whole(browser, "/medicines/identify/?front=HARU")


def test_the_list_itself_is_not_read_out_whole(browser, tablet):
    for path in ("/medicines/?q=하루정", "/medicines/identify/?front=HARU"):
        html = whole(browser, path)
        assert not re.search(r'id="(?:found|pills)"[^>]*aria-live', html)


@pytest.mark.parametrize(
    ("query", "address"),
    [("하루정", {"q": ["하루정"]}), ("", {}), ("  ㅎ ㄹ ", {"q": ["ㅎ ㄹ"]}), ("a&b=c", {"q": ["a"]})],
)
def test_the_address_says_what_was_asked(browser, tablet, query, address):
    response, _ = part(browser, f"/medicines/find/?q={query}")
    found = urlsplit(response["HX-Replace-Url"])
    assert found.path == "/medicines/" and not found.netloc
    assert parse_qs(found.query) == address


def test_who_comes_back_finds_the_list_again(browser, tablet):
    response, html = part(browser, "/medicines/find/?q=하루정")
    again = whole(browser, response["HX-Replace-Url"])
    assert 'value="하루정"' in again
    rows = re.compile(r'id="found-\d{9}"')
    assert rows.findall(again) == rows.findall(html) != []


def test_who_comes_back_finds_the_pills_again(browser, tablet):
    response, html = part(browser, "/medicines/identify/?front=HARU&back=&shape=장방형&color=하양")
    assert parse_qs(urlsplit(response["HX-Replace-Url"]).query) == {
        "front": ["HARU"],
        "shape": ["장방형"],
        "color": ["하양"],
    }
    again = whole(browser, response["HX-Replace-Url"])
    assert 'value="HARU"' in again and again.count(" checked") == 2
    assert f'id="found-{TABLET}"' in again and f'id="found-{TABLET}"' in html


@pytest.mark.parametrize(
    ("query", "said"),
    [("front=HARU", "1개를 찾았어요. 아래에서 보기"), ("front=NOTHING", "이렇게 생긴 알약을 찾지 못했어요"), ("", "")],
)
def test_how_many_pills_look_so_is_heard_beside_what_is_typed(browser, tablet, query, said):
    _, html = part(browser, f"/medicines/identify/?{query}")
    assert heard(html, "pills-said") == said


def test_a_full_list_says_that_there_may_be_more(browser, tablet):
    for place in range(25):
        put_on_the_shelf(f"3000000{place:02}", f"가나다정 {place}호")
    _, html = part(browser, "/medicines/find/?q=가나다정")
    assert html.count("data-row=") == 20 and "앞의 것만 보여 드려요" in html
    _, few = part(browser, "/medicines/find/?q=하루정")
    assert "앞의 것만" not in few


def test_a_change_elsewhere_is_told_to_what_shows_it(browser, tablet):
    answer = browser.post(f"/medicines/{TABLET}/mine/", {"category": "GOOD"}, headers=HTMX)
    told = json.loads(answer["HX-Trigger"])
    assert told["onharu:toast"]["message"] == "하루정500밀리그람을 담았어요."
    assert {"onharu:mine", "onharu:toast"} <= told.keys()
    _, html = part(browser, f"/medicines/{TABLET}/mine/")
    assert 'value="GOOD" aria-pressed="true"' in html and html.count('aria-pressed="true"') == 1


def test_a_name_of_a_tag_that_is_refused_stays_in_its_part(browser, scrap):
    tag = row_where(Tag.objects, name="두통")
    answer = browser.post(f"/medicines/scraps/tags/{tag.pk}/", {"name": "비상약"}, headers=HTMX)
    html = unescape(answer.content.decode())
    assert answer.status_code == 422 and "HX-Trigger" not in answer
    assert "<html" not in html and 'role="alert"' in html and html.count('aria-invalid="true"') == 1


def test_uses_of_a_tag_are_said_in_words(browser, scrap):
    _, html = part(browser, "/medicines/scraps/tags/")
    assert html.count('<span class="visually-hidden">약 1개</span>') == 2


def test_a_product_that_left_the_shelf_is_named_by_its_number(browser, scrap, tablet):
    tablet.delete()
    _, html = part(browser, "/medicines/scraps/")
    assert f"{TABLET} (목록에서 빠진 약)" in html and f"{TABLET} 빼기" in html


def test_a_withdrawn_medicine_says_so_wherever_it_is_listed(browser, owner, withdrawn, tablet):
    said = "2024-05-01 허가가 끝난 약이에요."
    assert said in part(browser, "/medicines/find/?q=저녁캡슐")[1]
    assert said not in part(browser, "/medicines/find/?q=하루정")[1]
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "GOOD"})
    assert said in part(browser, "/medicines/scraps/")[1]
    looking.note_view(owner_id=owner.pk, item_seq=PARTNER)
    assert said in part(browser, "/medicines/find/?q=")[1]
    assert said in part(browser, f"/medicines/{TABLET}/beside-mine/")[1]


def test_the_page_of_a_withdrawn_medicine_says_it_once_with_its_source(browser, withdrawn):
    html = whole(browser, f"/medicines/{PARTNER}/")
    assert html.count("2024-05-01 허가가 끝난 약이에요.") == 1
    assert "시험표" in re.search(r'id="withdrawn">.*?</p>', html, re.DOTALL)[0]
    say_of(PARTNER, withdrawn_on=None)
    assert "허가가 끝난" not in whole(browser, f"/medicines/{PARTNER}/")


def test_a_notice_on_the_medicine_itself_stands_on_its_page_alone(browser, owner, tablet, partner):
    notice_on(TABLET, "split", text="분할하지 마십시오.", remark="서방정", noticed_on="2020-02-02")
    html = whole(browser, f"/medicines/{TABLET}/")
    for said in ("분할 주의", "분할하지 마십시오.", "서방정", "고시 2020-02-02", "식품의약품안전처 DUR 품목정보"):
        assert said in html
    scraps.set_scrap(owner_id=owner.pk, item_seq=TABLET, said={})
    assert "분할하지 마십시오." not in whole(browser, f"/medicines/{PARTNER}/")


def test_without_medicines_of_ones_own_the_page_says_what_was_looked_at(browser, owner, tablet, partner):
    assert "아직 내 약이 없어 이 약만 살폈어요." in whole(browser, f"/medicines/{TABLET}/")
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={})
    html = whole(browser, f"/medicines/{TABLET}/")
    assert "약 1개와 견주었어요." in html and "약 0개" not in html


def test_what_holds_now_is_said_above_a_list_that_may_be_long(browser, owner, pair):
    for number in (TABLET, PARTNER):
        scraps.set_scrap(owner_id=owner.pk, item_seq=number, said={})
    html = whole(browser, "/medicines/scraps/")
    link = re.search(r'<a class="note together-link" href="#together-title">.*?</a>', html, re.DOTALL)
    assert "1건" in link[0] and 'id="together-title"' in html and link.start() < html.index('id="scrap-list"')


def test_how_to_use_it_and_what_to_know_before_stand_open(browser, tablet):
    tablet.sections.create(kind="use", text="하루 한 알.", source="시험표")
    html = whole(browser, f"/medicines/{TABLET}/")
    assert re.search(r'id="label-use" open', html)
    assert not re.search(r'id="label-efficacy" open', html)


def test_a_remark_of_a_notice_is_marked_as_one(browser, owner, pair):
    notice("dose", "D000001", most_a_day="4,000밀리그램", remark="용량Aspirin>325mg")
    html = whole(browser, f"/medicines/{TABLET}/")
    assert "고시에 적힌 비고" in html and "용량Aspirin>325mg" in html


def test_korean_words_on_an_english_page_say_that_they_are_korean(browser, owner, pair):
    owner.profile.language = "en"
    owner.profile.save()
    say_of(TABLET, class_name="해열.진통.소염제", form="필름코팅정")
    html = whole(browser, f"/medicines/{TABLET}/")
    for said in ("해열.진통.소염제", "필름코팅정", "두통에 써요."):
        assert re.search(rf'lang="ko"[^>]*>{re.escape(said)}<', html), said


def test_a_list_of_scraps_costs_the_same_for_one_and_thirty(browser, owner, scrap):
    path = "/medicines/scraps/?category=GOOD"
    part(browser, path)
    before = statements_of(lambda: part(browser, path))
    for place in range(29):
        put_on_the_shelf(f"3000000{place:02}", f"약 {place}")
        said = {"category": "GOOD", "tags": ["하나", "둘"]}
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000000{place:02}", said=said)
    assert statements_of(lambda: part(browser, path)) == before


def test_an_unknown_medicine_has_no_parts(browser, tablet):
    for path in (f"/medicines/{THIRD}/mine/", f"/medicines/{THIRD}/beside-mine/", f"/medicines/{THIRD}/"):
        assert browser.get(path, headers=HTMX).status_code == 404
