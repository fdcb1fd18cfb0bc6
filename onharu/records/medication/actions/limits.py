"""Asking before a dose that is over its limit. We quote what was written down; whether to take it is not ours."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from onharu.accounts.public import Person
from onharu.kernel import clock
from onharu.kernel.problems import Conflict
from onharu.records.medication.models import Dose, DoseEvent, Regimen, RegimenVersion
from onharu.records.medication.queries.rows import dose_rows
from onharu.records.medication.rules.schedules.as_json import from_json
from onharu.records.medication.rules.schedules.limits import Asked, Taking, asked
from onharu.records.medication.rules.schedules.shapes import Limit
from onharu.records.medication.rules.sentences.units import ENGLISH, KOREAN

TAKINGS = (DoseEvent.Kind.TAKEN, DoseEvent.Kind.CORRECTED)


class DoseLimit(Conflict):
    """A dose that is over the limit; with `anyway` it is written all the same.

    `errors` has `taken_in_24h`, `most_in_24h`, `last_at` and `free_at` (when it would be within the limit), those that
    are known.
    """

    code = "dose_limit"


def ask_first(person: Person, dose: Dose, version: RegimenVersion, taking: Taking, *, anyway: bool) -> bool:
    """Tell whether a taking is over the limit that `anyway` accepts. Raises DoseLimit where nobody said so."""
    limit = from_json(version.schedule).limit
    if limit == Limit():
        return False
    found = asked(limit, takings_around(dose, taking[0], limit), *taking)
    if found is not None and not anyway:
        raise _limit_of(person, dose.regimen, limit, found)
    return found is not None


def takings_around(dose: Dose, at: datetime, limit: Limit) -> list[Taking]:
    """List what else was taken of a regimen near an instant, as the ledger has it now; one statement."""
    reach = max(timedelta(days=2), 2 * (limit.gap or timedelta()))
    near = DoseEvent.objects.of(dose.owner_id).filter(kind__in=TAKINGS, at__range=(at - reach, at + reach))
    rows = dose_rows(
        Dose.objects.of(dose.owner_id)
        .filter(regimen=dose.regimen_id, pk__in=near.filter(dose__regimen=dose.regimen_id).values("dose"))
        .exclude(pk=dose.pk)
    )
    told = [(row.told.taken_at, row.told.amount or row.amount) for row in rows if row.told.answer == "taken"]
    return sorted((when, much) for when, much in told if when is not None and abs(when - at) <= reach)


def _limit_of(person: Person, regimen: Regimen, limit: Limit, found: Asked) -> DoseLimit:
    ko, en = _words(person, regimen.unit, limit, found)
    errors = {
        "taken_in_24h": _plain(found.taken_in_24h),
        "most_in_24h": None if found.most is None else _plain(found.most),
        "gap_minutes": None if limit.gap is None else str(limit.gap // timedelta(minutes=1)),
        "last_at": _instant(found.last_at),
        "free_at": _instant(found.free_at),
    }
    return DoseLimit(ko=ko, en=en, errors={name: [said] for name, said in errors.items() if said is not None})


def _words(person: Person, unit: str, limit: Limit, found: Asked) -> tuple[str, str]:
    ko, en = [], []
    if found.taken_in_24h:
        ko.append(f"24시간 안에 이미 먹은 양: {_amount(found.taken_in_24h, unit)[0]}.")
        en.append(f"Taken within 24 hours already: {_amount(found.taken_in_24h, unit)[1]}.")
    if found.most is not None:
        ko.append(f"정해 둔 한도: 24시간에 {_amount(found.most, unit)[0]}.")
        en.append(f"The limit that was set: {_amount(found.most, unit)[1]} in 24 hours.")
    if limit.gap is not None:
        span = _span(limit.gap // timedelta(minutes=1))
        ko.append(f"정해 둔 간격: {span[0]} 이상.")
        en.append(f"The gap that was set: at least {span[1]}.")
    if found.free_at is not None:
        ko.append(f"{_local(person, found.free_at)}부터는 한도 안이에요.")
        en.append(f"From {_local(person, found.free_at)} on it is within the limit.")
    ko.append("그래도 먹었다면 그대로 적을 수 있어요. 궁금한 점은 약사와 상의해 주세요.")
    en.append("If it was taken all the same, it can be written down. Ask your pharmacist about it.")
    return " ".join(ko), " ".join(en)


def _amount(amount: Decimal, unit: str) -> tuple[str, str]:
    number = _plain(amount)
    one, more = ENGLISH[unit]
    return f"{number}{KOREAN[unit]}", f"{number} {one if amount == 1 else more}"


def _span(minutes: int) -> tuple[str, str]:
    hours, rest = divmod(minutes, 60)
    ko = " ".join(filter(None, (f"{hours}시간" if hours else "", f"{rest}분" if rest else "")))
    en = " ".join(filter(None, (f"{hours} h" if hours else "", f"{rest} min" if rest else "")))
    return ko or "0분", en or "0 min"


def _local(person: Person, at: datetime) -> str:
    """Write an instant by the clock on this person's wall, rounded up to the minute so that it holds."""
    up = timedelta(minutes=1) if at.second or at.microsecond else timedelta()
    local = (at + up).astimezone(clock.zone(person.zone))
    return f"{local.month}/{local.day} {local:%H:%M}"


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _plain(amount: Decimal) -> str:
    """Write a number without needless zeros."""
    return f"{amount.normalize():f}"
