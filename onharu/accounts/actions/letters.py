"""Letters about alerts: to a person's own address, when the operator has a mail server. No link says anything."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from onharu.accounts import rules
from onharu.accounts.alerted import Alert
from onharu.accounts.models import User
from onharu.kernel import clock
from onharu.kernel.leaving import leaving
from onharu.upstream import mail
from onharu.upstream.faults import Refused

# Who has a password may not fill somebody's letter box with it.
MOST_A_DAY = 5
TOO_OLD = timedelta(days=1)
SECURITY = "/me/security/"


def send_alert(*, alert_id: int) -> None:
    """Send the letter about an alert, once, unless the person wants none. Raises Unavailable, to be tried again."""
    row = Alert.objects.filter(pk=alert_id, mailed_at__isnull=True).select_related("owner__profile").first()
    if row is None or not _wanted(row):
        return
    with translation.override(row.owner.profile.language):
        subject, body = words_of(row)
    try:
        with leaving(row.owner_id, "mail"):
            mail.send(to=row.owner.email or "", subject=subject, body=body, name=f"onharu-alert-{row.pk}")
    except Refused:
        return  # this address takes no letters; the alert stands on the pages
    Alert.objects.filter(pk=row.pk).update(mailed_at=clock.now())


def words_of(row: Alert) -> tuple[str, str]:
    """Say it in a letter: what, when, on what kind of device, from about where; nothing else of the person."""
    at = row.at.astimezone(clock.zone(row.owner.profile.zone)).strftime("%Y-%m-%d %H:%M")
    # What a browser says of itself is anybody's words: only names that we know go into a letter.
    device = row.device if rules.is_known_device(row.device) else _("알 수 없는 기기")
    lines = [
        str(row.get_kind_display()),
        "",
        at,
        " · ".join(one for one in (device, row.address) if one),
        "",
        _("내가 아니라면 온하루의 '로그인과 보안'에서 '내가 아니에요'를 눌러 주세요."),
        *([f"{settings.PUBLIC_URL}{SECURITY}"] if settings.PUBLIC_URL else []),
    ]
    return _("온하루: 로그인과 보안 알림"), "\n".join(lines)


def _wanted(row: Alert) -> bool:
    owner: User = row.owner
    at = clock.now()
    sent = Alert.objects.of(row.owner_id).filter(mailed_at__gt=at - timedelta(days=1)).count()
    wants = mail.is_offered() and owner.email and owner.is_active and owner.profile.alert_mail
    return bool(wants) and sent < MOST_A_DAY and row.at > at - TOO_OLD
