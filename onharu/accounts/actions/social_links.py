"""Connecting a company to one's account and letting it go, from within a session that proved itself again."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from onharu.accounts import social
from onharu.accounts.actions.social import StateRefused
from onharu.accounts.models import SignInStart, User
from onharu.accounts.ways_in import Passkey
from onharu.kernel.problems import Conflict
from onharu.upstream import sign_in


class LinkedElsewhere(Conflict):
    """This identity belongs to another account here."""

    code = "sign_in_linked_elsewhere"
    ko = "이미 다른 계정에 이어져 있어요."
    en = "This is already connected to another account."


class AnotherLinked(Conflict):
    """This account has another identity of the same company."""

    code = "sign_in_another_linked"
    ko = "이 회사의 다른 계정이 이미 이어져 있어요. 먼저 그것을 끊어 주세요."
    en = "Another account of that company is already connected. Disconnect it first."


class LastWayIn(Conflict):
    """Without this connection nobody could sign in to the account any more."""

    code = "sign_in_last_way"
    ko = "이것을 끊으면 로그인할 방법이 없어져요. 비밀번호를 정하거나 다른 로그인을 먼저 이어 주세요."
    en = "Without it there would be no way to sign in. Set a password or connect another sign-in first."


def link(*, request: HttpRequest, start: SignInStart, identity: sign_in.Identity) -> None:
    """Connect an identity to who began this, in the session where they did. Saying it twice changes nothing.

    Raises StateRefused, LinkedElsewhere or AnotherLinked.
    """
    linker_id = start.linker_id
    if linker_id is None or not is_still_linking(request, start):
        raise StateRefused
    try:
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=linker_id)
            held = SocialAccount.objects.filter(provider=identity.provider, uid=identity.subject).first()
            if held is not None and held.user_id == user.pk:
                return
            if held is not None:
                raise LinkedElsewhere
            if SocialAccount.objects.filter(user=user, provider=identity.provider).exists():
                raise AnotherLinked
            SocialAccount.objects.create(user=user, provider=identity.provider, uid=identity.subject)
    except IntegrityError:
        raise LinkedElsewhere from None


def is_still_linking(request: HttpRequest, start: SignInStart) -> bool:
    """Whether the one who began to link is signed in, in the same session."""
    return start.linker_id == request.user.pk and start.session == social.session_mark(request)


def unlink(*, user_id: int, provider: str) -> None:
    """Let a connection go. Saying it twice changes nothing. Raises LastWayIn when it is the only way in."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user_id)
        mine = SocialAccount.objects.filter(user=user, provider=provider)
        if mine.exists() and not has_other_way(user, provider=provider):
            raise LastWayIn
        mine.delete()


def has_other_way(user: User, *, provider: str = "", passkey: int = 0) -> bool:
    """Whether a person could still sign in without a company, or without a passkey."""
    companies = SocialAccount.objects.filter(user=user, provider__in=sign_in.offered()).exclude(provider=provider)
    keys = Passkey.objects.filter(user=user).exclude(pk=passkey)
    return user.has_usable_password() or companies.exists() or keys.exists()
