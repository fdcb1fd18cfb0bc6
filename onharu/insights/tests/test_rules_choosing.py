"""Which cards are shown, and what holds for every one of them whatever was written."""

import json
from datetime import time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from onharu.insights.queries.wording import WORDS
from onharu.insights.rules.choosing import MOST_CARDS, RULES, cards_of
from onharu.insights.rules.seen import Beaten, Food, Planned, Seen, SeenDay, Sitting, Trained, Weight
from onharu.insights.tests.days import DAY, LIMITS, back, eaten, moved, reported, seen, weighed

AMOUNT = st.none() | st.decimals(min_value=0, max_value=5000, places=2)
FOODS = st.builds(
    Food,
    id=st.integers(1, 99),
    name=st.sampled_from(["김치찌개", "쌀밥", "커피"]),
    amounts=st.dictionaries(st.sampled_from(["sodium_mg", "sugars_g", "fiber_g", "protein_g", "caffeine_mg"]), AMOUNT),
)
SITTINGS = st.builds(
    Sitting,
    id=st.integers(1, 99),
    slot=st.sampled_from(["BREAKFAST", "LUNCH", "DINNER", "SNACK"]),
    at=st.times(),
    foods=st.lists(FOODS, max_size=3).map(tuple),
)
RPE = st.none() | st.decimals(min_value=1, max_value=10, places=1)
TRAINED = st.builds(
    Trained, id=st.integers(1, 99), name=st.just("걷기"), minutes=st.none() | st.decimals(0, 300, places=1), rpe=RPE
)
PLANNED = st.builds(
    Planned,
    id=st.integers(1, 99),
    name=st.just("스쿼트"),
    state=st.sampled_from(["planned", "done", "skipped"]),
    rpe_target=RPE,
    skip_reason=st.sampled_from(["", "pain", "no_time", "tired", "no_equipment", "dislike", "other"]),
)


@st.composite
def seen_days(draw):
    """Five weeks of anything."""
    days = {}
    for ago in draw(st.lists(st.integers(0, 34), unique=True, max_size=35)):
        report = draw(st.none() | st.integers(1, 99))
        day = DAY - timedelta(days=ago)
        days[day] = SeenDay(
            day=day,
            sittings=tuple(draw(st.lists(SITTINGS, max_size=3))),
            water_ml=draw(st.none() | st.integers(0, 5000)),
            trained=tuple(draw(st.lists(TRAINED, max_size=2))),
            minutes=draw(st.none() | st.decimals(0, 600, places=1)),
            planned=tuple(draw(st.lists(PLANNED, max_size=2))),
            rest_day=draw(st.booleans()),
            report_id=report,
            sleep_hours=draw(st.none() | st.decimals(0, 24, places=2)) if report else None,
            mood=draw(st.none() | st.integers(1, 5)) if report else None,
            weights=tuple(
                draw(st.lists(st.builds(Weight, st.integers(1, 99), st.decimals(40, 90, places=1)), max_size=1))
            ),
        )
    beaten = st.builds(
        Beaten,
        log_id=st.integers(1, 99),
        name=st.just("스쿼트"),
        kind=st.sampled_from(["heaviest", "one_rep_max", "most_reps", "longest"]),
        value=st.decimals(1, 200, places=1),
        before=st.decimals(1, 200, places=1),
        weight_kg=st.none() | st.decimals(1, 200, places=1),
        estimated=st.booleans(),
    )
    return Seen(
        day=DAY,
        days=days,
        now=draw(st.none() | st.times()),
        limits=draw(st.sampled_from([{}, LIMITS])),
        age=draw(st.none() | st.integers(10, 90)),
        beaten=tuple(draw(st.lists(beaten, max_size=2))),
        failed=draw(st.frozensets(st.sampled_from(["meals", "workouts", "goals", "journal"]), max_size=1)),
    )


@given(seen_days())
def test_every_card_has_rows_words_and_numbers_and_none_ever_raises(days):
    cards = cards_of(days)
    assert len(cards) <= MOST_CARDS
    for card in cards:
        assert card.evidence
        assert all(row.day <= DAY for row in card.evidence)
        assert card.link.startswith("/")
        assert json.loads(json.dumps(dict(card.params))) == dict(card.params)
        words = WORDS[card.rule](card.params)
        assert words.title and words.seen and words.todo and words.action
        assert "{" not in words.seen + words.known + words.todo
        assert not RULES[card.rule].rooms & days.failed


@given(seen_days())
def test_the_same_days_give_the_same_cards(days):
    assert cards_of(days) == cards_of(days)


@given(seen_days(), st.sets(st.sampled_from(sorted(RULES))))
def test_what_was_put_away_is_silent_and_makes_room(days, away):
    shown = {card.rule for card in cards_of(days, away=away)}
    assert not shown & away
    assert {card.rule for card in cards_of(days)} - away <= shown


def test_an_empty_person_is_told_nothing():
    assert cards_of(seen()) == ()


def test_weight_is_kept_out_of_sight_of_people_who_hide_it():
    days = seen(*(weighed(back(ago), 60 + ago / 14) for ago in (0, 7, 14, 21)))
    assert "weight_trend" in {card.rule for card in cards_of(days)}
    assert "weight_trend" not in {card.rule for card in cards_of(days, hide_bodily=True)}


def test_at_most_five_and_the_most_pressing_first():
    days = [reported(back(ago), 5, moved_too=ago % 2 == 0) for ago in range(7)]
    days += [eaten(back(ago), sodium_mg=4000, sugars_g=200, fiber_g=1) for ago in range(7, 15)]
    days += [weighed(back(ago), 60 + ago / 14) for ago in (15, 20, 25, 28)]
    found = cards_of(seen(*days, moved(back(30))))
    ranks = [RULES[card.rule].rank for card in found]
    assert len(found) <= 5
    assert ranks == sorted(ranks)


def test_every_rule_has_words_and_a_rank_of_its_own():
    assert set(WORDS) == set(RULES)
    assert len({rule.rank for rule in RULES.values()}) == len(RULES)
    assert len(RULES) >= 12


def test_a_room_that_failed_silences_its_rules():
    salty = [eaten(back(ago), sodium_mg=4000) for ago in range(1, 8)]
    assert cards_of(seen(*salty)) != ()
    assert cards_of(seen(*salty, failed=frozenset({"meals"}))) == ()


def test_numbers_are_written_without_exponents():
    card = cards_of(seen(*(eaten(back(ago), sodium_mg=Decimal("4E+3")) for ago in range(1, 8)), now=time(9)))[0]
    assert card.params["mean"] == "4000"
