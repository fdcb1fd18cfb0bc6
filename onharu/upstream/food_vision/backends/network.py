"""Runs an ONNX image classifier: decoding, the middle of the picture, the session. Shared by the local backends."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime as ort
from onnxruntime.capi import onnxruntime_pybind11_state as ort_faults
from PIL import Image

from onharu.kernel import images

# Classifiers are trained and judged on the middle 87.5 % of the shorter side.
CENTRE = 0.875
THREADS = 1
# What the runtime raises: classes of its own with no common parent.
RUNTIME_FAULTS: tuple[type[Exception], ...] = tuple(
    kind for kind in vars(ort_faults).values() if isinstance(kind, type) and issubclass(kind, Exception)
)

Pixels = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float32]


def open_session(path: Path) -> ort.InferenceSession:
    """Load a graph with little memory: no arena that grows and stays, one thread, as requests need the other cores."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def middle_of(photo: bytes, side: int) -> Pixels:
    """Decode a JPEG and return its middle square as (side, side, 3) bytes; raises Invalid when it is none."""
    try:
        image = Image.open(io.BytesIO(photo), formats=("JPEG",))
        # Decode no finer than twice what the network sees.
        scale = 2 * side / CENTRE / min(image.size)
        image.draft(None, (int(image.width * scale), int(image.height * scale)))
        rgb = image.convert("RGB")
    except images.UNREADABLE as fault:
        raise images.unreadable() from fault
    square = min(rgb.size) * CENTRE
    left, top = (rgb.width - square) / 2, (rgb.height - square) / 2
    box = (left, top, left + square, top + square)
    return np.asarray(rgb.resize((side, side), Image.Resampling.BICUBIC, box=box))


def softmax(logits: npt.NDArray[Any]) -> Numbers:
    """Turn scores into shares that add up to one."""
    grown = np.exp(logits.astype(np.float32) - logits.max())
    shares: Numbers = grown / grown.sum()
    return shares
