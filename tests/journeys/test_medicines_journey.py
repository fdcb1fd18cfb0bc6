"""Finding a medicine by thumb and by its looks, keeping it, and reading what official notices say beside mine."""

import os
import subprocess

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.booted import COMMAND, LEFT_OUT
from tests.journeys.conftest import PASSWORD, PHONE, sign_in, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
DESKTOP = {"width": 1280, "height": 900}
TYLENOL, IBUPROFEN, NAPROXEN = "202106092", "197700120", "197500016"  # of the shipped shelf
HEADER = (
    "DUR일련번호,DUR유형,단일복합구분코드,DUR성분코드,DUR성분명영문,DUR성분명,복합제,관계성분,약효분류코드,효능군,고시일자,"
    "금기내용,제형,연령기준,최대투여기간,1일최대용량,등급,병용금기단일복합구분코드,병용금기DUR성분코드,병용금기DUR성분영문명,"
    "병용금기DUR성분명,병용금기복합제,병용금기관계성분,병용금기약효분류,비고,상태,계열명"
)
# Two lines of the official table.
GROUP = (
    (
        "2480,효능군중복,단일,D000363,Ibuprofen,이부프로펜,-,[M051259]이부프로펜,[01140]해열.진통.소염제,해열진통소염제,20120831,"
        "-,-,-,-,-,-,-,-,-,-,-,-,-,-,정상,비스테로이드성소염제"
    ),
    (
        "2943,효능군중복,단일,D000982,Naproxen,나프록센,-,[M050116]나프록센,[01140]해열.진통.소염제,해열진통소염제,20120831,"
        "-,-,-,-,-,-,-,-,-,-,-,-,-,-,정상,비스테로이드성소염제"
    ),
)


@pytest.fixture(scope="module")
def notices(server, tmp_path_factory):
    """Two official notices on the server's shelf, brought in as an operator does."""
    file = tmp_path_factory.mktemp("notices") / "notices.csv"
    file.write_text("\n".join((HEADER, *GROUP)), encoding="utf-8-sig")
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment = {**kept, "ONHARU_DATA": str(server.log.parent / "data")}
    done = subprocess.run(
        [COMMAND, "import", "contraindications", str(file)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def asked(server, username):
    """The API, as this person."""
    _, answer = server.ask("POST", "/auth/token/", {"username": username, "password": PASSWORD})
    signed = {"Authorization": f"Bearer {answer['access']}"}
    return lambda method, path, body=None: server.ask(method, path, body, **signed)


def understand(page):
    page.goto("/medicines/")
    page.click("#medicine-understood")
    page.locator("#medicine-note").wait_for(state="detached")


def test_a_medicine_is_two_taps_from_today_found_by_first_letters_kept_and_taken_back(page, asked, complaints):
    page.locator("#place-medicines").click()
    page.click("#medicine-understood")
    page.locator("#medicine-note").wait_for(state="detached")
    page.locator("#medicine-q").press_sequentially("ㅌㅇㄹㄴ", delay=30)
    page.locator(f"#found-{TYLENOL}").click()
    page.wait_for_url(f"**/medicines/{TYLENOL}/")
    assert page.locator("h1").inner_text().startswith("타이레놀정500")
    page.click("#mine-GOOD")
    page.locator(".toast", has_text="담았어요").wait_for()
    assert page.locator("#mine-GOOD").get_attribute("aria-pressed") == "true"
    assert asked("GET", f"/api/scraps/by-item/{TYLENOL}/")[1]["category"] == "GOOD"
    page.click("#mine-more > summary")
    page.fill("#mine-notes", "두통에 한 알")
    page.fill("#mine-tags", "두통, 비상약")
    page.click("#mine-save")
    page.locator(".mine-tag", has_text="비상약").wait_for()
    page.click("#mine-delete")
    page.locator("#mine-delete").wait_for(state="detached")
    page.locator(".toast-action", has_text="되돌리기").last.click()
    page.locator(".mine-notes", has_text="두통에 한 알").wait_for()
    assert asked("GET", f"/api/scraps/by-item/{TYLENOL}/")[1]["tags"] == ["두통", "비상약"]
    page.goto("/medicines/")
    page.locator(f"#found-{TYLENOL}", has_text="잘 맞았어요").wait_for()
    assert complaints == []


def test_a_symptom_finds_medicines_and_half_a_syllable_is_enough(page, complaints):
    understand(page)
    page.fill("#medicine-q", "머리 아파요")
    page.locator("#found .note", has_text="두통").wait_for()
    assert page.locator("#found-list .row").count() > 3
    page.fill("#medicine-q", "타이레노")
    page.locator(f"#found-{TYLENOL}").wait_for()
    assert complaints == []


def test_the_search_is_walked_with_the_keyboard(page):
    understand(page)
    page.locator("#medicine-q").press_sequentially("타이레놀")
    page.locator(f"#found-{TYLENOL}").wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('#found-list') !== null")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "medicine-q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/medicines/*/")


def test_who_comes_back_from_a_medicine_finds_the_list_and_the_count_was_heard(page, complaints):
    understand(page)
    page.locator("#medicine-q").press_sequentially("타이레", delay=30)
    page.locator("#found-said", has_text="찾았어요").wait_for()
    page.wait_for_url("**/medicines/?q=*")
    page.locator(f"#found-{TYLENOL}").click()
    page.wait_for_url(f"**/medicines/{TYLENOL}/")
    page.go_back()
    page.locator(f"#found-{TYLENOL}").wait_for()
    assert page.locator("#medicine-q").input_value() == "타이레"
    page.fill("#medicine-q", "이런이름은없는약")
    page.locator("#found-said", has_text="찾지 못했어요").wait_for()
    assert complaints == []


def test_syllables_that_are_being_composed_search_without_dropping_the_list(page, complaints):
    understand(page)
    page.focus("#medicine-q")
    hangul = page.context.new_cdp_session(page)
    for half in ("ㄷ", "두", "둩", "두토", "두통"):
        hangul.send("Input.imeSetComposition", {"text": half, "selectionStart": len(half), "selectionEnd": len(half)})
        page.wait_for_timeout(250)
        page.locator("#found-list .row").first.wait_for()
    hangul.send("Input.insertText", {"text": "두통"})
    page.locator("#found .note", has_text="두통").wait_for()
    assert page.locator("#medicine-q").input_value() == "두통"
    assert complaints == []


def test_a_pill_is_told_by_its_letters_its_shape_and_its_colour(page, complaints):
    page.goto("/medicines/identify/")
    page.locator("#pill-front").press_sequentially("tylenol")
    page.locator(f"#found-{TYLENOL}").wait_for()
    page.locator("#pills-said", has_text="찾았어요").wait_for()
    page.locator("label.chip", has_text="장방형").click()
    page.locator("label.chip", has_text="하양").click()
    page.click("#pill-find")
    page.locator(f"#found-{TYLENOL}", has_text="TYLENOL / 500").click()
    page.wait_for_url(f"**/medicines/{TYLENOL}/")
    page.go_back()
    page.locator(f"#found-{TYLENOL}").wait_for()
    assert page.locator("#pill-front").input_value() == "tylenol"
    page.goto("/medicines/identify/")
    page.locator("#pill-front").fill("NOSUCHMARK")
    page.locator("#pills", has_text="찾지 못했어요").wait_for()
    assert complaints == []


def test_two_of_one_group_are_named_with_the_words_of_the_notice(page, asked, notices, complaints):
    asked("PUT", f"/api/scraps/by-item/{IBUPROFEN}/", {"category": "GOOD"})
    page.goto(f"/medicines/{NAPROXEN}/")
    card = page.locator(".finding", has_text="효능군 중복")
    card.wait_for()
    for said in ("부루펜", "비스테로이드성소염제", "고시 2012-08-31"):
        assert said in card.inner_text()
    assert "확인해 보세요 · 약사와 상의" in page.locator("#beside-mine").inner_text()
    page.click("#mine-FAVORITE")
    page.locator(".toast", has_text="담았어요").wait_for()
    page.goto("/medicines/scraps/")
    assert "비스테로이드성소염제" in page.locator("main").inner_text()
    status, body = asked("POST", "/api/medicines/interactions/", {"item_seqs": [], "with_mine": True})
    assert (status, [one["kind"] for one in body["findings"]]) == (200, ["duplicate"])
    assert complaints == []


PLACES = ("/medicines/", "/medicines/?q=두통", "/medicines/identify/?front=TYLENOL", "/medicines/scraps/", f"/medicines/{TYLENOL}/")  # fmt: skip


@pytest.fixture
def full(page, asked, notices):
    """A person with medicines, notes and tags."""
    for number, category in ((TYLENOL, "GOOD"), (IBUPROFEN, "FAVORITE"), (NAPROXEN, "BAD")):
        said = {"category": category, "notes": "아주긴메모" * 30, "tags": ["띄어쓰지않은아주긴태그이름", "두통"]}
        assert asked("PUT", f"/api/scraps/by-item/{number}/", said)[0] == 200


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, full, scheme, size, complaints):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for place in PLACES:
        page.goto(place)
        assert complaints_of(page) == [], place
        for part in page.locator("main details > summary").all():
            part.click()
        assert complaints_of(page) == [], f"{place} unfolded"
    understand(page)
    page.goto(f"/medicines/{NAPROXEN}/")
    page.goto("/medicines/")
    assert complaints_of(page) == []
    assert complaints == []


def test_nothing_is_too_wide_or_too_small_to_press_on_a_small_phone(page, full):
    page.set_viewport_size({"width": 320, "height": 640})
    for place in PLACES:
        page.goto(place)
        for part in page.locator("main details > summary").all():
            part.click()
        assert page.evaluate(TOO_WIDE) == [], place
        assert page.evaluate(TOO_SMALL, PRIMARY) == [], place
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate(TOO_WIDE) == [], f"{place} with text of twice the size"


def test_without_scripts_a_medicine_is_found_kept_and_let_go(phone, username, asked, complaints):
    page = phone(java_script_enabled=False).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.click("#place-medicines")
    page.click("#medicine-understood")
    page.fill("#medicine-q", "ㅌㅇㄹㄴ")
    page.keyboard.press("Enter")
    page.click(f"#found-{TYLENOL}")
    page.click("#mine-BAD")
    page.click("#mine-more > summary")
    page.fill("#mine-notes", "속이 쓰렸다")
    page.click("#mine-save")
    assert asked("GET", f"/api/scraps/by-item/{TYLENOL}/")[1]["notes"] == "속이 쓰렸다"
    page.goto("/medicines/identify/")
    page.fill("#pill-front", "TYLENOL")
    page.click("#pill-find")
    assert page.locator(f"#found-{TYLENOL}").is_visible()
    page.goto("/medicines/scraps/")
    page.locator(".scrap button").click()
    page.wait_for_url("**/medicines/scraps/?gone=*")
    assert page.locator(".scrap").count() == 0
    page.click("#way-back")
    page.wait_for_url("**/medicines/scraps/")
    assert page.locator(".scrap").count() == 1
    assert complaints == []
