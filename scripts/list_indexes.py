"""Writes docs/operations/indexes.md from the models: every index of every table of ours, and why it is there.

    python scripts/list_indexes.py            # write
    python scripts/list_indexes.py --check    # say what is missing or has no reason

An index that only says whose a row is, which row it belongs to, or that something stands once has its reason in what it
is. Every other one has a sentence below.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
django.setup()

from django.apps import apps  # noqa: E402 Django must be set up first
from django.db.models import Model, UniqueConstraint  # noqa: E402

PAGE = Path(__file__).resolve().parents[1] / "docs" / "operations" / "indexes.md"
BEGIN = "<!-- written by scripts/list_indexes.py from here -->"
OWNER, PARENT, ONCE, GONE = "owner", "parent", "once", "gone"
REASONS = {
    OWNER: "every question about a person begins with whose it is; taking along and erasing walk a table by it",
    PARENT: "the rows that belong to one row, and what must go before that row can",
    ONCE: "the rule itself: the database refuses a second one, and finds the one",
    GONE: "what was deleted and can still be taken back, found by the job that removes it; holds only those rows",
}
WHY = {
    "access_told": "what a person reads of who looked at them, newest first, without their own looking",
    "consent_of": "what a person agreed to and took back, newest first",
    "outgoing_of": "what left the house of a person, newest first",
    "signin_of_user": "the living sign-ins of a person; the nightly removal of those that ended",
    "alert_of_owner": "what a person is to be told of their account, newest first: asked by every page",
    "passkey_of_user": "the passkeys of a person",
    "accounts_outgoing.at": "the removal of the record of what left the house, after its year",
    "accounts_passkeystart.expires_at": "the removal of beginnings with a passkey that nobody ended",
    "accounts_secondstep.expires_at": "the removal of second steps that nobody took",
    "accounts_seendevice.known_until": "the removal of devices that were not seen for long",
    "accounts_signin.expire_date": "the removal of sign-ins that ended",
    "accounts_signincode.expires_at": "the removal of codes of an app's sign-in that nobody fetched",
    "accounts_signinstart.expires_at": "the removal of beginnings with Kakao or Naver that nobody ended",
    "second_step_of_user": "wrong codes of a person within a quarter of an hour",
    "dayversion_resume": "what a screen missed since the version it names (the live stream)",
    "job_due": "the job that is due first, and the dead: claimed once a second by every worker",
    "kernel_allowance.ends_at": "the hourly removal of limits that are over",
    "kernel_savedreply.created_at": "the removal of saved replies after their day",
    "meal_of_day": "the meals of a day: the question of every look at 오늘",
    "item_of_meal": "the foods of a meal",
    "item_recent": "what a person ate last: suggestions by habit, recent foods",
    "photo_digest": "whether a person's photograph was seen before",
    "measurement_of_day": "the measurements of a day",
    "measurement_of_kind": "the latest weight, and the line of a chart",
    "goal_of_owner": "the goals that a person is at",
    "report_of_day": "the report of a day, deleted ones too, so that writing again finds it",
    "feedback_of_day": "what was said of a day",
    "feedback_of_plan": "what was said of a plan; holds only rows that name one",
    "log_of_day": "the workouts of a day",
    "regimens_of": "a person's medicines in the order they chose",
    "regimen_due": "plans whose next time has come: asked by the tick every two seconds; holds only living ones that have a next time",
    "stock_of_regimen": "how much is left of a medicine, from its events in order",
    "doses_of_day": "the doses of a day: the question of every look at 오늘",
    "doses_of_regimen": "the doses of one plan in order: adherence, the paper for the doctor",
    "events_of_dose": "what was said of one dose, the last word last",
    "takings_of": "what a person took, in order: after-another-medicine rules, gaps of when-needed ones",
    "scraps_of": "medicines that a person kept, newest first",
    "views_of": "medicines that a person looked at, newest first",
    "reminder_due": "reminders that must go out: asked by the tick; holds only those that wait",
    "reminders_of": "what a person was reminded of, newest first",
    "delivery_due": "messages that must go out or be tried again; holds only those that wait",
    "refill_warnings_of": "when a person was last told that a medicine runs low",
    "shares_with": "who lets this person look",
    "share_log_of": "what family did with a person's doses, newest first",
    "foods_by_name": "a page of foods in order of name, without sorting the shelf",
    "exercises_by_name": "a page of exercises in order of name",
    "products_by_name": "a page of medicines in order of name",
    "exercises_by_tag": "exercises for a muscle, a place or a thing one has",
    "questions_by_number": "what is asked most, for warming",
    "rules_by_code": "what DUR says of a substance",
    "salts_by_key": "substances by their one spelling", "salts_by_m": "the salts of a substance",
    "product_notices_seen": "notices that an import did not meet again",
    "look_front": "pills by what is printed on the front", "look_back": "pills by what is printed on the back",
    "look_shape": "pills by shape and colour",
    "mentions_by_symptom": "products whose label mentions a symptom, the likeliest first",
    "pharmacies_by_place": "the nearest pharmacies, from the index alone (0080)",
    "pharmacies_by_week": "the nearest of those that are open in a pattern of hours, from the index alone (0080)",
    "pharmacies_by_area": "pharmacies of a neighbourhood", "pharmacies_by_phone": "one pharmacy in two lists has one number",
    "pharmacies_folded": "rows that were found to be the same pharmacy as another",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Index:
    """An index of a table: its name, what it holds, and why."""

    table: str
    name: str
    columns: str
    why: str


def ours() -> list[type[Model]]:
    """List our tables, in order of their names."""
    found = [one for one in apps.get_models(include_auto_created=True) if one.__module__.startswith("onharu.")]
    return sorted(found, key=lambda model: model._meta.db_table)


def indexes() -> list[Index]:
    """List every index of our tables, besides primary keys."""
    return [one for model in ours() for one in (*_of_columns(model), *_named(model))]


def _of_columns(model: type[Model]) -> Iterator[Index]:
    """List the indexes that a column brings along. Django names them; here they are called by table and column."""
    table = model._meta.db_table
    for column in model._meta.local_concrete_fields:
        if column.primary_key or not (column.unique or column.db_index):
            continue
        name = f"{table}.{column.name}"
        kind = ONCE if column.unique else OWNER if column.name == "owner" else PARENT if column.is_relation else ""
        yield Index(table, name, column.column, WHY.get(name) or REASONS.get(kind, ""))
    for columns in model._meta.unique_together:
        yield Index(table, f"{table}.{'+'.join(columns)}", ", ".join(columns), REASONS[ONCE])


def _named(model: type[Model]) -> Iterator[Index]:
    table = model._meta.db_table
    for index in model._meta.indexes:
        why = WHY.get(index.name) or (REASONS[GONE] if index.name.endswith("_deleted") else "")
        yield Index(table, index.name, ", ".join(index.fields), why)
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint):
            yield Index(table, rule.name, ", ".join(rule.fields), WHY.get(rule.name) or REASONS[ONCE])


def listed() -> str:
    """Write the list, table by table."""
    lines = [BEGIN, "", "| table | index | holds | why |", "|---|---|---|---|"]
    lines += [f"| `{one.table}` | `{one.name}` | {one.columns} | {one.why} |" for one in indexes()]
    return "\n".join(lines) + "\n"


def faults() -> list[str]:
    """Say what has no reason, which reason is of nothing, and whether the page is old."""
    found = [f"{one.name} has no reason in WHY" for one in indexes() if not one.why]
    known = {one.name for one in indexes()}
    found += [f"WHY tells of {name}, which is no index" for name in WHY if name not in known]
    if not PAGE.exists() or listed() not in PAGE.read_text(encoding="utf-8"):
        found.append("docs/operations/indexes.md is old. Run: python scripts/list_indexes.py")
    return found


def main() -> int:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        before = PAGE.read_text(encoding="utf-8").partition(BEGIN)[0]
        PAGE.write_text(before + listed(), encoding="utf-8")
    found = faults()
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
