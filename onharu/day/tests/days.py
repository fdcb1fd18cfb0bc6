"""Writes a person's day the way a client does, over HTTP."""

from datetime import date

from conftest import signed_in

DAY = date(2026, 11, 22)


def sent(person, path, body, method="post"):
    """Send something as this person; it must be taken."""
    response = getattr(signed_in(person), method)(path, body, content_type="application/json")
    assert response.status_code in (200, 201), response.content
    return response.json()


def eat(person, food, *, day=DAY, at="12:00", slot="LUNCH", zone="+09:00"):
    """Write a meal of one food down."""
    body = {"log_date": day.isoformat(), "meal_type": slot, "eaten_at": f"{day}T{at}:00{zone}"}
    return sent(person, "/api/meals/", {**body, "items": [{"food": food.pk}]})


def move(person, *, day=DAY, at="18:30", minutes=30, name="걷기", exercise=None, **more):
    """Write a workout down; without an exercise of the catalogue its energy is unknown."""
    body = {"date": day.isoformat(), "started_at": f"{day}T{at}:00+09:00", "minutes": minutes, **more}
    return sent(person, "/api/workoutlogs/", {**body, **({"exercise": exercise} if exercise else {"name": name})})


def measure(person, kg, *, day=DAY):
    """Write a weight down."""
    return sent(person, "/api/measurements/", {"kind": "WEIGHT", "value": kg, "date": day.isoformat()})


def report(person, *, day=DAY, **said):
    """Answer how a day was."""
    return sent(person, f"/api/dailyreports/by-date/{day}/", said or {"mood": 4}, method="put")


def set_target(person, key, *, day=DAY, **ends):
    """Set a daily target from a day on."""
    direction = "within" if len(ends) > 1 else "at_least" if "low" in ends else "at_most"
    body = {"key": key, "direction": direction, "from_day": day.isoformat(), **ends}
    return sent(person, "/api/dailygoals/", body)


def a_full_day(person, food, exercise, *, day=DAY):
    """Write something in every room."""
    eat(person, food, day=day)
    move(person, day=day, exercise=exercise.pk)
    measure(person, "70.5", day=day)
    report(person, day=day)
