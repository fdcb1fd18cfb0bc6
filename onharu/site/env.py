"""Reads the environment: plain values, files for secrets, one data folder. No Django here."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

DEV_SECRET = "only-for-development-never-serve-with-this-key"  # noqa: S105 refused at start-up when DEBUG is off
_TRUE = {"1", "true", "yes", "on"}


def text(name: str, default: str = "") -> str:
    """Read a variable, or the file that `NAME_FILE` points to (for mounted secrets)."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no variable: 1, true, yes and on mean yes."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in _TRUE


def number(name: str, default: int) -> int:
    """Read a whole number; anything else is an error that names the variable."""
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from error


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """Tell where the database, photos, models and the secret live."""
    return Path(os.environ.get("ONHARU_DATA", "onharu-data")).expanduser().resolve()


def secret_key(folder: Path) -> str:
    """Read SECRET_KEY from the environment, else the one that `onharu up` keeps in the data folder."""
    kept = folder / "secret.key"
    return text("SECRET_KEY") or (kept.read_text(encoding="utf-8").strip() if kept.exists() else DEV_SECRET)


def prepare_folder(folder: Path) -> None:
    """Make the data folder and its secret key, readable by its owner only."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret.key"
    if not secret.exists() and not text("SECRET_KEY"):
        descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
