from datetime import timedelta

import pytest

from onharu.kernel import clock
from onharu.records.journal.models import DailyReport, Feedback, Tag
from onharu.records.journal.tests.conftest import DAY, PLAN, PLAN_DAY, statements_of
from tests.sealed_rows import row_where

JSON = "application/json"
BODY = {
    "date": "2026-11-22",
    "mood": 4,
    "condition": 3,
    "sleep_hours": 7.25,
    "highlights": "한강을 걸었다.",
    "challenges": "",
    "tags": ["산책", "#산책", "집밥"],
}


def post(client, path, body, **headers):
    return client.post(path, body, content_type=JSON, headers=headers)


def put(client, path, body=None):
    return client.put(path, body, content_type=JSON)


def patch(client, path, body):
    return client.patch(path, body, content_type=JSON)


def test_a_report_is_written_and_read_back(browser, noon):
    response = post(browser, "/api/dailyreports/", BODY)
    assert response.status_code == 201
    report = response.json()
    assert {**report, "id": 0, "changed_at": ""} == {**BODY, "tags": ["산책", "집밥"], "id": 0, "changed_at": ""}
    assert report["changed_at"] == "2026-11-22T12:00:00+09:00"
    assert browser.get(f"/api/dailyreports/{report['id']}/").json() == report
    assert browser.get("/api/dailyreports/by-date/2026-11-22/").json() == report


def test_without_a_date_it_is_the_persons_today(browser, owner, noon):
    owner.profile.zone = "America/New_York"
    owner.profile.save()
    assert post(browser, "/api/dailyreports/", {"mood": 3}).json()["date"] == "2026-11-21"


def test_no_answer_is_null(browser, noon):
    report = post(browser, "/api/dailyreports/", {"mood": 1}).json()
    assert (report["condition"], report["sleep_hours"], report["highlights"], report["tags"]) == (None, None, "", [])


def test_a_second_report_of_a_day_is_a_conflict_that_names_the_first(browser, report):
    response = post(browser, "/api/dailyreports/", BODY)
    problem = response.json()
    assert (response.status_code, problem["code"]) == (409, "report_exists")
    assert problem["errors"] == {"id": [str(report.pk)]}
    assert str(report.pk) in problem["messages"]["ko"] and str(report.pk) in problem["messages"]["en"]
    assert DailyReport.objects.count() == 1


def test_put_says_the_whole_day_and_may_be_repeated(browser, report):
    path = "/api/dailyreports/by-date/2026-11-22/"
    first, again = put(browser, path, {"mood": 5}), put(browser, path, {"mood": 5})
    assert first.json() == again.json()
    found = again.json()
    assert (found["id"], found["mood"], found["condition"], found["highlights"], found["tags"]) == (
        report.pk, 5, None, "", [],
    )  # fmt: skip
    assert put(browser, "/api/dailyreports/by-date/2026-11-20/", {"tags": ["산책"]}).json()["tags"] == ["산책"]
    assert put(browser, "/api/dailyreports/by-date/2026-02-30/", {}).status_code == 404


def test_patch_changes_what_it_says_and_nothing_else(browser, report):
    changed = patch(browser, f"/api/dailyreports/{report.pk}/", {"sleep_hours": 8, "mood": None}).json()
    assert (changed["sleep_hours"], changed["mood"], changed["condition"]) == (8, None, 3)
    assert changed["highlights"] == "한강을 걸었다."
    assert changed["tags"] == ["산책", "야근"]


def test_a_report_goes_and_comes_back(browser, report):
    path = f"/api/dailyreports/{report.pk}/"
    for _ in range(2):
        assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert browser.get("/api/dailyreports/by-date/2026-11-22/").status_code == 404
    assert put(browser, f"{path}restore/").json()["highlights"] == "한강을 걸었다."


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"mood": 0}, "mood"),
        ({"mood": "좋음"}, "mood"),
        ({"condition": 6}, "condition"),
        ({"sleep_hours": 24.25}, "sleep_hours"),
        ({"sleep_hours": 7.1}, "sleep_hours"),
        ({"sleep_hours": "NaN"}, "sleep_hours"),
        ({"highlights": "x" * 2001}, "highlights"),
        ({"challenges": "\x00"}, "challenges"),
        ({"tags": ["a"] * 21}, "tags"),
        ({"tags": "산책"}, "tags"),
        ({"tags": [""]}, "tags[0]"),
        ({"date": "22.11.2026"}, "date"),
        ({"date": "2026-11-24"}, "date"),
    ],
)
def test_bad_input_is_a_problem_that_names_the_field_and_changes_nothing(browser, noon, body, field):
    response = post(browser, "/api/dailyreports/", body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert field in problem["errors"]
    assert problem["messages"]["ko"] and problem["messages"]["en"]
    assert (DailyReport.objects.count(), Tag.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["#", "가" * 31])
def test_a_tag_that_says_nothing_or_too_much_writes_no_report(browser, noon, name):
    response = post(browser, "/api/dailyreports/", {"mood": 3, "tags": ["산책", name]})
    assert (response.status_code, response.json()["code"]) == (400, "tag_invalid")
    assert (DailyReport.objects.count(), Tag.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("path", "body", "rows"),
    [
        ("/api/dailyreports/", BODY, DailyReport),
        ("/api/feedbacks/", {"date": "2026-11-22", "body": "좋았다"}, Feedback),
        ("/api/tags/", {"name": "산책"}, Tag),
    ],
)
def test_the_same_key_writes_once_and_answers_byte_for_byte(browser, noon, path, body, rows):
    first = post(browser, path, body, **{"Idempotency-Key": "k-1"})
    before = rows.objects.count()
    again = post(browser, path, body, **{"Idempotency-Key": "k-1"})
    assert (first.status_code, again.status_code, first.content) == (201, 201, again.content)
    assert again["Idempotent-Replayed"] == "true"
    assert rows.objects.count() == before


def test_reports_are_listed_between_days_and_paged(browser, owner, noon):
    for back in range(5):
        put(browser, f"/api/dailyreports/by-date/{DAY - timedelta(days=back)}/", {"mood": 3})
    listed = browser.get("/api/dailyreports/?from=2026-11-19&to=2026-11-21&limit=2").json()
    assert listed["count"] == 3
    assert [row["date"] for row in listed["results"]] == ["2026-11-21", "2026-11-20"]
    assert browser.get(listed["next"]).json()["results"][0]["date"] == "2026-11-19"
    assert browser.get("/api/dailyreports/?date=2026-11-20").json()["count"] == 1
    assert browser.get("/api/dailyreports/?from=gestern").json()["code"] == "date_invalid"


def fill(owner, noon, count):
    days = [DAY - timedelta(days=back) for back in range(count)]
    tags = [Tag(owner_id=owner.pk, name=f"t{n}", spelling=f"t{n}", created_at=noon) for n in range(min(count, 150))]
    Tag.objects.bulk_create(tags)
    reports = [DailyReport(owner_id=owner.pk, day=day, mood=3, created_at=noon, changed_at=noon) for day in days]
    DailyReport.objects.bulk_create(reports)
    for report in reports[:100]:
        report.links.model.objects.bulk_create(
            report.links.model(owner_id=owner.pk, report=report, tag=tag) for tag in tags[:5]
        )
    Feedback.objects.bulk_create(
        Feedback(owner_id=owner.pk, day=day, body="x", created_at=noon, changed_at=noon) for day in days
    )


@pytest.mark.parametrize("path", ["/api/dailyreports/", "/api/feedbacks/", "/api/tags/"])
def test_a_list_costs_the_same_for_one_or_five_hundred(browser, owner, noon, path):
    for count in (1, 499):
        DailyReport.objects.all().delete()
        Tag.objects.all().delete()
        Feedback.objects.all().delete()
        fill(owner, noon, count)
        assert statements_of(lambda: browser.get(f"{path}?limit=100")) <= 3
        assert len(browser.get(f"{path}?limit=100").json()["results"]) == min(count, 100)


def test_notes_are_listed_by_day_and_by_plan(browser, plans, noon):
    post(browser, "/api/feedbacks/", {"plan": PLAN, "rating": 5})
    post(browser, "/api/feedbacks/", {"body": "오늘의 메모"})
    (note,) = browser.get(f"/api/feedbacks/?plan={PLAN}").json()["results"]
    assert (note["date"], note["plan"], note["rating"], note["body"]) == (str(PLAN_DAY), PLAN, 5, "")
    (today,) = browser.get("/api/feedbacks/?date=2026-11-22").json()["results"]
    assert (today["body"], today["plan"], today["rating"]) == ("오늘의 메모", None, None)
    for wrong in ("plan=x", "plan=-1", "date=x", f"plan={'9' * 40}"):
        assert browser.get(f"/api/feedbacks/?{wrong}").status_code == 400


def test_a_note_is_corrected_deleted_and_restored(browser, note):
    path = f"/api/feedbacks/{note.pk}/"
    assert patch(browser, path, {"body": "다시"}).json()["rating"] == 4
    assert browser.get(path).json()["body"] == "다시"
    assert patch(browser, path, {"body": "", "rating": None}).json()["code"] == "feedback_invalid"
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert put(browser, f"{path}restore/").json()["body"] == "다시"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"body": ""},
        {"body": "x" * 1001},
        {"rating": 6},
        {"plan": "x", "body": "x"},
        {"date": "2026-12-24", "body": "x"},
    ],
)
def test_a_note_that_cannot_be_is_refused(browser, noon, body):
    assert post(browser, "/api/feedbacks/", body).status_code == 400
    assert Feedback.objects.count() == 0


def test_a_plan_of_another_day_or_person_is_refused(browser, stranger_browser, plans, noon):
    wrong = post(browser, "/api/feedbacks/", {"plan": PLAN, "date": "2026-11-22", "body": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "plan_of_another_day")
    for plan in (PLAN, 987654):
        missing = post(stranger_browser, "/api/feedbacks/", {"plan": plan, "body": "x"})
        assert (missing.status_code, missing.json()["code"]) == (404, "plan_missing")


def test_tags_are_made_once_renamed_deleted_and_restored(browser, report):
    made = post(browser, "/api/tags/", {"name": "#산 책"})
    tag = made.json()
    assert (made.status_code, tag["name"], tag["uses"]) == (201, "산책", 1)
    path = f"/api/tags/{tag['id']}/"
    assert patch(browser, path, {"name": "걷기"}).json() == {**tag, "name": "걷기"}
    taken = patch(browser, path, {"name": "야근"})
    assert (taken.status_code, taken.json()["code"]) == (409, "tag_exists")
    assert browser.delete(path).status_code == 204
    assert browser.get(path).status_code == 404
    assert browser.get(f"/api/dailyreports/{report.pk}/").json()["tags"] == ["야근"]
    assert put(browser, f"{path}restore/").json()["name"] == "걷기"
    assert [row["name"] for row in browser.get("/api/tags/").json()["results"]] == ["걷기", "야근"]


PRIVATE = [
    ("get", "/api/dailyreports/{report}/", None),
    ("patch", "/api/dailyreports/{report}/", {"mood": 1}),
    ("delete", "/api/dailyreports/{report}/", None),
    ("put", "/api/dailyreports/{report}/restore/", None),
    ("get", "/api/feedbacks/{note}/", None),
    ("patch", "/api/feedbacks/{note}/", {"body": "x"}),
    ("delete", "/api/feedbacks/{note}/", None),
    ("put", "/api/feedbacks/{note}/restore/", None),
    ("get", "/api/tags/{tag}/", None),
    ("patch", "/api/tags/{tag}/", {"name": "x"}),
    ("delete", "/api/tags/{tag}/", None),
    ("put", "/api/tags/{tag}/restore/", None),
]


@pytest.mark.parametrize(("method", "path", "body"), PRIVATE)
def test_a_strangers_id_answers_like_a_missing_one(browser, stranger_browser, report, note, method, path, body):
    ids = {"report": report.pk, "note": note.pk, "tag": row_where(Tag.objects, name="산책").pk}

    def ask(numbers):
        response = getattr(stranger_browser, method)(path.format(**numbers), body, content_type=JSON)
        problem = response.json()
        problem.pop("request_id")
        return response.status_code, problem

    theirs, nobodys = ask(ids), ask(dict.fromkeys(ids, 987654))
    assert theirs == nobodys
    assert theirs[0] == 404
    assert browser.get(f"/api/dailyreports/{report.pk}/").json()["tags"] == ["산책", "야근"]


@pytest.mark.parametrize("path", ["/api/dailyreports/", "/api/feedbacks/", "/api/tags/"])
def test_a_stranger_lists_nothing_of_the_owners(stranger_browser, report, note, path):
    assert stranger_browser.get(path).json()["count"] == 0


def test_a_stranger_reads_no_report_of_the_same_day(stranger_browser, report):
    assert stranger_browser.get("/api/dailyreports/by-date/2026-11-22/").status_code == 404
    assert put(stranger_browser, "/api/dailyreports/by-date/2026-11-22/", {"mood": 1}).json()["id"] != report.pk
    assert DailyReport.objects.get(pk=report.pk).mood == 4


def test_what_was_written_is_in_no_log(browser, noon, caplog):
    caplog.set_level(0)
    post(browser, "/api/dailyreports/", {**BODY, "highlights": "아무도 모를 일", "mood": 9})
    post(browser, "/api/dailyreports/", {**BODY, "highlights": "아무도 모를 일"})
    post(browser, "/api/feedbacks/", {"body": "아무도 모를 일" * 200})
    ours = [record for record in caplog.records if not record.name.startswith(("django.db", "hypothesis"))]
    assert "아무도 모를 일" not in "".join(record.getMessage() for record in ours)
    assert clock.now() == noon
