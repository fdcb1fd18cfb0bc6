"""What this room keeps of a person."""

from __future__ import annotations

from typing import Any

from onharu.kernel.belongings import Belongings, Ids, Row, Table
from onharu.kernel.spelling import tag_spelling
from onharu.records.medication.models import (
    CalendarFeed,
    Delivery,
    Dose,
    DoseEvent,
    PushSubscription,
    RefillWarning,
    Regimen,
    RegimenVersion,
    Reminder,
    ReminderRule,
    RoutineOf,
    Scrap,
    ScrapTag,
    Share,
    ShareEvent,
    StockEvent,
    Tag,
    Understood,
    Viewed,
)

TOLD = "a message that was sent; it is not sent again"
NOBODY = 0  # no medicine has this number
INDEX = "an index over what stands beside it that only this house can make"


def _spelling(owner_id: int, row: Row) -> str:
    return Tag.mark_of(owner_id, tag_spelling(row["name"]))


def _product_of(model: type[Scrap | Viewed]) -> Any:
    return lambda owner_id, row: model.mark_of(owner_id, row["item_seq"])


def _mend(row: Row, ids: Ids) -> None:
    """Have a schedule that follows another medicine follow it under its new number."""
    row["schedule"] = _renamed(row["schedule"], ids.get("medication.regimen", {}))


def _renamed(said: Any, numbers: dict[int, int]) -> Any:
    if isinstance(said, list):
        return [_renamed(one, numbers) for one in said]
    if not isinstance(said, dict):
        return said
    renamed = {name: _renamed(one, numbers) for name, one in said.items()}
    if said.get("kind") == "follows" and isinstance(said.get("regimen"), int):
        renamed["regimen"] = numbers.get(said["regimen"], NOBODY)
    return renamed


BELONGINGS = Belongings(
    room="medication",
    tables=(
        Table(model=RoutineOf),
        Table(model=ReminderRule),
        Table(model=Regimen),
        Table(model=RegimenVersion, mend=_mend),
        Table(model=StockEvent),
        Table(model=Dose),
        Table(model=DoseEvent),
        Table(
            model=Scrap,
            left_out={"product": INDEX},
            made={"product": _product_of(Scrap)},
        ),
        Table(model=Tag, left_out={"spelling": INDEX}, made={"spelling": _spelling}),
        Table(model=ScrapTag),
        Table(model=Viewed, left_out={"product": INDEX}, made={"product": _product_of(Viewed)}),
        Table(model=Understood),
        Table(
            model=PushSubscription,
            left_out={
                "endpoint": "an address that anybody could send to",
                "p256dh": "a key of the browser",
                "auth": "a secret of the browser",
            },
            stays="a browser is asked anew",
        ),
        Table(model=Reminder, stays=TOLD),
        Table(model=Reminder.doses.through, owner="reminder__owner", stays=TOLD),
        Table(
            model=Delivery,
            left_out={"reminder": "the number of a telling that may be about somebody else"},
            stays=TOLD,
        ),
        Table(model=RefillWarning, left_out={"reminder": "the number of a telling that is not read back"}),
        Table(
            model=Share,
            left_out={"code_hash": "opens an invitation"},
            stays="two people agree to a share; the other one is asked anew",
        ),
        Table(model=ShareEvent, stays="tells of shares that are not read back"),
        Table(
            model=CalendarFeed,
            left_out={"secret_hash": "the mark of a secret address"},
            stays="a secret address is made anew",
        ),
    ),
)
