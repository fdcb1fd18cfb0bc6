"""Ask bandit about what ships; a finding fails unless its line says why it may stand.

python scripts/bandit_scan.py              look through onharu and scripts
python scripts/bandit_scan.py FOLDER …     look through these

The mark is the one that ruff reads as well: what bandit calls B608 stands where the line has `noqa: S608` and the
reason beside it, or `nosec B608`. What is never asked is told in pyproject.toml.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bandit.core.config import BanditConfig
from bandit.core.manager import BanditManager

ROOT = Path(__file__).resolve().parent.parent
LOOKED_THROUGH = ("onharu", "scripts")
# A made-up past is drawn by chance, and hides nothing.
MAY = {"B311": re.compile(r"/actions/demo\.py$")}


def findings(places: Iterable[Path]) -> Iterator[str]:
    """Say where something is dangerous without a word why it may be, and what it is."""
    logging.getLogger("bandit").setLevel(logging.ERROR)  # it takes the words beside a mark for names of its tests
    config = BanditConfig(str(ROOT / "pyproject.toml"))
    manager = BanditManager(config, "file", profile={"exclude": config.get_option("skips")})
    manager.discover_files([str(one) for one in places], recursive=True)
    manager.run_tests()
    yield from (f"{path}: is skipped: {why}" for path, why in manager.get_skipped())
    for one in manager.results:
        if not _stands(one):
            yield f"{one.fname}:{one.lineno}: {one.test_id} {one.text}"


def _stands(one: Any) -> bool:
    if (place := MAY.get(one.test_id)) and place.search(one.fname):
        return True
    lines = Path(one.fname).read_text(encoding="utf-8").splitlines()
    said = "\n".join(lines[number - 1] for number in one.linerange)
    return bool(re.search(rf"# noqa:[^#\n]*\bS{one.test_id[1:]}\b", said))


def main(words: list[str]) -> int:
    """Look; the code is 1 when something was found."""
    found = sorted(findings([Path(word) for word in words] or [ROOT / name for name in LOOKED_THROUGH]))
    for sentence in found:
        print(sentence)
    print(f"bandit: {len(found)} found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
