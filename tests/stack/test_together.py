"""What the parts do together: a day in a browser, figures of all processes, photographs in a bucket, alerts by letter."""

import re
import signal
import time

import httpx
import pytest

from tests.journeys import test_first_day as first_day
from tests.journeys.conftest import PHONE, drawn, watch
from tests.stack.house import HOST
from tests.stack.person import PASSWORD, Person, client
from tests.stack.programs import wait_for

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(400)]
READ = 'sum(http_requests_total{job="api",route="/api/today/"})'


@pytest.fixture
def phone(chromium, house):
    """Make phones that find the house by its name, and take its own certificate."""
    words = [f"--host-resolver-rules=MAP {HOST} {house.places.address('front')}", "--no-sandbox", "--disable-gpu"]
    browser = chromium.browser_type.launch(
        executable_path=first_day_path(chromium), args=[*words, "--ignore-certificate-errors"]
    )

    def make(**options):
        settings = {"viewport": PHONE, "locale": "ko-KR", "reduced_motion": "reduce", **options}
        context = browser.new_context(base_url=house.base, ignore_https_errors=True, **settings)
        context.set_default_timeout(25_000)
        return context

    yield make
    browser.close()


def first_day_path(chromium):
    from tests.browser import chromium_path

    return chromium_path() or chromium.browser_type.executable_path


@pytest.mark.journey
def test_a_first_day_in_a_browser_through_the_front_door(phone, tmp_path, house):
    complaints = []
    photograph = tmp_path / "plate.jpg"
    photograph.write_bytes(drawn())
    first_day.test_a_first_day_from_signing_up_to_the_other_screen_and_back(phone, photograph, complaints)
    page = phone().new_page()
    watch(page, complaints)
    page.goto("/login/")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
    assert complaints == []
    assert any(name.startswith("photos/") for name in house.bucket.names())


def test_figures_of_all_processes_add_up(house, watcher, person, proof):
    """Two processes of one worker each, and one of two workers: what they counted together is what was asked."""
    more = house.new_api(WEB_WORKERS="2")
    wait_for(lambda: house.healthy("api", more), 90, "a third")
    house.known([*house.apis, more])
    assert person.read().status_code == 200
    time.sleep(5.5)  # until nginx looks names up again
    wait_for(lambda: watcher.targets()["api"] == ["up"] * 3, 60, "three are read")
    before = watcher.value(READ)
    for _ in range(90):
        assert person.read().status_code == 200
        time.sleep(0.02)
    wait_for(lambda: watcher.value(READ) - before >= 90, 30, "all are counted")
    time.sleep(3)
    counted = watcher.value(READ) - before
    shares = [float(one["value"][1]) for one in watcher.series(READ.replace("sum(", "sum by (instance) ("))]
    proof.note(
        "Figures of all processes", f"{counted:.0f} counted in {len(shares)} processes", "90 asked", "through nginx"
    )
    assert (counted, len(shares), min(shares) > 0) == (90, 3, True)
    house.known([number for number in house.apis if number != more])
    assert house.running[f"api-{more}"].stop() == 0


def signed_in(house, person):
    """A browser of the same person: photographs are pages, not API."""
    found = client(house, headers={"Referer": f"{house.base}/login/"})
    page = found.get("/login/", headers={"Accept": "text/html"}).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    body = {"csrfmiddlewaretoken": token, "username": person.name, "password": PASSWORD}
    assert found.post("/login/", data=body).status_code in {302, 303}
    return found


def test_a_photograph_lies_in_the_bucket_and_comes_back_by_a_link(house, person):
    answer = person.client.post("/api/ai/meal-analyze/", files={"image": ("a.jpg", drawn(), "image/jpeg")})
    assert answer.status_code == 200, answer.text
    mine = [name for name in house.bucket.names() if name.startswith(f"photos/{person.id}/")]
    assert mine
    photo = re.search(r'"photo": ?(\d+)', answer.text)[1]
    browser = signed_in(house, person)
    link = browser.get(f"/photos/{photo}/")
    assert link.status_code == 302
    with client(house) as nobody:
        assert nobody.get(f"/photos/{photo}/").status_code in {302, 401, 404}
    where = link.headers["Location"]
    assert where.startswith(f"https://{house.places.at('files')}/")
    got = httpx.get(where, verify=False)
    assert (got.status_code, got.headers["Content-Type"]) == (200, "image/jpeg")
    assert httpx.get(where.partition("?")[0], verify=False).status_code == 403
    browser.close()


def test_a_bucket_that_hangs_is_said_so_and_nothing_else_waits(house, person, proof):
    house.bucket.process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        answer = person.client.post("/api/ai/meal-analyze/", files={"image": ("a.jpg", drawn(480), "image/jpeg")})
        took = time.monotonic() - began
        with Person(house, person.client.headers["Authorization"]).client as other:
            assert other.get("/api/today/").status_code == 200
    finally:
        house.bucket.process.send_signal(signal.SIGCONT)
    proof.note(
        "The bucket hangs", f"{answer.status_code} after {took:.1f} s", "503 within 30 s", "a photograph is sent"
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert took < 30
    again = person.client.post("/api/ai/meal-analyze/", files={"image": ("a.jpg", drawn(480), "image/jpeg")})
    assert again.status_code == 200


def test_redis_that_is_killed_is_told_by_letter_and_so_is_its_return(house, watcher, proof):
    letters, redis = house.letters, house.running["redis"]
    wait_for(lambda: "RedisDown" not in watcher.firing(), 60, "it is well")
    wait_for(lambda: letters.titles("/deadman"), 90, "the switch outside hears that alerts arrive")
    began = time.monotonic()
    redis.kill()
    down = wait_for(lambda: "FIRING RedisDown" in letters.titles(since=began), 60, "a letter")
    back = time.monotonic()
    redis.start()
    up = wait_for(lambda: "RESOLVED RedisDown" in letters.titles(since=back), 60, "a second letter")
    how = "redis_exporter → Prometheus (2 s) → rule (1 s in the place of 1 min) → Alertmanager → webhook"
    proof.note("Redis is killed: the alert arrives", f"{down:.1f} s", "≤ 15 s at these intervals", how)
    proof.note("Redis is back: so it says", f"{up:.1f} s", "≤ 20 s at these intervals", how)
    assert down <= 15
    assert up <= 20
