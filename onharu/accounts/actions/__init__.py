"""What is done with accounts: signing up, in and out, and changing a profile."""

from onharu.accounts.actions.profiles import (
    ProfileChanges,
    finish_setup,
    held_weight,
    note_weight,
    set_active,
    skip_setup,
    update_profile,
)
from onharu.accounts.actions.signing import (
    RefreshRefused,
    TokenRefused,
    Verified,
    WrongCredentials,
    end_place,
    open_browser,
    open_family,
    refresh,
    sign_in_browser,
    sign_in_family,
    sign_out,
    verify,
)
from onharu.accounts.actions.signing_up import register

__all__ = [
    "ProfileChanges",
    "RefreshRefused",
    "TokenRefused",
    "Verified",
    "WrongCredentials",
    "end_place",
    "finish_setup",
    "held_weight",
    "note_weight",
    "open_browser",
    "open_family",
    "refresh",
    "register",
    "set_active",
    "sign_in_browser",
    "sign_in_family",
    "sign_out",
    "skip_setup",
    "update_profile",
    "verify",
]
