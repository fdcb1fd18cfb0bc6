"""What of the environment alone makes serving unsafe or impossible, each in one sentence. No Django here.

Asked by `onharu up` before anything is loaded, and by `onharu check --deploy`. A value of a secret is never repeated.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from onharu.kernel import keyring
from onharu.kernel.database_urls import in_libpqs_words
from onharu.site import env, mail, queues, stores

SECRET_LETTERS = 50
SECRET_DIFFERENT = 10
CONNECT_SECONDS = 2  # the least that libpq knows
DATABASES = frozenset({"postgres", "postgresql", "pgsql"})
WEB = frozenset({"http", "https"})
# Yes/no variables: anything but a yes or a no is a slip of the keyboard that would silently be a no.
FLAGS = (
    "DEBUG",
    "BEHIND_TLS",
    "ONHARU_NO_MIGRATE",
    "ONHARU_ROW_SECURITY",
    "FOOD_VISION_CLOUD",
    "LLM_AT_HOME",
    "METRICS",
    "LOG_REQUESTS",
)
# Whole numbers with the least and the most that can be meant.
NUMBERS = {
    "PORT": (0, 65535),
    "WEB_THREADS": (1, 1024),
    "WEB_WORKERS": (1, 64),
    "TRUSTED_PROXIES": (0, 16),
    "WORKER_PROCESSES": (1, 256),
    "LLM_SECONDS": (1, 3600),
    "ONHARU_BACKUPS_KEPT": (1, 3650),
}
ADDRESSES = (
    "PUBLIC_URL", "LLM_BASE_URL", "FOOD_VISION_HF_URL", "DATA_GO_KR_URL", "KAKAO_URL", "KAKAO_AUTH_URL",
    "KAKAO_API_URL", "NAVER_AUTH_URL", "NAVER_API_URL",
)  # fmt: skip
# What does nothing without something else: silence about it would be taken for "it is on".
TOGETHER = (
    ("NAVER_CLIENT_ID", "NAVER_CLIENT_SECRET"),
    ("NAVER_CLIENT_SECRET", "NAVER_CLIENT_ID"),
    ("KAKAO_CLIENT_SECRET", "KAKAO_REST_KEY"),
    ("LLM_BASE_URL", "LLM_MODEL"),
)
Sentences = Iterator[str]


def first_fault(folder: Path) -> str | None:
    """Say the first thing that is wrong with the environment, or None."""
    return next(iter(faults(folder)), None)


def database_silent() -> str | None:
    """Say that the database of DATABASE_URL does not answer, or None. It is asked once, without a pool that waits."""
    if not (url := env.text("DATABASE_URL")):
        return None
    words = {**in_libpqs_words(url), **stores.tls(), "connect_timeout": CONNECT_SECONDS}
    try:
        psycopg.connect(**words).close()
    except psycopg.Error as error:
        return f"The database does not answer: {type(error).__name__}. Check DATABASE_URL."
    return None


def faults(folder: Path) -> Sentences:
    """Say everything that is wrong with the environment, sentence by sentence."""
    for look in _LOOKS:
        try:
            yield from look()
        except env.Unusable as error:
            yield str(error)
    yield from _keys(folder)


def _flags() -> Sentences:
    for name in FLAGS:
        env.flag(name)
    if env.flag("FOOD_VISION_CLOUD") and not env.text("HF_TOKEN"):
        yield "FOOD_VISION_CLOUD is on but HF_TOKEN is not set."


def _secret() -> Sentences:
    if env.flag("DEBUG"):
        return
    secret = env.secret_key(env.data_folder())
    if secret == env.DEV_SECRET:
        yield "DEBUG is off but SECRET_KEY is the development default. Set SECRET_KEY or SECRET_KEY_FILE."
    elif len(secret) < SECRET_LETTERS or len(set(secret)) < SECRET_DIFFERENT:
        yield (
            f"SECRET_KEY can be guessed: it needs {SECRET_LETTERS} letters, {SECRET_DIFFERENT} of them different. "
            'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )


def _hosts() -> Sentences:
    hosts = env.words("ALLOWED_HOSTS", env.LOCAL_HOSTS)
    if not hosts:
        yield "ALLOWED_HOSTS names no host: nobody could ask. Name the hosts that people type in."
    for one in hosts:
        if "/" in one:
            yield f"ALLOWED_HOSTS must list names like diary.example, not {one!r}."
        if one.startswith("*") and not env.flag("DEBUG"):
            yield "DEBUG is off but ALLOWED_HOSTS is a wildcard. Name the hosts that people type in."


def _numbers() -> Sentences:
    for name, (least, most) in NUMBERS.items():
        if not least <= env.number(name, least) <= most:
            yield f"{name} must be a whole number from {least} to {most}, not {os.environ[name]}."


def _stores() -> Sentences:
    if (database := env.text("DATABASE_URL")) and not _is_url(database, DATABASES, host=False):
        yield "DATABASE_URL must look like postgresql://user:password@host:5432/name."
    yield from stores.faults()


def _origins() -> Sentences:
    for name in ("CORS_ORIGINS", "CSRF_TRUSTED_ORIGINS"):
        env.origins(name, subdomains=name == "CSRF_TRUSTED_ORIGINS")
    yield from ()


def _addresses() -> Sentences:
    for name in ADDRESSES:
        if (said := env.text(name)) and not _is_url(said, WEB):
            yield f"{name} must be an address like https://diary.example."


def _mail() -> Sentences:
    try:
        mail.settings_of(env.text("EMAIL_URL"))
    except ValueError:
        yield "EMAIL_URL must look like smtp+tls://user:password@host:587."


def _together() -> Sentences:
    for name, needed in TOGETHER:
        if env.text(name) and not env.text(needed):
            yield f"{name} is set but {needed} is not: without it the first does nothing."


def _keys(folder: Path) -> Sentences:
    """Look at the keys of sealed columns; under DEBUG they are made when they are first wanted."""
    if env.flag("DEBUG") and not env.field_keys():
        return
    try:
        said = env.field_keys()
        keyring.read_text(said) if said else keyring.read_file(env.field_keys_file(folder))
    except keyring.KeysRefused as error:
        yield str(error)


def _is_url(said: str, schemes: frozenset[str], *, host: bool = True) -> bool:
    try:
        parts = urlsplit(said)
        return parts.scheme in schemes and (bool(parts.hostname) or not host) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


_LOOKS: tuple[Callable[[], Sentences], ...] = (
    _flags, _secret, _hosts, _numbers, _stores, queues.faults, _origins, _addresses, _mail, _together,
)  # fmt: skip
