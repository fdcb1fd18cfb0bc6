"""Finding a pharmacy that is open: by a tap, by the name of a 동, with the keyboard, without scripts, signed in or not."""

import csv
import os
import subprocess
from datetime import UTC, datetime, timedelta, timezone

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.booted import COMMAND, LEFT_OUT
from tests.journeys.conftest import PASSWORD, PHONE, sign_in, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
DESKTOP, SMALL = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
HERE = {"latitude": 37.5006, "longitude": 127.0364}
POSITION = {"geolocation": HERE, "permissions": ["geolocation"]}
ALWAYS, SHUT, UNKNOWN, LONG = (
    "늘봄약국",
    "잠긴약국",
    "모름약국",
    "띄어쓰지않은아주아주길고긴이름을가진온누리사랑건강약국",
)
DAYS = range(1, 9)


def hours(opens, closes):
    return {f"dutyTime{n}s": opens for n in DAYS} | {f"dutyTime{n}c": closes for n in DAYS}


def later():
    """Hours of one kind for every day: an hour long, three hours from now, so that it is closed whenever this runs."""
    at = datetime.now(UTC).astimezone(timezone(timedelta(hours=9))) + timedelta(hours=3)
    return hours(f"{at:%H%M}", f"{at.hour + 1:02}{at:%M}")


def line(number, name, metres, phone, **said):
    return {
        "hpid": f"C99000{number:02}",
        "dutyName": name,
        "dutyAddr": "서울특별시 강남구 테헤란로 1, 1층 (역삼동)",
        "dutyTel1": phone,
        "wgs84Lat": f"{HERE['latitude'] + metres / 111_320:.7f}",
        "wgs84Lon": str(HERE["longitude"]),
        **said,
    }


@pytest.fixture(scope="module", autouse=True)
def street(server, tmp_path_factory):
    """Four pharmacies on the server's shelf, brought in as an operator does."""
    file = tmp_path_factory.mktemp("street") / "pharmacies.csv"
    rows = [
        line(1, SHUT, 100, "02-555-0101", **later()),
        line(2, UNKNOWN, 200, ""),
        line(3, ALWAYS, 300, "02-555-0103", dutyEtc="초인종을 눌러 주세요.", **hours("0000", "2400")),
        line(4, LONG, 400, "02-555-0104", **hours("0000", "2400")),
    ]
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, fieldnames=[*rows[0], "dutyEtc"], restval="")
        writer.writeheader()
        writer.writerows(rows)
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    environment = {**kept, "ONHARU_DATA": str(server.log.parent / "data")}
    words = [COMMAND, "import", "pharmacies", str(file)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def looking(phone, username, complaints):
    """Somebody signed in whose phone tells where it is."""
    page = phone(**POSITION).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto("/pharmacies/")
    return page


@pytest.fixture
def guest(phone, complaints):
    """Somebody who is not signed in, and whose phone tells where it is."""
    page = phone(**POSITION).new_page()
    watch(page, complaints)
    page.goto("/pharmacies/")
    return page


def row(page, name):
    return page.locator("#found-list .pharmacy", has_text=name)


def find_near(page):
    page.click("#near-me")
    row(page, ALWAYS).wait_for()


def names(page):
    return [one.strip() for one in page.locator("#found-list .pharmacy-name a").all_inner_texts()]


def test_pharmacies_are_one_press_from_today_and_from_medicines(page, complaints):
    page.click("#place-pharmacies")
    page.wait_for_url("**/pharmacies/")
    page.goto("/medicines/")
    page.click("#to-pharmacies")
    page.wait_for_url("**/pharmacies/")
    page.set_viewport_size(DESKTOP)
    assert page.locator(".nav [aria-current]").inner_text() == "약국"
    assert complaints == []


def test_a_tap_finds_the_near_ones_and_the_position_stays_nowhere(looking, complaints):
    asked = []
    looking.on("request", lambda request: asked.append((request.method, request.url, request.post_data or "")))
    looking.wait_for_timeout(300)
    assert not any("/pharmacies/near/" in url for _method, url, _body in asked)
    find_near(looking)
    assert names(looking) == [SHUT, UNKNOWN, ALWAYS, LONG]
    assert "열려 있음" in row(looking, ALWAYS).inner_text() and "24시간" in row(looking, ALWAYS).inner_text()
    assert "닫힘" in row(looking, SHUT).inner_text() and "에 열어요" in row(looking, SHUT).inner_text()
    assert "시간 정보 없음" in row(looking, UNKNOWN).inner_text()
    assert "300 m · 걸어서 약 6분" in row(looking, ALWAYS).inner_text()
    assert row(looking, ALWAYS).locator("a.call").get_attribute("href") == "tel:025550103"
    assert row(looking, UNKNOWN).locator(".call-none").is_visible()
    (sent,) = [one for one in asked if "/near/" in one[1]]
    assert sent[0] == "POST" and "lat=37.500600" in sent[2]
    assert not any("37.5" in url or "127.03" in url for _method, url, _body in asked)
    assert looking.url.endswith("/pharmacies/")
    kept = looking.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state, document.cookie])")
    assert "37.5" not in kept and "37.5006" not in looking.content()
    assert complaints == []


def test_open_ones_alone_and_those_of_unknown_hours_on_a_press(looking, complaints):
    find_near(looking)
    looking.check("#open-only")
    row(looking, SHUT).wait_for(state="detached")
    assert names(looking) == [ALWAYS, LONG]
    looking.get_by_role("button", name="같이 보기").click()
    row(looking, UNKNOWN).wait_for()
    looking.uncheck("#open-only")
    row(looking, SHUT).wait_for()
    looking.get_by_role("button", name="새로고침").click()
    looking.get_by_role("button", name="5 km까지 넓혀 찾기").wait_for()
    assert complaints == []


def test_whoever_does_not_tell_where_they_are_is_told_what_else_to_do(phone, complaints):
    page = phone().new_page()  # nothing is granted, and nobody answers the question: headless Chromium refuses
    watch(page, complaints)
    page.goto("/pharmacies/")
    page.click("#near-me")
    page.locator("#near-said", has_text="동 이름으로 찾아보세요").wait_for()
    assert "쓰지 않기로" in page.locator("#near-said").inner_text()
    assert page.locator("#found-list").count() == 0 and complaints == []


@pytest.mark.parametrize(("code", "said"), [(2, "지금 위치를 알 수 없어요"), (3, "너무 오래 걸려요")])
def test_a_position_that_does_not_come_is_said_in_words(phone, complaints, code, said):
    context = phone(**POSITION)
    context.add_init_script(
        f"navigator.geolocation.getCurrentPosition = (found, failed) => setTimeout(() => failed({{ code: {code} }}), 200)"
    )
    page = context.new_page()
    watch(page, complaints)
    page.goto("/pharmacies/")
    page.click("#near-me")
    assert "찾고 있어요" in page.locator("#near-said").inner_text()
    page.locator("#near-said", has_text=said).wait_for()
    assert complaints == []


def test_without_https_it_is_said_that_no_browser_tells(phone, complaints):
    context = phone(**POSITION)
    context.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page = context.new_page()
    page.goto("/pharmacies/")
    page.click("#near-me")
    page.locator("#near-said", has_text="HTTPS").wait_for()


@pytest.mark.parametrize("query", ["ㅇㅅㄷ", "역삼"])
def test_a_neighbourhood_by_first_letters_needs_no_position_and_comes_back(guest, complaints, query):
    guest.locator("#pharmacy-q").press_sequentially(query, delay=30)
    row(guest, ALWAYS).wait_for()
    guest.locator("#found-said", has_text="찾았어요").wait_for()
    assert "역삼동" in guest.locator("#found-title").inner_text()
    guest.wait_for_url("**/pharmacies/?q=*")
    guest.check("#open-only")
    row(guest, SHUT).wait_for(state="detached")
    guest.goto("/login/")
    guest.go_back()
    row(guest, ALWAYS).wait_for()
    assert guest.locator("#pharmacy-q").input_value() == query and guest.locator("#open-only").is_checked()
    assert complaints == []


def test_a_pharmacy_is_found_by_its_name(guest, complaints):
    guest.locator("#pharmacy-q").press_sequentially("늘봄", delay=30)
    row(guest, ALWAYS).wait_for()
    guest.fill("#pharmacy-q", "이런이름은없는곳")
    guest.locator("#found", has_text="찾지 못했어요").wait_for()
    assert complaints == []


def test_one_opens_over_the_list_and_back_leads_to_the_list(looking, complaints):
    find_near(looking)
    row(looking, ALWAYS).locator("h3 a").click()
    sheet = looking.locator("dialog[open]")
    sheet.locator("h2", has_text=ALWAYS).wait_for()
    text = sheet.inner_text()
    for said in (
        "24시간",
        "공휴일",
        "오늘",
        "초인종을 눌러 주세요.",
        "신고된 시간이에요",
        "국립중앙의료원",
        "02-555-0103",
    ):
        assert said in text, said
    assert sheet.locator("a.call").get_attribute("href") == "tel:025550103"
    looking.go_back()
    sheet.wait_for(state="detached")
    assert names(looking) == [SHUT, UNKNOWN, ALWAYS, LONG]
    assert complaints == []


def test_a_star_is_kept_and_taken_back(looking, server, username, complaints):
    find_near(looking)
    row(looking, ALWAYS).get_by_role("button", name="담기").click()
    row(looking, ALWAYS).get_by_role("button", name="빼기").wait_for()
    looking.locator("#mine", has_text=ALWAYS).wait_for()
    looking.locator(".toast-action", has_text="되돌리기").click()
    row(looking, ALWAYS).get_by_role("button", name="담기").wait_for()
    looking.locator("#mine .row").wait_for(state="detached")
    row(looking, ALWAYS).locator("h3 a").click()
    looking.locator("dialog[open]").get_by_role("button", name="담기").click()
    looking.locator("dialog[open]").get_by_role("button", name="빼기").wait_for()
    looking.keyboard.press("Escape")
    row(looking, ALWAYS).get_by_role("button", name="빼기").wait_for()
    _, token = server.ask("POST", "/auth/token/", {"username": username, "password": PASSWORD})
    signed = {"Authorization": f"Bearer {token['access']}"}
    _, mine = server.ask("GET", "/api/pharmacies/mine/", **signed)
    assert [one["name"] for one in mine["results"]] == [ALWAYS]
    looking.goto("/pharmacies/mine/")
    looking.get_by_role("button", name="빼기").click()
    looking.locator("#mine", has_text="아직 담은 약국이 없어요").wait_for()
    looking.locator(".toast-action", has_text="되돌리기").last.click()
    looking.locator("#mine .pharmacy", has_text=ALWAYS).wait_for()
    assert complaints == []


def test_the_map_leads_to_the_rows(looking, complaints):
    looking.set_viewport_size(DESKTOP)
    find_near(looking)
    dot = looking.locator(".near-map a").nth(2)
    assert ALWAYS in dot.get_attribute("aria-label") and "열려 있음" in dot.get_attribute("aria-label")
    dot.click()
    assert row(looking, ALWAYS).evaluate("one => one.matches(':target')")
    assert complaints == []


def test_everything_is_done_with_the_keyboard(looking, complaints):
    looking.focus("#near-me")
    looking.keyboard.press("Enter")
    row(looking, ALWAYS).wait_for()
    star = row(looking, ALWAYS).get_by_role("button", name="담기")
    star.focus()
    looking.keyboard.press("Space")
    row(looking, ALWAYS).get_by_role("button", name="빼기").wait_for()
    looking.wait_for_function("document.activeElement.textContent.includes('빼기')")
    row(looking, ALWAYS).locator("h3 a").focus()
    looking.keyboard.press("Enter")
    looking.locator("dialog[open]").wait_for()
    looking.keyboard.press("Escape")
    looking.locator("dialog[open]").wait_for(state="detached")
    looking.wait_for_function("document.activeElement.textContent.includes('늘봄')")
    looking.focus("#pharmacy-q")
    looking.keyboard.type("ㅇㅅㄷ")
    looking.locator("#found-title", has_text="역삼동").wait_for()
    looking.keyboard.press("ArrowDown")
    looking.wait_for_function("document.activeElement.closest('#found-list') !== null")
    assert complaints == []


def test_whoever_is_not_signed_in_finds_but_does_not_keep(guest, complaints):
    find_near(guest)
    assert guest.locator("[data-star]").count() == 0 and guest.locator(".nav").count() == 0
    guest.click("#sign-in")
    guest.wait_for_url("**/login/?next=/pharmacies/")
    assert complaints == []


def test_without_scripts_a_neighbourhood_is_found_and_a_pharmacy_is_kept(phone, username, complaints):
    page = phone(java_script_enabled=False).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto("/pharmacies/")
    assert not page.locator("#near-me").is_visible()
    page.fill("#pharmacy-q", "역삼동")
    page.check("#open-only")
    page.click("#pharmacy-find")
    page.wait_for_url("**/pharmacies/?q=*open=1")
    assert names(page) == [ALWAYS, LONG]
    row(page, ALWAYS).get_by_role("button", name="담기").click()
    page.wait_for_url("**/pharmacies/?q=*open=1")
    assert row(page, ALWAYS).get_by_role("button", name="빼기").is_visible()
    row(page, ALWAYS).locator("h3 a").click()
    page.wait_for_url("**/pharmacies/*/")
    page.get_by_role("button", name="빼기").click()
    assert page.get_by_role("button", name="담기").is_visible()
    assert complaints == []


def test_it_is_said_in_english(guest, complaints):
    guest.locator("[name=language][value=en]").click()
    guest.get_by_role("button", name="Find near me").click()
    row(guest, ALWAYS).wait_for()
    text = row(guest, SHUT).inner_text()
    assert "Closed" in text and "opens" in text and "on foot" in text and "Check by phone" in text
    assert "Found 4 pharmacies." in guest.locator("#found").inner_text()
    assert complaints == []


def each_place(page):
    """Go through everything there is to see, and say where one is."""
    page.goto("/pharmacies/")
    yield "the beginning"
    find_near(page)
    yield "near"
    for name in (SHUT, UNKNOWN, LONG):
        row(page, name).get_by_role("button", name="담기").click()
        row(page, name).get_by_role("button", name="빼기").wait_for()
    page.locator("#mine .row").nth(2).wait_for()
    page.locator(".toast-close").evaluate_all("all => all.forEach(one => one.click())")
    row(page, LONG).locator("h3 a").click()
    page.locator("dialog[open]").wait_for()
    yield "one over the list"
    href = row(page, LONG).locator("h3 a").get_attribute("href")
    for path in (
        href,
        "/pharmacies/?q=역삼동&open=1",
        "/pharmacies/?q=온누리",
        "/pharmacies/?q=없는이름없는곳",
        "/pharmacies/mine/",
    ):
        page.goto(path)
        yield path


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(looking, scheme, size, complaints):
    looking.emulate_media(color_scheme=scheme)
    looking.set_viewport_size(size)
    for place in each_place(looking):
        assert complaints_of(looking) == [], place
    assert complaints == []


@pytest.mark.parametrize("size", [SMALL, PHONE, DESKTOP], ids=["small", "phone", "desktop"])
def test_nothing_is_too_wide_or_too_small_to_press(looking, size):
    looking.set_viewport_size(size)
    for place in each_place(looking):
        assert looking.evaluate(TOO_WIDE) == [], place
        assert looking.evaluate(TOO_SMALL, PRIMARY) == [], place
        looking.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert looking.evaluate(TOO_WIDE) == [], f"{place} with text of twice the size"
        looking.evaluate("document.documentElement.style.removeProperty('font-size')")


def test_a_guest_sees_the_same_without_a_fault(guest, complaints):
    for size in (SMALL, DESKTOP):
        guest.set_viewport_size(size)
        guest.goto("/pharmacies/")
        find_near(guest)
        assert complaints_of(guest) == []
        assert guest.evaluate(TOO_WIDE) == [] and guest.evaluate(TOO_SMALL, PRIMARY) == []
    assert complaints == []
