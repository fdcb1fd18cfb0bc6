"""The `onharu` command: `onharu up` serves everything; every other word is a Django management command."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from onharu.site import env

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def main(argv: list[str] | None = None) -> None:
    """Run the command line given, or the process's own."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
    if words[:1] == ["up"]:
        place(up_options(words[1:]))
    else:
        folder = env.data_folder()
        if folder.exists():
            env.prepare_folder(folder)
    execute_from_command_line(["onharu", *words])


def up_parser() -> argparse.ArgumentParser:
    """Describe the options of `onharu up`; they come from flags, else from the environment."""
    parser = argparse.ArgumentParser(prog="onharu up", description="Serve the day-book: web, live stream and jobs.")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=env.number("PORT", 8000))
    parser.add_argument("--data", default=os.environ.get("ONHARU_DATA", "onharu-data"), help="folder of the database")
    parser.add_argument("--demo", action="store_true", help="add a demo person with 60 days")
    return parser


def up_options(words: list[str]) -> argparse.Namespace:
    """Read the options of `onharu up`."""
    return up_parser().parse_args(words)


def place(options: argparse.Namespace) -> None:
    """Settle where data lives and which hosts may be asked for, before the settings are read."""
    folder = Path(options.data).expanduser().resolve()
    env.prepare_folder(folder)
    os.environ["ONHARU_DATA"] = str(folder)
    os.environ.setdefault("ONHARU_JOBS", "thread")
    if options.host not in LOOPBACK and "ALLOWED_HOSTS" not in os.environ:
        os.environ["ALLOWED_HOSTS"] = ",".join(["localhost", "127.0.0.1", "[::1]", *own_addresses(options.host)])


def own_addresses(host: str) -> list[str]:
    """Name the ways this machine can be reached when it listens beyond itself."""
    name = socket.gethostname()
    found = {name.lower(), f"{name.lower()}.local"}
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 compared, not bound
        found.add(host)
    with contextlib.suppress(OSError):
        found.update(str(info[4][0]) for info in socket.getaddrinfo(name, None, socket.AF_INET))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # a documentation address: picks the outgoing interface, sends nothing
        found.add(probe.getsockname()[0])
    return sorted(str(address) for address in found)
