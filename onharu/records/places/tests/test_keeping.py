"""Keeping pharmacies: said twice it is kept once, and nothing else is touched."""

from datetime import date, timedelta

import pytest

from onharu.catalog.pharmacies import public as pharmacies
from onharu.kernel import clock
from onharu.records.places.actions.keeping import MOST_KEPT, PharmacyUnknown, TooManyKept, keep, let_go
from onharu.records.places.models import KeptPharmacy
from onharu.records.places.queries.kept import kept_ids, kept_of
from tests.pharmacy_shelf import put

pytestmark = pytest.mark.django_db


def names(owner, at):
    return [entry.pharmacy.name for entry in kept_of(owner.pk, at=at)]


def test_keeping_twice_keeps_once_since_the_first_time(owner, near_one, noon, monkeypatch):
    facts, since = keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=1))
    assert keep(owner_id=owner.pk, pharmacy_id=near_one.pk) == (facts, since)
    assert (facts.name, since, KeptPharmacy.objects.count()) == ("참좋은약국", noon, 1)


def test_letting_go_twice_is_the_same_as_once(owner, near_one, noon):
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    for _ in range(2):
        assert let_go(owner_id=owner.pk, pharmacy_id=near_one.pk).name == "참좋은약국"
        assert not KeptPharmacy.objects.exists()


def test_keeping_touches_nobody_elses(owner, stranger, near_one, shut_one, noon):
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    keep(owner_id=owner.pk, pharmacy_id=shut_one.pk)
    keep(owner_id=stranger.pk, pharmacy_id=near_one.pk)
    let_go(owner_id=stranger.pk, pharmacy_id=near_one.pk)
    assert set(names(owner, noon)) == {"참좋은약국", "주일쉬는약국"}
    assert names(stranger, noon) == []


@pytest.mark.parametrize("number", [987654321, 2**63, 10**30, 0])
def test_a_number_that_is_none_is_neither_kept_nor_let_go(owner, near_one, number):
    for act in (keep, let_go):
        with pytest.raises(PharmacyUnknown):
            act(owner_id=owner.pk, pharmacy_id=number)
    assert not KeptPharmacy.objects.exists()


def test_the_newest_stands_first_with_its_hours_now(owner, near_one, shut_one, noon, monkeypatch):
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(minutes=1))
    keep(owner_id=owner.pk, pharmacy_id=shut_one.pk)
    first, second = kept_of(owner.pk, at=noon)
    assert (first.pharmacy.name, first.hours.state) == ("주일쉬는약국", "closed")
    assert (second.pharmacy.name, second.hours.state, second.kept_at) == ("참좋은약국", "open", noon)


def test_two_rows_that_turn_out_to_be_one_pharmacy_are_kept_once_and_let_go_together(owner, near_one, shut_one, noon):
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    keep(owner_id=owner.pk, pharmacy_id=shut_one.pk)
    shut_one.same_as = near_one
    shut_one.save()
    assert names(owner, noon) == ["참좋은약국"]
    assert kept_ids(owner.pk) == {near_one.pk}
    assert let_go(owner_id=owner.pk, pharmacy_id=shut_one.pk).id == near_one.pk
    assert not KeptPharmacy.objects.exists()


def test_a_folded_pharmacy_is_kept_as_the_one_that_lives_on(owner, near_one, shut_one, noon):
    shut_one.same_as = near_one
    shut_one.save()
    facts, _since = keep(owner_id=owner.pk, pharmacy_id=shut_one.pk)
    assert facts.id == near_one.pk
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    assert KeptPharmacy.objects.get().pharmacy_id == near_one.pk


def test_one_that_is_listed_no_longer_stays_with_whoever_keeps_it(owner, near_one, noon):
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    near_one.gone_on = date(2026, 11, 21)
    near_one.save()
    (entry,) = kept_of(owner.pk, at=noon)
    assert entry.pharmacy.gone_on == date(2026, 11, 21)


def test_past_a_hundred_no_further_one_is_kept_but_those_that_are_stay_so(owner, noon):
    rows = [put(f"약국 {place}") for place in range(MOST_KEPT + 1)]
    for row in rows[:MOST_KEPT]:
        keep(owner_id=owner.pk, pharmacy_id=row.pk)
    with pytest.raises(TooManyKept):
        keep(owner_id=owner.pk, pharmacy_id=rows[-1].pk)
    keep(owner_id=owner.pk, pharmacy_id=rows[0].pk)
    let_go(owner_id=owner.pk, pharmacy_id=rows[1].pk)
    keep(owner_id=owner.pk, pharmacy_id=rows[-1].pk)
    assert KeptPharmacy.objects.of(owner.pk).count() == MOST_KEPT


def test_listing_costs_the_same_for_one_or_a_hundred(owner, noon, django_assert_max_num_queries):
    for place in range(MOST_KEPT):
        keep(owner_id=owner.pk, pharmacy_id=put(f"약국 {place}").pk)
        if place == 0:
            pharmacies.drop_kept()
            with django_assert_max_num_queries(4):  # one of them reads a week that this process never met
                kept_of(owner.pk, at=noon)
    with django_assert_max_num_queries(3):
        assert len(kept_of(owner.pk, at=noon)) == MOST_KEPT
    with django_assert_max_num_queries(2):
        assert len(kept_ids(owner.pk)) == MOST_KEPT


def test_whoever_keeps_nothing_costs_one_statement(owner, noon, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert kept_of(owner.pk, at=noon) == ()


def test_whoever_leaves_takes_what_they_kept_along(owner, stranger, near_one, noon):
    keep(owner_id=owner.pk, pharmacy_id=near_one.pk)
    keep(owner_id=stranger.pk, pharmacy_id=near_one.pk)
    owner.delete()
    assert [row.owner_id for row in KeptPharmacy.objects.all()] == [stranger.pk]
