"""The pages of one's medicines: whole without scripts, in parts with htmx, and nobody else's."""

import re
from html import unescape

import pytest

from onharu.records.medication.actions import looking, scraps
from onharu.records.medication.models import Scrap, Tag, Understood, Viewed
from onharu.records.medication.tests.conftest import statements_of
from tests.medicine_shelf import PARTNER, TABLET, notice, put_on_the_shelf
from tests.sealed_rows import row_where

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PAGES = ("/medicines/", "/medicines/identify/", "/medicines/scraps/", f"/medicines/{TABLET}/")


def page(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return unescape(response.content.decode())


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture
def understood(owner):
    looking.understand(owner_id=owner.pk)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_to_sign_in(client, tablet, path):
    assert client.get(path)["Location"].startswith("/login/")


@pytest.mark.parametrize("path", [*PAGES, "/medicines/?q=하루정"])
def test_a_page_is_whole_in_both_languages(browser, owner, scrap, path):
    assert "온하루" in page(browser, path)
    browser.cookies["onharu_language"] = "en"
    english = page(browser, path)
    assert '<html lang="en"' in english
    english = re.sub(r'<(\w+)[^>]* lang="ko".*?</\1>', "", english, flags=re.DOTALL).replace("<wbr>", "")
    for own in ("하루정500밀리그람", "온하루제약", "하나틴", "두나민", "두통에 써요.", "두통에 한 알.", "두통", "비상약", "한국어",
                "타이레놀", "하루정", "해열", "온하루", "시험표"):  # fmt: skip
        english = english.replace(own, "")
    english = re.sub(r'value="[가-힣]+"', "", english)
    assert not re.search("[가-힣]", text_of(english)), re.findall("[^ ]*[가-힣]+", text_of(english))


def test_nothing_of_a_page_is_fetched_from_elsewhere(browser, scrap):
    for path in PAGES:
        html = page(browser, path)
        assert not re.search(r'<(?:img|script|link|iframe|source)[^>]+(?:src|href)="https?:', html)
        assert " style=" not in html and not re.search(r"\son[a-z]+=", html)


def test_a_picture_of_the_ministry_is_a_link_that_tells_nothing_of_who_follows_it(browser, tablet):
    link = re.search(r'<a [^>]*href="https://nedrug[^>]*>', page(browser, f"/medicines/{TABLET}/"))
    assert "noreferrer" in link[0] and 'referrerpolicy="no-referrer"' in link[0]


@pytest.mark.parametrize("query", ["하루정", "ㅎㄹㅈ", "하루정500"])
def test_a_medicine_is_found_by_name_and_first_letters(browser, tablet, query):
    html = page(browser, f"/medicines/?q={query}")
    assert f'href="/medicines/{TABLET}/"' in html
    assert "두통에 써요." in html and "하양 장방형, HARU / 500" in html
    part = page(browser, f"/medicines/find/?q={query}", **HTMX)
    assert f'href="/medicines/{TABLET}/"' in part and "<html" not in part


def test_what_is_not_found_says_so_and_where_to_go_on(browser, tablet):
    html = page(browser, "/medicines/?q=없는이름없는이름")
    assert "찾지 못했어요" in html and "/medicines/identify/" in html and "ㅌㅇㄹㄴ" in html


def test_searching_costs_the_same_for_one_or_twenty(browser, owner, tablet):
    page(browser, "/medicines/find/?q=하루정")
    before = statements_of(lambda: browser.get("/medicines/find/?q=하루정"))
    for place in range(19):
        put_on_the_shelf(f"3000000{place:02}", f"하루정 {place}호")
    page(browser, "/medicines/find/?q=하루정")
    assert statements_of(lambda: browser.get("/medicines/find/?q=하루정")) == before <= 5


def test_before_the_note_is_read_nothing_that_was_looked_at_is_kept(browser, tablet):
    assert "처음 쓰기 전에" in page(browser, f"/medicines/{TABLET}/")
    assert not Viewed.objects.exists()
    assert browser.post("/medicines/understood/")["Location"] == "/medicines/"
    assert browser.post("/medicines/understood/", headers=HTMX).content == b""
    assert Understood.objects.count() == 1
    assert "처음 쓰기 전에" not in page(browser, f"/medicines/{TABLET}/")
    assert "최근에 본 약" in page(browser, "/medicines/")


def test_looking_at_the_head_alone_keeps_nothing(browser, understood, tablet):
    browser.head(f"/medicines/{TABLET}/")
    assert not Viewed.objects.exists()


def test_what_was_looked_at_is_forgotten_with_a_way_back(browser, understood, tablet):
    page(browser, f"/medicines/{TABLET}/")
    gone = browser.post("/medicines/recent/forget/", headers=HTMX)
    assert "/medicines/recent/restore/" in gone["HX-Trigger"]
    assert "최근에 본 약" not in page(browser, "/medicines/")
    browser.post("/medicines/recent/restore/", headers=HTMX)
    assert "최근에 본 약" in page(browser, "/medicines/")


def test_a_medicine_shows_what_it_holds_and_where_that_comes_from(browser, tablet):
    text = text_of(page(browser, f"/medicines/{TABLET}/"))
    for said in (
        "하나틴 500 mg", "두나민 함량 정보 없음", "두통에 써요.", "원문에서 뽑음", "이 약은 두통에 사용합니다.", "17.6 × 7.1 mm",
        "시험표", "2024-05-06 기준", "일반의약품", "공개되지 않은 항목",
    ):  # fmt: skip
        assert said in text, said


def test_a_summary_of_a_model_is_marked(browser, tablet):
    tablet.plain_words.update(source="model")
    assert "AI 요약" in page(browser, f"/medicines/{TABLET}/")


def test_what_nobody_published_is_not_known_and_never_none(browser, partner):
    text = text_of(page(browser, f"/medicines/{PARTNER}/"))
    assert "쉬운 설명서가 공개되지 않은 약이에요" in text and "모양 정보 없음" in text


@pytest.mark.parametrize("path", ["/medicines/999999999/", "/medicines/999999999/mine/", "/medicines/12/"])
def test_a_number_that_is_no_medicine_is_missing(browser, tablet, path):
    assert browser.get(path).status_code == 404


def test_a_medicine_is_scrapped_by_a_plain_form(browser, tablet):
    done = browser.post(f"/medicines/{TABLET}/mine/", {"category": "GOOD"})
    assert done["Location"] == f"/medicines/{TABLET}/"
    form = {"notes": "속은 괜찮았다", "tags": "두통, #여행"}
    browser.post(f"/medicines/{TABLET}/mine/", form)
    html = page(browser, f"/medicines/{TABLET}/")
    assert 'value="GOOD" aria-pressed="true"' in html
    assert "속은 괜찮았다" in html and "#여행" in html
    number = Scrap.objects.get().pk
    gone = browser.post(f"/medicines/scraps/{number}/delete/")["Location"]
    assert gone == f"/medicines/{TABLET}/?gone=scrap-{number}"
    assert not Scrap.objects.alive().exists()


def test_scrapping_with_htmx_offers_to_take_it_back(browser, tablet):
    card = browser.post(f"/medicines/{TABLET}/mine/", {"category": "FAVORITE"}, headers=HTMX)
    scrap = Scrap.objects.get()
    assert f"/medicines/scraps/{scrap.pk}/delete/" in card["HX-Trigger"] and "onharu:mine" in card["HX-Trigger"]
    again = browser.post(f"/medicines/{TABLET}/mine/", {"category": "BAD"}, headers=HTMX)
    assert '"undo": ""' in again["HX-Trigger"]
    gone = browser.post(f"/medicines/scraps/{scrap.pk}/delete/", headers=HTMX)
    assert f"/medicines/scraps/{scrap.pk}/restore/" in gone["HX-Trigger"]
    browser.post(f"/medicines/scraps/{scrap.pk}/restore/", headers=HTMX)
    assert Scrap.objects.alive().get().category == "BAD"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_saved_is_said_and_nothing_typed_is_lost(browser, scrap, headers):
    form = {"notes": "새 메모", "tags": "가" * 31}
    answer = browser.post(f"/medicines/{TABLET}/mine/", form, headers=headers)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "새 메모" in html and "가" * 31 in html and "field-error" in html
    assert Scrap.objects.get().notes == "두통에 한 알."


def test_a_note_is_words_and_never_markup(browser, scrap):
    browser.post(f"/medicines/{TABLET}/mine/", {"notes": "<script>alert(1)</script>"})
    assert b"<script>alert" not in browser.get(f"/medicines/{TABLET}/").content
    assert b"<script>alert" not in browser.get("/medicines/scraps/").content


def test_notices_stand_beside_mine_with_their_words_and_their_day(browser, owner, pair):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "GOOD"})
    text = text_of(page(browser, f"/medicines/{TABLET}/"))
    for said in (
        "금기",
        "병용금기",
        "저녁캡슐",
        "중증의 위장관계 이상반응",
        "고시 2009-03-03",
        "확인해 보세요 · 약사와 상의",
        "두나민",
    ):
        assert said in text, said
    part = page(browser, f"/medicines/{TABLET}/beside-mine/", **HTMX)
    assert "병용금기" in part and "<html" not in part


@pytest.mark.parametrize(("born", "told"), [(1950, True), (1990, False)])
def test_cautions_are_for_this_person(browser, owner, pair, born, told):
    notice("elderly", "D000001", text="낙상 위험")
    owner.profile.birth_year = born
    owner.profile.save()
    assert ("노인 주의" in page(browser, f"/medicines/{TABLET}/")) is told


def test_without_a_year_of_birth_the_page_says_for_whom_a_caution_holds(browser, owner, pair):
    notice("age", "D000001", age="12세미만", text="안전성 미확립")
    owner.profile.birth_year = None
    owner.profile.save()
    text = text_of(page(browser, f"/medicines/{TABLET}/"))
    assert "12세미만인 사람에게 해당돼요." in text and "태어난 해를 알려 주시면" in text


def test_a_medicine_page_costs_the_same_with_many_of_mine(browser, owner, understood, pair):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={})
    page(browser, f"/medicines/{TABLET}/")
    before = statements_of(lambda: browser.get(f"/medicines/{TABLET}/"))
    for place in range(20):
        put_on_the_shelf(f"3000000{place:02}", f"약 {place}", ("하나틴", None))
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000000{place:02}", said={"tags": ["하나"]})
    assert statements_of(lambda: browser.get(f"/medicines/{TABLET}/")) == before


@pytest.mark.parametrize(
    "query",
    [
        "front=HARU",
        "back=haru",
        "front=500&back=HARU",
        "shape=장방형",
        "color=하양",
        "front=HARU&shape=장방형&color=하양",
    ],
)
def test_a_pill_is_told_by_how_it_looks(browser, tablet, query):
    assert f"/medicines/{TABLET}/" in page(browser, f"/medicines/identify/?{query}")


@pytest.mark.parametrize("query", ["front=NOTHING", "shape=원형", "color=검정"])
def test_a_pill_that_looks_otherwise_is_not_found(browser, tablet, query):
    html = page(browser, f"/medicines/identify/?{query}")
    assert f"/medicines/{TABLET}/" not in html and "찾지 못했어요" in html


def test_shapes_and_colours_have_names_and_are_drawn(browser, tablet):
    html = page(browser, "/medicines/identify/")
    assert html.count('name="shape"') == 12 and html.count('name="color"') == 17
    assert html.count('class="shape"') == 11 and html.count('class="swatch"') == 16


def test_scraps_are_listed_narrowed_and_compared(browser, owner, scrap, pair):
    html = page(browser, "/medicines/scraps/")
    assert "내 약을 서로 견주기" not in html
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "FAVORITE"})
    html = page(browser, "/medicines/scraps/")
    assert "내 약을 서로 견주기" in html and "중증의 위장관계 이상반응" in html
    part = page(browser, "/medicines/scraps/?category=GOOD", **HTMX)
    assert TABLET in part and PARTNER not in part and "<html" not in part
    tag = row_where(Tag.objects, name="두통")
    assert PARTNER not in page(browser, f"/medicines/scraps/?tag={tag.pk}", **HTMX)


def test_many_scraps_have_pages(browser, owner):
    for place in range(31):
        put_on_the_shelf(f"3000000{place:02}", f"약 {place}")
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000000{place:02}", said={})
    first, second = (page(browser, f"/medicines/scraps/?page={number}") for number in (1, 2))
    assert first.count('data-row="') == 30 and second.count('data-row="') == 1


def test_tags_are_renamed_taken_away_and_back(browser, scrap):
    tag = row_where(Tag.objects, name="두통")
    renamed = browser.post(f"/medicines/scraps/tags/{tag.pk}/", {"name": "머리"}, headers=HTMX)
    assert "머리" in renamed.content.decode()
    gone = browser.post(f"/medicines/scraps/tags/{tag.pk}/delete/", headers=HTMX)
    assert f"/medicines/scraps/tags/{tag.pk}/restore/" in gone["HX-Trigger"]
    assert "머리" not in page(browser, "/medicines/scraps/tags/")
    assert browser.post(f"/medicines/scraps/tags/{tag.pk}/restore/")["Location"] == "/medicines/scraps/"
    assert "머리" in page(browser, "/medicines/scraps/tags/")


def test_a_stranger_sees_and_changes_nothing_of_it(stranger_browser, owner, scrap):
    tag = Tag.objects.first().pk
    assert "하루정" not in page(stranger_browser, "/medicines/scraps/")
    assert "두통에 한 알." not in page(stranger_browser, f"/medicines/{TABLET}/")
    for path in (
        f"/medicines/scraps/{scrap.pk}/delete/",
        f"/medicines/scraps/{scrap.pk}/restore/",
        f"/medicines/scraps/tags/{tag}/",
        f"/medicines/scraps/tags/{tag}/delete/",
        f"/medicines/scraps/tags/{tag}/restore/",
    ):
        assert stranger_browser.post(path, {"name": "나"}).status_code == 404
    assert Scrap.objects.of(owner.pk).alive().count() == 1


def test_a_plain_form_never_leads_to_another_host(browser, scrap):
    gone = browser.post(f"/medicines/scraps/{scrap.pk}/delete/", {"next": "https://example.com/"})
    assert gone["Location"] == f"/medicines/{TABLET}/?gone=scrap-{scrap.pk}"
