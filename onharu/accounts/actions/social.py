"""Signing in with another company: sending a browser out, and what its return means.

Who somebody is there (company and subject) is the identity. An e-mail address joins nobody to an account, verified or
not: who owns one at Kakao need not be who wrote it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string

from onharu.accounts import rules, social
from onharu.accounts.limits import spend
from onharu.accounts.models import Profile, SignInStart, User
from onharu.kernel import clock
from onharu.kernel.problems import Conflict, Invalid, Missing, Refused
from onharu.upstream import sign_in

BEGUN_LIVES = timedelta(minutes=10)
LONGEST_CODE = 2000
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"

log = structlog.get_logger(__name__)


class StartRefused(Invalid):
    """An app named an address that is not on the list, or brought no challenge."""

    code = "sign_in_start_refused"
    ko = "이 앱으로는 로그인을 시작할 수 없어요."
    en = "A sign-in cannot be started for this app."


class StateRefused(Invalid):
    """The return belongs to no sign-in that was begun here, or to one that is over."""

    code = "sign_in_state_refused"
    ko = "로그인이 오래 걸렸거나 다른 곳에서 시작됐어요. 처음부터 다시 해 주세요."
    en = "The sign-in took too long or was begun elsewhere. Please start again."


class Declined(Invalid):
    """The person did not agree at the company, or it said that something is wrong."""

    code = "sign_in_declined"
    ko = "로그인을 마치지 않았어요. 다시 하거나 다른 방법으로 로그인해 주세요."
    en = "The sign-in was not finished. Try again, or sign in another way."


class AlreadyHere(Conflict):
    """Somebody here has this e-mail address; whether it is the same person only their password tells."""

    code = "sign_in_account_exists"
    ko = "이미 있는 계정이에요. 로그인한 뒤 나 > 연결에서 이어 주세요."
    en = "This account already exists. Sign in, then connect it under Me > Connections."


class Closed(Refused):
    """The account was closed by staff."""

    code = "sign_in_account_closed"
    ko = "이 계정으로는 로그인할 수 없어요."
    en = "This account cannot sign in."


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send a browser, and the secret it must bring back."""

    url: str
    browser: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What the sign-in is for: a path to go on to, an app's code, or (with `linker`) a link to one's account."""

    onward: str = social.HOME
    app_redirect: str = ""
    challenge: str = ""
    linker: User | None = None


def require_offered(provider: str) -> None:
    """Raise Missing for a company without keys: then nothing of it is here."""
    if provider not in sign_in.offered():
        raise Missing


def begin(*, request: HttpRequest, provider: str, browser: str, wish: Wish) -> Begun:
    """Begin a sign-in with a company. Raises Missing, StartRefused or TooManyTries."""
    require_offered(provider)
    _check_app(wish)
    spend(request, "login")
    browser = browser if social.SECRET.match(browser) else social.drawn()
    state = social.drawn()
    SignInStart.objects.create(
        state=social.digest(state),
        browser=social.digest(browser),
        provider=provider,
        expires_at=clock.now() + BEGUN_LIVES,
        onward=social.own_path(wish.onward),
        app_redirect=wish.app_redirect,
        challenge=wish.challenge,
        linker=wish.linker,
        session=social.session_mark(request) if wish.linker else "",
    )
    asking = sign_in.Asking(
        state=state,
        nonce=social.derived(browser, state, "nonce"),
        challenge=social.challenge_of(social.derived(browser, state, "verifier")),
        redirect_uri=return_address(request, provider),
    )
    return Begun(url=sign_in.authorise_url(provider, asking), browser=browser)


def take_start(*, provider: str, browser: str, state: str) -> SignInStart:
    """Take back a sign-in that was begun; whoever shows its state, it is over. Raises StateRefused."""
    found = SignInStart.objects.filter(state=social.digest(state)).first() if social.SECRET.match(state) else None
    if found is None or not SignInStart.objects.filter(pk=found.pk).delete()[0]:
        raise StateRefused
    same_browser = constant_time_compare(found.browser, social.digest(browser))
    if not same_browser or found.provider != provider or found.expires_at <= clock.now():
        raise StateRefused
    return found


def identity_behind(*, request: HttpRequest, start: SignInStart, browser: str, state: str) -> sign_in.Identity:
    """Find out who came back. Raises Declined, NotProven, Unavailable, or Refused for what the operator must mend."""
    codes = request.GET.getlist("code")
    if request.GET.get("error") or len(codes) != 1 or not 0 < len(codes[0]) <= LONGEST_CODE:
        raise Declined
    returning = sign_in.Returning(
        code=codes[0],
        state=state,
        nonce=social.derived(browser, state, "nonce"),
        verifier=social.derived(browser, state, "verifier"),
        redirect_uri=return_address(request, start.provider),
    )
    try:
        return sign_in.identity_of(start.provider, returning)
    except (sign_in.NotProven, sign_in.Refused) as fault:
        log.warning("sign_in_refused", provider=start.provider, reason=fault.reason)
        raise


def person_behind(*, request: HttpRequest, identity: sign_in.Identity, language: str) -> tuple[User, bool]:
    """Find or make whose identity this is, and tell whether they are new. Raises AlreadyHere, Closed, TooManyTries."""
    known = _linked(identity)
    if known is not None:
        return known, False
    spend(request, "signup")
    user = User(username=_free_name(identity.provider), email=_address(identity))
    user.set_unusable_password()
    nickname = rules.nickname_spelling(identity.nickname)[: rules.LONGEST_NICKNAME]
    try:
        with transaction.atomic():
            if user.email and User.objects.filter(email=user.email).exists():
                raise AlreadyHere
            user.save(force_insert=True)
            Profile.objects.create(user=user, nickname=nickname, language=language)
            SocialAccount.objects.create(user=user, provider=identity.provider, uid=identity.subject)
    except (IntegrityError, AlreadyHere):
        return _overtaken(identity), False
    return user, True


def return_address(request: HttpRequest, provider: str) -> str:
    """Spell the address that the company sends browsers back to, one for each company."""
    path = reverse(f"auth-{provider}-callback")
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


def _check_app(wish: Wish) -> None:
    if not wish.app_redirect and not wish.challenge:
        return
    if wish.app_redirect not in settings.SIGN_IN_APP_REDIRECTS or not social.CHALLENGE.match(wish.challenge):
        raise StartRefused


def _linked(identity: sign_in.Identity) -> User | None:
    known = SocialAccount.objects.filter(provider=identity.provider, uid=identity.subject)
    account = known.select_related("user").first()
    if account is None:
        return None
    user: User = account.user
    if not user.is_active:
        raise Closed
    known.update(last_login=clock.now())
    return user


def _overtaken(identity: sign_in.Identity) -> User:
    """Find who was made a moment ago by the same identity, in another tab or process. Raises AlreadyHere."""
    user = _linked(identity)
    if user is None:
        raise AlreadyHere
    return user


def _free_name(provider: str) -> str:
    return f"{provider}-{get_random_string(10, LETTERS)}"


def _address(identity: sign_in.Identity) -> str | None:
    """Take an address only where the company vouches that it was verified."""
    address = rules.email_spelling(identity.email) if identity.email_verified else None
    try:
        validate_email(address)
    except ValidationError:
        return None
    return address
