"""Measures what the embedded food vision can and cannot do: `python -m bench.vision [--photos DIR] [--others DIR]`.

Prints Markdown. `photos` are the labelled pictures of the real data (never part of the project); `vision_truth.csv`
says by hand which families of the vocabulary are right for each. `others` is any folder of pictures without food.
"""

from __future__ import annotations

import argparse
import csv
import io
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from onharu.kernel.images import sanitise
from onharu.upstream.food_vision.backends import embedded, network
from onharu.upstream.food_vision.backends.imagenet_foods import GATE, GATE_CLASSES, NAME, NAMED_FOODS
from onharu.upstream.food_vision.likeness import similarities

HERE = Path(__file__).parent
PHOTOS = Path(os.environ.get("ONHARU_REAL_DATA", HERE.parent.parent / "shared" / "data")) / "photos"
NOT_FOOD = "NOT_FOOD"


class Eye:
    """The embedded network with everything it says."""

    def __init__(self, folder: str) -> None:
        self.backend = embedded.Backend(folder=folder)
        self.session = self.backend._ready()

    def see(self, raw: bytes) -> tuple[np.ndarray, bytes]:
        """Return all shares and the feature of an uploaded picture."""
        pixels = network.middle_of(sanitise(raw).jpeg, embedded.SIDE)
        logits, feature = self.session.run(["logits", "feature"], {"pixels": pixels[None]})
        return network.softmax(logits[0]), feature[0].astype("<f2").tobytes()


def truth() -> dict[str, frozenset[str]]:
    """Read which families are right for each labelled picture."""
    with (HERE / "vision_truth.csv").open(encoding="utf-8") as file:
        return {row["file"]: frozenset(row["families"].split("|")) - {""} for row in csv.DictReader(file)}


def gate_of(shares: np.ndarray) -> float:
    """Return the share of probability on food and tableware."""
    return float(shares[list(GATE_CLASSES)].sum())


def report_gate(seen: dict[str, np.ndarray], others: list[np.ndarray], right: dict[str, frozenset[str]]) -> None:
    """Print how many dishes pass and how many other pictures do."""
    dishes = [gate_of(shares) for name, shares in seen.items() if NOT_FOOD not in right[name]]
    strange = [gate_of(shares) for shares in others]
    strange += [gate_of(shares) for name, shares in seen.items() if NOT_FOOD in right[name]]
    print("\n## The food gate\n\n| gate | dishes that pass | other pictures that pass |\n|---|---|---|")
    for gate in (0.1, 0.2, GATE, 0.4, 0.5):
        passed, wrong = sum(value >= gate for value in dishes), sum(value >= gate for value in strange)
        print(f"| {gate:.2f} | {passed} of {len(dishes)} ({passed / len(dishes):.0%}) | {wrong} of {len(strange)} |")


def best_of(shares: np.ndarray) -> tuple[float, str, str]:
    """Return the likeliest nameable food: its share, word and family."""
    food = max(NAMED_FOODS, key=lambda one: shares[one.index])
    return float(shares[food.index]), food.name, food.family


def report_names(seen: dict[str, np.ndarray], right: dict[str, frozenset[str]]) -> list[tuple[float, bool]]:
    """Print how often a name is said and right; return every (share, right) pair of pictures that pass the gate."""
    pairs, said = [], []
    for name, shares in seen.items():
        if gate_of(shares) < GATE:
            continue
        share, word, family = best_of(shares)
        pairs.append((share, family in right[name]))
        said.append((share, name, word, family in right[name]))
    print("\n## Naming\n\n| threshold | named | right family | of all dishes |\n|---|---|---|---|")
    for threshold in (0.3, 0.4, NAME, 0.6, 0.7):
        named = [is_right for share, is_right in pairs if share >= threshold]
        print(f"| {threshold:.1f} | {len(named)} | {sum(named)} ({sum(named) / len(named):.0%}) | {len(seen)} |")
    print("\nNamed at the threshold, surest first: ", end="")
    print(
        ", ".join(
            f"{n[:-4]} → {w} {s:.2f}{'' if ok else ' ✗'}" for s, n, w, ok in sorted(said, reverse=True) if s >= NAME
        )
    )
    return pairs


def fitted(pairs: Iterable[tuple[float, bool]]) -> tuple[float, float]:
    """Fit P(right) = sigmoid(slope × logit(share) + offset) by Newton's method, with a weak pull towards (1, 0)."""
    pairs = list(pairs)
    x = np.array([math.log(max(s, 1e-6) / max(1 - s, 1e-6)) for s, _ in pairs])
    y = np.array([float(ok) for _, ok in pairs])
    design, weights, prior = np.stack([x, np.ones_like(x)], 1), np.array([1.0, 0.0]), np.eye(2) * 0.1
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (y - chance) - prior @ (weights - [1.0, 0.0])
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + prior
        weights = weights + np.linalg.solve(curve, slope)
    return float(weights[0]), float(weights[1])


def report_calibration(pairs: list[tuple[float, bool]]) -> None:
    """Print the fitted curve, and the reliability of left-out pictures with and without it."""
    slope, offset = fitted(pairs)
    print(f"\n## Calibration\n\nSLOPE = {slope:.2f}, OFFSET = {offset:.2f} from {len(pairs)} pictures.\n")
    held = []
    for index, (share, ok) in enumerate(pairs):
        a, b = fitted(pairs[:index] + pairs[index + 1 :])
        odds = a * math.log(max(share, 1e-6) / max(1 - share, 1e-6)) + b
        held.append((1 / (1 + math.exp(-odds)), share, ok))
    print("| confidence | pictures | mean confidence | right | 95 % interval |\n|---|---|---|---|---|")
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01)):
        bin_ = [(p, ok) for p, _, ok in held if low <= p < high]
        if bin_:
            n, k = len(bin_), sum(ok for _, ok in bin_)
            print(
                f"| {low:.2f}–{min(high, 1):.2f} | {n} | {sum(p for p, _ in bin_) / n:.2f} "
                f"| {k / n:.2f} | {wilson(k, n)} |"
            )
    brier = statistics.mean((p - ok) ** 2 for p, _, ok in held)
    raw = statistics.mean((share - ok) ** 2 for _, share, ok in held)
    base = statistics.mean(ok for *_, ok in held)
    print(
        f"\nBrier score of left-out pictures: {brier:.3f} calibrated, {raw:.3f} as the network says, "
        f"{base * (1 - base):.3f} for always saying {base:.2f}."
    )


def wilson(k: int, n: int) -> str:
    """Return the 95 % interval of a share."""
    z, p = 1.96, k / n
    middle, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return f"{(middle - half) / (1 + z * z / n):.2f}–{(middle + half) / (1 + z * z / n):.2f}"


def _crop(image: Image.Image, keep: float, dx: float = 0.5, dy: float = 0.5) -> Image.Image:
    w, h = image.width * keep, image.height * keep
    left, top = (image.width - w) * dx, (image.height - h) * dy
    return image.crop((int(left), int(top), int(left + w), int(top + h)))


def _turn(image: Image.Image, degrees: float) -> Image.Image:
    turned = image.rotate(degrees, Image.Resampling.BICUBIC, expand=False)
    return _crop(turned, 1 - 0.011 * abs(degrees))


def _lean(image: Image.Image, by: float) -> Image.Image:
    w, h, d = image.width, image.height, by * image.width
    return image.transform(
        (w, h), Image.Transform.QUAD, (d, 0, 0, h, w, h, w - d, d * h / w / 2), Image.Resampling.BICUBIC
    )


def _warm(image: Image.Image, by: float) -> Image.Image:
    r, g, b = image.split()
    return Image.merge("RGB", (r.point(lambda v: min(255, v * by)), g, b.point(lambda v: v / by)))


def _again(image: Image.Image, seed: int) -> Image.Image:
    """Imitate a second photograph of the same plate a moment later: everything changes a little."""
    rng = np.random.default_rng(seed)
    other = _turn(_lean(image, rng.uniform(0.02, 0.08)), rng.uniform(-10, 10))
    other = _crop(other, rng.uniform(0.75, 0.95), rng.uniform(0, 1), rng.uniform(0, 1))
    return _warm(ImageEnhance.Brightness(other).enhance(rng.uniform(0.7, 1.3)), rng.uniform(0.93, 1.08))


CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "crop to 90 %": lambda i: _crop(i, 0.9),
    "crop to 80 %, off centre": lambda i: _crop(i, 0.8, 0.2, 0.8),
    "crop to 65 %": lambda i: _crop(i, 0.65),
    "turned 5°": lambda i: _turn(i, 5),
    "turned 15°": lambda i: _turn(i, 15),
    "darker (× 0.6)": lambda i: ImageEnhance.Brightness(i).enhance(0.6),
    "brighter (× 1.4)": lambda i: ImageEnhance.Brightness(i).enhance(1.4),
    "warmer light": lambda i: _warm(i, 1.15),
    "leaning 6 %": lambda i: _lean(i, 0.06),
    "leaning 12 %": lambda i: _lean(i, 0.12),
    "blurred": lambda i: i.filter(ImageFilter.GaussianBlur(2)),
    "a second shot (1)": lambda i: _again(i, 1),
    "a second shot (2)": lambda i: _again(i, 2),
    "a second shot (3)": lambda i: _again(i, 3),
}


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _dish(name: str) -> str:
    return name[:-4].rstrip("0123456789").rstrip("-_")


def report_likeness(eye: Eye, files: list[Path], features: dict[str, bytes]) -> None:
    """Print cosines of one picture with its changes, and with other dishes."""
    names = [file.name for file in files]
    alike: dict[str, list[float]] = {change: [] for change in CHANGES}
    for file in files:
        image = Image.open(file).convert("RGB")
        changed = [eye.see(_jpeg(change(image)))[1] for change in CHANGES.values()]
        for change, value in zip(CHANGES, similarities(features[file.name], changed), strict=True):
            alike[change].append(float(value))
    table = np.stack([similarities(features[name], [features[n] for n in names]) for name in names])
    other = np.array([[_dish(a) != _dish(b) for b in names] for a in names])
    pairs = np.sort(table[np.triu(other, 1)])
    nearest = np.array([table[i][other[i]].max() for i in range(len(names))])
    series = table[np.triu(~other, 1)]
    print("\n## The same scene again\n\n| change of one picture | median | lowest 10 % | lowest |\n|---|---|---|---|")
    for change, values in alike.items():
        print(f"| {change} | {np.median(values):.3f} | {np.quantile(values, 0.1):.3f} | {min(values):.3f} |")
    print(
        f"| **another dish** ({len(pairs)} pairs) | {np.median(pairs):.3f} "
        f"| highest 1 %: {np.quantile(pairs, 0.99):.3f} | highest: {pairs[-1]:.3f} |"
    )
    print(
        f"| same dish, another stage or plate ({len(series)} pairs) | {np.median(series):.3f} "
        f"| highest 10 %: {np.quantile(series, 0.9):.3f} | highest: {series.max():.3f} |"
    )
    shots = np.array([alike[change] for change in CHANGES if change.startswith("a second")]).ravel()
    every = np.array(list(alike.values())).ravel()
    print(
        "\n| threshold | second shots found | all changes found | false pairs "
        "| false match in a memory of 141 others |\n|---|---|---|---|---|"
    )
    for threshold in (0.6, 0.65, 0.7, 0.72, 0.74, 0.75, 0.76, 0.78, 0.8, 0.85):
        print(
            f"| {threshold:.2f} | {(shots >= threshold).mean():.1%} | {(every >= threshold).mean():.1%} "
            f"| {(pairs >= threshold).mean():.3%} | {(nearest >= threshold).mean():.1%} |"
        )


def report_cost(eye: Eye, files: list[Path]) -> None:
    """Print milliseconds of one look and of the intake."""
    raw = files[0].read_bytes()
    photo = sanitise(raw).jpeg
    print("\n## Cost\n\n| step | median ms (wall) | median ms (CPU) |\n|---|---|---|")
    big = Image.open(files[0]).convert("RGB").resize((4000, 3000), Image.Resampling.LANCZOS)
    large = _jpeg(big)
    steps: dict[str, Callable[[], object]] = {
        "one look (decode, network, answer)": lambda: eye.backend.look(photo),
        "decode and cut the middle": lambda: network.middle_of(photo, embedded.SIDE),
        "intake of 800 × 600": lambda: sanitise(raw),
        "intake of 4000 × 3000": lambda: sanitise(large),
    }
    for name, step in steps.items():
        wall, cpu = [], []
        for _ in range(15):
            started, burned = time.perf_counter(), time.process_time()
            step()
            wall.append(time.perf_counter() - started)
            cpu.append(time.process_time() - burned)
        print(f"| {name} | {statistics.median(wall) * 1000:.1f} | {statistics.median(cpu) * 1000:.1f} |")


MEMORY = """
import os, sys, django
os.environ["ONHARU_DATA"] = sys.argv[1]
django.setup()
from onharu.kernel.images import sanitise
from onharu.upstream import food_vision
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
photo = sanitise(open(sys.argv[2], "rb").read()).jpeg
before = resident()
food_vision.look(photo)
first = resident()
for _ in range(100):
    food_vision.look(photo)
print(f"{before:.0f} MB before, {first:.0f} MB after the first look, {resident():.0f} MB after a hundred more")
"""


def report_memory(file: Path) -> None:
    """Print the memory of a process that looks, measured in one of its own."""
    with tempfile.TemporaryDirectory() as folder:
        said = subprocess.run(
            [sys.executable, "-c", MEMORY, folder, str(file)], capture_output=True, text=True, check=True
        )
    print(f"\nResident memory: {said.stdout.strip().splitlines()[-1]}.")


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=Path, default=PHOTOS)
    parser.add_argument("--others", type=Path)
    given = parser.parse_args()
    files = sorted(given.photos.glob("*.jpg"))
    if not files:
        raise SystemExit(f"no pictures in {given.photos}: say where they are with --photos or ONHARU_REAL_DATA")
    right = truth()
    with tempfile.TemporaryDirectory() as folder:
        eye = Eye(folder)
        seen, features = {}, {}
        for file in files:
            seen[file.name], features[file.name] = eye.see(file.read_bytes())
        strange = [eye.see(file.read_bytes())[0] for file in sorted(given.others.iterdir())] if given.others else []
        report_gate(seen, strange, right)
        report_calibration(report_names(seen, right))
        report_likeness(eye, files, features)
        report_cost(eye, files)
        report_memory(files[0])


if __name__ == "__main__":
    main()
