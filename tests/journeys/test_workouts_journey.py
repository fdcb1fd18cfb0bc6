"""Moving by thumb, by keyboard, without scripts and on two screens; the rest survives a locked phone."""

import re
import uuid

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import PASSWORD, sign_in, watch
from tests.journeys.test_meals_journey import Taps, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
DESKTOP = {"width": 1280, "height": 900}
PRESSED = f"{PRIMARY}, .tick"
LISTEN = """() => {
  window.buzzed = []; window.awake = 0;
  navigator.vibrate = (pattern) => window.buzzed.push(pattern);
  Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => {
    window.awake += 1;
    const held = new EventTarget();
    held.release = async () => { window.awake -= 1; held.dispatchEvent(new Event('release')); };
    return held;
  } } });
}"""


@pytest.fixture
def tap(page):
    return Taps(page)


@pytest.fixture
def asked(server, username):
    """The API as this person."""
    _, answer = server.ask("POST", "/auth/token/", {"username": username, "password": PASSWORD})

    def ask(method, path, body=None):
        headers = {"Authorization": f"Bearer {answer['access']}", "Idempotency-Key": uuid.uuid4().hex}
        status, told = server.ask(method, path, body, **headers)
        assert status < 300, told
        return told

    return ask


@pytest.fixture
def planned(asked):
    """Today's plan: squats with a weight, and a walk."""
    found = {name: asked("GET", f"/api/exercises/?q={query}")["results"][0]["id"] for name, query in
             (("squat", "goblet"), ("walk", "walk"))}  # fmt: skip
    asked("PATCH", "/api/users/me/", {"weight_kg": 60})
    plan = asked("POST", "/api/workoutplans/", {"date": today(asked)})
    rows = (
        {"exercise": found["squat"], "sets": 2, "reps_low": 8, "reps_high": 12, "weight_kg": 10, "rest_seconds": 90},
        {"exercise": found["walk"], "minutes": 20},
    )
    return [asked("POST", "/api/tasks/", {"plan": plan["id"], **row})["id"] for row in rows]


def today(asked):
    return asked("GET", "/api/today/summary/")["date"]


def settled(page):
    """Wait until nothing is on its way."""
    page.wait_for_timeout(350)
    page.wait_for_function("() => document.getElementById('busy').hidden")


def test_from_today_a_task_is_done_in_two_taps_and_its_minutes_appear(page, tap, planned, complaints):
    page.goto("/today/")
    tap(".nav-link[href='/workouts/']")
    tap(f"#done-{planned[0]}")
    page.locator(f"#task-{planned[0]}-done").wait_for()
    assert tap.count <= 2
    page.locator(".facts-day", has_text="움직인 시간").wait_for()
    page.get_by_role("button", name="되돌리기").click()
    page.locator(f"#done-{planned[0]}").wait_for()
    page.locator(".facts-day").wait_for(state="detached")
    assert complaints == []


def test_a_plan_is_made_and_gone_through_set_by_set(page, complaints):
    page.goto("/workouts/")
    page.click("#make-plan")
    page.locator(".task-now").wait_for()
    assert page.locator(".task").count() >= 1
    reason = page.locator(".task-now .task-body p").first.inner_text()
    assert reason.endswith("요"), reason
    page.get_by_role("button", name="되돌리기").click()
    page.locator("#make-plan").wait_for()
    assert complaints == []


def test_sets_are_ticked_one_by_one_and_the_rest_begins_by_itself(page, planned, complaints):
    squat = planned[0]
    page.goto("/workouts/")
    page.click(f"#sets-{squat} > summary")
    page.click(f"#set-{squat}-1-weight_kg-more")
    page.click(f"#set-{squat}-1-reps-more")
    assert page.input_value(f"#set-{squat}-1-weight_kg") == "11"
    page.click(f"#set-go-{squat}")
    page.locator("#rest", has_text="다음:").wait_for()
    page.locator(f"#set-{squat}-2-now").wait_for()
    assert page.input_value(f"#set-{squat}-2-reps") == "9", "the next set goes on with the numbers of the last"
    assert page.input_value(f"#set-{squat}-2-weight_kg") == "11"
    page.click(f"#set-go-{squat}")
    page.locator(f"#task-{squat}-done").wait_for()
    assert "2세트 × 9회 · 11" in page.locator(f"#task-{squat}-done .task-dose").inner_text()
    page.click(f"#tick-{squat}")
    page.locator(f"#done-{squat}").wait_for()
    assert complaints == []


def test_a_ticked_set_is_corrected_at_once_by_its_stepper(page, planned, asked, complaints):
    squat = planned[0]
    page.goto("/workouts/")
    page.click(f"#sets-{squat} > summary")
    page.click(f"#set-go-{squat}")
    page.locator(f"#set-{squat}-1-done summary").click()
    with page.expect_response(re.compile(rf"/tasks/{squat}/sets/1/$")) as saved:
        page.click(f"#set-{squat}-1-reps-less")
    assert saved.value.status == 204
    page.wait_for_function(
        f"() => document.querySelector('#set-{squat}-1-done .set-words').textContent.includes('7회')"
    )
    (log,) = asked("GET", "/api/workoutlogs/")["results"]
    assert [one["reps"] for one in log["sets"]] == [7]
    assert complaints == []


def test_a_hurried_double_press_counts_once(page, planned, asked, complaints):
    page.goto("/workouts/")
    page.locator(f"#done-{planned[0]}").dblclick()
    page.locator(f"#task-{planned[0]}-done").wait_for()
    settled(page)
    assert asked("GET", "/api/workoutlogs/")["count"] == 1
    assert complaints == []


def rest_page(phone, username, complaints):
    page = phone().new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.add_init_script(f"({LISTEN})()")
    page.clock.install()
    page.goto("/workouts/")
    return page


def clock_of(page):
    return page.locator("[data-rest-clock]").inner_text()


def start_rest(page, squat):
    page.click(f"#sets-{squat} > summary")
    page.click(f"#sets-{squat} [data-rest-start]")
    page.locator("#rest[data-state=running]").wait_for()


def test_a_rest_survives_a_reload_and_a_locked_phone_and_says_its_end(phone, username, planned, complaints):
    page = rest_page(phone, username, complaints)
    start_rest(page, planned[0])
    assert clock_of(page) in {"1:30", "1:29"}
    page.clock.fast_forward(20_000)
    page.reload()
    page.locator("#rest[data-state=running]").wait_for()
    assert clock_of(page) in {"1:10", "1:09", "1:08"}
    assert page.evaluate("window.awake") == 1, "the screen stays on while a rest runs"
    page.clock.fast_forward(100_000)  # as a phone that slept: no second was counted in between
    page.locator("#rest[data-state=over]").wait_for()
    assert "쉬는 시간이 끝났어요" in page.locator("[data-rest-said]").text_content()
    assert clock_of(page).startswith("+0:")
    assert len(page.evaluate("window.buzzed")) == 1
    page.wait_for_function("() => window.awake === 0")
    page.reload()
    page.locator("#rest[data-state=over]").wait_for()
    assert page.evaluate("window.buzzed") == [], "the end is said once"
    page.click("[data-rest-close]")
    assert page.locator("#rest").is_hidden()
    assert complaints == []


def test_a_rest_is_paused_made_longer_and_shorter(phone, username, planned, complaints):
    page = rest_page(phone, username, complaints)
    start_rest(page, planned[0])
    page.click("[data-rest-pause]")
    assert page.evaluate("document.activeElement.dataset.restResume") == ""
    held = clock_of(page)
    page.clock.fast_forward(60_000)
    page.reload()
    page.locator("#rest[data-state=paused]").wait_for()
    assert clock_of(page) == held
    page.click("[data-rest-more]")
    assert clock_of(page) in {"1:45", "1:44"}
    page.click("[data-rest-resume]")
    page.click("[data-rest-less]")
    page.click("[data-rest-less]")
    assert clock_of(page) in {"1:15", "1:14", "1:13"}
    page.locator("#rest[data-state=running]").wait_for()
    page.click("[data-rest-sound]")
    assert page.get_attribute("[data-rest-sound]", "aria-pressed") == "true"
    page.reload()
    assert page.get_attribute("[data-rest-sound]", "aria-pressed") == "true"
    assert complaints == []


def test_what_stands_in_storage_and_is_no_rest_is_passed_over(phone, username, planned, complaints):
    page = rest_page(phone, username, complaints)
    for rubbish in ("{", "7", '{"ends": "soon"}', '{"ends": 99999999999999, "left": null}'):
        page.evaluate("text => localStorage.setItem('onharu.rest', text)", rubbish)
        page.reload()
        page.locator(".task-now").wait_for()
        assert page.locator("#rest").is_hidden(), rubbish
    start_rest(page, planned[0])
    assert complaints == []


def test_half_an_hour_of_walking_is_written_down_in_three_taps(page, tap, complaints):
    page.goto("/today/")
    tap(".nav-add")
    tap("#record-sheet a[href^='/workouts/']")
    tap("#found-list .row-press", has_text=re.compile("^\\s*걷기"))
    page.locator("#workouts [data-row^='log-']", has_text="걷기").wait_for()
    assert tap.count <= 3
    assert "30분" in page.locator("#workouts [data-row^='log-']").inner_text()
    page.get_by_role("button", name="되돌리기").click()
    page.locator("#workouts [data-row^='log-']").wait_for(state="detached")
    assert complaints == []


def test_an_exercise_is_searched_as_one_types_and_written_down_with_its_sets(page, complaints):
    page.goto("/workouts/")
    page.click("#log-add")
    page.fill("#find-q", "스콰트")
    page.locator("#found-list .row-title", has_text="스쿼트").first.wait_for()
    page.locator("#found-list [id^=edit-]").first.click()
    page.locator("#log-edit").wait_for()
    for _ in range(3):
        page.click("#log-1-reps-more")
    page.click("#log-save")
    page.locator("#workouts [data-row^='log-'] .row-note", has_text="3회").wait_for()
    page.locator("dialog[open]").wait_for(state="detached")
    page.locator("#workouts [data-row^='log-'] a").click()
    page.fill("#log-minutes", "12")
    page.click("#log-save")
    page.locator("#workouts [data-row^='log-'] .row-note", has_text="12분").wait_for()
    assert complaints == []


def test_a_task_is_swapped_and_skipped_in_two_presses_each_and_comes_back(page, planned, complaints):
    squat = planned[0]
    page.goto("/workouts/")
    before = page.locator(".task-now .task-name").inner_text()
    page.click(f"#swap-{squat}")
    page.locator("dialog[open] #found-list .row-press").first.click()
    page.wait_for_function(
        "before => !document.querySelector('.task-now .task-name').textContent.includes(before)", arg=before
    )
    page.get_by_role("button", name="되돌리기").click()
    page.wait_for_function(
        "before => document.querySelector('.task-now .task-name').textContent.includes(before)", arg=before
    )
    page.click(f"#skip-{squat}")
    page.click("#why-tired")
    page.locator(f"#task-{squat}-skipped").wait_for()
    page.locator(f"#task-{squat}-skipped > summary").click()
    page.click(f"#unskip-{squat}")
    page.locator(f"#done-{squat}").wait_for()
    assert complaints == []


def test_another_screen_follows_and_a_number_being_typed_stays(page, phone, username, planned, asked, complaints):
    squat, walk = planned
    page.goto("/workouts/")
    page.wait_for_selector("html[data-live-state=live]")
    page.click(f"#sets-{squat} > summary")
    page.fill(f"#set-{squat}-1-weight_kg", "22.5")
    other = phone(viewport=DESKTOP).new_page()
    watch(other, complaints)
    sign_in(other, username)
    other.goto("/workouts/")
    other.click(f"#tick-{walk}")
    page.locator(f"#task-{walk}-done").wait_for(timeout=2000)
    assert page.input_value(f"#set-{squat}-1-weight_kg") == "22.5"
    assert page.evaluate("document.activeElement.id") == f"set-{squat}-1-weight_kg"
    assert page.locator(f"#sets-{squat}").get_attribute("open") is not None
    assert complaints == []


def test_the_keyboard_alone_ticks_corrects_moves_and_takes_back(page, planned, complaints):
    squat, walk = planned
    page.goto("/workouts/")
    tab_to(page, f"#sets-{squat} > summary")
    page.keyboard.press("Enter")
    tab_to(page, f"#set-{squat}-1-reps-more")
    page.keyboard.press("Space")
    assert page.input_value(f"#set-{squat}-1-reps") == "9"
    tab_to(page, f"#set-go-{squat}")
    page.keyboard.press("Enter")
    page.locator(f"#set-{squat}-2-now").wait_for()
    tab_to(page, f"#how-{squat} > summary")
    page.keyboard.press("Enter")
    tab_to(page, f"#down-{squat}")
    page.keyboard.press("Enter")
    page.locator(f".task-now #done-{walk}").wait_for()
    tab_to(page, f"#done-{walk}", most=120)
    page.keyboard.press("Enter")
    page.locator(f"#task-{walk}-done").wait_for()
    page.wait_for_function("() => document.activeElement.matches('.task-now .task-head')")
    assert complaints == []


PLACES = {
    "day": ("/workouts/", ""), "log": ("/workouts/?add=log", "wait"), "task": ("/workouts/?add=task", "wait"),
    "copy": ("/workouts/?add=copy", "wait"), "history": ("/workouts/history/", ""), "bests": ("/workouts/records/", ""),
    "settings": ("/workouts/profile/", ""), "questions": ("/workouts/profile/?first=1", ""),
    "correcting": ("/workouts/", "[data-row^='log-'] a"), "skipping": ("/workouts/", "[id^=skip-]"),
    "swapping": ("/workouts/", "[id^=swap-]"), "page": ("/workouts/log/", ""),
}  # fmt: skip


def at(page, place):
    path, press = PLACES[place]
    page.goto(path)
    if press:
        if press != "wait":
            page.locator(press).first.click()
        page.wait_for_selector("dialog[open]")
    for summary in page.locator("dialog[open] summary" if press else "#workouts summary").all():
        if summary.is_visible() and summary.locator("xpath=..").get_attribute("open") is None:
            summary.click()
    page.wait_for_timeout(150)


@pytest.fixture
def full(page, planned, asked):
    """A day with a begun task, a rest, something beside the plan, and a best."""
    squat, walk = planned
    asked(
        "POST",
        "/api/workoutlogs/",
        {"name": "아주 긴 이름을 가진 동네 배드민턴 모임", "minutes": 45, "note": "비가 왔다"},
    )
    asked("PUT", f"/api/tasks/{walk}/completion/", {"completed": True})
    page.goto("/workouts/")
    page.click(f"#sets-{squat} > summary")
    page.click(f"#set-go-{squat}")
    page.locator("#rest[data-state=running]").wait_for()


@pytest.mark.parametrize("size", [{"width": 390, "height": 844}, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_days_full_and_empty(page, asked, request, scheme, size, complaints):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    for place in ("day", "log", "copy", "history", "bests", "settings", "questions"):
        at(page, place)
        assert complaints_of(page) == [], f"empty {place}"
    request.getfixturevalue("full")
    for place in PLACES:
        at(page, place)
        assert complaints_of(page) == [], f"full {place}"
    assert complaints == []


def test_nothing_is_too_wide_or_too_small_to_press_on_a_small_phone(page, full):
    page.set_viewport_size({"width": 320, "height": 640})
    for place in PLACES:
        at(page, place)
        assert page.evaluate(TOO_WIDE) == [], place
        assert page.evaluate(TOO_SMALL, PRESSED) == [], place
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        assert page.evaluate(TOO_WIDE) == [], f"{place} with text of twice the size"


def test_without_scripts_a_plan_is_made_done_skipped_and_written_down(phone, username, complaints):
    page = phone(java_script_enabled=False).new_page()
    watch(page, complaints)
    sign_in(page, username)
    page.goto("/workouts/")
    page.click("#make-plan")
    assert page.locator(".task").count() >= 1
    assert page.locator(".needs-script >> visible=true").count() == 0
    page.locator(".task-now [id^=sets-] > summary").click()
    page.locator(".task-now [id^=set-go-]").click()
    assert page.locator(".set-done").count() == 1
    page.locator(".task-now [id^=done-]").click()
    assert "마쳤어요." in page.locator("#toasts").inner_text()
    page.locator(".task-done [id^=tick-]").click()
    assert page.locator(".task-done").count() == 0
    page.locator(".task-now [id^=skip-]").click()
    page.click("#why-no_time")
    assert page.locator(".task-skipped").count() == 1
    page.click("#log-add")
    page.fill("#find-q", "걷기")
    page.keyboard.press("Enter")
    page.locator("#found-list .row-press", has_text=re.compile("^\\s*걷기")).first.click()
    assert page.locator("#workouts [data-row^='log-']", has_text="걷기").count() == 1
    page.locator("#workouts [data-row^='log-'] a", has_text="걷기").click()
    page.fill("#log-minutes", "45")
    page.click("#log-save")
    assert "45분" in page.locator("#workouts [data-row^='log-']", has_text="걷기").inner_text()
    assert complaints == []
