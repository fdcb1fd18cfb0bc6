"""Reads EMAIL_URL into Django's settings of mail. No Django here."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from onharu.site.env import Unusable

SMTP = "django.core.mail.backends.smtp.EmailBackend"
NOTHING = "django.core.mail.backends.dummy.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
FILES = "django.core.mail.backends.filebased.EmailBackend"
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SECONDS = 10


def settings_of(url: str) -> dict[str, Any]:
    """Read `smtp+tls://user:password@host:587`, `smtps://…`, `smtp://…`, `console:` or `file:///folder`.

    Nothing said is no mail. Raises Unusable for anything else, without repeating what was said: it holds a password.
    """
    if not url:
        return {"MAIL_OFFERED": False, "EMAIL_BACKEND": NOTHING}
    parts = urlsplit(url)
    sender = parse_qs(parts.query).get("from", [""])[0]
    common: dict[str, Any] = {"MAIL_OFFERED": True, "EMAIL_TIMEOUT": SECONDS}
    if sender:
        common["DEFAULT_FROM_EMAIL"] = common["SERVER_EMAIL"] = sender
    if parts.scheme == "console":
        return {**common, "EMAIL_BACKEND": CONSOLE}
    if parts.scheme == "file" and parts.path:
        return {**common, "EMAIL_BACKEND": FILES, "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in PORTS or not parts.hostname:
        raise Unusable("EMAIL_URL must look like smtp+tls://user:password@host:587.")
    return {
        **common,
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
