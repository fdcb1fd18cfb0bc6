"""Days as facts, for every test of this capability."""

from datetime import date
from decimal import Decimal

from onharu.upstream.plain_words.port import DayFacts, Measure, Offered, PlanBrief

MEASURES = (
    Measure("kcal", Decimal("1850.4"), Decimal(1800), Decimal(2200)),
    Measure("protein_g", Decimal("62.31"), Decimal(50)),
    Measure("sodium_mg", Decimal(2450), None, Decimal(2300), unknown_rows=2),
)
FULL = DayFacts(
    day=date(2026, 11, 22),
    finished=False,
    meals=3,
    measures=MEASURES,
    water_ml=1200,
    workouts=("걷기", "스쿼트"),
    workout_minutes=Decimal(45),
    tasks_planned=5,
    tasks_done=3,
    weight_kg=Decimal("62.3"),
    sleep_hours=Decimal("6.5"),
    mood=4,
    streak_days=12,
)
EMPTY = DayFacts(day=date(2026, 11, 22), finished=False, meals=0)
BRIEF = PlanBrief(
    day=date(2026, 11, 22),
    goal="strength",
    minutes=40,
    level=2,
    offered=(
        Offered(11, "스쿼트", "squat", "reps", "3×8 40 kg RPE 7"),
        Offered(12, "플랭크", "core", "seconds"),
    ),
    spare=("knee",),
)
