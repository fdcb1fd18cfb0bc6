"""Reads the environment: plain values, files for secrets, one data folder. No Django here."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from onharu.kernel import keyring

DEV_SECRET = "only-for-development-never-serve-with-this-key"  # noqa: S105 refused at start-up when DEBUG is off
LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


class Unusable(ValueError):
    """A variable of the environment cannot be used; the one sentence names it and never repeats a secret."""


def text(name: str, default: str = "") -> str:
    """Read a variable, or the file that `NAME_FILE` points to (for mounted secrets). Raises Unusable."""
    path = os.environ.get(f"{name}_FILE")
    return _file(f"{name}_FILE", Path(path)) if path else os.environ.get(name, default)


def _file(name: str, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{name} cannot be read from {path}: {type(error).__name__}.") from error


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no variable: 1, true, yes and on mean yes. Raises Unusable for what is neither yes nor no."""
    value = os.environ.get(name)
    if value is None:
        return default
    said = value.strip().lower()
    if said not in _TRUE | _FALSE:
        raise Unusable(f"{name} must be yes or no (1, true, yes, on; 0, false, no, off), not {value!r}.")
    return said in _TRUE


def number(name: str, default: int) -> int:
    """Read a whole number. Raises Unusable for anything else."""
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise Unusable(f"{name} must be a whole number, not {value!r}.") from error


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def origins(name: str, *, subdomains: bool = False) -> list[str]:
    """Read a comma-separated list of origins such as https://app.example.com. Raises Unusable for anything else.

    With `subdomains` all of a name's may be meant by one: https://*.example.com.
    """
    found = words(name)
    for one in found:
        parts = urlsplit(one)
        if parts.scheme not in {"http", "https"} or not parts.hostname or one != f"{parts.scheme}://{parts.netloc}":
            raise Unusable(f"{name} must list origins like https://app.example.com, not {one!r}.")
        if "*" in (parts.netloc.removeprefix("*.") if subdomains else one) or parts.username is not None:
            raise Unusable(f"{name} must name every origin in full, not {one!r}.")
    return found


def data_folder() -> Path:
    """Tell where the database, photos, models and the secret live."""
    return Path(os.environ.get("ONHARU_DATA", "onharu-data")).expanduser().resolve()


def secret_key(folder: Path) -> str:
    """Read SECRET_KEY from the environment, else the one that `onharu up` keeps in the data folder. Raises Unusable."""
    kept = folder / "secret.key"
    named = os.environ.get("SECRET_KEY_FILE")
    if not named and (said := os.environ.get("SECRET_KEY")):
        return said
    if not named and not kept.exists():
        return DEV_SECRET
    path = Path(named or kept)
    said = _file("SECRET_KEY_FILE" if named else "The secret key", path)
    if path.stat().st_mode & keyring.OTHERS:
        raise Unusable(f"Everybody may read the secret key. Run: chmod 600 {path}")
    return said


def field_keys() -> str:
    """Read the keys of sealed columns where a variable holds them; "" where a file does."""
    return os.environ.get("ONHARU_FIELD_KEYS", "")


def field_keys_file(folder: Path) -> Path:
    """Tell which file holds the keys of sealed columns: the named one, else the one in the data folder."""
    return Path(os.environ.get("ONHARU_FIELD_KEYS_FILE") or folder / "field.keys").expanduser()


def prepare_folder(folder: Path) -> None:
    """Make the data folder, its secret key and the keys of sealed columns, readable by their owner only.

    Raises Unusable where nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _make_secret(folder / "secret.key")
        if not field_keys() and not os.environ.get("ONHARU_FIELD_KEYS_FILE"):
            keyring.make_file(field_keys_file(folder))
    except OSError as error:
        raise Unusable(f"The data folder {folder} cannot be written: {type(error).__name__}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Unusable(f"The data folder {folder} cannot be written: its owner is another, or it is read-only.")


def _make_secret(path: Path) -> None:
    if path.exists() or os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE"):
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secrets.token_urlsafe(48))
