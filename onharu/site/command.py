"""The `onharu` command: `onharu up` serves everything; every other word is a Django management command."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from onharu.kernel.backups import swapping
from onharu.kernel.backups.refusals import BackupRefused
from onharu.site import env
from onharu.site.refusals import database_silent, first_fault

# Who only looks writes nothing, and who puts a backup back brings its own keys along.
AS_IT_IS = {"doctor", "restore"}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def main(argv: list[str] | None = None) -> None:
    """Run the command line given, or the process's own; what is wrong with the environment ends it in one sentence."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
    try:
        prepare(words)
        execute_from_command_line(["onharu", *words])
    except env.Unusable as error:
        sys.exit(f"onharu: {error}")
    except BackupRefused as refused:
        sys.exit(f"onharu: {refused.en}")


def prepare(words: list[str]) -> None:
    """Settle where data lives, and before a server look at everything that can be known without loading the product."""
    if words[:1] in (["up"], ["serve"]):
        options = up_options(words[1:])
        finish_restoring(Path(options.data).expanduser().resolve())
        place(options, jobs_here=words[0] == "up")
        if sentence := first_fault(env.data_folder()) or database_silent():
            raise env.Unusable(sentence)
        return
    if words[:1] in (["worker"], ["beat"]):
        os.environ.setdefault("ONHARU_JOBS", "thread")
        os.environ.setdefault("ONHARU_PROCESS", "jobs")
    if (folder := env.data_folder()).exists() and not AS_IT_IS & set(words[:1]):
        finish_restoring(folder)
        env.prepare_folder(folder)


def finish_restoring(folder: Path) -> None:
    """Finish what a restore that was cut off had begun; refused while one is at work."""
    if folder.is_dir() and (swapping.under_way(folder) or (folder / swapping.LOCK).exists()):
        swapping.serve_from(folder).close()
    if swapping.under_way(folder):
        with swapping.alone_in(folder):
            swapping.finish_swap(folder)


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


def place(options: argparse.Namespace, *, jobs_here: bool = True) -> None:
    """Settle where data lives, who works and which hosts may be asked for, before the settings are read."""
    folder = Path(options.data).expanduser().resolve()
    env.prepare_folder(folder)
    os.environ["ONHARU_DATA"] = str(folder)
    if os.environ.setdefault("ONHARU_JOBS", "thread") == "thread" and not jobs_here:
        os.environ["ONHARU_JOBS"] = ""  # owed, and done by another process
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
