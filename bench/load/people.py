"""Write people with a past into a house that is there only to be measured, and tell their names.

    ONHARU_DATA=… DATABASE_URL=… python -m bench.load.people --count 200 --days 30 > people.txt

Their password is the demo person's, so never do this where real people live.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

WORDS = [str(Path(sys.executable).with_name("onharu")), "seed_demo", "--if-missing"]


def main() -> None:
    """Write one after the other; each takes about a second."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--days", type=int, default=30)
    chosen = parser.parse_args()
    for number in range(chosen.count):
        name = f"load{number:05}"
        words = [*WORDS, "--username", name, "--days", str(chosen.days), "--seed", str(number)]
        subprocess.run(words, check=True, env=os.environ, stdout=sys.stderr)
        print(name, flush=True)


if __name__ == "__main__":
    main()
