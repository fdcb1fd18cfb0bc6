"""Writes a person's days the way a client does, over HTTP."""

from datetime import date, timedelta

from conftest import signed_in
from onharu.accounts.public import forget

DAY = date(2026, 11, 22)


def back(days):
    return DAY - timedelta(days=days)


def sent(person, path, body, method="post"):
    """Send something as this person; it must be taken."""
    response = getattr(signed_in(person), method)(path, body, content_type="application/json")
    assert response.status_code in (200, 201), response.content
    return response.json()


def say(client, **facts):
    """Say something about oneself; what is remembered of a person is forgotten, as a commit would."""
    answer = client.patch("/api/users/me/", facts, content_type="application/json")
    assert answer.status_code == 200, answer.content
    forget(answer.json()["id"])


def eat(person, food, *, day=DAY, at="12:00", slot="LUNCH", times=1):
    body = {"log_date": day.isoformat(), "meal_type": slot, "eaten_at": f"{day}T{at}:00+09:00"}
    return sent(person, "/api/meals/", {**body, "items": [{"food": food.pk}] * times})


def move(person, *, day=DAY, minutes=30, **more):
    body = {"date": day.isoformat(), "started_at": f"{day}T08:30:00+09:00", "minutes": minutes, "name": "걷기", **more}
    return sent(person, "/api/workoutlogs/", body)


def measure(person, kg, *, day=DAY):
    return sent(person, "/api/measurements/", {"kind": "WEIGHT", "value": kg, "date": day.isoformat()})


def report(person, *, day=DAY, **said):
    return sent(person, f"/api/dailyreports/by-date/{day}/", said or {"mood": 4}, method="put")


def salty_week(person, food):
    """Seven days of two salty bowls each: 3,200 mg a day."""
    for ago in range(1, 8):
        eat(person, food, day=back(ago), times=2)


def a_month(person, food, exercise):
    """Four weeks with something in every room on every day."""
    for ago in range(28):
        eat(person, food, day=back(ago))
        move(person, day=back(ago), exercise=exercise.id, sets=[{"reps": 5, "weight_kg": 40 + (28 - ago)}])
        measure(person, f"{60 + ago / 10:.1f}", day=back(ago))
        report(person, day=back(ago), mood=4, sleep_hours=6.5)
