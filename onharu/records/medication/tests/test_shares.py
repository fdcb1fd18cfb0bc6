"""Family: who is let in, what they see and may do, what the owner reads of it, and how it ends."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import make_person, signed_in
from onharu.accounts.public import person_of
from onharu.kernel import clock
from onharu.kernel.days import version_of
from onharu.kernel.problems import Missing, TooMany
from onharu.records.medication.actions import doses as own_doses
from onharu.records.medication.actions import marking, shares
from onharu.records.medication.actions.doses import Said
from onharu.records.medication.models import Dose, DoseEvent, Share, ShareEvent
from onharu.records.medication.queries import shares as asked
from onharu.records.medication.queries.doses import day_of, dose_of
from onharu.records.medication.queries.reminders import looking_after, rule_of
from onharu.records.medication.rules.schedules.shapes import Limit
from onharu.records.medication.tests.dosing import DAY, NOON, at_times, regimen, when_needed
from onharu.records.medication.tests.sharing import invited, share_with

pytestmark = pytest.mark.usefixtures("noon")
ONE_DAY = timedelta(days=1)
MORNING = "v1.20261122.0"


@pytest.fixture
def pill(owner):
    """Taken at eight and at twenty every day, planned since yesterday."""
    return regimen(owner, at_times(8, 20), at=NOON - ONE_DAY, why="혈압이 높아서", note="자몽은 피하기")


@pytest.fixture
def share(owner, relative, pill):
    return share_with(owner, relative, may_mark=True, label="딸")


def doses_seen(viewer, share, day=DAY, at=NOON):
    return asked.shared_day(asked.one_shared(viewer.pk, share.pk, at), day, at)


def first(viewer, share):
    return doses_seen(viewer, share)[0]


def marks(owner):
    return [(one.what, one.who, one.dose) for one in asked.LogList(owner.pk)[:20]]


def test_a_code_is_said_once_and_only_its_hash_is_kept(owner):
    made = invited(owner, label="딸")
    assert len(made.code) == 19
    kept = Share.objects.get()
    assert made.code.replace("-", "") not in str(kept.__dict__)
    assert kept.code_hash == shares.hash_of(made.code.lower().replace("-", " "))


def test_codes_differ_and_have_no_letters_that_look_alike(owner):
    codes = [invited(owner).code for _ in range(10)]
    assert len(set(codes)) == 10
    assert not set("".join(codes)) & set("01IO")


def test_taking_an_invitation_up_shows_the_owners_day(owner, relative, share):
    (found,) = asked.shared_with(relative.pk, NOON)
    assert (found.owner.nickname, found.may_mark) == ("owner", True)
    assert [(one.name, one.state) for one in doses_seen(relative, share)] == [("혈압약", "late"), ("혈압약", "planned")]


@pytest.mark.parametrize("spelled", [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code} "])
def test_a_code_may_be_typed_in_any_way(owner, relative, spelled):
    made = invited(owner)
    assert shares.accept(viewer_id=relative.pk, code=spelled(made.code), at=NOON).id == made.share.pk


def refused(viewer, code, at=NOON):
    with pytest.raises(Missing) as told:
        shares.accept(viewer_id=viewer.pk, code=code, at=at)
    return told.value.code


def test_wrong_used_ended_and_old_codes_answer_alike(owner, relative, stranger):
    used, ended, old = invited(owner), invited(owner), invited(owner)
    shares.accept(viewer_id=relative.pk, code=used.code, at=NOON)
    shares.revoke(person=person_of(owner), share_id=ended.share.pk, at=NOON)
    told = {
        refused(stranger, "AAAA-BBBB-CCCC-DDDD"),
        refused(stranger, ""),
        refused(stranger, used.code),
        refused(stranger, ended.code),
        refused(stranger, old.code, NOON + timedelta(days=7)),
    }
    assert told == {"missing"}
    assert asked.shared_with(stranger.pk, NOON) == []


def test_a_code_holds_until_the_last_moment_of_seven_days(owner, relative):
    made = invited(owner)
    late = NOON + timedelta(days=7, microseconds=-1)
    assert shares.accept(viewer_id=relative.pk, code=made.code, at=late).id == made.share.pk


def test_guessing_codes_is_rate_limited_even_for_the_right_one(owner, stranger):
    made = invited(owner)
    for _ in range(shares.TRIES_A_MINUTE):
        refused(stranger, "AAAA-BBBB-CCCC-DDDD")
    with pytest.raises(TooMany):
        shares.accept(viewer_id=stranger.pk, code=made.code, at=NOON)


def test_nobody_shares_with_oneself(owner):
    made = invited(owner)
    with pytest.raises(shares.WithOneself):
        shares.accept(viewer_id=owner.pk, code=made.code, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Share.objects.filter(pk=made.share.pk).update(viewer=owner, accepted_at=NOON)


def test_an_account_that_was_switched_off_shares_nothing(owner, relative, share):
    made = invited(owner)
    owner.is_active = False
    owner.save()
    assert asked.shared_with(relative.pk, NOON) == []
    assert refused(relative, made.code) == "missing"


def test_a_newer_invitation_takes_the_place_of_the_older(owner, relative, share):
    newer = share_with(owner, relative, may_mark=False)
    assert [one.id for one in asked.shared_with(relative.pk, NOON)] == [newer.pk]
    with pytest.raises(Missing):
        asked.one_shared(relative.pk, share.pk, NOON)


def test_a_stranger_finds_no_share_and_marks_nothing(owner, stranger, share):
    dose_id = f"{share.owner.pk}.{MORNING}"
    for act in (
        lambda: asked.one_shared(stranger.pk, share.pk, NOON),
        lambda: shares.leave(viewer_id=stranger.pk, share_id=share.pk, at=NOON),
        lambda: marking.take_for(viewer_id=stranger.pk, share_id=share.pk, dose_id=dose_id, at=NOON),
        lambda: shares.revoke(person=person_of(stranger), share_id=share.pk, at=NOON),
        lambda: asked.share_of(person_of(stranger), share.pk, NOON),
    ):
        with pytest.raises(Missing):
            act()


def test_the_owner_is_no_viewer_and_the_viewer_no_owner(owner, relative, share):
    with pytest.raises(Missing):
        asked.one_shared(owner.pk, share.pk, NOON)
    with pytest.raises(Missing):
        shares.change_share(person=person_of(relative), share_id=share.pk, said={"may_mark": True}, at=NOON)


def test_an_end_counts_on_the_very_next_request(owner, relative, share):
    browser = signed_in(relative)
    address = f"/api/shared/{share.pk}/schedules/"
    assert browser.get(address).status_code == 200
    signed_in(owner).put(f"/api/shares/{share.pk}/revoke/")
    ended, never = browser.get(address), browser.get("/api/shared/987654/schedules/")
    assert (
        (ended.status_code, ended.json().get("code"))
        == (never.status_code, never.json().get("code"))
        == (404, "missing")
    )


def test_saying_the_end_twice_is_one_end(owner, share):
    for hour in (0, 1):
        shares.revoke(person=person_of(owner), share_id=share.pk, at=NOON + timedelta(hours=hour))
    assert Share.objects.get(pk=share.pk).revoked_at == NOON
    assert [what for what, *_ in marks(owner)] == ["revoked", "accepted"]


def test_an_end_can_be_taken_back_within_a_day(owner, relative, share):
    shares.revoke(person=person_of(owner), share_id=share.pk, at=NOON)
    shares.restore(person=person_of(owner), share_id=share.pk, at=NOON + timedelta(hours=23))
    assert asked.one_shared(relative.pk, share.pk, NOON).may_mark
    shares.revoke(person=person_of(owner), share_id=share.pk, at=NOON)
    with pytest.raises(shares.NotAgain):
        shares.restore(person=person_of(owner), share_id=share.pk, at=NOON + timedelta(hours=25))


def test_who_left_is_not_brought_back_by_the_owner(owner, relative, share):
    shares.leave(viewer_id=relative.pk, share_id=share.pk, at=NOON)
    assert asked.shared_with(relative.pk, NOON) == []
    assert asked.share_of(person_of(owner), share.pk, NOON).stands == "left"
    with pytest.raises(shares.NotAgain):
        shares.restore(person=person_of(owner), share_id=share.pk, at=NOON)


def test_an_older_share_does_not_come_back_beside_a_newer_one(owner, relative, share):
    share_with(owner, relative)
    with pytest.raises(shares.NotAgain):
        shares.restore(person=person_of(owner), share_id=share.pk, at=NOON)


def test_the_last_day_is_the_owners_by_their_clock(owner, relative, pill):
    owner.profile.zone = "Pacific/Kiritimati"  # UTC+14: it is already the 22nd there when it is the 21st in Seoul
    owner.profile.save()
    share = share_with(owner, relative, until=DAY)
    midnight = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    assert asked.one_shared(relative.pk, share.pk, midnight - timedelta(seconds=1)).until == DAY
    with pytest.raises(Missing):
        asked.one_shared(relative.pk, share.pk, midnight)
    assert asked.share_of(person_of(owner), share.pk, midnight).stands == "over"


def test_a_last_day_that_is_over_is_refused(owner):
    with pytest.raises(shares.ShareRefused):
        invited(owner, until=DAY - ONE_DAY)
    with pytest.raises(shares.ShareRefused):
        invited(owner, label="가" * 41)
    assert Share.objects.count() == 0


def test_there_is_a_bound_to_how_many_may_look(owner, monkeypatch):
    monkeypatch.setattr(shares, "MOST_SHARES", 2)
    invited(owner)
    invited(owner)
    with pytest.raises(shares.TooManyShares):
        invited(owner)


def test_marking_is_written_with_the_viewers_name_and_told_as_such(owner, relative, share, pill):
    dose = first(relative, share)
    marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose.id, at=NOON)
    event = DoseEvent.objects.get(kind="taken")
    assert (event.owner_id, event.by_id) == (owner.pk, relative.pk)
    own = dose_of(person_of(owner), dose.id, at=NOON)
    assert (own.state, own.by_other, own.taken_at) == ("taken", True, NOON)
    assert first(relative, share).by_me
    assert marks(owner)[0] == ("taken", "딸", "혈압약")


def test_marking_twice_is_one_entry(owner, relative, share):
    dose = first(relative, share)
    for _ in range(2):
        marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose.id, at=NOON)
    assert DoseEvent.objects.count() == 1
    assert [what for what, *_ in marks(owner)].count("taken") == 1


def test_a_viewer_takes_back_their_own_word_and_nobody_elses(owner, relative, share):
    mine = first(relative, share).id
    theirs = doses_seen(relative, share, DAY - ONE_DAY)[-1].id
    marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=mine, at=NOON)
    own_doses.take(person=person_of(owner), dose_id=theirs, at=NOON)
    marking.untake_for(viewer_id=relative.pk, share_id=share.pk, dose_id=mine, at=NOON)
    with pytest.raises(Missing):
        marking.untake_for(viewer_id=relative.pk, share_id=share.pk, dose_id=theirs, at=NOON)
    assert dose_of(person_of(owner), mine, at=NOON).state == "late"
    assert dose_of(person_of(owner), theirs, at=NOON).state == "taken"
    assert [what for what, *_ in marks(owner)][:2] == ["undone", "taken"]


def test_what_the_owner_put_right_is_the_owners_word_again(owner, relative, share):
    dose = first(relative, share)
    marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose.id, at=NOON)
    said = Said(taken_at=NOON - timedelta(hours=2), by=owner.pk)
    own_doses.correct(person=person_of(owner), dose_id=dose.id, at=NOON, said=said)
    assert not first(relative, share).by_me
    with pytest.raises(Missing):
        marking.untake_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose.id, at=NOON)


def test_who_may_only_look_marks_nothing_and_is_told_it_is_not_there(owner, relative, pill):
    share = share_with(owner, relative)
    dose = first(relative, share)
    browser = signed_in(relative)
    put = {"content_type": "application/json"}
    here = browser.put(f"/api/shared/{share.pk}/schedules/{dose.id}/taken/", {}, **put)
    nowhere = browser.put(f"/api/shared/{share.pk}/schedules/1.v1.19990101.0/taken/", {}, **put)
    assert (
        (here.status_code, here.json().get("code"))
        == (nowhere.status_code, nowhere.json().get("code"))
        == (404, "missing")
    )
    assert not DoseEvent.objects.exists()


def test_what_may_be_done_changes_from_the_next_request_on(owner, relative, share):
    dose = first(relative, share)
    shares.change_share(person=person_of(owner), share_id=share.pk, said={"may_mark": False}, at=NOON)
    with pytest.raises(Missing):
        marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose.id, at=NOON)
    assert marks(owner)[0][0] == "changed"


def test_a_viewer_sees_yesterday_to_tomorrow_and_no_history(owner, relative, share):
    for day in (DAY - ONE_DAY, DAY, DAY + ONE_DAY):
        assert doses_seen(relative, share, day)
    for day in (DAY - 2 * ONE_DAY, DAY + 2 * ONE_DAY):
        with pytest.raises(Missing):
            doses_seen(relative, share, day)


def test_a_viewer_marks_no_dose_of_tomorrow_nor_one_taken_when_needed(owner, relative, share):
    needed = regimen(owner, when_needed(), name="진통제")
    unplanned = own_doses.take_now(person=person_of(owner), regimen_id=needed.pk, at=NOON)
    tomorrow = doses_seen(relative, share, DAY + ONE_DAY)[0].id
    for dose_id in (unplanned, tomorrow, "x", f"{needed.pk}.v1.20261122.0"):
        with pytest.raises(Missing):
            marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose_id, at=NOON)


def test_the_owners_skipping_stands_against_a_viewer(owner, relative, share):
    dose = first(relative, share)
    own_doses.skip(person=person_of(owner), dose_id=dose.id, at=NOON, reason="unwell")
    with pytest.raises(Missing):
        marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose.id, at=NOON)
    assert "unwell" not in str(doses_seen(relative, share))


def test_a_limit_is_not_passed_by_a_viewer_and_not_told_to_them(owner, relative, share):
    regimen(owner, at_times(5, 11, limit=Limit(gap=timedelta(hours=6))), at=NOON - ONE_DAY, name="관절약")
    early, late = (one.id for one in doses_seen(relative, share) if one.name == "관절약")
    own_doses.take(person=person_of(owner), dose_id=early, at=NOON - timedelta(hours=1))
    with pytest.raises(marking.OverTheLimit) as told:
        marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=late, at=NOON)
    assert told.value.errors == {}
    assert dose_of(person_of(owner), late, at=NOON).state != "taken"


def test_nothing_else_of_the_owner_is_told(owner, relative, share, pill):
    body = signed_in(relative).get(f"/api/shared/{share.pk}/schedules/").content.decode()
    assert "혈압약" in body
    for private in ("혈압이 높아서", "자몽", "reason", "note", "why", "stock", "item_seq", "events", "regimen"):
        assert private not in body
    told = {field.name for field in fields(asked.SharedDose)}
    assert told == {
        "id", "name", "unit", "amount", "planned_at", "day", "state", "taken_at", "taken_amount", "by_me",
    }  # fmt: skip


def test_the_viewers_session_opens_no_other_door_of_the_owner(owner, relative, share, pill):
    browser = signed_in(relative)
    dose = first(relative, share)
    for address in (
        f"/api/regimens/{pill.pk}/", f"/api/regimens/{pill.pk}/stock/", f"/api/regimens/{pill.pk}/versions/",
        f"/api/schedules/{dose.id}/", f"/medicines/doses/{dose.id}/", f"/medicines/regimens/{pill.pk}/",
        f"/api/shares/{share.pk}/",
    ):  # fmt: skip
        assert browser.get(address).status_code == 404, address
    assert browser.get("/api/schedules/").json()["count"] == 0
    assert browser.get("/api/shares/log/").json()["count"] == 0


def test_looks_are_told_to_the_owner_once_in_ten_minutes(owner, relative, share, monkeypatch):
    browser, address = signed_in(relative), f"/api/shared/{share.pk}/schedules/"
    for minutes in (0, 5, 9, 11):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: NOON + timedelta(minutes=minutes))
        browser.get(address)
    browser.get(f"{address}?date={DAY + ONE_DAY}")
    looks = ShareEvent.objects.of(owner.pk).filter(what="looked").order_by("pk")
    assert [(one.day, one.at - NOON) for one in looks] == [
        (DAY, timedelta()), (DAY, timedelta(minutes=11)), (DAY + ONE_DAY, timedelta(minutes=11)),
    ]  # fmt: skip


def test_a_share_that_tells_sets_when_unless_the_owner_did(owner, relative, stranger):
    invited(owner, is_told=False)
    assert rule_of(owner.pk).escalate_minutes is None
    share = share_with(owner, relative, is_told=True)
    assert rule_of(owner.pk).escalate_minutes == shares.TOLD_AFTER_MINUTES
    assert [one.pk for one in looking_after(owner.pk, NOON)] == [share.pk]
    shares.revoke(person=person_of(owner), share_id=share.pk, at=NOON)
    assert looking_after(owner.pk, NOON) == []


def test_without_the_viewer_the_share_goes_and_what_was_taken_stays(owner, relative, share):
    dose = first(relative, share)
    marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=dose.id, at=NOON)
    relative.delete()
    assert not Share.objects.exists()
    assert dose_of(person_of(owner), dose.id, at=NOON).state == "taken"


def test_without_the_owner_everything_of_it_goes(owner, relative, share):
    marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=first(relative, share).id, at=NOON)
    owner.delete()
    assert asked.shared_with(relative.pk, NOON) == []
    assert [model.objects.count() for model in (Share, ShareEvent, Dose, DoseEvent)] == [0, 0, 0, 0]


def test_the_log_outlives_a_medicine_that_was_removed(owner, relative, share, pill):
    marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=first(relative, share).id, at=NOON)
    pill.delete()
    assert marks(owner)[0] == ("taken", "딸", "")


def test_old_invitations_and_logs_are_let_go(owner, relative, share):
    invited(owner)
    assert shares.forget_shares(at=NOON + timedelta(days=13)) == 0
    assert shares.forget_shares(at=NOON + timedelta(days=15)) == 1
    assert shares.forget_shares(at=NOON + timedelta(days=366)) == 1
    assert list(Share.objects.all()) == [share]
    assert not ShareEvent.objects.exists()


def test_what_is_shared_costs_as_much_for_one_dose_as_for_many(owner, relative, share, django_assert_num_queries):
    shared = asked.one_shared(relative.pk, share.pk, NOON)
    with django_assert_num_queries(2):
        asked.shared_day(shared, DAY, NOON)
    for number in range(8):
        regimen(owner, at_times(7, 9, 11), at=NOON - ONE_DAY, name=f"약{number}")
    with django_assert_num_queries(2):
        assert len(asked.shared_day(shared, DAY, NOON)) == 26
    with django_assert_num_queries(1):
        asked.one_shared(relative.pk, share.pk, NOON)


def test_lists_cost_one_statement_whatever_their_length(owner, django_assert_num_queries):
    for number in range(6):
        share_with(owner, make_person(f"cousin{number}"), label=f"사촌{number}")
    person = person_of(owner)
    with django_assert_num_queries(1):
        assert [one.name for one in asked.ShareList(person, NOON)[:10]] == [f"사촌{n}" for n in range(5, -1, -1)]
    with django_assert_num_queries(1):
        assert len(asked.LogList(owner.pk)[:10]) == 6


def test_the_owners_screens_hear_of_a_mark(owner, relative, share):
    before = version_of(owner.pk, DAY)
    marking.take_for(viewer_id=relative.pk, share_id=share.pk, dose_id=first(relative, share).id, at=NOON)
    assert version_of(owner.pk, DAY) > before
    assert day_of(person_of(owner), DAY, at=NOON).taken == 1
    assert version_of(relative.pk, date(2026, 11, 22)) == 0
