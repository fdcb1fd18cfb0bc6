"""Pharmacies over HTTP for `python -m bench`: the real shelf, and people who stand in different places.

Without the public files (`ONHARU_REAL_DATA` names their folder) the sample town of the demo is asked.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
from pathlib import Path

from bench.lines import Ask, request
from tests.booted import COMMAND

ROOT = Path(__file__).resolve().parent.parent
REAL = Path(os.environ.get("ONHARU_REAL_DATA") or ROOT.parent / "shared" / "data") / "pharmacies"
# More places than are asked within a minute from one address may ask (120).
PLACES = 2_000
ABOUT_A_KILOMETRE = 0.009


def fill(folder: Path) -> int:
    """Import the real files into the product's database where they are; tell how many pharmacies there are."""
    for file in sorted(REAL.glob("*.csv")) if REAL.is_dir() else ():
        subprocess.run(
            [COMMAND, "import", "pharmacies", str(file)],
            env={**os.environ, "ONHARU_DATA": str(folder / "data")},
            check=True,
            capture_output=True,
        )
    with sqlite3.connect(folder / "data" / "onharu.sqlite3") as reader:
        (count,) = reader.execute("SELECT count(*) FROM pharmacies_pharmacy WHERE same_as_id IS NULL").fetchone()
    return int(count)


def asks(folder: Path) -> list[tuple[str, Ask, str]]:
    """Name what is asked, how, and the ratio it ought to have; each place from an address of its own."""
    chosen = random.Random(6)
    with sqlite3.connect(folder / "data" / "onharu.sqlite3") as reader:
        rows = reader.execute("SELECT id, latitude, longitude FROM pharmacies_pharmacy WHERE latitude IS NOT NULL")
        stood = chosen.choices(rows.fetchall(), k=PLACES)

    def moved(degrees: float) -> str:
        return f"{degrees + chosen.uniform(-ABOUT_A_KILOMETRE, ABOUT_A_KILOMETRE):.6f}"

    places = [(moved(latitude), moved(longitude)) for _, latitude, longitude in stood]

    def getting(form: str) -> Ask:
        return _in_turn([_from(n, "GET", form.format(lat=lat, lon=lon)) for n, (lat, lon) in enumerate(places)])

    bodies = [json.dumps({"lat": float(lat), "lon": float(lon), "open_at": "now"}).encode() for lat, lon in places]
    posts = [_from(n, "POST", "/api/pharmacies/nearest/", body) for n, body in enumerate(bodies)]
    single = [_from(n, "GET", f"/api/pharmacies/{row[0]}/") for n, row in enumerate(stood)]
    near = "/api/pharmacies/?lat={lat}&lon={lon}"
    return [
        ("pharmacies, 20 nearest", getting(near), "≥ 0.25"),
        ("pharmacies, open on a weekday noon", getting(f"{near}&open_at=2026-11-24T12:00"), "≥ 0.25"),
        ("pharmacies, open at 03:00", getting(f"{near}&open_at=2026-11-24T03:00"), "≥ 0.25"),
        ("pharmacies, open at 03:00 within 20 km", getting(f"{near}&open_at=2026-11-24T03:00&radius=20000"), "≥ 0.25"),
        ("pharmacies, nearest by POST, open now", _in_turn(posts), "≥ 0.25"),
        ("pharmacies, one with its week", _in_turn(single), ""),
        ("/pharm of the predecessor", getting("/pharm?lat={lat}&lon={lon}"), ""),
    ]


def _from(number: int, method: str, path: str, body: bytes = b"") -> bytes:
    headers = {"X-Forwarded-For": f"100.64.{number // 256}.{number % 256}", "Content-Type": "application/json"}
    return request(method, path, headers=headers, body=body)


def _in_turn(raws: list[bytes]) -> Ask:
    return lambda number: raws[number % len(raws)]
