"""Passkeys: adding one from within a session that proved itself again, signing in with it, letting it go."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from onharu.accounts import alerts, passkeys, principal, rules, second, social
from onharu.accounts.actions.proving import prove
from onharu.accounts.actions.signing import open_browser, open_family
from onharu.accounts.actions.social_links import LastWayIn, has_other_way
from onharu.accounts.devices import where_of
from onharu.accounts.limits import spend
from onharu.accounts.models import User
from onharu.accounts.tokens import TokenPair
from onharu.accounts.ways_in import Passkey, PasskeyStart
from onharu.kernel import clock, walls
from onharu.kernel.access import Kind, done
from onharu.kernel.problems import Conflict, Invalid, Missing, Unsigned

MOST = 20
LONGEST_NAME = 40
Purpose = PasskeyStart.Purpose

log = structlog.get_logger(__name__)


class PasskeyInvalid(Invalid):
    """What was sent is no new key for this house, or nobody asked for one here."""

    code = "passkey_invalid"
    ko = "패스키를 더하지 못했어요. 처음부터 다시 해 주세요."
    en = "The passkey could not be added. Please start again."


class PasskeyRefused(Unsigned):
    """No passkey of this house answered the question that was asked here. Why not is not said."""

    code = "passkey_refused"
    ko = "이 패스키로는 로그인하지 못했어요. 다시 하거나 다른 방법으로 로그인해 주세요."
    en = "Signing in with this passkey did not work. Try again, or sign in another way."


class TooManyPasskeys(Conflict):
    """A person keeps as many passkeys as there is room for."""

    code = "passkeys_full"
    ko = "패스키는 20개까지 둘 수 있어요. 쓰지 않는 것을 먼저 지워 주세요."
    en = "There is room for 20 passkeys. Remove one that you do not use first."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a passkey, as a browser takes it, and the ticket that must come back with its answer."""

    ticket: str
    options: passkeys.Said


def ask_new(*, request: HttpRequest, user: User, password: str) -> Asked:
    """Ask for a new key of somebody who proves who they are. Raises ProofWanted, TooManyTries or TooManyPasskeys."""
    prove(request=request, user=user, password=password, at=clock.now())
    held = list(Passkey.objects.filter(user=user).values_list("credential", flat=True))
    if len(held) >= MOST:
        raise TooManyPasskeys
    ticket, challenge = _begun(Purpose.ADD, user_id=user.pk, session=_session(request))
    handle = passkeys.handle_of(user.pk)
    party = passkeys.party_of(request)
    return Asked(
        ticket, passkeys.to_make(party=party, challenge=challenge, handle=handle, name=user.username, held=held)
    )


def add(*, request: HttpRequest, user: User, ticket: str, said: passkeys.Said, name: str) -> Passkey:
    """Keep a new key that was asked for in this session. Raises PasskeyInvalid or TooManyPasskeys."""
    start = _taken(ticket, Purpose.ADD)
    if start is None or start.user_id != user.pk or start.session != _session(request):
        raise PasskeyInvalid
    try:
        key = passkeys.made(said, party=passkeys.party_of(request), challenge=start.challenge)
        with transaction.atomic():
            row = _kept(user, key, _name(name, request))
            alerts.tell_of(request, user.pk, alerts.Kind.PASSKEY_ADDED)
    except (passkeys.NotProven, IntegrityError):
        raise PasskeyInvalid from None
    done(Kind.SECURE, whose=user.pk)
    return row


def rename(*, user_id: int, passkey_id: int, name: str) -> Passkey:
    """Call a key something else. Raises Missing or Invalid."""
    row, spelled = passkey_of(user_id, passkey_id), rules.nickname_spelling(name)[:LONGEST_NAME]
    if not spelled:
        raise Invalid("passkey_name_missing", "이름을 적어 주세요.", "Please write a name.")
    row.name = spelled
    row.save(update_fields=["name"])
    return row


def remove(*, request: HttpRequest, user: User, passkey_id: int, password: str) -> None:
    """Let a key go, at the word of who proves who they are. Raises Missing, ProofWanted, TooManyTries or LastWayIn."""
    row = passkey_of(user.pk, passkey_id)
    prove(request=request, user=user, password=password, at=clock.now())
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if not has_other_way(held, passkey=row.pk):
            raise LastWayIn
        row.delete()
        alerts.tell_of(request, user.pk, alerts.Kind.PASSKEY_REMOVED)
    done(Kind.SECURE, whose=user.pk)


def ask_known(*, request: HttpRequest, second_ticket: str = "", for_app: bool) -> Asked:
    """Ask for any key that the person chooses; with the ticket of a first step, for one of that person's.

    Raises TicketRefused or TooManyTries. Without a ticket the question is the same whoever asks.
    """
    spend(request, "login")
    held: list[str] = []
    if second_ticket:
        step = second.waiting_step(second_ticket, for_app=for_app)
        held = list(Passkey.objects.filter(user_id=step.user_id).values_list("credential", flat=True))
        ticket, challenge = _begun(Purpose.SECOND, user_id=step.user_id, step=step.digest, for_app=for_app)
    else:
        ticket, challenge = _begun(Purpose.ENTER, for_app=for_app)
    return Asked(ticket, passkeys.to_show(party=passkeys.party_of(request), challenge=challenge, held=held))


def has_passkeys(second_ticket: str) -> bool:
    """Whether a passkey can be the second step of a browser's sign-in that waits for one."""
    try:
        step = second.waiting_step(second_ticket, for_app=False)
    except second.TicketRefused:
        return False
    return Passkey.objects.filter(user_id=step.user_id).exists()


def enter_browser(*, request: HttpRequest, ticket: str, said: passkeys.Said) -> User:
    """Sign this browser in with a passkey. Raises PasskeyRefused, TicketRefused or TooManyTries."""
    user, method = _proven(request, ticket, said, for_app=False)
    return open_browser(request=request, user=user, method=method, proven=True)


def enter_family(*, request: HttpRequest, ticket: str, said: passkeys.Said) -> tuple[User, TokenPair]:
    """Start a family of tokens with a passkey. Raises PasskeyRefused, TicketRefused or TooManyTries."""
    user, method = _proven(request, ticket, said, for_app=True)
    return open_family(request=request, user=user, method=method, proven=True)


def passkey_of(user_id: int, passkey_id: int) -> Passkey:
    """Find one of a person's keys; somebody else's is missing. Raises Missing."""
    try:
        return Passkey.objects.get(pk=passkey_id, user_id=user_id)
    except (Passkey.DoesNotExist, OverflowError):
        raise Missing from None


def _proven(request: HttpRequest, ticket: str, said: passkeys.Said, *, for_app: bool) -> tuple[User, str]:
    """Find who answered a question that was asked here; how they began. The question is spent whatever comes."""
    spend(request, "login")
    start = _taken(ticket, Purpose.ENTER, Purpose.SECOND, for_app=for_app)
    whose: int | None = None
    try:
        if start is None:
            raise passkeys.NotProven
        proof = passkeys.shown(said)
        with transaction.atomic():
            row = Passkey.objects.select_for_update().filter(credential=proof.credential).first()
            whose = row.user_id if row else None
            method = _believe(request, start, proof, row)
    except passkeys.NotProven as why:
        done(Kind.SIGN_IN_FAILED, whose=whose)
        if isinstance(why, passkeys.CounterBack) and whose is not None:
            _tell_of_copy(request, whose)
        raise PasskeyRefused from None
    user = principal.user_of_id(whose or 0)
    if user is None:
        raise PasskeyRefused
    return user, method


def _believe(request: HttpRequest, start: PasskeyStart, proof: passkeys.Proof, row: Passkey | None) -> str:
    """Check an answer by the key that it names, and write down how often that has signed. Raises NotProven."""
    if row is None or start.user_id not in (None, row.user_id):
        raise passkeys.NotProven
    # A key that was chosen without a name must know its person; one that was asked for by name may leave that out.
    if proof.handle != passkeys.handle_of(row.user_id) and (proof.handle or start.purpose == Purpose.ENTER):
        raise passkeys.NotProven
    row.counter = passkeys.check(
        proof,
        party=passkeys.party_of(request),
        challenge=start.challenge,
        public_key=row.public_key,
        counter=row.counter,
    )
    row.used_at = clock.now()
    row.save(update_fields=["counter", "used_at"])
    return second.spend_step(start.step) if start.step else "passkey"


def _begun(
    purpose: Purpose, *, user_id: int | None = None, session: str = "", step: str = "", for_app: bool = False
) -> tuple[str, str]:
    ticket, challenge = social.drawn(), social.drawn()
    PasskeyStart.objects.create(
        digest=social.digest(ticket),
        challenge=challenge,
        purpose=purpose,
        user_id=user_id,
        session=session,
        step=step,
        for_app=for_app,
        expires_at=clock.now() + second.TICKET_LIVES,
    )
    return ticket, challenge


def _taken(ticket: str, *purposes: Purpose, for_app: bool = False) -> PasskeyStart | None:
    """Take the question of a ticket, which nobody can take again; None when there is none that still holds."""
    with transaction.atomic():
        row = PasskeyStart.objects.select_for_update().filter(digest=social.digest(ticket)).first()
        if row is not None:
            PasskeyStart.objects.filter(pk=row.pk).delete()
    if row is None or row.purpose not in purposes or row.for_app != for_app or row.expires_at <= clock.now():
        return None
    return row


def _kept(user: User, key: passkeys.NewKey, name: str) -> Passkey:
    User.objects.select_for_update().get(pk=user.pk)
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise TooManyPasskeys
    return Passkey.objects.create(
        user=user,
        credential=key.credential,
        public_key=key.public_key,
        counter=key.counter,
        name=name,
        added_at=clock.now(),
    )


def _session(request: HttpRequest) -> str:
    """Name the session of a request, of a browser or an app, without giving it away."""
    return social.digest(f"onharu.accounts.passkeys:{principal.session_key_of(request)}")


def _name(said: str, request: HttpRequest) -> str:
    named = rules.nickname_spelling(said) or rules.device_of(request.headers.get("User-Agent", ""))
    return named[:LONGEST_NAME] or "1"


def _tell_of_copy(request: HttpRequest, user_id: int) -> None:
    log.warning("passkey_copied", user_id=user_id)
    with walls.as_person(user_id):
        alerts.tell(user_id, alerts.Kind.PASSKEY_COPIED, where_of(request, user_id))
