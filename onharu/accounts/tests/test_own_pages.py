import re

import pytest

from onharu.accounts.models import Profile, User
from onharu.accounts.public import person_of, place_may_leave, words_may_leave


def text(answer):
    return answer.content.decode()


def test_the_setup_asks_three_questions_and_remembers_the_answers(browser, owner):
    assert browser.post("/setup/purpose/", {"purpose": "WEIGHT"})["Location"] == "/setup/body/"
    body = {"height_cm": "171.5", "weight_kg": "", "birth_year": "1990", "sex": "MALE"}
    assert browser.post("/setup/body/", body)["Location"] == "/setup/medicine/"
    assert browser.post("/setup/medicine/", {"takes_medicine": "yes"})["Location"] == "/today/"
    kept = Profile.objects.get(user=owner)
    assert (kept.purpose, kept.height_cm, kept.weight_kg, kept.birth_year, kept.sex) == (
        "WEIGHT",
        171.5,
        None,
        1990,
        "MALE",
    )
    assert kept.takes_medicine is True
    assert kept.setup_done_at is not None


def test_each_screen_shows_how_far_one_is_and_the_way_back(browser):
    first, second, third = (text(browser.get(f"/setup/{name}/")) for name in ("purpose", "body", "medicine"))
    for step, page in enumerate((first, second, third), start=1):
        assert f'<progress class="progress" value="{step}" max="3"' in page
    assert 'href="/setup/purpose/"' in second
    assert 'href="/setup/body/"' in third


def test_every_question_can_be_skipped(browser, owner):
    assert 'href="/setup/body/"' in text(browser.get("/setup/purpose/"))
    assert 'href="/setup/medicine/"' in text(browser.get("/setup/body/"))
    assert 'action="/setup/skip/"' in text(browser.get("/setup/medicine/"))
    before = Profile.objects.get(user=owner)
    assert browser.post("/setup/skip/")["Location"] == "/today/"
    after = Profile.objects.get(user=owner)
    assert after.setup_done_at is not None
    assert (after.purpose, after.takes_medicine, after.height_cm) == ("", None, before.height_cm)


def test_going_back_shows_what_was_answered(browser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/setup/purpose/", {"purpose": "WEIGHT"})
    assert re.search(r'value="WEIGHT" aria-current="true"', text(browser.get("/setup/purpose/")))
    assert 'value="160.0"' in text(browser.get("/setup/body/"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/setup/purpose/", {"purpose": "FUN"}),
        ("/setup/body/", {"height_cm": "20"}),
        ("/setup/body/", {"birth_year": "year"}),
        ("/setup/medicine/", {"takes_medicine": "perhaps"}),
        ("/setup/medicine/", {}),
    ],
)
def test_an_answer_that_cannot_be_is_asked_again(browser, path, words):
    answer = browser.post(path, words)
    assert answer.status_code == 422
    assert "note-problem" in text(answer) or "field-error" in text(answer)


PROFILE = {
    "nickname": "하루",
    "sex": "",
    "birth_year": "1990",
    "height_cm": "171.5",
    "weight_kg": "65",
    "activity": "ACTIVE",
    "purpose": "",
    "takes_medicine": "false",
    "zone": "Asia/Tokyo",
    "day_start_hour": "4",
    "language": "en",
}


def test_a_person_changes_their_facts_on_their_page(browser, owner):
    answer = browser.post("/me/", PROFILE)
    assert answer["Location"] == "/me/"
    assert answer.cookies["onharu_language"].value == "en"
    kept = Profile.objects.get(user=owner)
    assert (kept.nickname, kept.sex, kept.weight_kg, kept.takes_medicine) == ("하루", "", 65, False)
    assert (kept.zone, kept.day_start_hour, kept.activity, kept.language) == ("Asia/Tokyo", 4, "ACTIVE", "en")
    assert kept.version == 2
    assert "저장했어요." in text(browser.get("/me/"))


def test_a_person_says_what_goals_and_words_depend_on(browser, owner):
    page = text(browser.get("/me/"))
    assert all(f'name="{name}"' in page for name in ("maternity", "hide_numbers", "words_may_leave"))
    browser.post("/me/", PROFILE | {"maternity": "PREGNANT", "hide_numbers": "on", "words_may_leave": "on"})
    kept = Profile.objects.get(user=owner)
    assert (kept.maternity, kept.hide_numbers, kept.words_may_leave) == ("PREGNANT", True, True)
    browser.post("/me/", PROFILE)
    kept.refresh_from_db()
    assert (kept.maternity, kept.hide_numbers, kept.words_may_leave) == ("", False, False)


def test_nothing_leaves_home_and_nothing_is_hidden_unless_said(owner):
    assert person_of(owner).maternity is None
    assert not person_of(owner).hide_numbers
    assert not words_may_leave(owner.pk)
    Profile.objects.update(words_may_leave=True)
    assert words_may_leave(owner.pk)


def test_where_somebody_is_leaves_only_while_their_own_switch_is_on(browser, owner):
    assert not place_may_leave(owner.pk)
    assert not person_of(owner).place_may_leave
    assert 'name="place_may_leave"' in (page := text(browser.get("/me/")))
    assert "지도를 볼 때 내 위치를 카카오에 보내도 돼요" in page
    browser.post("/me/", PROFILE | {"place_may_leave": "on"})
    assert place_may_leave(owner.pk)
    assert person_of(User.objects.get(pk=owner.pk)).place_may_leave
    browser.post("/me/", PROFILE)
    assert not place_may_leave(owner.pk)


@pytest.mark.parametrize(
    "change",
    [
        {"maternity": "PERHAPS"},
        {"height_cm": "20"},
        {"birth_year": "1700"},
        {"zone": "Mars/Olympus"},
        {"day_start_hour": "9"},
        {"nickname": "하" * 41},
    ],
)
def test_a_fact_that_cannot_be_is_said_next_to_its_field(browser, owner, change):
    answer = browser.post("/me/", PROFILE | change)
    assert answer.status_code == 422
    assert "field-error" in text(answer)
    assert Profile.objects.get(user=owner).version == 1


def test_a_page_shows_where_one_is_signed_in_and_ends_it_elsewhere(browser, me, owner):
    page = text(browser.get("/me/"))
    assert "onharu-test" in page
    path = re.search(r'action="(/me/sessions/[^"]+/end/)"', page)[1]
    assert browser.post(path).status_code == 302
    assert me.get("/api/users/me/").status_code == 401
    assert browser.post(path).status_code == 404


def test_a_nickname_is_shown_as_text(browser, owner):
    Profile.objects.update(nickname="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in text(browser.get("/me/"))


def test_own_pages_are_kept_by_no_cache(browser):
    for path in ("/me/", "/setup/purpose/", "/setup/body/", "/setup/medicine/"):
        assert "no-store" in browser.get(path)["Cache-Control"]


def test_the_page_of_oneself_costs_two_statements(browser, django_assert_max_num_queries):
    browser.get("/me/")
    with django_assert_max_num_queries(2):
        browser.get("/me/")


def test_the_own_page_leads_to_the_places_that_a_phones_bar_has_no_room_for(browser):
    page = text(browser.get("/me/"))
    for address in ("/goals/", "/journal/", "/trends/"):
        assert f'class="chip" id="to-{address.strip("/")}" href="{address}"' in page
