"""The pages of family: inviting, taking up, looking, marking, the log, and the end; with a script and without."""

import re

import pytest

from conftest import signed_in
from onharu.records.medication.models import Share, ShareEvent
from onharu.records.medication.tests.dosing import DAY, NOON, at_times, regimen
from onharu.records.medication.tests.sharing import invited, share_with
from onharu.records.medication.tests.test_shares import ONE_DAY

HTMX = {"HX-Request": "true"}
FAMILY = "/medicines/family/"
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def pill(owner):
    return regimen(owner, at_times(8, 20), at=NOON - ONE_DAY, why="혈압이 높아서")


@pytest.fixture
def viewing(relative):
    return signed_in(relative)


@pytest.fixture
def share(owner, relative, pill):
    return share_with(owner, relative, may_mark=True, label="딸")


def shown(browser, path=FAMILY):
    response = browser.get(path)
    assert response.status_code == 200, response.content
    return response.content.decode()


def dose_of(page):
    return re.search(r"doses/([0-9A-Za-z.]+)/take/", page)[1]


def test_inviting_shows_a_code_and_a_link_this_once(browser):
    said = {"label": "딸", "may": "mark", "is_told": "on", "until": "2026-12-31"}
    page = browser.post(f"{FAMILY}invite/", said).content.decode()
    code = re.search(r'id="share-code" readonly value="([^"]+)"', page)[1]
    assert f"/medicines/family/join/?code={code}" in page
    share = Share.objects.get()
    assert (share.label, share.may_mark, share.is_told, str(share.until)) == ("딸", True, True, "2026-12-31")
    assert code not in shown(browser)
    assert "초대함" in shown(browser)


def test_the_page_with_a_code_tells_no_other_page_of_it(browser):
    response = browser.post(f"{FAMILY}invite/", {"may": "look"})
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
    assert browser.get(f"{FAMILY}join/?code=ABCD")["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("said", [{"may": "look", "until": "2026-11-21"}, {"may": "everything"}, {"until": "x"}])
def test_an_invitation_that_cannot_be_is_told_beside_its_field(browser, said):
    response = browser.post(f"{FAMILY}invite/", said)
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert not Share.objects.exists()


def test_a_link_fills_the_code_in_and_one_press_takes_it_up(owner, viewing, pill):
    code = invited(owner, may_mark=True).code
    assert f'value="{code}"' in shown(viewing, f"{FAMILY}join/?code={code}")
    assert Share.objects.get().viewer is None
    response = viewing.post(f"{FAMILY}join/", {"code": code}, follow=True)
    page = response.content.decode()
    assert "이제 owner 님의 복용을 볼 수 있어요." in page
    assert "owner 님의 복용" in page
    assert "혈압약" in page
    assert "혈압이 높아서" not in page


def test_a_code_that_does_not_hold_is_told_in_one_way(owner, viewing):
    used = invited(owner).code
    viewing.post(f"{FAMILY}join/", {"code": used})
    told = [viewing.post(f"{FAMILY}join/", {"code": code}) for code in (used, "AAAA-BBBB-CCCC-DDDD")]
    assert {one.status_code for one in told} == {422}
    assert all("이 코드로는 함께 볼 수 없어요." in one.content.decode() for one in told)


def test_ones_own_code_is_said_to_be_ones_own(browser, owner):
    page = browser.post(f"{FAMILY}join/", {"code": invited(owner).code}).content.decode()
    assert "내가 만든 초대예요." in page


def test_marking_and_taking_it_back_without_a_script(viewing, share):
    here = f"{FAMILY}{share.pk}/"
    dose = dose_of(shown(viewing, here))
    page = viewing.post(f"{here}doses/{dose}/take/", follow=True).content.decode()
    assert "12:00에 먹었어요 · 내가 표시함" in page
    assert "2번 중 1번 먹었어요" in page
    page = viewing.post(f"{here}doses/{dose}/undo/", follow=True).content.decode()
    assert "2번 중 0번 먹었어요" in page


def test_marking_with_a_script_answers_with_a_toast_and_undo(viewing, share):
    here = f"{FAMILY}{share.pk}/"
    dose = dose_of(shown(viewing, here))
    response = viewing.post(f"{here}doses/{dose}/take/", headers=HTMX)
    assert response.status_code == 204
    assert f"{here}doses/{dose}/undo/" in response["HX-Trigger"]
    assert "onharu:medicines" in response["HX-Trigger"]
    assert "내가 표시함" in shown(viewing, f"{here}part/?date={DAY}")


def test_the_owner_sees_that_somebody_else_wrote_it(browser, viewing, share):
    dose = dose_of(shown(viewing, f"{FAMILY}{share.pk}/"))
    viewing.post(f"{FAMILY}{share.pk}/doses/{dose}/take/")
    assert "다른 사람이 적음" in shown(browser, "/medicines/doses/")
    assert "다른 사람이 적음" in shown(browser, "/today/")
    assert "딸 님이 오늘 혈압약을 먹었다고 표시했어요" in shown(browser)
    assert "딸 님이 오늘 복용을 봤어요" in shown(browser)


def test_who_may_only_look_sees_no_button(owner, viewing, relative, pill):
    share = share_with(owner, relative)
    page = shown(viewing, f"{FAMILY}{share.pk}/")
    assert "혈압약" in page
    assert "/take/" not in page


def test_days_lead_from_yesterday_to_tomorrow(viewing, share):
    today = shown(viewing, f"{FAMILY}{share.pk}/")
    assert "day-previous" in today
    assert "day-next" in today
    assert "day-previous" not in shown(viewing, f"{FAMILY}{share.pk}/?date={DAY - ONE_DAY}")
    tomorrow = shown(viewing, f"{FAMILY}{share.pk}/?date={DAY + ONE_DAY}")
    assert "day-next" not in tomorrow
    assert "/take/" not in tomorrow
    assert viewing.get(f"{FAMILY}{share.pk}/?date={DAY - 2 * ONE_DAY}").status_code == 404


def test_times_are_the_owners_and_that_is_said(owner, relative, viewing):
    relative.profile.zone = "America/New_York"
    relative.profile.save()
    regimen(owner, at_times(20), at=NOON - ONE_DAY)
    page = shown(viewing, f"{FAMILY}{share_with(owner, relative).pk}/")
    assert "Asia/Seoul" in page
    assert ">20:00<" in page


def test_ending_and_undoing_it(browser, viewing, share):
    page = browser.post(f"{FAMILY}{share.pk}/revoke/", follow=True).content.decode()
    assert "딸 님과 함께 보기를 그만뒀어요." in page
    assert viewing.get(f"{FAMILY}{share.pk}/").status_code == 404
    assert viewing.get(f"{FAMILY}{share.pk}/part/").status_code == 404
    browser.post(f"{FAMILY}{share.pk}/restore/")
    assert viewing.get(f"{FAMILY}{share.pk}/").status_code == 200


def test_leaving_takes_the_person_off_both_lists(browser, viewing, share):
    page = viewing.post(f"{FAMILY}{share.pk}/leave/", follow=True).content.decode()
    assert "이제 owner 님의 복용을 보지 않아요." in page
    assert viewing.get(f"{FAMILY}{share.pk}/").status_code == 404
    assert "그분이 그만 봐요" in shown(browser)


def test_what_a_viewer_may_is_changed_on_a_page_of_its_own(browser, viewing, share):
    own = f"{FAMILY}{share.pk}/settings/"
    assert "딸" in shown(browser, own)
    browser.post(own, {"label": "큰딸", "may": "look"})
    share.refresh_from_db()
    assert (share.label, share.may_mark) == ("큰딸", False)
    assert browser.post(own, {"may": "look", "until": "2020-01-01"}).status_code == 422
    assert viewing.get(own).status_code == 404


def test_a_stranger_finds_none_of_these_pages(stranger_browser, viewing, share):
    dose = dose_of(shown(viewing, f"{FAMILY}{share.pk}/"))
    before = ShareEvent.objects.count()
    for path in ("", "part/", "settings/"):
        assert stranger_browser.get(f"{FAMILY}{share.pk}/{path}").status_code == 404
    for path in ("revoke/", "restore/", "leave/", f"doses/{dose}/take/", f"doses/{dose}/undo/"):
        assert stranger_browser.post(f"{FAMILY}{share.pk}/{path}").status_code == 404
    assert ShareEvent.objects.count() == before


def test_the_pages_are_said_in_english_too(browser, viewing, share):
    for asked, path in ((browser, FAMILY), (viewing, f"{FAMILY}join/"), (viewing, f"{FAMILY}{share.pk}/")):
        asked.cookies["onharu_language"] = "en"
        page = shown(asked, path)
        words = re.sub(
            r"<[^>]*>|혈압약|딸|한국어|온하루", "", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
        )
        assert re.findall(r"[가-힣]+", words) == [], path
