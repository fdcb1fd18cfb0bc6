"""The cache, and which outside servers are set up: by their names, never with a key, and without asking them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from onharu.kernel.redis_urls import FAULTS, answers, client_of
from onharu.site.doctor.findings import Finding, good, warn

SECONDS = 0.5


def cached() -> Iterator[Finding]:
    """Ask Redis, where there is one."""
    if not settings.REDIS_URL:
        yield good("cache", "in this process")
        return
    try:
        with client_of(settings.REDIS_URL, patience=SECONDS) as store:
            answers(store)
    except FAULTS as error:
        ko, en = (
            "Redis가 답하지 않아요. 요청은 그대로 받지만 더 느려요.",
            "Redis does not answer; requests go on, slower.",
        )
        yield warn("cache", type(error).__name__, ko, en)
    else:
        yield good("cache", "Redis")


def upstreams() -> Iterator[Finding]:
    """Name the capabilities that another company's server answers."""
    yield good("outside", " · ".join(sorted(settings.UPSTREAM)) or "—")


def push() -> Iterator[Finding]:
    """Look whether reminders reach browsers: a key, and a way for push servers' operators to reach this house's."""
    entry = settings.UPSTREAM.get("web_push", {})
    if entry.get("BACKEND", "").endswith("off.Backend"):
        yield good("push", "off")
        return
    options = entry.get("OPTIONS", {})
    key = "VAPID ✓" if options.get("key") or (Path(settings.ONHARU_DATA) / "vapid.pem").exists() else "VAPID —"
    if not options.get("subject"):
        ko, en = (
            "VAPID_SUBJECT나 PUBLIC_URL이 없어서 iPhone이 받지 못해요.",
            "Set VAPID_SUBJECT or PUBLIC_URL: iPhones need it.",
        )
        yield warn("push", key, ko, en)
    else:
        yield good("push", key)


def mail() -> Iterator[Finding]:
    """Tell whether letters are sent."""
    if settings.MAIL_OFFERED:
        yield good("mail", settings.EMAIL_BACKEND.rsplit(".", 2)[-2])
    else:
        yield good("mail", "— EMAIL_URL")
