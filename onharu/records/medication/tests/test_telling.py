"""From a dose that came due to one message, told again until it is answered, folded after a silence."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from onharu.records.medication.actions import delivering, ticking
from onharu.records.medication.models import Delivery, DoseEvent, PushSubscription, Reminder, Share, ShareEvent
from onharu.records.medication.tests import reminded
from onharu.records.medication.tests.reminded import NAME, Clock
from tests.push_endpoint import PushServer

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)  # 08:00 in Seoul on the 22nd


@pytest.fixture
def server(settings, tmp_path):
    found = PushServer()
    settings.ONHARU_DATA = tmp_path
    reminded.ring_at(settings, found)
    yield found
    found.close()


@pytest.fixture
def now(monkeypatch):
    return Clock(monkeypatch, EIGHT)


@pytest.fixture
def regimen(owner, now):
    return reminded.medicine(owner)


@pytest.fixture
def ringing(owner, server, now):
    return reminded.browser_of(owner, server)


def titles(server):
    return [said["title"] for said in server.messages()]


def answered(dose, kind="taken"):
    DoseEvent.objects.create(owner=dose.owner, dose=dose, kind=kind, at=dose.planned_at, recorded_at=dose.planned_at)


def kinds(dose):
    return list(dose.events.order_by("pk").values_list("kind", flat=True))


def test_a_dose_that_came_due_rings_once(server, regimen, ringing, now):
    dose = reminded.came_due(regimen, EIGHT)
    for _ in range(3):
        ticking.tick()
    assert titles(server) == ["복용 시간이에요 · 1개"]
    assert kinds(dose) == ["sent"]
    assert Reminder.objects.filter(state="sent").count() == 1


def test_no_medicine_is_named_unless_the_person_wants_names(server, owner, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    (said,) = server.messages()
    assert NAME not in str(said)
    reminded.ruled(owner, names_shown=True)
    reminded.came_due(regimen, now.go(hours=4))
    ticking.tick()
    assert server.messages()[-1]["body"] == NAME


def test_every_message_has_one_size(server, owner, regimen, ringing, now):
    reminded.ruled(owner, names_shown=True)
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    other = reminded.medicine(owner, "아주 긴 이름의 약 " * 6)
    reminded.came_due(other, now.go(hours=4))
    ticking.tick()
    assert len({len(came.body) for came in server.came}) == 1


def test_it_rings_again_until_it_is_answered_and_not_for_ever(server, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT)
    for _ in range(60):
        ticking.tick()
        now.go(minutes=1)
    assert len(server.came) == 4  # once, and three repeats
    assert len({said["tag"] for said in server.messages()}) == 1


@pytest.mark.parametrize("kind", ["taken", "skipped"])
def test_what_was_answered_does_not_ring_again(server, regimen, ringing, now, kind):
    dose = reminded.came_due(regimen, EIGHT)
    ticking.tick()
    answered(dose, kind)
    now.go(minutes=11)
    ticking.tick()
    assert len(server.came) == 1
    assert set(Reminder.objects.values_list("state", flat=True)) == {"sent", "answered"}


def test_what_was_taken_early_does_not_ring_at_all(server, regimen, ringing, now):
    dose = reminded.came_due(regimen, EIGHT, arm=False)
    answered(dose)
    from onharu.records.medication.actions.reminding import arm

    arm([dose])
    ticking.tick()
    assert server.came == []


def test_a_taking_that_was_taken_back_rings_again(server, regimen, ringing, now):
    dose = reminded.came_due(regimen, EIGHT)
    answered(dose)
    answered(dose, "undone")
    ticking.tick()
    assert len(server.came) == 1


def test_a_medicine_that_is_deleted_or_silent_does_not_ring(server, owner, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT)
    silent = reminded.medicine(owner, reminds=False)
    reminded.came_due(silent, EIGHT)
    type(regimen).objects.filter(pk=regimen.pk).update(deleted_at=EIGHT)
    ticking.tick()
    assert server.came == []


def test_doses_of_one_time_are_one_message(server, owner, regimen, ringing, now):
    others = [reminded.medicine(owner, f"약 {number}") for number in range(4)]
    for one in [regimen, *others]:
        reminded.came_due(one, EIGHT)
    ticking.tick()
    assert titles(server) == ["복용 시간이에요 · 5개"]


def test_a_dose_a_little_later_joins_the_message_that_is_still_to_come(server, owner, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    now.go(minutes=10)
    reminded.came_due(reminded.medicine(owner, "다른 약"), now.at)
    ticking.tick()
    assert titles(server) == ["복용 시간이에요 · 1개", "복용 시간이에요 · 2개"]
    assert {said["tag"] for said in server.messages()} == {server.messages()[0]["tag"]}


def test_a_dose_beyond_the_group_rings_on_its_own(server, owner, regimen, ringing, now):
    reminded.ruled(owner, group_minutes=0, repeats=0)
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    now.go(minutes=10)
    reminded.came_due(reminded.medicine(owner, "다른 약"), now.at)
    ticking.tick()
    assert titles(server) == ["복용 시간이에요 · 1개"] * 2


def test_arming_twice_changes_nothing(server, regimen, ringing, now):
    from onharu.records.medication.actions.reminding import arm

    dose = reminded.came_due(regimen, EIGHT)
    arm([dose])
    ticking.tick()
    arm([dose])
    ticking.tick()
    assert len(server.came) == 1


def test_a_day_of_silence_is_one_message_and_no_storm(server, owner, regimen, ringing, now):
    many = [regimen, *(reminded.medicine(owner, f"약 {number}") for number in range(19))]
    for hours in (0, 4.5, 10.5):
        for one in many:
            reminded.came_due(one, EIGHT + timedelta(hours=hours))
    now.go(hours=24)
    for _ in range(30):
        ticking.tick()
        now.go(minutes=2)
    assert titles(server) == ["놓친 복용 60건"]
    assert server.messages()[0]["actions"] == []  # what was missed is not marked by one press


def test_what_is_due_now_leads_what_was_missed(server, owner, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT - timedelta(hours=20))
    reminded.came_due(reminded.medicine(owner, "다른 약"), EIGHT)
    ticking.tick()
    assert titles(server) == ["복용 시간이에요 · 1개 · 놓친 복용 1건"]


def test_a_short_silence_is_told_late_and_then_as_usual(server, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT)
    now.go(minutes=45)
    ticking.tick()
    assert titles(server) == ["놓친 복용 1건"]
    assert [one["action"] for one in server.messages()[0]["actions"]] == ["taken", "later", "skipped"]
    now.go(minutes=10)
    ticking.tick()
    assert len(server.came) == 2


def test_quiet_hours_hold_repeats_to_their_end_in_one(server, owner, ringing, now):
    reminded.ruled(owner, quiet_from=time(22), quiet_to=time(7))
    late = EIGHT + timedelta(hours=14, minutes=30)  # 22:30
    now.at = late
    one, other = reminded.medicine(owner, "밤 약"), reminded.medicine(owner, "둘째 밤 약")
    reminded.came_due(one, late)
    ticking.tick()
    assert len(server.came) == 1  # planned in quiet hours: it rings once at its time
    now.at = late + timedelta(minutes=20)
    reminded.came_due(other, now.at)
    for _ in range(20):
        ticking.tick()
        now.go(minutes=20)
    assert len(server.came) == 2
    now.at = EIGHT + timedelta(hours=23, seconds=1)  # 07:00
    ticking.tick()
    assert titles(server)[2:] == ["놓친 복용 2건"]


def test_a_person_may_keep_even_planned_doses_silent_in_quiet_hours(server, owner, ringing, now):
    reminded.ruled(owner, quiet_from=time(22), quiet_to=time(7), rings_in_quiet=False)
    now.at = EIGHT + timedelta(hours=21, minutes=30)  # 05:30
    reminded.came_due(reminded.medicine(owner, "새벽 약"), now.at)
    ticking.tick()
    assert server.came == []
    now.at = EIGHT + timedelta(hours=23)
    ticking.tick()
    assert titles(server) == ["복용 시간이에요 · 1개"]


def test_every_browser_of_the_person_rings_and_no_strangers(server, owner, stranger, regimen, ringing, now):
    reminded.browser_of(owner, server, "two")
    reminded.browser_of(stranger, server, "three")
    dose = reminded.came_due(regimen, EIGHT)
    ticking.tick()
    assert sorted(came.path for came in server.came) == ["/push/one", "/push/two"]
    assert kinds(dose) == ["sent"]


def test_nobody_to_tell_is_a_failed_telling_and_no_crash(owner, server, regimen, now):
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    assert Reminder.objects.get(step=0).state == "failed"


def shared(owner, viewer, **more):
    values = {
        "is_told": True,
        "accepted_at": EIGHT,
        "created_at": EIGHT,
        "expires_at": EIGHT,
        "code_hash": viewer.username,
    }
    return Share.objects.create(owner=owner, viewer=viewer, **{**values, **more})


def test_who_looks_after_somebody_hears_of_a_dose_that_stays_unanswered(server, owner, relative, regimen, now):
    reminded.ruled(owner, escalate_minutes=30)
    reminded.browser_of(relative, server, "relative")
    share = shared(owner, relative)
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    now.go(minutes=29)
    ticking.tick()
    assert server.came == []
    now.go(minutes=1)
    ticking.tick()
    (said,) = server.messages()
    assert said["title"] == "owner 님의 복용 표시가 아직 없어요"
    assert NAME not in str(said)
    assert said["actions"] == []
    told = ShareEvent.objects.get()
    assert (told.share_id, told.owner_id, told.what, told.day) == (share.pk, owner.pk, "told", date(2026, 11, 22))


@pytest.mark.parametrize(
    "more",
    [{"is_told": False}, {"accepted_at": None}, {"revoked_at": EIGHT}, {"until": date(2026, 11, 21)}],
    ids=["not told", "not accepted", "revoked", "over"],
)
def test_who_has_no_consent_hears_nothing(server, owner, relative, regimen, now, more):
    reminded.ruled(owner, escalate_minutes=30)
    reminded.browser_of(relative, server, "relative")
    shared(owner, relative, **more)
    reminded.came_due(regimen, EIGHT)
    now.go(minutes=31)
    ticking.tick()
    assert server.came == []


def test_an_answer_in_time_spares_the_caregiver(server, owner, relative, regimen, now):
    reminded.ruled(owner, escalate_minutes=30)
    reminded.browser_of(relative, server, "relative")
    shared(owner, relative)
    answered(reminded.came_due(regimen, EIGHT))
    now.go(minutes=31)
    ticking.tick()
    assert server.came == []


def test_the_caregivers_own_quiet_hours_hold(server, owner, relative, regimen, now):
    reminded.ruled(owner, escalate_minutes=30)
    reminded.ruled(relative, quiet_from=time(8), quiet_to=time(9))
    reminded.browser_of(relative, server, "relative")
    shared(owner, relative)
    reminded.came_due(regimen, EIGHT)
    now.go(minutes=31)
    ticking.tick()
    assert server.came == []
    now.go(minutes=30)
    ticking.tick()
    assert len(server.came) == 1


# what the browser's server answers


def test_a_browser_that_is_gone_is_forgotten(server, regimen, ringing, now):
    server.answering.status = 410
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    assert not PushSubscription.objects.exists()
    assert Reminder.objects.get(step=0).state == "failed"


def test_a_server_that_fails_is_tried_again_after_growing_pauses(server, owner, regimen, ringing, now):
    reminded.ruled(owner, repeats=0, repeat_minutes=120)
    server.answering.status = 500
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    tried = []
    for _ in range(30):
        before = len(server.came)
        ticking.tick()
        if len(server.came) > before:
            tried.append((now.at - EIGHT).total_seconds())
        now.go(seconds=10)
    assert tried == [10, 30, 110]
    server.answering.status = 201
    now.go(minutes=10)
    ticking.tick()
    assert Delivery.objects.get().state == "sent"


def test_a_wait_that_the_server_asks_for_is_kept(server, regimen, ringing, now):
    server.answering.status, server.answering.headers = 429, {"Retry-After": "300"}
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    row = Delivery.objects.get()
    assert (row.state, row.fault, row.try_at) == ("waiting", "rate_limited", EIGHT + timedelta(seconds=300))


def test_a_refusal_is_not_tried_again_and_can_be_read(server, regimen, ringing, now):
    server.answering.status = 413
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    now.go(seconds=100)
    ticking.tick()
    assert len(server.came) == 1
    ringing.refresh_from_db()
    assert (ringing.fault, ringing.failures) == ("status_413", 1)


def test_a_claim_whose_worker_died_is_taken_again_and_replaces_what_may_have_come(server, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    Delivery.objects.update(state="claimed", claimed_at=now.at, sent_at=None)  # died between sending and writing
    ticking.tick()
    assert len(server.came) == 1
    now.go(seconds=61)
    ticking.tick()
    first, second = server.messages()
    assert first["tag"] == second["tag"]
    assert server.came[0].header("Topic") == server.came[1].header("Topic")


def test_a_clock_that_was_put_back_frees_what_it_held_and_tells_nothing_twice(server, regimen, ringing, now):
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    now.go(hours=-3)
    ticking.tick()
    assert len(server.came) == 1
    Delivery.objects.update(state="claimed", claimed_at=EIGHT, sent_at=None)
    ticking.tick()
    assert len(server.came) == 2


def test_a_clock_that_jumps_ahead_folds_what_it_jumped_over(server, owner, regimen, ringing, now):
    for hours in range(1, 7):
        reminded.came_due(regimen, EIGHT + timedelta(hours=hours))
    now.go(hours=6, minutes=30)
    for _ in range(5):
        ticking.tick()
    assert titles(server) == ["놓친 복용 6건"]


def test_a_plan_that_cannot_be_read_holds_up_nobody_else(server, owner, stranger, regimen, ringing, now, monkeypatch):
    monkeypatch.setattr(ticking, "_resting", {})
    broken = reminded.medicine(stranger, next_at=EIGHT, planned_until=EIGHT - timedelta(days=1))
    broken.versions.update(schedule={"nonsense": 1})
    reminded.came_due(regimen, EIGHT)
    ticking.tick()
    ticking.tick()
    assert len(server.came) == 1
    assert list(ticking._resting) == [stranger.pk]


def test_a_message_that_lay_through_a_crash_says_what_was_missed(server, owner, regimen, ringing, now):
    from onharu.records.medication.actions import telling

    reminded.ruled(owner, repeats=0)
    reminded.came_due(regimen, EIGHT)
    telling.tell_due(now.at)
    now.go(hours=2)
    ticking.tick()
    assert titles(server) == ["놓친 복용 1건"]


def test_a_message_that_was_overtaken_is_not_sent_after_its_successor(server, regimen, ringing, now):
    from onharu.records.medication.actions import telling

    reminded.came_due(regimen, EIGHT)
    telling.tell_due(now.at)
    (stale,) = Delivery.objects.values_list("pk", flat=True)
    now.go(minutes=30)
    ticking.tick()
    assert titles(server) == ["놓친 복용 1건"]
    assert not delivering.deliver(stale)
    assert Delivery.objects.get(pk=stale).fault == "superseded"
