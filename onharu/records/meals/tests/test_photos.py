"""From a photograph to a meal. The recogniser is a fake of ten lines; the embedded one has its own suite."""

import io
import threading
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from conftest import make_person
from onharu.accounts.models import Profile
from onharu.accounts.public import forget
from onharu.kernel import clock, jobs
from onharu.kernel.problems import Unavailable
from onharu.records.meals.actions import photos
from onharu.records.meals.actions.diary import Wanted
from onharu.records.meals.models import Analysis, Meal, Photo
from onharu.records.meals.queries import suggest
from onharu.upstream.food_vision import Guess, Sight

JSON = "application/json"
TEXT = "김치찌개 한 그릇이랑 밥 반 공기"


class Seer:
    """Sees what it is told to see, and counts."""

    def __init__(self):
        self.looked = 0
        self.leaves_home = False
        self.sight = self.of(True, True, "김치찌개")

    def of(self, is_food, understood, *names, feature=None):
        guesses = tuple(Guess(label=name, confidence=0.7, label_ko=name) for name in names)
        return Sight(is_food, understood, guesses, "fake", "fake-1", self.leaves_home, clock.now(), feature)

    def look(self, photo, *, may_leave=False):
        self.looked += 1
        self.may_leave = may_leave
        if isinstance(self.sight, Exception):
            raise self.sight
        return self.sight


@pytest.fixture(autouse=True)
def seer(monkeypatch):
    found = Seer()
    monkeypatch.setattr(photos.food_vision, "look", found.look)
    monkeypatch.setattr(photos.food_vision, "leaves_home", lambda: found.leaves_home)
    return found


def picture(colour="tomato", **options):
    raw = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(raw, "JPEG", **options)
    return SimpleUploadedFile("lunch.jpg", raw.getvalue(), "image/jpeg")


def analyse(client, *images, **data):
    return client.post("/api/ai/meal-analyze/", {"image": list(images), **data})


def commit(client, analysis, items, **headers):
    body = {"analysis_id": analysis["analysis_id"], "items": items, "meal_type": "LUNCH", "date": "2026-11-22"}
    return client.post("/api/ai/meal-commit/", body, content_type=JSON, headers=headers)


def test_a_photograph_is_suggested_confirmed_and_counted_from_the_catalogue(browser, stew, noon):
    found = analyse(browser, picture()).json()
    (row,) = found["items"]
    assert (row["food"]["id"], row["confidence"], row["origin"]) == (stew.pk, 0.7, "model")
    assert (row["unit"], row["grams"], row["macros"]["kcal"]) == ("그릇", 400, 200)
    assert found["macros_total"]["kcal"] == 200
    assert (found["source"], found["leaves_home"]) == ("fake", False)
    done = commit(browser, found, [{"food": stew.pk, "quantity": 0.5, "unit": "그릇", "kcal": -5000}])
    assert (done.status_code, done.json()["created"]) == (201, 1)
    day = browser.get("/api/meals/by-date/?log_date=2026-11-22").json()
    assert day["nutrition"]["kcal"] == 100
    assert day["meals"][0]["items"][0]["origin"] == "PHOTO"
    assert day["meals"][0]["photo"] is not None


def test_what_is_not_recognised_is_said_and_a_pick_list_offered(browser, stew, rice, lunch, seer):
    seer.sight = seer.of(True, False, "김치찌개")
    (row,) = analyse(browser, picture(), meal_type="LUNCH").json()["items"]
    assert row["food"] is None
    assert {food["id"] for food in row["alternatives"]} == {stew.pk, rice.pk}
    assert row["macros"] is None


def test_a_habit_among_the_candidates_leads(browser, stew, lunch, rice, seer):
    seer.sight = seer.of(True, True, "김치찌개", "쌀밥")
    (row,) = analyse(browser, picture(), meal_type="LUNCH").json()["items"]
    assert (row["food"]["id"], row["origin"]) == (rice.pk, "habit")


def test_a_picture_of_no_food_says_so(browser, seer):
    seer.sight = seer.of(False, False)
    (row,) = analyse(browser, picture()).json()["items"]
    assert (row["food"], row["why"]) == (None, "not_food")


def test_the_same_picture_again_is_answered_without_looking(browser, stew, seer):
    first = analyse(browser, picture()).json()
    assert analyse(browser, picture()).json()["analysis_id"] == first["analysis_id"]
    commit(browser, first, [{"food": stew.pk}])
    third = analyse(browser, picture()).json()
    assert third["analysis_id"] != first["analysis_id"]
    assert seer.looked == 1


def test_six_pictures_are_six_rows_and_seven_are_refused(browser, stew):
    colours = ["red", "green", "blue", "white", "black", "gray", "pink"]
    assert len(analyse(browser, *[picture(colour) for colour in colours[:6]]).json()["items"]) == 6
    assert analyse(browser, *[picture(colour) for colour in colours]).status_code == 400


def test_one_own_photograph_of_the_same_scene_suggests_its_meal_again(browser, stew, rice, seer, monkeypatch):
    seer.sight = seer.of(True, False, feature=b"f" * 2560)
    monkeypatch.setattr(suggest.food_vision, "most_alike", lambda _, others: suggest_alike(0, 0.99) if others else None)
    first = analyse(browser, picture("red")).json()
    commit(browser, first, [{"food": rice.pk, "quantity": 2, "unit": "공기"}, {"food": stew.pk}])
    again = analyse(browser, picture("maroon")).json()
    assert [(row["food"]["id"], row["origin"], row["why"]) for row in again["items"]] == [
        (rice.pk, "memory", "2026-11-22"),
        (stew.pk, "memory", "2026-11-22"),
    ]
    assert again["items"][0]["grams"] == 420


def test_another_scene_is_not_remembered(browser, rice, seer, monkeypatch):
    seer.sight = seer.of(True, False, feature=b"f" * 2560)
    monkeypatch.setattr(suggest.food_vision, "most_alike", lambda _, others: suggest_alike(0, 0.5) if others else None)
    commit(browser, analyse(browser, picture("red")).json(), [{"food": rice.pk}])
    (row,) = analyse(browser, picture("maroon")).json()["items"]
    assert row["food"] is None


def suggest_alike(index, similarity):
    from onharu.upstream.food_vision.likeness import Alike

    return Alike(index, similarity)


def test_a_strangers_photographs_are_never_remembered(browser, stranger_browser, rice, seer, monkeypatch):
    seer.sight = seer.of(True, False, feature=b"f" * 2560)
    compared = []
    monkeypatch.setattr(suggest.food_vision, "most_alike", lambda _, others: compared.append(list(others)))
    commit(browser, analyse(browser, picture("red")).json(), [{"food": rice.pk}])
    analyse(stranger_browser, picture("red"))
    assert compared[-1] == []


def agree(owner):
    Profile.objects.filter(user=owner).update(photos_may_leave=True)
    forget(owner.pk)


def test_a_photograph_stays_at_home_until_its_owner_agrees(browser, owner, stew, seer):
    seer.leaves_home = True
    assert analyse(browser, picture("red")).status_code == 200
    assert seer.may_leave is False
    agree(owner)
    analyse(browser, picture("blue"))
    jobs.run_due()
    assert seer.may_leave is True


def test_a_recogniser_that_fails_leaves_a_pick_list(browser, lunch, rice, seer):
    seer.sight = Unavailable()
    (row,) = analyse(browser, picture(), meal_type="LUNCH").json()["items"]
    assert row["food"] is None
    assert [food["id"] for food in row["alternatives"]] == [rice.pk]


def test_an_analysis_that_never_comes_back_is_given_up(browser, owner, seer):
    seer.leaves_home = True
    agree(owner)
    waiting = analyse(browser, picture())
    Analysis.objects.update(created_at=clock.now() - photos.GIVEN_UP_AFTER - timedelta(seconds=1))
    settled = browser.get(waiting["Location"])
    assert (settled.status_code, settled.json()["state"]) == (200, "FAILED")


def test_a_slow_model_is_answered_with_an_address_to_ask_again(browser, owner, stew, seer):
    seer.leaves_home = True
    agree(owner)
    waiting = analyse(browser, picture())
    assert (waiting.status_code, waiting.json()["state"]) == (202, "WAITING")
    assert commit(browser, waiting.json(), [{"food": stew.pk}]).json()["code"] == "analysis_waiting"
    assert browser.get(waiting["Location"]).status_code == 202
    assert jobs.run_due() >= 1
    done = browser.get(waiting["Location"])
    assert (done.status_code, done.json()["items"][0]["food"]["id"]) == (200, stew.pk)


def test_a_sentence_becomes_rows_with_grams_and_their_source(browser, rice, stew):
    found = browser.post("/api/ai/meal-analyze/", {"text": TEXT}, content_type=JSON).json()
    rows = [
        (row["food"]["name"], row["quantity"], row["unit"], row["grams"], row["grams_source"]) for row in found["items"]
    ]
    assert rows == [("김치찌개", 1, "그릇", 400, "UNIT"), ("쌀밥", 0.5, "공기", 105, "UNIT")]
    done = commit(browser, found, [{"food": row["food"]["id"], "grams": row["grams"]} for row in found["items"]])
    assert done.json()["created"] == 2


@pytest.mark.parametrize("data", [{}, {"text": ""}, {"text": "밥", "image": "both"}])
def test_either_pictures_or_a_text(browser, rice, data):
    body = {**data, **({"image": picture()} if "image" in data else {})}
    response = browser.post("/api/ai/meal-analyze/", body)
    assert response.status_code == 400
    assert Analysis.objects.count() == 0


@pytest.mark.parametrize("raw", [b"", b"GIF89a" + b"x" * 100, b"<svg onload=alert(1)>", b"\xff\xd8\xff broken"])
def test_what_is_no_photograph_is_refused_and_nothing_kept(browser, raw):
    response = analyse(browser, SimpleUploadedFile("x.jpg", raw, "image/jpeg"))
    assert response.status_code == 400
    assert Photo.objects.count() == Analysis.objects.count() == 0


def test_place_and_camera_are_stripped(browser, stew):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    analyse(browser, picture(exif=exif))
    kept = Photo.objects.get().file.read()
    assert b"SecretCamera" not in kept
    assert Image.open(io.BytesIO(kept)).getexif() == {}


def test_confirming_twice_writes_one_meal(browser, stew):
    found = analyse(browser, picture()).json()
    first = commit(browser, found, [{"food": stew.pk}])
    again = commit(browser, found, [{"food": stew.pk}, {"food": stew.pk}])
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Meal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_write_one_meal(stew):
    owner = make_person("clicker")
    today = clock.local_day(clock.now())
    analysis = photos.take_text(owner_id=owner.pk, text="김치찌개", day=today, slot="LUNCH", today=today)
    meals = []

    def click():
        try:
            done = photos.confirm(
                owner_id=owner.pk, key=analysis.key, wanted=[Wanted(stew.pk)], day=today, slot="LUNCH",
                eaten_at=clock.now(),
            )  # fmt: skip
            meals.append(done.meal_id)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(10)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(30)
    assert len(meals) == 10
    assert len(set(meals)) == 1
    assert Meal.objects.count() == 1


def test_a_confirmation_that_fails_leaves_the_analysis_open(browser, stew):
    found = analyse(browser, picture()).json()
    assert commit(browser, found, [{"food": 987654}]).status_code == 400
    assert commit(browser, found, [{"food": stew.pk, "grams": -5}]).status_code == 400
    assert Meal.objects.count() == 0
    assert commit(browser, found, [{"food": stew.pk}]).status_code == 201


def test_a_stranger_can_neither_read_nor_confirm_an_analysis(browser, stranger_browser, stew):
    found = analyse(browser, picture()).json()
    for attempt in (
        stranger_browser.get(f"/api/ai/meal-analyze/{found['analysis_id']}/"),
        commit(stranger_browser, found, [{"food": stew.pk}]),
        commit(stranger_browser, {"analysis_id": str(uuid.uuid4())}, [{"food": stew.pk}]),
    ):
        assert attempt.status_code == 404
    assert Meal.objects.count() == 0


def test_nobody_analyses_without_signing_in(client, db):
    assert analyse(client, picture()).status_code == 401
    assert client.post("/api/ai/meal-commit/", {}, content_type=JSON).status_code == 401


def test_what_nobody_confirmed_is_let_go_of_with_its_files(browser, owner, stew):
    analyse(browser, picture())
    file = Photo.objects.get().file
    Analysis.objects.update(created_at=clock.now() - photos.KEPT_UNCONFIRMED - timedelta(minutes=1))
    photos.forget_unconfirmed()
    assert Analysis.objects.count() == Photo.objects.count() == 0
    assert not file.storage.exists(file.name)


def test_looking_again_at_a_finished_analysis_changes_nothing(browser, stew, seer):
    analyse(browser, picture())
    photos.recognise(analysis_id=Analysis.objects.get().pk)
    photos.recognise(analysis_id=987654)
    assert seer.looked == 1


def test_a_vague_amount_is_marked_as_a_guess(browser, rice):
    found = browser.post("/api/ai/meal-analyze/", {"text": "밥 두세 공기"}, content_type=JSON).json()
    assert found["items"][0]["grams_source"] == "GUESS"
    assert Decimal(str(found["items"][0]["grams"])) > 0
