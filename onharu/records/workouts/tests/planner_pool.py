"""A small pool of exercises written by hand, and short ways to write what was done."""

from datetime import date, timedelta
from decimal import Decimal

from onharu.records.workouts.rules.planning import Done, DoneSet, History, Move, Mover

EVERYWHERE = ("gym", "home", "outdoor")
THURSDAY = date(2026, 11, 19)
SUNDAY = date(2026, 11, 22)
GYM = frozenset(
    {"barbell", "bench", "dumbbell", "kettlebell", "machine", "cable", "pullup_bar", "treadmill", "bike", "mat"}
)


def move(number, code, name, pattern, targets, **facts):
    facts = {"measure": "reps", "level": 1, "equipment": ("none",), "places": EVERYWHERE, **facts}
    return Move(
        number, name, pattern, targets=tuple(targets.split()), code=code, name_en=code.replace("-", " "), **facts
    )


POOL = (
    move(1, "back-squat", "스쿼트", "squat", "quads glutes", level=2, equipment=("barbell",), places=("gym",), loads=("knee", "lower_back"), cautions=("heavy_lower",)),
    move(2, "leg-press", "레그 프레스", "squat", "quads glutes", equipment=("machine",), places=("gym",), loads=("knee",)),
    move(3, "chair-squat", "의자 스쿼트", "squat", "quads glutes", loads=("knee",)),
    move(4, "lunge", "런지", "squat", "quads glutes", level=2, loads=("knee", "ankle")),
    move(5, "jump-squat", "점프 스쿼트", "squat", "quads glutes", level=3, loads=("knee", "ankle"), cautions=("jump",)),
    move(6, "calf-raise", "카프 레이즈", "squat", "calves", loads=("ankle",)),
    move(7, "deadlift", "데드리프트", "hinge", "hamstrings glutes back", level=2, equipment=("barbell",), places=("gym",), loads=("lower_back",), cautions=("heavy_lower",)),
    move(8, "bridge", "브릿지", "hinge", "glutes hamstrings"),
    move(9, "dumbbell-rdl", "덤벨 데드리프트", "hinge", "hamstrings glutes", equipment=("dumbbell",), places=("gym", "home"), loads=("lower_back",)),
    move(10, "clamshell", "클램쉘", "hinge", "hips"),
    move(11, "bench-press", "벤치 프레스", "push", "chest triceps", level=2, equipment=("barbell", "bench"), places=("gym",), loads=("shoulder",)),
    move(12, "push-up", "팔굽혀펴기", "push", "chest triceps", level=2, loads=("shoulder", "wrist")),
    move(13, "wall-push-up", "벽 팔굽혀펴기", "push", "chest triceps"),
    move(14, "overhead-press", "오버헤드 프레스", "push", "shoulders triceps", level=2, equipment=("barbell",), places=("gym",), loads=("shoulder",), cautions=("overhead",)),
    move(15, "lateral-raise", "사이드 레터럴 레이즈", "push", "shoulders", equipment=("dumbbell",), places=("gym", "home"), loads=("shoulder",)),
    move(16, "triceps-pushdown", "푸시다운", "push", "triceps", equipment=("cable",), places=("gym",), loads=("elbow",)),
    move(17, "dumbbell-press", "덤벨 프레스", "push", "chest triceps", equipment=("dumbbell",), places=("gym", "home"), loads=("shoulder",)),
    move(18, "barbell-row", "바벨 로우", "pull", "back biceps", level=2, equipment=("barbell",), places=("gym",), loads=("lower_back",)),
    move(19, "lat-pulldown", "랫풀다운", "pull", "back biceps", equipment=("machine",), places=("gym",), loads=("shoulder",)),
    move(20, "dumbbell-row", "덤벨 로우", "pull", "back biceps", equipment=("dumbbell",), places=("gym", "home")),
    move(21, "pull-up", "턱걸이", "pull", "back biceps", level=3, equipment=("pullup_bar",), places=("gym", "outdoor"), loads=("shoulder", "elbow")),
    move(22, "prone-w-raise", "엎드려 W 만들기", "pull", "back shoulders"),
    move(23, "dumbbell-curl", "덤벨 컬", "pull", "biceps", equipment=("dumbbell",), places=("gym", "home"), loads=("elbow",)),
    move(24, "assisted-pull-up", "어시스트 풀업", "pull", "back biceps", equipment=("machine",), places=("gym",)),
    move(25, "farmer-walk", "파머스 워크", "carry", "forearms core", measure="seconds", level=2, equipment=("dumbbell",), loads=("wrist",)),
    move(26, "plank", "플랭크", "core", "core", measure="seconds", level=2),
    move(27, "dead-bug", "데드버그", "core", "core"),
    move(28, "crunch", "크런치", "core", "core", loads=("neck",)),
    move(29, "walk", "걷기", "cardio", "heart", measure="minutes", places=("outdoor",), met=Decimal("3.5")),
    move(30, "march", "제자리 걷기", "cardio", "heart", measure="minutes", places=("home", "gym"), met=Decimal(3)),
    move(31, "jog", "조깅", "cardio", "heart", measure="minutes", level=2, places=("outdoor",), loads=("knee", "ankle"), met=Decimal(7)),
    move(32, "bike", "실내 자전거", "cardio", "heart", measure="minutes", equipment=("bike",), places=("gym", "home"), met=Decimal("6.8")),
    move(33, "jumping-jack", "팔벌려뛰기", "cardio", "heart", measure="seconds", level=2, loads=("ankle", "knee"), cautions=("jump",), met=Decimal("7.7")),
    move(34, "rope", "줄넘기", "cardio", "heart", measure="minutes", level=3, equipment=("rope",), cautions=("jump",), met=Decimal("11.8")),
    move(35, "cat-cow", "고양이 자세", "mobility", "back"),
    move(36, "calf-stretch", "종아리 스트레칭", "mobility", "calves", measure="seconds"),
    move(37, "one-leg-stand", "한 발 서기", "mobility", "calves", measure="seconds"),
    move(38, "tai-chi", "태극권", "mobility", "full_body", measure="minutes"),
)  # fmt: skip
BY_ID = {one.id: one for one in POOL}
SQUAT, LEG_PRESS, BENCH, ROW, PUSH_UP, DUMBBELL_ROW, PLANK, WALK, JOG = 1, 2, 11, 18, 12, 20, 26, 29, 31


def athlete(**facts):
    return Mover(**{"goal": "muscle", "days_a_week": 4, "minutes": 60, "equipment": GYM, "level": 2, **facts})


def ago(days, since=SUNDAY):
    return since - timedelta(days=days)


def lifted(day, exercise, sets, reps, kg=None, rpe=None):
    """Write sets that are alike."""
    weight, effort = (None if one is None else Decimal(str(one)) for one in (kg, rpe))
    return Done(day, exercise, (DoneSet(reps, weight, None, effort),) * sets)


def moved(day, exercise, minutes, rpe=None):
    return Done(day, exercise, (), Decimal(minutes), None if rpe is None else Decimal(str(rpe)))


def history(*done):
    return History(tuple(done))
