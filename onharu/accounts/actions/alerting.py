"""What a person says to an alert, and whether letters are sent of them."""

from __future__ import annotations

from django.db import transaction

from onharu.accounts import devices
from onharu.accounts.actions.signing import end_place
from onharu.accounts.alerted import Alert
from onharu.accounts.alerts import Reader, still_alerted
from onharu.accounts.models import Profile
from onharu.accounts.principal import forget
from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Missing


class AlertOfThis(Conflict):
    """The alert is about this session or this device, or this device waits to be vouched for itself."""

    code = "alert_of_this_device"
    ko = "이 기기에서는 답할 수 없어요. 전부터 쓰던 다른 기기에서 답해 주세요."
    en = "This cannot be answered on this device. Answer on another one that you used before."


def answer(*, user_id: int, session_key: str, alert_id: int, mine: bool) -> Alert:
    """Say whether an alert was oneself. "Not me" ends the session that it is about, and its device is unknown again.

    The last word counts. Raises Missing or AlertOfThis.
    """
    row: Alert = Alert.objects.one_of(user_id, alert_id)
    reader = Reader(user_id, session_key)
    if not (reader.may_vouch(row) if mine else reader.may_deny(row)):
        raise AlertOfThis
    with transaction.atomic():
        row.answered_at, row.mine = clock.now(), mine
        row.save(update_fields=["answered_at", "mine"])
        still_alerted(user_id)
        if not mine:
            devices.forget_mark(user_id, row.mark)
            _end(user_id, row.place)
    return row


def require_alert(*, user_id: int, alert_id: int) -> None:
    """Raise Missing unless a person has this alert."""
    Alert.objects.one_of(user_id, alert_id)


def send_letters(*, user_id: int, wanted: bool) -> None:
    """Send letters about alerts or stop to. What is shown on pages stays."""
    Profile.objects.filter(pk=user_id).update(alert_mail=wanted)
    forget(user_id)


def _end(user_id: int, place: str) -> None:
    try:
        end_place(user_id=user_id, place=place)
    except Missing:
        return  # it has ended already
