"""A believable eater for the demo: weekday and weekend habits, gaps, a cold; different for every seed.

Amounts and foods are drawn from habits; nutrients come from the catalogue like everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from onharu.catalog.foods import public as foods
from onharu.catalog.foods.public import FoodFacts
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.records.meals.actions.diary import write
from onharu.records.meals.models import Meal, MealItem, Water
from onharu.records.meals.queries.amounts import amount_of
from onharu.records.meals.queries.shelf import forget_habits

BREAKFASTS = (("토스트", "우유"), ("바나나", "플레인요거트"), ("시리얼", "우유"), ("쌀밥", "미역국", "달걀프라이"))
OFFICE_LUNCHES = (
    ("쌀밥", "김치찌개", "멸치볶음"),
    ("쌀밥", "제육볶음", "배추김치"),
    ("비빔밥", "콩나물국"),
    ("돈가스",),
    ("순대국밥", "깍두기"),
    ("물냉면", "만두"),
    ("짜장면",),
    ("칼국수", "배추김치"),
    ("쌀밥", "부대찌개"),
)
DINNERS = (
    ("잡곡밥", "된장찌개", "시금치나물", "고등어구이"),
    ("쌀밥", "두부조림", "배추김치", "달걀찜"),
    ("현미밥", "닭가슴살", "콩나물무침"),
    ("카레라이스", "배추김치"),
    ("쌀밥", "불고기", "배추김치"),
    ("잔치국수", "배추김치"),
)
FRIDAYS = (("프라이드치킨", "맥주"), ("삼겹살", "소주", "배추김치"), ("피자", "맥주"))
WEEKENDS = (
    ("라면", "배추김치"),
    ("오므라이스",),
    ("토마토스파게티",),
    ("햄버거",),
    ("모둠초밥",),
    ("떡국", "배추김치"),
)
SNACKS = (("아메리카노",), ("카페라떼",), ("귤",), ("사과",), ("붕어빵",), ("떡볶이",), ("견과류",))
WHEN_ILL = (("닭죽",), ("전복죽",), ("유자차",))
CLOCK = {"BREAKFAST": time(7, 40), "LUNCH": time(12, 15), "DINNER": time(19, 0), "SNACK": time(15, 30)}


@dataclass(frozen=True, slots=True)
class Eater:
    """Whose days are made up: until `today`, in their zone."""

    owner_id: int
    today: date
    zone: str
    day_start_hour: int


@transaction.atomic
def seed_meals(*, eater: Eater, days: int, seed: int = 0) -> int:
    """Write believable meals and water for the days before today and this morning; returns how many meals.

    Days that have meals already keep them as they are.
    """
    random = Random(seed)  # noqa: S311 a demo is not a secret
    shelf = _shelf()
    first = eater.today - timedelta(days=days - 1)
    cold_from = first + timedelta(days=random.randrange(max(days - 6, 1)))
    meals: list[tuple[Meal, tuple[str, ...]]] = []
    waters = []
    for number in range(days):
        day = first + timedelta(days=number)
        ill = timedelta(0) <= day - cold_from < timedelta(days=3)
        if random.random() < 0.05 and day != eater.today:
            continue
        meals += [(_meal(eater, random, day, slot), names) for slot, names in _plan(random, day, ill=ill)]
        if random.random() < 0.7:
            waters.append(Water(owner_id=eater.owner_id, day=day, ml=random.randrange(2, 9) * 200))
    at = clock.now()
    taken = set(Meal.objects.of(eater.owner_id).alive().filter(day__gte=first).values_list("day", flat=True))
    past = [(meal, names) for meal, names in meals if meal.eaten_at <= at and meal.day not in taken]
    _save(eater, random, past, shelf)
    Water.objects.bulk_create([water for water in waters if water.day < eater.today], ignore_conflicts=True)
    forget_habits(eater.owner_id)
    touch(eater.owner_id, *(meal.day for meal, _ in past), part="meals")
    return len(past)


def _shelf() -> dict[str, FoodFacts]:
    """Find every food of the habits by its exact name; one that the catalogue lacks is left out of the meals."""
    habits = (BREAKFASTS, OFFICE_LUNCHES, DINNERS, FRIDAYS, WEEKENDS, SNACKS, WHEN_ILL)
    wanted = {name for group in habits for meal in group for name in meal}
    found: dict[str, FoodFacts] = {}
    for name in sorted(wanted):
        hits = foods.find(name, limit=1).hits
        if hits and hits[0].score >= 70:
            found[name] = hits[0].facts
    return found


def _plan(random: Random, day: date, *, ill: bool) -> list[tuple[str, tuple[str, ...]]]:
    """Choose a day's meals by weekday and health."""
    if ill:
        return [("LUNCH", random.choice(WHEN_ILL)), ("DINNER", random.choice(WHEN_ILL))]
    weekend = day.weekday() >= 5
    friday = day.weekday() == 4
    plan: list[tuple[str, tuple[str, ...]]] = []
    if random.random() < (0.4 if weekend else 0.8):
        plan.append(("BREAKFAST", random.choice(BREAKFASTS)))
    plan.append(("LUNCH", random.choice(WEEKENDS if weekend else OFFICE_LUNCHES)))
    if random.random() < 0.6:
        plan.append(("SNACK", random.choice(SNACKS)))
    if random.random() < 0.92:
        plan.append(("DINNER", random.choice(FRIDAYS if friday and random.random() < 0.6 else DINNERS)))
    return plan


def _meal(eater: Eater, random: Random, day: date, slot: str) -> Meal:
    at = clock.instant_of(day, CLOCK[slot], eater.zone, eater.day_start_hour)
    return Meal(
        owner_id=eater.owner_id,
        day=day,
        slot=slot,
        eaten_at=at + timedelta(minutes=random.randrange(-25, 40)),
        created_at=at,
    )


def _save(eater: Eater, random: Random, meals: list[tuple[Meal, tuple[str, ...]]], shelf: dict[str, FoodFacts]) -> None:
    Meal.objects.bulk_create([meal for meal, _ in meals])
    items = []
    for meal, names in meals:
        for name in names:
            if (facts := shelf.get(name)) is None:
                continue
            share = Decimal(random.choice(("0.5", "1", "1", "1", "1", "1.5")))
            item = MealItem(owner_id=eater.owner_id, meal=meal, created_at=meal.eaten_at)
            write(item, facts, amount_of(facts, share, "", None))
            items.append(item)
    MealItem.objects.bulk_create(items)
