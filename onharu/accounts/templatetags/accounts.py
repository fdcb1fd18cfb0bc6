"""The doors of other companies, as pages show them. Without keys there are none."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from onharu.accounts import social, wordings
from onharu.accounts.middleware import language_now
from onharu.accounts.models import User
from onharu.accounts.queries import links_of
from onharu.upstream import sign_in

register = template.Library()
NAMES = {"kakao": _("카카오"), "naver": _("네이버")}


@register.inclusion_tag("accounts/other_doors.html")
def other_doors(onward: str = "") -> dict[str, object]:
    """Show a button for each company that may vouch for people."""
    query = f"?{urlencode({'next': onward})}" if onward and onward != social.HOME else ""
    doors = [(provider, NAMES[provider], reverse(f"auth-{provider}-login") + query) for provider in sign_in.offered()]
    return {"doors": doors}


@register.inclusion_tag("accounts/consent_words.html")
def consent_words(purpose: str) -> dict[str, object]:
    """Show what is agreed to by what stands beside it, in the very words that are recorded."""
    return {"text": wordings.newest(purpose).text(language_now())}


@register.inclusion_tag("accounts/connections.html", takes_context=True)
def connections(context: template.Context, user: User) -> dict[str, object]:
    """Show a person the companies with which they can sign in, and those they could connect."""
    offered, linked = sign_in.offered(), links_of(user.pk)
    rows = [
        {"provider": one, "name": NAMES[one], "since": linked.get(one), "offered": one in offered}
        for one in NAMES
        if one in offered or one in linked
    ]
    return {"rows": rows, "zone": user.profile.zone, "csrf_token": context.get("csrf_token")}
