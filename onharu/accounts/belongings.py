"""What this room keeps of a person: the account itself, its ways in, and what memory holds."""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.admin.models import LogEntry

from onharu.accounts import principal
from onharu.accounts.alerted import Alert, SeenDevice
from onharu.accounts.consented import Consent, Outgoing
from onharu.accounts.models import (
    Profile,
    SignIn,
    SignInCode,
    SignInStart,
    User,
)
from onharu.accounts.ways_in import Passkey, PasskeyStart, SecondStep
from onharu.kernel.belongings import Belongings, Table

ACCOUNT = "the account that reads an archive back keeps its own ways in"
OPENS = "opens the account"
STAFF = "what staff may do is given by staff"
AGREED = "what may leave is agreed to anew"
HAPPENED = "what happened to the account of this house"
ERRAND = "a sign-in under way, for minutes"


def _drop_notes(owner_id: int) -> None:
    """Drop what staff noted about an account in the admin, which names it."""
    LogEntry.objects.filter(
        content_type__app_label="accounts", content_type__model__in=("user", "profile"), object_id=str(owner_id)
    ).delete()


BELONGINGS = Belongings(
    room="accounts",
    tables=(
        Table(model=User, owner="pk", left_out={"password": OPENS}, stays=ACCOUNT),
        Table(
            model=Profile,
            owner="user",
            stay={
                "photos_may_leave": AGREED,
                "words_may_leave": AGREED,
                "place_may_leave": AGREED,
                "version": "a counter of this house",
                "health_data": AGREED,
                "leaving_at": "the wish to leave is said here",
                "alerted": "what happened to the account of this house",
            },
            onto=True,
        ),
        Table(model=User.groups.through, owner="user", by={"group": ("name",)}, stays=STAFF),
        Table(model=User.user_permissions.through, owner="user", by={"permission": ("codename",)}, stays=STAFF),
        Table(model=SignIn, owner="user", left_out={"session_key": OPENS, "session_data": OPENS}, stays=ACCOUNT),
        Table(
            model=SignInStart,
            owner="linker",
            left_out={"state": ERRAND, "browser": ERRAND, "challenge": ERRAND, "session": OPENS},
            stays=ERRAND,
        ),
        Table(
            model=SignInCode,
            owner="user",
            left_out={"digest": ERRAND, "challenge": ERRAND, "family": OPENS},
            stays=ERRAND,
        ),
        Table(model=SecondStep, owner="user", left_out={"digest": ERRAND}, stays=ERRAND),
        Table(
            model=PasskeyStart,
            owner="user",
            left_out={"digest": ERRAND, "challenge": ERRAND, "session": OPENS, "step": ERRAND},
            stays=ERRAND,
        ),
        Table(model=Passkey, owner="user", left_out={"credential": OPENS, "public_key": OPENS}, stays=ACCOUNT),
        Table(model=SeenDevice, left_out={"mark": "a hash that only this house can make"}, stays=HAPPENED),
        Table(model=Alert, left_out={"mark": "a hash that only this house can make"}, stays=HAPPENED),
        Table(model=Authenticator, owner="user", left_out={"data": OPENS}, stays=ACCOUNT),
        Table(model=Consent, stays=AGREED),
        Table(model=Outgoing, stays="what left the house where it was written"),
        Table(model=EmailAddress, owner="user", stays=ACCOUNT),
        Table(model=EmailConfirmation, owner="email_address__user", left_out={"key": OPENS}, stays=ACCOUNT),
        Table(model=SocialAccount, owner="user", stays=ACCOUNT),
        Table(
            model=SocialToken,
            owner="account__user",
            left_out={"token": OPENS, "token_secret": OPENS, "app": "the operator's"},
            stays=ACCOUNT,
        ),
        Table(
            model=LogEntry,
            owner="user",
            left_out={
                "object_id": "may name somebody else",
                "object_repr": "may name somebody else",
                "change_message": "may tell of somebody else",
                "content_type": "a number of this house",
            },
            stays="what staff did here",
        ),
    ),
    before=_drop_notes,
    forget=principal.forget,
)
