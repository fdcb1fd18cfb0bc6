"""Print what CHANGELOG.md says of a version: python scripts/release_notes.py v1.2.3. Fails where it says nothing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def notes_of(version: str, text: str) -> str:
    """Find the section of a version, without its heading. Raises LookupError where there is none or it is empty."""
    head = rf"^## {re.escape(version.removeprefix('v'))}(?:[ :,(][^\n]*)?\n"
    found = re.search(head + r"(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found or not found.group(1).strip():
        raise LookupError(f"CHANGELOG.md says nothing of {version}.")
    return found.group(1).strip() + "\n"


def main() -> None:
    """Print, or say what is missing."""
    try:
        sys.stdout.write(notes_of(sys.argv[1], CHANGELOG.read_text(encoding="utf-8")))
    except LookupError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
