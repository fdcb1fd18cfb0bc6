"""A calendar as calendar programs read it (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, vRecur
from icalendar import Event as Entry

from onharu.records.medication.rules.calendar import Event, Rule

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LASTS = timedelta(minutes=5)
READ_AGAIN = timedelta(hours=1)
PRODUCT = "-//Onharu//Doses//KO"


@dataclass(frozen=True, slots=True)
class Cover:
    """What is said of a calendar as a whole, and of each of its events."""

    name: str
    title: str
    stamp: datetime
    names_shown: bool
    alarms: bool


def written(events: Sequence[Event], cover: Cover) -> bytes:
    """Write a calendar with the zones it needs. The same events and cover give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", cover.name)
    calendar.add("name", cover.name)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for event in events:
        calendar.add_component(_entry(event, cover))
    if events:
        firsts, lasts = [event.at for event in events], [_last_day(event) for event in events]
        calendar.add_missing_timezones(first_date=min(firsts).date(), last_date=max(lasts))
    told: bytes = calendar.to_ical()
    return told


def _last_day(event: Event) -> date:
    return (event.rule.until if event.rule else event.at.date()) + timedelta(days=2)


def _entry(event: Event, cover: Cover) -> Entry:
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("dtstamp", cover.stamp)
    entry.add("dtstart", event.at)
    entry.add("duration", LASTS)
    summary = ", ".join(event.labels) if cover.names_shown else cover.title
    entry.add("summary", summary)
    entry.add("class", "PRIVATE")
    entry.add("transp", "TRANSPARENT")
    if event.rule:
        entry.add("rrule", _recur(event.rule, event.at))
    for skipped in event.without:
        entry.add("exdate", skipped)
    if cover.alarms:
        entry.add_component(_alarm(summary))
    return entry


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(0))
    alarm.add("description", summary)
    return alarm


def _recur(rule: Rule, at: datetime) -> vRecur:
    until = datetime.combine(rule.until, at.time(), tzinfo=at.tzinfo).astimezone(UTC)
    parts: dict[str, object] = {"FREQ": rule.frequency, "UNTIL": until}
    if rule.interval > 1:
        parts["INTERVAL"] = rule.interval
    if rule.weekdays:
        parts["BYDAY"] = [WEEKDAYS[day - 1] for day in rule.weekdays]
        parts["WKST"] = "MO"
    if rule.month_days:
        parts["BYMONTHDAY"] = list(rule.month_days)
    return vRecur(parts)
