"""From one sentence to a plan, and a day of doses by thumb, by keyboard and without scripts."""

import re

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import PHONE, new_phone, register, sign_in, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(600)]
SMALL, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
TYLENOL = "202106092"  # of the shipped shelf
NEW = "/medicines/regimens/new/"
LAST = "매일 23:59에 1정"  # still to come today, whenever the test runs
NEEDED = "필요시 1정, 하루 최대 2정, 4시간 간격"


def add(page, name, sentence):
    """Add a medicine the way people do; answers its number."""
    page.goto(NEW)
    page.fill("#f-sentence", sentence)
    page.locator(".told-understood").wait_for()
    page.fill("#f-name", name)
    page.click("#regimen-save")
    page.wait_for_url(re.compile(r"/medicines/regimens/\d+/$"))
    return re.search(r"/regimens/(\d+)/", page.url)[1]


def taken(page, name):
    return page.locator(".dose-taken", has_text=name)


def control(page, role, words, about):
    """Find what is pressed by all of its name: the words on it, and what stands behind them for ears."""
    return page.get_by_role(role, name=re.compile(rf"^{words} ?: {about}"))


def test_a_sentence_becomes_a_plan_with_the_medicine_of_the_shelf(page, complaints):
    page.goto("/medicines/doses/")
    page.click("#first-regimen")
    page.locator("#f-sentence").press_sequentially("타이레놀 아침저녁 식후 30분 1정씩 7일", delay=25)
    told = page.locator(".told-understood")
    told.wait_for()
    page.locator("#told", has_text="아침·저녁 식후 30분").wait_for()
    assert re.search(r"다음: (오늘|내일) \d\d:\d\d, ", " ".join(told.inner_text().split()))
    assert page.input_value("#f-name") == "타이레놀"
    page.locator(f"#pick-{TYLENOL}", has_text="타이레놀정500").click()
    page.locator("#which-other").wait_for()
    assert "약사와 상의" in page.locator("#which").inner_text()
    assert page.input_value("#f-sentence").startswith("타이레놀 아침저녁")
    page.click("#by-hand > summary")
    page.fill("#f-p0-s0-minutes", "10")
    page.locator("#told", has_text="08:10").wait_for()
    page.click("#regimen-save")
    page.wait_for_url(re.compile(r"/medicines/regimens/\d+/$"))
    assert "식후 10분" in page.locator(".regimen-sentence").inner_text()
    page.locator("#regimen-medicine").click()
    page.wait_for_url(f"**/medicines/{TYLENOL}/")
    assert page.locator("#make-regimen").is_visible()
    assert complaints == []


def test_what_is_not_understood_is_marked_and_nothing_is_saved_unseen(page):
    page.goto(NEW)
    page.fill("#f-sentence", "아침 8시 1정 무지개 뜨면")
    page.locator("#told mark").first.wait_for()
    page.fill("#f-name", "약")
    page.evaluate("document.getElementById('f-sentence').value = '저녁 8시 2정'")
    page.click("#regimen-save")
    page.locator("[role=alert]", has_text="다시 읽었어요").wait_for()
    assert "2정" in page.locator("#told").inner_text()
    page.click("#regimen-save")
    page.wait_for_url(re.compile(r"/medicines/regimens/\d+/$"))


def test_a_dose_is_taken_undone_skipped_and_put_right(page, complaints):
    add(page, "혈압약", LAST)
    page.goto("/medicines/doses/")
    button = control(page, "button", "먹었어요", "혈압약 1정, 밤 11시 59분$")
    button.click()
    page.locator(".toast", has_text="먹었어요").wait_for()
    taken(page, "혈압약").wait_for()
    assert "1정 먹었어요" in page.evaluate("document.activeElement.textContent")
    page.locator(".toast-action", has_text="되돌리기").last.click()
    button.wait_for()
    control(page, "link", "다른 시각에 · 건너뛰기", "혈압약").click()
    page.locator("#why-none_left").click()
    page.locator(".dose-skipped", has_text="건너뛰었어요 · 약이 떨어졌어요").wait_for()
    page.locator("dialog[open]").wait_for(state="detached")
    control(page, "link", "고치기", "혈압약").click()
    page.locator("#dose-undo").click()
    button.wait_for()
    control(page, "link", "다른 시각에 · 건너뛰기", "혈압약").click()
    page.locator("#when-told").check()
    page.select_option("#dose-day", index=1)
    page.fill("#dose-time", "21:10")
    page.fill("#dose-amount", "0.5")
    page.click("#dose-save")
    taken(page, "어제 21:10에 ½정 먹었어요").wait_for()
    page.locator("dialog[open]").wait_for(state="detached")
    control(page, "link", "고치기", "혈압약").click()
    page.fill("#dose-time", "21:30")
    page.fill("#dose-amount", "1")
    page.click("#dose-save")
    page.locator(".dose-taken", has_text="고친 기록").wait_for()
    page.goto("/medicines/history/")
    line = page.locator(".history-line", has_text="고침").inner_text()
    assert "21:10 → " in line and "½정 → 1정" in line and "내가" in line
    assert complaints == []


def test_a_time_that_is_still_to_come_is_said_in_the_sheet(page):
    add(page, "혈압약", LAST)
    page.goto("/medicines/doses/")
    page.get_by_role("link", name="다른 시각에 · 건너뛰기").click()
    page.locator("#when-told").check()
    page.fill("#dose-time", "23:58")
    page.click("#dose-save")
    page.locator("dialog[open] [role=alert]", has_text="아직 오지 않은 시각").wait_for()
    assert page.input_value("#dose-time") == "23:58"


def test_all_of_one_time_are_one_press_and_back(page, complaints):
    add(page, "혈압약", LAST)
    add(page, "위장약", LAST)
    page.goto("/medicines/doses/")
    page.get_by_role("button", name="2가지 모두 먹었어요").click()
    page.locator(".dose-sum-words", has_text="2번 모두 먹었어요").wait_for()
    page.locator(".toast-action", has_text="되돌리기").last.click()
    page.locator(".dose-sum-words", has_text="2번 중 0번 먹었어요").wait_for()
    page.goto("/medicines/")
    page.get_by_role("button", name="2가지 모두 먹었어요").click()
    page.locator("#doses-now", has_text="지금 먹을 약이 없어요").wait_for()
    assert complaints == []


def test_a_limit_is_asked_about_and_the_answer_is_ones_own(page, complaints):
    pk = add(page, "두통약", NEEDED)
    page.goto("/medicines/doses/")
    press = page.locator(f"#needed-{pk}-take")
    press.click()
    taken(page, "두통약").wait_for()
    press.click()
    question = page.locator("dialog[open]", has_text="정해 둔 한도를 넘어요")
    question.wait_for()
    said = question.inner_text()
    assert "지난 24시간에 1정을 먹었어요." in said and "부터는 한도 안이에요." in said and "약사와 상의" in said
    page.click("#over-no")
    question.wait_for(state="detached")
    assert taken(page, "두통약").count() == 1
    press.click()
    page.click("#over-yes")
    page.locator(".dose-taken", has_text="한도를 넘겨 적음").wait_for()
    question.wait_for(state="detached")
    page.locator(f"#needed-{pk}-other").click()
    page.click("#dose-save")
    page.locator("dialog[open] #dose-over").wait_for()
    assert complaints == []


def test_a_plan_is_changed_stopped_let_go_and_brought_back(page, complaints):
    pk = add(page, "혈압약", LAST)
    page.click("#regimen-edit")
    assert "지난 기록은 그대로예요" in page.locator("main").inner_text()
    page.fill("#f-sentence", "자기 전 반 알")
    page.locator("#told", has_text="0.5정").wait_for()
    page.click("#more-about > summary")
    page.check("#f-tracks")
    page.click("#regimen-save")
    page.locator(".regimen-sentence", has_text="0.5정").wait_for()
    page.fill("#stock-count", "12")
    page.click("#stock-counted")
    page.locator(".stock-left", has_text="12정").wait_for()
    assert "24일치 남음" in page.locator("main").inner_text()
    page.click("#regimen-end")
    page.locator("#regimen-resume").wait_for()
    page.locator(".toast-action", has_text="되돌리기").last.click()
    page.locator("#regimen-end").wait_for()
    page.click("#regimen-delete")
    page.wait_for_url("**/medicines/regimens/?gone=*")
    page.click("#bring-back")
    page.wait_for_url(f"**/medicines/regimens/{pk}/")
    assert complaints == []


def test_by_keyboard_alone_the_focus_is_never_lost(page):
    add(page, "혈압약", LAST)
    page.goto("/medicines/doses/")
    page.locator(".dose-press").focus()
    page.keyboard.press("Enter")
    taken(page, "혈압약").wait_for()
    assert page.evaluate("document.activeElement.className") == "dose-line"
    page.keyboard.press("Tab")
    assert "고치기" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog[open]").wait_for(state="detached")
    assert "고치기" in page.evaluate("document.activeElement.textContent")
    page.goto(NEW)
    page.locator("#f-sentence").focus()
    page.keyboard.type("하루 세 번 식후 30분 1포", delay=15)
    page.locator("#told", has_text="1포").wait_for()
    page.keyboard.press("Enter")
    page.locator("#told", has_text="1포").wait_for()
    assert page.url.endswith(NEW)


def test_without_scripts_all_of_it_works(phone, username, complaints):
    page = phone(java_script_enabled=False).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto(NEW)
    page.fill("#f-sentence", f"혈압약 {LAST}")
    page.click("#read")
    assert "오늘 23:59" in page.locator("#told").inner_text()
    page.click("#by-hand > summary")
    page.click("#slot-add-1")
    page.fill("#f-p0-s1-at", "23:58")
    page.click("#which-find")
    page.click("#regimen-save")
    page.wait_for_url(re.compile(r"/medicines/regimens/\d+/$"))
    page.goto("/medicines/doses/")
    page.locator(".dose-press").first.click()
    assert page.locator(".dose-taken").count() == 1
    page.get_by_role("link", name="고치기").click()
    page.locator("#when-told").check()
    page.fill("#dose-time", "00:00")
    page.fill("#dose-amount", "2")
    page.click("#dose-save")
    assert "00:00에 2정 먹었어요" in page.locator("main").inner_text()
    page.get_by_role("link", name="고치기").click()
    page.click("#dose-undo")
    assert page.locator(".dose-taken").count() == 0
    page.get_by_role("link", name="다른 시각에 · 건너뛰기").first.click()
    page.click("#why-forgot")
    assert "건너뛰었어요 · 잊었어요" in page.locator("main").inner_text()
    pk = add_without_scripts(page)
    page.goto("/medicines/doses/")
    page.click(f"#needed-{pk}-take")
    page.click(f"#needed-{pk}-take")
    assert page.locator("h1").inner_text() == "정해 둔 한도를 넘어요"
    page.click("#over-yes")
    assert "한도를 넘겨 적음" in page.locator("main").inner_text()
    assert complaints == []


def add_without_scripts(page):
    page.goto(NEW)
    page.fill("#f-sentence", f"두통약 {NEEDED}")
    page.click("#regimen-save")
    assert "다시 읽었어요" in page.locator("main").inner_text()
    page.click("#regimen-save")
    return re.search(r"/regimens/(\d+)/", page.url)[1]


@pytest.fixture(scope="module")
def busy(chromium, server):
    """Somebody with medicines, long names, doses taken and asked about; their name, and the pages to look at."""
    username, phone = register(server), new_phone(chromium, server)
    page = phone.new_page()
    sign_in(page, username)
    first = add(page, "아주긴이름의약" * 6, LAST)
    add(page, "위장약", LAST)
    needed = add(page, "두통약", NEEDED)
    page.goto("/medicines/doses/")
    page.locator(".dose-press").first.click()
    page.locator(".dose-taken").first.wait_for()
    page.click(f"#needed-{needed}-take")
    page.locator(f"[data-row=needed-{needed}] .dose-taken").wait_for()
    other = page.locator(".dose:not(.dose-taken) a").first.get_attribute("href")
    phone.close()
    return username, (
        "/medicines/doses/", "/medicines/", NEW, f"{NEW}?item_seq={TYLENOL}", "/medicines/regimens/",
        f"/medicines/regimens/{first}/", f"/medicines/regimens/{first}/edit/", other, "/medicines/history/",
        "/medicines/adherence/", "/medicines/adherence/?view=table", "/medicines/routine/",
    )  # fmt: skip


@pytest.fixture
def full(phone, busy, complaints):
    """That person's phone, signed in."""
    page = phone().new_page()
    watch(page, complaints)
    sign_in(page, busy[0])
    return page


@pytest.mark.parametrize("size", [SMALL, PHONE, DESKTOP], ids=["small", "phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(full, busy, scheme, size, complaints):
    page = full
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for place in busy[1]:
        page.goto(place)
        for part in page.locator("main details > summary").all():
            part.click()
        assert complaints_of(page) == [], place
    page.goto("/medicines/doses/")
    page.locator("[id^=needed-][id$=-take]").click()
    page.locator("#dose-over").wait_for()
    assert complaints_of(page) == [], "the question"
    assert complaints == []


def test_nothing_is_too_wide_or_too_small_to_press_on_a_small_phone(full, busy):
    page = full
    page.set_viewport_size(SMALL)
    for place in busy[1]:
        page.goto(place)
        for part in page.locator("main details > summary").all():
            part.click()
        assert page.evaluate(TOO_WIDE) == [], place
        assert page.evaluate(TOO_SMALL, PRIMARY) == [], place
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate(TOO_WIDE) == [], f"{place} with text of twice the size"
