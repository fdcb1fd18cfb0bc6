"""What comes next after hand-written histories: the row, and the sentence that says why."""

from datetime import date
from decimal import Decimal

import pytest

from onharu.records.workouts.queries.wording import reason_words
from onharu.records.workouts.rules.loads import lighter, step_kg
from onharu.records.workouts.rules.past import Past
from onharu.records.workouts.rules.planning import Done, DoneSet, History
from onharu.records.workouts.rules.tasks import task_of
from onharu.records.workouts.tests.planner_pool import (
    BENCH,
    BY_ID,
    DUMBBELL_ROW,
    JOG,
    LEG_PRESS,
    PLANK,
    POOL,
    PUSH_UP,
    ROW,
    SQUAT,
    SUNDAY,
    WALK,
    ago,
    athlete,
    history,
    lifted,
    moved,
)  # fmt: skip

D = Decimal
# The leading dose of muscle on level 2: 4 sets of 8 to 12 at RPE 8.
MUSCLE = athlete()


def row(exercise, *done, mover=MUSCLE, deload=False, main=True):
    past = Past.of(mover, POOL, history(*done), SUNDAY)
    return task_of(BY_ID[exercise], mover, past, main=main, deload=deload)


def test_the_issues_own_sentence():
    novice = athlete(goal="strength", level=1)
    task = row(BENCH, lifted(date(2026, 11, 19), BENCH, 3, 8, 60, 7), mover=novice)
    assert task.weight_kg == D("62.5")
    assert reason_words(task.reason) == "지난 목요일 벤치 프레스 3×8을 RPE 7로 마쳐서 +2.5 kg"


def test_the_sentence_of_a_squat_steps_by_five_where_that_is_little():
    novice = athlete(goal="strength", level=1)
    assert row(SQUAT, lifted(ago(3), SQUAT, 3, 8, 60, 7), mover=novice).weight_kg == 65
    assert row(SQUAT, lifted(ago(3), SQUAT, 3, 8, 40, 7), mover=novice).weight_kg == D("42.5")


@pytest.mark.parametrize(
    ("exercise", "done", "weight", "code", "said"),
    [
        (BENCH, [], None, "first_weight", "무게 기록이 없어서 첫 세트로 무게를 찾아요"),
        (BENCH, [(3, 4, 12, 60, 8)], "62.5", "load_up", "지난 목요일 벤치 프레스 4×12를 RPE 8로 마쳐서 +2.5 kg"),
        (BENCH, [(1, 4, 12, 60, 6)], "62.5", "load_up", "어제 벤치 프레스 4×12를 RPE 6으로 마쳐서 +2.5 kg"),
        (BENCH, [(3, 1, 12, 60, 7)], "60", "hold_more_reps", "지난 목요일 벤치 프레스 1×12를 RPE 7로 마쳐서 같은 무게로 12회까지 늘려 봐요"),
        (BENCH, [(3, 4, 10, 60, 7)], "60", "hold_more_reps", "지난 목요일 벤치 프레스 4×10을 RPE 7로 마쳐서 같은 무게로 12회까지 늘려 봐요"),
        (BENCH, [(3, 4, 10, 60, None)], "60", "hold_more_reps", "지난 목요일 벤치 프레스 4×10을 했으니 같은 무게로 12회까지 늘려 봐요"),
        (BENCH, [(3, 4, 10, 60, 8)], "60", "hold_at_target", "지난 목요일 벤치 프레스 4×10이 RPE 8로 알맞아서 같은 무게로 해요"),
        (BENCH, [(3, 4, 12, 60, 9)], "60", "hold_hard", "지난 목요일 벤치 프레스 4×12가 RPE 9로 목표 8보다 힘들어서 그대로 해요"),
        (BENCH, [(3, 4, 12, 60, None)], "60", "hold_unsaid", "지난 목요일 벤치 프레스 4×12를 채웠어요. 힘든 정도를 몰라서 한 번 더 확인해요"),
        (BENCH, [(6, 4, 12, 60, None), (3, 4, 12, 60, None)], "62.5", "load_up", "지난 목요일 벤치 프레스 4×12를 두 번 이어 채워서 +2.5 kg"),
        (BENCH, [(3, 4, 7, 60, 9)], "60", "hold_short", "지난 목요일 벤치 프레스 4×7이 8회에 조금 못 미쳐서 같은 무게로 다시 해요"),
        (BENCH, [(6, 4, 7, 60, 9), (3, 4, 7, 60, 9)], "57.5", "load_down_short", "지난 목요일 벤치 프레스 4×7이 8회에 못 미쳐서 57.5 kg으로 낮춰요"),
        (BENCH, [(3, 4, 5, 60, 9)], "57.5", "load_down_short", "지난 목요일 벤치 프레스 4×5가 8회에 못 미쳐서 57.5 kg으로 낮춰요"),
        (BENCH, [(3, 4, 9, 60, "9.5")], "57.5", "load_down_hard", "지난 목요일 벤치 프레스 4×9가 RPE 9.5로 너무 힘들어서 57.5 kg으로 낮춰요"),
        (BENCH, [(6, 4, 10, 60, 8), (3, 2, 10, "52.5", 6)], "60.0", "load_return", "지난 목요일 벤치 프레스 2×10을 가볍게 마쳐서 60 kg으로 돌아가요"),
        (BENCH, [(6, 4, 8, 60, "9.5"), (3, 4, 10, "57.5", 7)], "57.5", "hold_more_reps", "지난 목요일 벤치 프레스 4×10을 RPE 7로 마쳐서 같은 무게로 12회까지 늘려 봐요"),
        (BENCH, [(12, 4, 12, 60, 7)], "60", "long_ago_same", "11월 10일 뒤로 처음이라 같은 무게로 천천히 시작해요"),
        (BENCH, [(30, 4, 12, 60, 7)], "52.5", "long_ago", "10월 23일 뒤로 처음이라 60 kg 대신 52.5 kg으로 가볍게 시작해요"),
        (LEG_PRESS, [(3, 4, 12, 100, 7)], "110", "load_up", "지난 목요일 레그 프레스 4×12를 RPE 7로 마쳐서 +10 kg"),
        (DUMBBELL_ROW, [(3, 4, 12, 16, 7)], "18", "load_up", "지난 목요일 덤벨 로우 4×12를 RPE 7로 마쳐서 +2 kg"),
        (ROW, [(7, 4, 12, 50, 7)], "52.5", "load_up", "일주일 전 바벨 로우 4×12를 RPE 7로 마쳐서 +2.5 kg"),
    ],
)  # fmt: skip
def test_weights_follow_what_was_lifted(exercise, done, weight, code, said):
    task = row(exercise, *(lifted(ago(days), exercise, *rest) for days, *rest in done))
    assert task.weight_kg == (None if weight is None else D(weight))
    assert task.reason.code == code
    assert reason_words(task.reason) == said


@pytest.mark.parametrize(
    ("done", "low"),
    [
        ((8, 7), 9),
        ((8, None), 9),
        ((11, 7), 12),
        ((10, 8), 10),
        ((12, 9), 12),
        ((12, None), 12),
        ((12, 7), 8),
        ((7, 9), 8),
    ],
)
def test_the_repetitions_to_aim_for_follow_the_last_time(done, low):
    reps, rpe = done
    task = row(BENCH, lifted(ago(3), BENCH, 4, reps, 60, rpe))
    assert (task.reps_low, task.reps_high) == (low, 12)


@pytest.mark.parametrize("exercise", [BENCH, PUSH_UP])
def test_who_only_ticks_what_was_planned_goes_on(exercise):
    task, done = row(exercise), []
    first = task.reps_low
    for days in range(60, 0, -3):
        done.append(
            lifted(ago(days), exercise, task.sets, task.reps_low, task.weight_kg or (60 if exercise == BENCH else None))
        )
        past = Past.of(MUSCLE, POOL, history(*done), ago(days - 3))
        task = task_of(BY_ID[exercise], MUSCLE, past, main=True, deload=False)
    assert task.weight_kg == D(65) + D("2.5") if exercise == BENCH else task.reps_low > first + 7


def test_sets_that_differ_are_told_one_by_one():
    sets = tuple(DoneSet(reps, D(60), None, D(8)) for reps in (12, 11, 9))
    task = row(BENCH, Done(ago(3), BENCH, sets))
    assert reason_words(task.reason) == "지난 목요일 벤치 프레스 12·11·9회가 RPE 8로 알맞아서 같은 무게로 해요"


def test_warm_up_sets_are_not_the_work():
    sets = (DoneSet(10, D(20)), *(DoneSet(12, D(60), None, D(7)),) * 3)
    assert row(BENCH, Done(ago(3), BENCH, sets)).weight_kg == D("62.5")


def test_one_hard_set_speaks_for_all():
    sets = (DoneSet(12, D(60), None, D(7)), DoneSet(12, D(60), None, D("9.5")))
    assert row(BENCH, Done(ago(3), BENCH, sets)).reason.code == "load_down_hard"


def test_a_small_dumbbell_waits_for_two_repetitions_more():
    assert row(DUMBBELL_ROW, lifted(ago(3), DUMBBELL_ROW, 4, 12, 6, 7)).weight_kg == 6
    assert row(DUMBBELL_ROW, lifted(ago(3), DUMBBELL_ROW, 4, 12, 6, 7)).reps_high == 14
    assert row(DUMBBELL_ROW, lifted(ago(3), DUMBBELL_ROW, 4, 14, 6, 7)).weight_kg == 8


def test_a_deload_takes_sets_and_a_tenth_off():
    task = row(BENCH, lifted(ago(3), BENCH, 4, 12, 60, 7), deload=True)
    assert (task.sets, task.weight_kg, task.rpe_target) == (2, D("52.5"), D(6))
    assert reason_words(task.reason) == "가볍게 하는 날이라 세트를 줄이고 60 kg 대신 52.5 kg으로 해요"


def test_a_weight_too_small_to_lighten_stays():
    task = row(DUMBBELL_ROW, lifted(ago(3), DUMBBELL_ROW, 4, 12, 4, 7), deload=True)
    assert (task.weight_kg, task.reason.code) == (D(4), "deload_load_same")


@pytest.mark.parametrize(
    ("exercise", "weight", "less"),
    [
        (BENCH, "60", "52.5"),
        (BENCH, "100", "90"),
        (LEG_PRESS, "25", "20"),
        (LEG_PRESS, "10", "10"),
        (DUMBBELL_ROW, "20", "18"),
    ],
)
def test_lighter_is_about_a_tenth_in_the_steps_of_the_equipment(exercise, weight, less):
    assert lighter(BY_ID[exercise], D(weight)) == D(less)


def test_the_lower_body_steps_up_by_more_only_where_that_is_a_tenth():
    assert step_kg(BY_ID[SQUAT], D(50)) == 5
    assert step_kg(BY_ID[SQUAT], D("47.5")) == D("2.5")
    assert step_kg(BY_ID[BENCH], D(200)) == D("2.5")


@pytest.mark.parametrize(
    ("done", "reps", "code", "said"),
    [
        ([], (8, 15), "first_reps", "기록이 없어서 할 수 있는 만큼부터 시작해요"),
        ([(3, 3, 10, None, 7)], (11, 15), "reps_more", "지난 목요일 팔굽혀펴기 3×10을 RPE 7로 마쳐서 15회까지 늘려 봐요"),
        ([(3, 3, 10, None, None)], (11, 15), "reps_more", "지난 목요일 팔굽혀펴기 3×10을 했으니 15회까지 늘려 봐요"),
        ([(3, 3, 10, None, 9)], (10, 15), "hold_hard", "지난 목요일 팔굽혀펴기 3×10이 RPE 9로 목표 8보다 힘들어서 그대로 해요"),
        ([(3, 3, 15, None, 7)], (16, 17), "reps_up", "지난 목요일 팔굽혀펴기 3×15를 RPE 7로 마쳐서 16~17회로 늘려요"),
        ([(3, 3, 15, None, 9)], (15, 15), "hold_hard", "지난 목요일 팔굽혀펴기 3×15가 RPE 9로 목표 8보다 힘들어서 그대로 해요"),
        ([(3, 3, 15, None, None)], (15, 15), "hold_unsaid", "지난 목요일 팔굽혀펴기 3×15를 채웠어요. 힘든 정도를 몰라서 한 번 더 확인해요"),
        ([(3, 3, 4, None, 8)], (4, 8), "reps_short", "지난 목요일 팔굽혀펴기 3×4를 했으니 4~8회로 맞춰요"),
        ([(3, 3, 4, None, None)], (5, 8), "reps_short", "지난 목요일 팔굽혀펴기 3×4를 했으니 5~8회로 맞춰요"),
        ([(3, 3, 10, None, 10)], (8, 10), "reps_down", "지난 목요일 팔굽혀펴기 3×10이 RPE 10으로 너무 힘들어서 횟수를 줄여요"),
        ([(3, 3, 30, None, 6)], (30, 30), "reps_full", "지난 목요일 팔굽혀펴기 3×30을 채웠어요. 더 어려운 동작으로 바꿔 볼 만해요"),
        ([(15, 3, 12, None, 7)], (8, 12), "again", "11월 7일 뒤로 처음이라 지난번만큼 해요"),
    ],
)  # fmt: skip
def test_the_body_alone_counts_repetitions(done, reps, code, said):
    task = row(PUSH_UP, *(lifted(ago(days), PUSH_UP, *rest) for days, *rest in done))
    assert (task.reps_low, task.reps_high) == reps
    assert task.weight_kg is None
    assert task.reason.code == code
    assert reason_words(task.reason) == said


def held(days, sets, seconds, rpe=None):
    return Done(ago(days), PLANK, (DoneSet(None, None, seconds, None if rpe is None else D(rpe)),) * sets)


@pytest.mark.parametrize(
    ("done", "seconds", "said"),
    [
        ([], 30, "기록이 없어서 짧게 시작해요"),
        ([held(3, 3, 30, 7)], 35, "지난 목요일 플랭크 3×30초를 RPE 7로 버텨서 +5초"),
        ([held(5, 3, 30), held(3, 3, 30)], 35, "지난 목요일 플랭크 3×30초를 두 번 이어 버텨서 +5초"),
        ([held(3, 3, 30)], 30, "지난 목요일 플랭크 3×30초를 채웠어요. 힘든 정도를 몰라서 한 번 더 확인해요"),
        ([held(3, 3, 60, 10)], 55, "지난 목요일 플랭크 3×60초가 RPE 10으로 너무 힘들어서 55초로 줄여요"),
        ([held(3, 3, 90, 6)], 90, "지난 목요일 플랭크 3×90초를 채웠어요. 더 어려운 동작으로 바꿔 볼 만해요"),
        ([held(20, 3, 45, 6)], 45, "11월 2일 뒤로 처음이라 지난번만큼 해요"),
    ],
)
def test_holds_grow_by_five_seconds(done, seconds, said):
    task = row(PLANK, *done)
    assert task.seconds == seconds
    assert reason_words(task.reason) == said


@pytest.mark.parametrize(
    ("done", "minutes", "said"),
    [
        ([], 20, "기록이 없어서 무리 없는 시간부터 시작해요"),
        (
            [moved(ago(8), WALK, 30, 5), moved(ago(3), WALK, 30, 5)],
            33,
            "지난 목요일 걷기 30분에서 33분으로 늘려요. 한 주에 10 %까지만 늘려요",
        ),
        (
            [moved(ago(8), WALK, 30, 5), moved(ago(3), WALK, 33, 5)],
            33,
            "지난 목요일 걷기 33분만큼 해요. 한 주에 10 %까지만 늘려요",
        ),
        ([moved(ago(3), WALK, 30, 5)], 30, "지난 목요일 걷기 30분만큼 해요. 한 주에 10 %까지만 늘려요"),
        ([moved(ago(3), WALK, 10, 5)], 20, "지난 목요일 걷기 10분이 짧은 편이라 20분을 해요"),
        ([moved(ago(3), WALK, 40, 9)], 32, "지난 목요일 걷기 40분이 RPE 9로 힘들어서 32분으로 줄여요"),
        ([moved(ago(3), WALK, 90, 5)], 60, "지난 목요일 걷기 90분을 했어요. 더 길게 늘리지 않아요"),
        ([moved(ago(50), WALK, 40, 5)], 28, "10월 3일 뒤로 처음이라 28분부터 다시 시작해요"),
    ],
)
def test_cardio_grows_by_at_most_a_tenth_a_week(done, minutes, said):
    task = row(WALK, *done)
    assert task.minutes == minutes
    assert reason_words(task.reason) == said


def test_cardio_of_a_light_day_is_shorter_or_only_slower():
    assert row(JOG, moved(ago(3), JOG, 40, 6), deload=True).minutes == 28
    short = row(JOG, moved(ago(3), JOG, 12, 6), deload=True)
    assert (short.minutes, reason_words(short.reason)) == (12, "가볍게 하는 날이라 천천히 해요")


def test_help_with_a_weight_is_never_made_heavier():
    task = row(24, lifted(ago(3), 24, 4, 15, 30, 6))
    assert task.weight_kg is None
    assert task.reason.code == "reps_up"


def test_older_people_get_milder_doses():
    older = row(BENCH, mover=athlete(age=70))
    assert (older.sets, older.reps_low, older.reps_high, older.rpe_target) == (2, 10, 15, D(6))


def test_what_lies_ahead_has_not_happened():
    past = Past.of(MUSCLE, POOL, History((lifted(ago(-2), BENCH, 4, 12, 60, 7),)), SUNDAY)
    assert past.before(BENCH) == ()
