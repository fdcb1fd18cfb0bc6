"""Housekeeping: sessions, and sign-ins with others, that ended by themselves."""

from __future__ import annotations

from datetime import timedelta

from onharu.accounts import alerts
from onharu.accounts.actions.letters import send_alert
from onharu.accounts.actions.outgoing import forget_left
from onharu.accounts.actions.social_codes import CODE_KEPT
from onharu.accounts.families import Family
from onharu.accounts.models import SignInCode, SignInStart
from onharu.accounts.ways_in import PasskeyStart, SecondStep
from onharu.kernel import clock
from onharu.kernel.jobs import job, periodic


@periodic("accounts.clear_expired_sessions", timedelta(days=1))
def clear_expired_sessions() -> None:
    """Delete the rows of sessions that have expired. Saying it twice changes nothing."""
    Family.clear_expired()


@periodic("accounts.clear_sign_in_errands", timedelta(hours=6))
def clear_sign_in_errands() -> None:
    """Delete sign-ins that were never finished, and codes of yesterday. Saying it twice changes nothing."""
    SignInStart.objects.filter(expires_at__lte=clock.now()).delete()
    PasskeyStart.objects.filter(expires_at__lte=clock.now()).delete()
    SecondStep.objects.filter(expires_at__lte=clock.now() - CODE_KEPT).delete()
    SignInCode.objects.filter(expires_at__lte=clock.now() - CODE_KEPT).delete()


@periodic("accounts.forget_left", timedelta(days=1))
def forget_what_left() -> None:
    """Remove what left the house more than a year ago. Saying it twice changes nothing."""
    forget_left(at=clock.now())


@periodic("accounts.forget_alerts", timedelta(days=1))
def forget_alerts() -> None:
    """Remove alerts and known devices of more than two months ago. Saying it twice changes nothing."""
    alerts.forget_old()


job(alerts.SEND)(send_alert)
