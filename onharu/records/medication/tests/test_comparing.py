"""Official notices beside medicines, for the person who asks: quoted, with what is not known said."""

import pytest

from onharu.accounts.models import Profile
from onharu.accounts.public import person_of
from onharu.accounts.visits import Visit
from onharu.kernel import clock
from onharu.records.medication import rules
from onharu.records.medication.actions import scraps
from onharu.records.medication.queries.comparing import Asker, asker_of, compare
from onharu.records.medication.queries.wording import ADVICE, said_of
from onharu.records.medication.tests.conftest import statements_of
from tests.medicine_shelf import PARTNER, TABLET, THIRD, notice, put_on_the_shelf

pytestmark = pytest.mark.django_db
NOBODY = Asker(ages=None, sex="", pregnant=None)
FORBIDDEN = ("안전합니다", "안전해", "괜찮아요", "safe", "진단", "치료", "완치", "중단하세요")


def kinds(found):
    return [(one.kind, one.applies) for one in found.findings]


def test_a_pair_is_quoted_with_its_day(owner, pair):
    found = compare(owner_id=owner.pk, item_seqs=[TABLET, PARTNER], with_mine=False, asker=NOBODY)
    (one,) = found.findings
    assert (one.kind, one.severity, one.texts) == ("pair", "금기", ("중증의 위장관계 이상반응",))
    assert str(one.noticed_on) == "2009-03-03"
    assert [gap.substance for gap in found.uncompared] == ["두나민"]


def test_mine_are_compared_as_well_and_those_that_went_badly_are_not(owner, stranger, pair):
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "GOOD"})
    found = compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=True, asker=NOBODY)
    assert (kinds(found), found.mine) == ([("pair", True)], (PARTNER,))
    assert kinds(compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=False, asker=NOBODY)) == []
    assert kinds(compare(owner_id=stranger.pk, item_seqs=[TABLET], with_mine=True, asker=NOBODY)) == []
    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={"category": "BAD"})
    assert kinds(compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=True, asker=NOBODY)) == []


@pytest.mark.parametrize(
    ("ages", "told"),
    [((10, 11), [("age", True)]), ((11, 12), [("age", None)]), ((12, 13), []), (None, [("age", None)])],
)
def test_who_may_be_on_either_side_of_an_age_is_told_of_it(owner, pair, ages, told):
    notice("age", "D000001", age="12세미만", text="안전성 미확립")
    asker = Asker(ages=ages, sex="", pregnant=None)
    assert kinds(compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=False, asker=asker)) == told


@pytest.mark.parametrize(("ages", "told"), [((65, 66), True), ((64, 65), None), (None, None)])
def test_old_age_is_told_by_both_ages_that_are_possible(owner, pair, ages, told):
    notice("elderly", "D000001", text="낙상 위험")
    asker = Asker(ages=ages, sex="", pregnant=None)
    assert kinds(compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=False, asker=asker)) == [("elderly", told)]


def test_who_is_surely_young_is_not_told_of_old_age(owner, pair):
    notice("elderly", "D000001", text="낙상 위험")
    asker = Asker(ages=(40, 41), sex="", pregnant=None)
    assert kinds(compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=False, asker=asker)) == []


@pytest.mark.parametrize(
    ("sex", "pregnant", "told"), [("FEMALE", True, [True]), ("", None, [None]), ("MALE", None, [])]
)
def test_a_pregnancy_is_told_where_it_may_be(owner, pair, sex, pregnant, told):
    notice("pregnancy", "D000001", grade="1등급", text="기형")
    asker = Asker(ages=None, sex=sex, pregnant=pregnant)
    found = compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=False, asker=asker)
    assert [one.applies for one in found.findings] == told


def test_the_facts_of_a_person_are_their_profiles(owner, noon):
    def asker():
        return asker_of(Visit(person=person_of(owner), at=noon, today=clock.local_day(noon)))

    assert asker() == Asker(ages=(39, 40), sex="FEMALE", pregnant=None)
    owner.profile.maternity = Profile.Maternity.PREGNANT
    assert asker().pregnant is True


def test_more_of_mine_than_can_be_compared_are_counted(owner, monkeypatch):
    monkeypatch.setattr(rules, "MOST_COMPARED", 2)
    for place in range(4):
        put_on_the_shelf(f"30000000{place}", f"약 {place}")
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"30000000{place}", said={})
    found = compare(owner_id=owner.pk, item_seqs=["300000000"], with_mine=True, asker=NOBODY)
    assert (len(found.mine), found.mine_left_out) == (1, 2)
    assert "2개" in said_of(found).ko


def test_comparing_costs_six_statements_whatever_the_number(owner, pair):
    def cost():
        return statements_of(lambda: compare(owner_id=owner.pk, item_seqs=[TABLET], with_mine=True, asker=NOBODY))

    scraps.set_scrap(owner_id=owner.pk, item_seq=PARTNER, said={})
    before = cost()
    for place in range(20):
        put_on_the_shelf(f"3000000{place:02}", f"약 {place}", ("하나틴", None))
        scraps.set_scrap(owner_id=owner.pk, item_seq=f"3000000{place:02}", said={})
    assert before == cost() == 6


def test_that_nothing_was_found_is_never_said_to_be_safe(owner, tablet, partner):
    put_on_the_shelf(THIRD, "모르는약")
    for numbers in ([TABLET, PARTNER], [THIRD], ["999999999"], [], [TABLET, TABLET]):
        found = compare(owner_id=owner.pk, item_seqs=numbers, with_mine=True, asker=NOBODY)
        said = said_of(found)
        assert said.ko and said.en
        assert not any(word in sentence for word in FORBIDDEN for sentence in (said.ko, said.en.lower()))
    assert "약사" in ADVICE.ko and "pharmacist" in ADVICE.en


def test_a_sentence_says_what_was_found_and_what_was_not_compared(owner, pair):
    notice("dose", "D000001", most_a_day="4,000밀리그램")
    said = said_of(compare(owner_id=owner.pk, item_seqs=[TABLET, PARTNER, "999999999"], with_mine=False, asker=NOBODY))
    assert said.ko == (
        "공식 고시(DUR)에서 지금 해당되는 것이 1건 있어요. 경우에 따라 해당되는 주의가 1건 있어요. "
        "고시와 견주지 못한 성분이나 약이 1개 있어요. 목록에 없는 품목번호가 1개 있어요."
    )
    assert said.en == (
        "Official notices (DUR) name 1 point that applies now. They name 1 point that depends on circumstances. "
        "1 substance or medicine could not be compared. 1 number is not on the shelf."
    )
