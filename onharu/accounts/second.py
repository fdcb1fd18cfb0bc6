"""The second step of signing in: whose it is, the ticket between the steps, and codes that are good once.

allauth.mfa keeps the authenticators and does the arithmetic of codes. What is counted here is counted in rows, under
one lock a person, so that no two workers accept one code and no restart forgives a wrong one.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.db.models import F, Sum
from django.utils.crypto import constant_time_compare

from onharu.accounts import principal, social
from onharu.accounts.limits import TooManyTries
from onharu.accounts.models import User
from onharu.accounts.ways_in import SecondStep
from onharu.kernel import clock, measures
from onharu.kernel.problems import Invalid, Unsigned

TOTP, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
TICKET_LIVES = timedelta(minutes=5)
STEP_SECONDS = 30
# A phone's clock may be a step off, either way.
STEPS = (-1, 0, 1)
MOST_WRONG = 10
WRONG_COUNTS = timedelta(minutes=15)
LONGEST = 40


class SecondWanted(Unsigned):
    """The first proof held, and a code is asked for. The ticket says so, for five minutes."""

    code = "second_factor"
    ko = "인증 앱의 코드를 한 번 더 입력해 주세요."
    en = "Please also enter the code of your authenticator app."

    def __init__(self, ticket: str) -> None:
        super().__init__()
        self.ticket = ticket
        self.more = {"ticket": ticket}


class TicketRefused(Unsigned):
    """The ticket is false, spent or too old."""

    code = "second_factor_ticket_invalid"
    ko = "시간이 지났어요. 처음부터 다시 로그인해 주세요."
    en = "This took too long. Please sign in again from the start."


class CodeWrong(Invalid):
    """The code is not right, or was used already."""

    code = "second_factor_code_wrong"
    ko = "코드가 맞지 않거나 이미 썼어요. 새 코드를 기다렸다가 입력해 주세요."
    en = "The code is not right or was used already. Wait for the next one."


def is_on(user_id: int) -> bool:
    """Whether a person's sign-ins need a code."""
    return bool(Authenticator.objects.filter(user_id=user_id, type=TOTP).exists())


def codes_left(user_id: int) -> int:
    """Count the recovery codes that are still good."""
    row = Authenticator.objects.filter(user_id=user_id, type=RECOVERY).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def demand(user: User, *, method: str, for_app: bool) -> None:
    """Raise SecondWanted for somebody whose sign-ins need a code."""
    if not is_on(user.pk):
        return
    ticket, at = social.drawn(), clock.now()
    SecondStep.objects.create(
        digest=social.digest(ticket),
        user=user,
        method=method,
        for_app=for_app,
        begun_at=at,
        expires_at=at + TICKET_LIVES,
    )
    raise SecondWanted(ticket)


def pass_step(*, ticket: str, code: str, for_app: bool) -> tuple[User, str]:
    """Spend a ticket with a code: who it is, and how they began. Raises TicketRefused, CodeWrong or TooManyTries."""
    at = clock.now()
    with transaction.atomic():
        row = SecondStep.objects.select_for_update().filter(digest=social.digest(ticket), for_app=for_app).first()
        if row is None or row.used_at is not None or row.expires_at <= at:
            raise TicketRefused
        held = _locked(row.user_id)
        wait = _seconds_to_wait(row.user_id, at)
        right = not wait and spend_code(held, code, at)
        _note(row, at, right=right, tried=not wait)
    if wait:
        raise TooManyTries(retry_after=wait)
    if not right:
        measures.count("auth_login_failures_total", reason="code")
        raise CodeWrong
    user = principal.user_of_id(row.user_id)
    if user is None:
        raise TicketRefused
    return user, row.method


def waiting_step(ticket: str, *, for_app: bool) -> SecondStep:
    """Find the sign-in that waits for its second step. Raises TicketRefused."""
    row = SecondStep.objects.filter(digest=social.digest(ticket), for_app=for_app).first()
    if row is None or row.used_at is not None or row.expires_at <= clock.now():
        raise TicketRefused
    return row


def spend_step(digest: str) -> str:
    """Spend the ticket of somebody whose passkey answered for it: how they began. Raises TicketRefused."""
    at = clock.now()
    row = SecondStep.objects.select_for_update().filter(digest=digest, used_at__isnull=True, expires_at__gt=at).first()
    if row is None:
        raise TicketRefused
    SecondStep.objects.filter(pk=digest).update(used_at=at)
    return row.method


def end_steps(user_id: int) -> None:
    """End every sign-in of a person that waits for its code."""
    SecondStep.objects.filter(user_id=user_id, used_at__isnull=True).update(expires_at=clock.now())


def spelled(code: str) -> str:
    """Spell a code the one way it is compared: digits, however they were typed or grouped."""
    return "".join(unicodedata.normalize("NFKC", code[:LONGEST]).replace("-", " ").split())


def code_step(secret: str, code: str, at: datetime, *, after: int = -1) -> int | None:
    """Find the step of time, later than `after`, whose code this is; None when there is none."""
    now, said, found = int(at.timestamp()) // STEP_SECONDS, spelled(code), None
    for step in (now + one for one in STEPS):
        if constant_time_compare(said, format_hotp_value(hotp_value(secret, step))) and step > after:
            found = step
    return found


def spend_code(held: dict[str, Authenticator], code: str, at: datetime) -> bool:
    """Spend a code of somebody whose authenticators are locked: of their app, or a recovery code."""
    app, codes = held.get(TOTP), held.get(RECOVERY)
    if app is not None:
        step = code_step(decrypt(app.data["secret"]), code, at, after=app.data.get("step", -1))
        if step is not None:
            app.data["step"], app.last_used_at = step, at
            app.save(update_fields=["data", "last_used_at"])
            return True
    return codes is not None and bool(RecoveryCodes(codes).validate_code(spelled(code)))


def _locked(user_id: int) -> dict[str, Authenticator]:
    rows = Authenticator.objects.select_for_update().filter(user_id=user_id, type__in=(TOTP, RECOVERY))
    return {row.type: row for row in rows.order_by("pk")}


def _seconds_to_wait(user_id: int, at: datetime) -> int:
    """Count the seconds until a person's codes may be tried again; 0 when they may now."""
    lately = SecondStep.objects.filter(user_id=user_id, wrong_at__gt=at - WRONG_COUNTS)
    if (lately.aggregate(all=Sum("wrong"))["all"] or 0) < MOST_WRONG:
        return 0
    oldest: datetime = lately.earliest("wrong_at").wrong_at  # type: ignore[assignment]
    return max(1, int((oldest + WRONG_COUNTS - at).total_seconds()) + 1)


def _note(row: SecondStep, at: datetime, *, right: bool, tried: bool) -> None:
    rows = SecondStep.objects.filter(pk=row.pk)
    if right:
        rows.update(used_at=at)
    elif tried:
        rows.update(wrong=F("wrong") + 1, wrong_at=at)
