"""What somebody takes: added, changed from now on, stopped and taken up again, let go and back.

A change of the schedule appends a wording; what was planned before it stays as it was said.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from onharu.accounts.public import Person
from onharu.catalog.medicines import public as medicines
from onharu.kernel import clock
from onharu.kernel.days import touch
from onharu.kernel.problems import Conflict, Invalid
from onharu.kernel.spelling import text_spelling
from onharu.records.medication import rules
from onharu.records.medication.actions.due import PART, look_at
from onharu.records.medication.actions.scraps import MedicineUnknown
from onharu.records.medication.actions.wordings import WordingSaid, check, wording_of, write_wording
from onharu.records.medication.models import Dose, Regimen, RegimenVersion

MOST_REGIMENS = 200
REMEMBERED_DAYS = timedelta(days=60)
LONGEST = {"name": 200, "why": 200, "note": 1000}
MOST_REFILL_DAYS, MOST_POSITION = 60, 10_000
WORDS = ("why", "note", "reminds", "tracks_stock", "refill_days", "position")
SCHEDULE = ("schedule", "amount", "start", "end")


class RegimenRefused(Invalid):
    """A regimen without a name, with words that are too long, or of a unit that there is not."""

    code = "regimen_invalid"
    ko = "약 이름과 단위를 확인해 주세요."
    en = "Check the name and the unit of the medicine."


class RegimenFixed(Conflict):
    """What doses were already written down for cannot become another medicine or be counted in another unit."""

    code = "regimen_fixed"
    ko = "이미 복용 기록이 있어 약이나 단위를 바꿀 수 없어요. 이 약은 그만 먹는 것으로 하고 새로 추가해 주세요."
    en = "Doses were written down already, so product and unit stay. Stop this one and add another."


class TooManyRegimens(Conflict):
    """More regimens than a person can keep."""

    code = "regimens_too_many"
    ko = f"복용 약은 {MOST_REGIMENS}개까지 적어 둘 수 있어요."
    en = f"At most {MOST_REGIMENS} medicines can be kept."


class EndBehind(Invalid):
    """An end that lies before today: what was planned until now stays as it was."""

    code = "end_in_past"
    ko = "끝나는 날은 오늘부터 고를 수 있어요. 지금 바로 그만두려면 날짜를 비워 주세요."
    en = "Choose an end from today on; leave it empty to stop right now."


class RegimenSaid(WordingSaid, total=False):
    """What of a regimen is said; what is left out stays, or is as usual for a new one."""

    item_seq: str
    name: str
    why: str
    note: str
    unit: str
    reminds: bool
    tracks_stock: bool
    refill_days: int
    position: int


@transaction.atomic
def add_regimen(*, person: Person, said: RegimenSaid, at: datetime) -> Regimen:
    """Add a medicine to take, planned from now on.

    Raises MedicineUnknown, RegimenRefused, ScheduleRefused, TooManyRegimens.
    """
    mine = Regimen.objects.of(person.id).alive()
    if mine.count() >= MOST_REGIMENS:
        raise TooManyRegimens
    last: int = mine.aggregate(last=Max("position"))["last"] or 0
    place = min(last + 1, MOST_POSITION)
    regimen = Regimen(owner_id=person.id, created_at=at, planned_until=at, next_at=at, position=place)
    _name(regimen, said)
    _say(regimen, said, at)
    wording = wording_of(None, said, person.day_at(at))
    check(person.id, None, wording)
    regimen.save()
    write_wording(regimen, wording, since=at)
    touch(person.id, person.day_at(at), part=PART)
    return regimen


@transaction.atomic
def change_regimen(*, person: Person, regimen_id: int, said: RegimenSaid, at: datetime) -> Regimen:
    """Change a medicine; another schedule, amount, start or end holds from now on and leaves the past alone.

    Raises Missing, MedicineUnknown, RegimenRefused, RegimenFixed, ScheduleRefused.
    """
    regimen = _held(person.id, regimen_id)
    before = regimen.name, regimen.unit
    _refuse_another(regimen, said)
    if "name" in said or "item_seq" in said:
        _name(regimen, said)
    _say(regimen, said, at)
    newest = newest_of(regimen)
    wording = wording_of(newest, said, person.day_at(at))
    if any(name in said for name in SCHEDULE) and wording != wording_of(newest, {}, person.day_at(at)):
        check(person.id, regimen.pk, wording)
        write_wording(regimen, wording, since=at)
    elif before[1] != regimen.unit:
        write_wording(regimen, wording, since=at)
    regimen.save()
    _announce(person, regimen, at)
    return regimen


@transaction.atomic
def end_regimen(*, person: Person, regimen_id: int, at: datetime, on: date | None = None) -> Regimen:
    """Stop a medicine right now, or let `on` be its last day. Saying it twice changes nothing. Raises EndBehind."""
    regimen = _held(person.id, regimen_id)
    newest, today = newest_of(regimen), person.day_at(at)
    if on is not None and on < today:
        raise EndBehind(errors={"end": [str(today)]})
    stops = on is None
    if newest.stops == stops and (stops or newest.end == on):
        return regimen
    said: RegimenSaid = {} if stops else {"end": on}
    wording = wording_of(newest, said, today)
    if on is not None and on < wording.start:
        raise EndBehind(errors={"end": [str(wording.start)]})
    write_wording(regimen, wording, since=at, stops=stops)
    _announce(person, regimen, at)
    return regimen


@transaction.atomic
def resume_regimen(*, person: Person, regimen_id: int, at: datetime) -> Regimen:
    """Take a medicine up again that was stopped or has ended; what lies between stays empty. Twice changes nothing."""
    regimen = _held(person.id, regimen_id)
    newest, today = newest_of(regimen), person.day_at(at)
    over = newest.end is not None and newest.end < today
    if newest.stops or over:
        said: RegimenSaid = {"end": None} if over else {}
        write_wording(regimen, wording_of(newest, said, today), since=at)
        _announce(person, regimen, at)
    return regimen


@transaction.atomic
def delete_regimen(*, person: Person, regimen_id: int, at: datetime) -> Regimen:
    """Let a medicine go with its doses; `restore_regimen` takes that back for a day. Twice changes nothing."""
    regimen: Regimen = Regimen.objects.select_for_update().one_of(person.id, regimen_id)
    if regimen.deleted_at is None:
        regimen.deleted_at = at
        regimen.save(update_fields=["deleted_at"])
        _announce_all(person, regimen, at)
    return regimen


@transaction.atomic
def restore_regimen(*, person: Person, regimen_id: int, at: datetime) -> Regimen:
    """Take a deletion back with everything that was written down. Raises TooManyRegimens."""
    regimen: Regimen = Regimen.objects.select_for_update().one_of(person.id, regimen_id)
    if regimen.deleted_at is None:
        return regimen
    if Regimen.objects.of(person.id).alive().count() >= MOST_REGIMENS:
        raise TooManyRegimens
    regimen.deleted_at = None
    regimen.save(update_fields=["deleted_at"])
    look_at(Regimen.objects.filter(pk=regimen.pk), at)
    _announce_all(person, regimen, at)
    return regimen


def newest_of(regimen: Regimen) -> RegimenVersion:
    """Find the wording that holds now; one statement."""
    found: RegimenVersion = RegimenVersion.objects.of(regimen.owner_id).filter(regimen=regimen).latest("n")
    return found


def _held(owner_id: int, regimen_id: int) -> Regimen:
    regimen: Regimen = Regimen.objects.alive().select_for_update().one_of(owner_id, regimen_id)
    return regimen


def _refuse_another(regimen: Regimen, said: RegimenSaid) -> None:
    """Keep product and unit of what was already taken: its past would become that of another."""
    product = said.get("item_seq", regimen.item_seq)
    another = bool(regimen.item_seq) and product != regimen.item_seq
    if (another or said.get("unit", regimen.unit) != regimen.unit) and Dose.objects.filter(regimen=regimen).exists():
        raise RegimenFixed


def _name(regimen: Regimen, said: RegimenSaid) -> None:
    """Name a regimen as the shelf does, or as the person does. Raises MedicineUnknown, RegimenRefused."""
    regimen.item_seq = said.get("item_seq", regimen.item_seq)
    own = " ".join(text_spelling(said.get("name", "")).split())
    if regimen.item_seq:
        found = medicines.brief_of([regimen.item_seq]) if rules.is_item_seq(regimen.item_seq) else {}
        if regimen.item_seq not in found:
            raise MedicineUnknown
        own = own or found[regimen.item_seq].name[: LONGEST["name"]]
    regimen.name = own or regimen.name
    if len(regimen.name) > LONGEST["name"] or not any(map(str.isalnum, regimen.name)):
        raise RegimenRefused(errors={"name": [f"1-{LONGEST['name']}"]})


def _say(regimen: Regimen, said: RegimenSaid, at: datetime) -> None:
    regimen.unit = said.get("unit", regimen.unit)
    if regimen.unit not in Regimen.Unit.values:
        raise RegimenRefused(errors={"unit": list(Regimen.Unit.values)})
    for name in WORDS:
        if name in said:
            value = said[name]  # type: ignore[literal-required]  # WORDS are its keys
            setattr(regimen, name, text_spelling(value) if isinstance(value, str) else value)
    for name in ("why", "note"):
        if len(getattr(regimen, name)) > LONGEST[name]:
            raise RegimenRefused(errors={name: [f"≤ {LONGEST[name]}"]})
    for name, most in (("refill_days", MOST_REFILL_DAYS), ("position", MOST_POSITION)):
        if not 0 <= getattr(regimen, name) <= most:
            raise RegimenRefused(errors={name: [f"0-{most}"]})
    regimen.changed_at = at


def _announce(person: Person, regimen: Regimen, at: datetime) -> None:
    """Have the plan looked at now, and announce today."""
    look_at(Regimen.objects.filter(pk=regimen.pk), at)
    touch(person.id, person.day_at(at), part=PART)


def _announce_all(person: Person, regimen: Regimen, at: datetime) -> None:
    """Announce today and the days of the last weeks that have doses of a regimen."""
    today = person.day_at(at)
    lately = Dose.objects.of(person.id).filter(regimen=regimen, day__gte=today - REMEMBERED_DAYS)
    days = lately.order_by("day").values_list("day", flat=True).distinct()
    touch(person.id, *dict.fromkeys([*days, today]), part=PART)


def meals_changed(*, owner_id: int) -> None:
    """Look anew at what hangs on meals, as one was written down or put right."""
    look_at(Regimen.objects.of(owner_id).alive().filter(by_meals=True), clock.now())


def clock_changed(*, owner_id: int) -> None:
    """Look anew at everything, as a person's zone, day or routine changed."""
    look_at(Regimen.objects.of(owner_id).alive(), clock.now())
