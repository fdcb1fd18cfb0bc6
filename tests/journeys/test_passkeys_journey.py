"""A passkey by thumb: made on a phone, kept through signing out, and signed in with; and what other devices are told."""

import pytest

from onharu.design.tests.test_gallery_browser import PRIMARY, TOO_SMALL, TOO_WIDE, complaints_of
from tests.journeys.conftest import PASSWORD, sign_in, watch

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300)]
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture
def named(server):
    """The house by its name: a passkey belongs to a name, not to a number."""
    return server.base.replace("127.0.0.1", "localhost")


def with_authenticator(page, *, verifies=True):
    """Give a browser a phone's own authenticator; returns what counts its keys."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    number = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return lambda: devtools.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]


@pytest.fixture
def mine(phone, named, username, complaints):
    """The phone of somebody signed in by name, with an authenticator."""
    context = phone()
    page = context.new_page()
    watch(page, complaints)
    page.goto(f"{named}/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    return page


def add(page, named, name="내 휴대폰"):
    page.goto(f"{named}/me/security/")
    page.click("#add-passkey")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="이 기기에 패스키 만들기").click()
    page.wait_for_url("**/me/security/")
    page.locator(".row-title", has_text=name).wait_for()


def sign_out(page, named):
    page.goto(f"{named}/me/")
    page.locator("[data-sign-out] button").click()
    page.wait_for_url(f"{named}/")


def test_a_passkey_is_added_and_signs_in_without_name_and_password(mine, named, complaints):
    keys = with_authenticator(mine)
    add(mine, named)
    assert [(key["rpId"], key["isResidentCredential"]) for key in keys()] == [("localhost", True)]
    sign_out(mine, named)
    mine.goto(f"{named}/login/?next=/meals/")
    mine.get_by_role("button", name="패스키로 로그인").click()
    mine.wait_for_url(f"{named}/meals/")
    mine.goto(f"{named}/me/security/")
    assert "마지막으로" in mine.locator("section", has=mine.locator("#passkeys")).inner_text()
    mine.get_by_role("link", name="고치기 내 휴대폰").click()
    mine.fill("[name=name]", "바꾼 이름")
    mine.get_by_role("button", name="이름 바꾸기").click()
    mine.locator(".row-title", has_text="바꾼 이름").wait_for()
    mine.get_by_role("link", name="고치기 바꾼 이름").click()
    mine.fill("[name=password]", PASSWORD)
    mine.get_by_role("button", name="패스키 지우기").click()
    mine.wait_for_url("**/me/security/")
    sign_out(mine, named)
    mine.goto(f"{named}/login/")
    mine.get_by_role("button", name="패스키로 로그인").click()
    mine.locator(".toast", has_text="이 패스키로는 로그인하지 못했어요").wait_for()
    assert complaints == []


def test_what_does_not_work_is_said_in_words_to_who_asked_for_it(mine, named, phone, username):
    with_authenticator(mine, verifies=False)
    mine.goto(f"{named}/me/security/passkeys/add/")
    mine.fill("[name=password]", "no-such-9")
    mine.get_by_role("button", name="이 기기에 패스키 만들기").click()
    mine.get_by_role("alert").filter(has_text="비밀번호가 맞지 않아요.").wait_for()
    mine.fill("[name=password]", PASSWORD)
    mine.get_by_role("button", name="이 기기에 패스키 만들기").click()
    mine.get_by_role("alert").filter(has_text="패스키를 쓰지").wait_for()
    number = phone().new_page()
    number.goto("/login/")  # by its number, where no passkey can be
    assert number.locator("#passkey").is_hidden()
    assert "패스키" not in number.inner_text("body")
    sign_in(number, username)
    number.goto("/me/security/passkeys/add/")
    number.locator("[data-passkey-lacks]").wait_for()
    plain = phone(java_script_enabled=False).new_page()
    plain.goto(f"{named}/login/")
    assert plain.locator("#passkey").is_hidden()
    assert "패스키" not in plain.inner_text("body")


def test_a_device_that_holds_one_is_told_so(mine, named):
    with_authenticator(mine)
    add(mine, named)
    mine.goto(f"{named}/me/security/passkeys/add/")
    mine.fill("[name=password]", PASSWORD)
    mine.get_by_role("button", name="이 기기에 패스키 만들기").click()
    mine.get_by_role("alert").filter(has_text="이 기기에는 이미 패스키가 있어요.").wait_for()


def test_a_sign_in_elsewhere_is_told_on_the_next_page_and_ended_from_there(page, phone, username):
    other = phone(user_agent=FIREFOX).new_page()
    sign_in(other, username)
    other.goto("/me/security/")
    own = other.locator("li.row", has_text="Firefox · Windows")
    assert "지금 이곳" in own.inner_text()
    assert own.get_by_role("button").count() == 0
    page.goto("/meals/")
    page.locator("#account-alert a").click()
    row = page.locator("li.row", has_text="Firefox · Windows")
    row.get_by_role("button", name="내가 아니에요").click()
    page.wait_for_url("**/me/security/#change")
    assert page.locator("#account-alert").count() == 0
    other.goto("/today/")
    other.wait_for_url("**/login/**")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_read_well_at_every_width(mine, named, phone, username, scheme):
    with_authenticator(mine)
    add(mine, named)
    other = phone(user_agent=FIREFOX).new_page()
    sign_in(other, username)
    mine.emulate_media(color_scheme=scheme)
    first = mine.goto(f"{named}/me/security/") and mine.get_by_role("link", name="고치기 내 휴대폰").get_attribute(
        "href"
    )
    for path in ("/me/security/", "/me/security/passkeys/add/", first, "/today/"):
        for width in (320, 390, 1280):
            mine.set_viewport_size({"width": width, "height": 844})
            mine.goto(f"{named}{path}")
            assert mine.evaluate(TOO_WIDE) == [], (path, width)
            assert mine.evaluate(TOO_SMALL, PRIMARY) == [], (path, width)
        assert complaints_of(mine) == [], path
