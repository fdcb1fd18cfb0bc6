"""Reads the tensors of a legacy PyTorch checkpoint without PyTorch and without running code from the file.

The packaged weights are a pickle of the old, non-zip kind. A pickle may call anything, so the reader below knows
four names and refuses the rest, and PyTorch (200 MB) never enters the product.
"""

import io
import pickle
import struct
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

MAGIC = 0x1950A86A20F9469CFC6C
PROTOCOL = 1001

type_of_storage: dict[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class UntrustedPickle(ValueError):
    """The file asks for a name that no weights file needs, or is not the kind of file it claims to be."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A tensor's place in the file: which storage, from which element, in which shape."""

    storage: str
    dtype: np.dtype[Any]
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Storage:
    key: str
    dtype: np.dtype[Any]


def _slot(storage: _Storage, offset: int, shape: Sequence[int], strides: Sequence[int], *_unused: object) -> _Slot:
    return _Slot(storage.key, storage.dtype, offset, tuple(shape), tuple(strides))


class _Reader(pickle.Unpickler):
    """An unpickler that builds ordered dicts and tensor slots, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        known: dict[tuple[str, str], Callable[..., Any] | np.dtype[Any]] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _slot,
        }
        if module == "torch" and name in type_of_storage:
            return type_of_storage[name]
        if (module, name) not in known:
            raise UntrustedPickle(f"{module}.{name} is not part of a weights file")
        return known[module, name]

    def persistent_load(self, pid: Any) -> _Storage:
        kind, dtype, key, _place, _count, _view = pid
        if kind != "storage" or not isinstance(dtype, np.dtype):
            raise UntrustedPickle("the file refers to something that is not a storage")
        return _Storage(str(key), dtype)


def read_tensors(raw: bytes) -> dict[str, npt.NDArray[Any]]:
    """Return every tensor of a legacy checkpoint by name.

    Raises UntrustedPickle for any other file, and for one that would need code to be read.
    """
    stream = io.BytesIO(raw)
    try:
        if _load(stream) != MAGIC or _load(stream) != PROTOCOL:
            raise UntrustedPickle("not a legacy PyTorch checkpoint")
        _load(stream)  # what the writing machine looked like; every storage below is little-endian by its type
        slots: dict[str, _Slot] = _load(stream)
        storages = _storages(stream, order=_load(stream), slots=slots)
        return {name: _tensor(storages[slot.storage], slot) for name, slot in slots.items()}
    except UntrustedPickle:
        raise
    except (
        pickle.UnpicklingError,
        EOFError,
        struct.error,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as fault:
        raise UntrustedPickle("not a readable PyTorch checkpoint") from fault


def _load(stream: BinaryIO) -> Any:
    return _Reader(stream).load()


def _storages(stream: BinaryIO, *, order: list[str], slots: dict[str, _Slot]) -> dict[str, npt.NDArray[Any]]:
    """Read the raw numbers that follow the pickles: for each key a count (8 bytes), then the elements."""
    dtypes = {slot.storage: slot.dtype for slot in slots.values()}
    found: dict[str, npt.NDArray[Any]] = {}
    for key in order:
        (count,) = struct.unpack("<q", stream.read(8))
        dtype = dtypes[key]
        block = stream.read(count * dtype.itemsize)
        if len(block) != count * dtype.itemsize:
            raise EOFError("the file ends inside a tensor")
        found[key] = np.frombuffer(block, dtype)
    return found


def _tensor(storage: npt.NDArray[Any], slot: _Slot) -> npt.NDArray[Any]:
    """Lift one tensor out of its storage, in C order. Some lie transposed, so the strides of the file are followed."""
    reach = sum((length - 1) * stride for length, stride in zip(slot.shape, slot.strides, strict=True))
    if min(slot.offset, *slot.strides, 0) < 0 or slot.offset + reach >= storage.size:
        raise UntrustedPickle("a tensor reaches outside its storage")
    steps = tuple(stride * storage.itemsize for stride in slot.strides)
    view = np.lib.stride_tricks.as_strided(storage[slot.offset :], slot.shape, steps, writeable=False)
    return np.ascontiguousarray(view).reshape(slot.shape)
