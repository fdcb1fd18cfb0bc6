"""Write deploy/.env.example: what compose asks for, then every variable of docs/operations.md; `--check` looks.

The table in docs/operations.md is the one place where a variable is explained (tests/test_env_example.py).
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "deploy" / ".env.example"
TABLE = ROOT / "docs" / "operations.md"
COMPOSE = [ROOT / "deploy" / "compose.yml", ROOT / "deploy" / "compose.prod.yml"]
WIDTH = 118
ROW = re.compile(r"^\| (`[A-Z_`, ]+`) \| (.*?) \| (.*) \|$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
DEFAULT = re.compile(r"\$\{([A-Z_]+)(?::([-?])([^}]*))?\}")

# What only compose reads: what it is for. Names, and whether they must be given, are held to the files by a test.
FOR_COMPOSE = {
    "ONHARU_HOST": "the name that people type in, without https://",
    "ONHARU_IMAGE": "the image of the house; the front door is the same with -front behind it",
    "ONHARU_VERSION": "which version of both images runs; a tag that never moves, so that going back is naming another",
    "HTTP_PORT": "where plain HTTP is answered (with a way to HTTPS, and for certificates)",
    "HTTPS_PORT": "where people come in",
    "API_REPLICAS": "how many processes of pages and API stand side by side",
    "WORKER_REPLICAS": "how many workers do background jobs",
    "POSTGRES_IMAGE": "PostgreSQL 15 to 17: the image's pg_dump is 17's. Another major number wants backup and restore",
    "POSTGRES_SHARED_BUFFERS": "a quarter of the memory that PostgreSQL may have",
    "POSTGRES_CONNECTIONS": "more than all processes together may open: DATABASE_POOL_MAX times their number, and ten",
    "REDIS_IMAGE": "Redis 7 or 8, or Valkey",
    "PROMETHEUS_IMAGE": "what collects figures",
    "PROMETHEUS_PORT": "where Prometheus listens, on this machine alone",
    "PROMETHEUS_KEEPS": "how long figures are kept",
    "ALERTMANAGER_IMAGE": "what tells people",
    "GRAFANA_IMAGE": "what draws figures",
    "GRAFANA_PORT": "where Grafana listens, on this machine alone",
    "BLACKBOX_IMAGE": "what asks the house from outside",
    "NODE_EXPORTER_IMAGE": "figures of the machine",
    "CADVISOR_IMAGE": "figures of containers. It moves house now and then: see google/cadvisor, and name it here\n"
    "when you add compose.prod.yml",
    "POSTGRES_EXPORTER_IMAGE": "figures of PostgreSQL",
    "REDIS_EXPORTER_IMAGE": "figures of Redis",
}
VALUE = re.compile(r"`([^`]*)`")


class Row(NamedTuple):
    """A variable of the house: its name, its default in words, its default as a value, what it does."""

    name: str
    default: str
    value: str
    meaning: str


# What compose.yml itself tells the house; a line here would not reach it.
SAID_BY_COMPOSE = "compose.yml says this one; a line here is not heard"
HEAD = """\
# Copy to deploy/.env. A line that stands behind # is the default; take the # away to say something else.
# Passwords and keys do not belong here: deploy/make-secrets writes them to files that one reader each may open.
# Written by scripts/write_env_example.py from deploy/compose*.yml and docs/operations.md.
"""


def compose_names() -> dict[str, tuple[bool, str]]:
    """Map each name that compose asks for to whether it must be given, and its default."""
    found = {}
    for path in COMPOSE:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
        for name, kind, default in DEFAULT.findall("\n".join(lines).replace("$$", "")):
            if kind or name not in found:
                found[name] = (kind == "?", default if kind == "-" else "")
    return found


def said_by_compose() -> set[str]:
    """Name the variables of the house that compose.yml sets itself."""
    block = COMPOSE[0].read_text(encoding="utf-8").split("environment: &environment\n")[1].split("  secrets:")[0]
    return {name.removesuffix("_FILE") for name in re.findall(r"^    ([A-Z_]+):", block, re.MULTILINE)}


def table() -> Iterator[Row]:
    """Read every variable that the house reads."""
    for names, default, meaning in ROW.findall(TABLE.read_text(encoding="utf-8")):
        several, defaults = re.findall(r"`([A-Z_]+)`", names), default.split(", ")
        for place, name in enumerate(several):
            said = defaults[place] if len(defaults) == len(several) else default
            value = VALUE.fullmatch(said)
            yield Row(name, said.replace("`", ""), value.group(1) if value else "", meaning)


def comment(text: str) -> str:
    """Write words as a comment, without the marks of a document."""
    plain = LINK.sub(r"\1", text).replace("`", "").replace("**", "")
    return "\n".join(
        textwrap.fill(one, WIDTH, initial_indent="# ", subsequent_indent="# ") for one in plain.split("\n")
    )


def explained(row: Row, *, fixed: bool) -> str:
    """Explain a variable, and write it as a line that changes nothing until its # is taken away."""
    words = row.meaning.removesuffix(". *file*").removesuffix(" *file*")
    said = [comment(words + ("" if row.value else f" (default: {row.default})"))]
    said += [f"# {row.name}_FILE may name a file that holds it."] if words != row.meaning else []
    said += [f"# {SAID_BY_COMPOSE}."] if fixed else []
    return "\n".join([*said, f"#{row.name}={row.value}\n"])


def written() -> str:
    """Write the file."""
    parts = [HEAD]
    for name, (needed, default) in compose_names().items():
        parts.append(f"{comment(FOR_COMPOSE[name])}\n{name if needed else f'#{name}'}={default}\n")
    parts.append("# ---- What the house itself reads: docs/operations.md says more of each ----\n")
    fixed = said_by_compose()
    return "\n".join([*parts, *(explained(row, fixed=row.name in fixed) for row in table())])


def main() -> None:
    """Write, or only look."""
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(written(), encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != written():
        sys.exit("deploy/.env.example is not what docs/operations.md says. Run: python scripts/write_env_example.py")


if __name__ == "__main__":
    main()
