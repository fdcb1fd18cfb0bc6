"""A log file that several processes write and turn over together: no line is torn, lost or written twice."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class SharedFile(logging.Handler):
    """Appends lines to a file; at its size it becomes `.1`, that becomes `.2`, and the oldest beyond `kept` goes.

    A lock beside it lets one process write at a time. The lock is a process', not a descriptor's: a fork shares none.
    """

    def __init__(self, path: str, most_bytes: int, kept: int) -> None:
        super().__init__()
        self._path, self._most, self._kept = Path(path), most_bytes, kept
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._gate = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        self._file = self._opened()

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line. What cannot be written is said on standard error, and nothing else stops for it."""
        try:
            line = f"{self.format(record)}\n".encode(errors="backslashreplace")
            with self._alone():
                self._follow()
                size = os.fstat(self._file).st_size
                if size and size + len(line) > self._most:
                    self._turn()
                _write(self._file, line)
        except Exception:  # noqa: BLE001 logging's own way: a log must not break what it tells of
            self.handleError(record)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.lockf(self._gate, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.lockf(self._gate, fcntl.LOCK_UN)

    def _follow(self) -> None:
        """Open the file anew where another process, or the operator, put it away."""
        mine = os.fstat(self._file)
        with suppress(FileNotFoundError):
            there = self._path.stat()
            if (there.st_ino, there.st_dev) == (mine.st_ino, mine.st_dev):
                return
        self._reopen()

    def _turn(self) -> None:
        for number in range(self._kept - 1, 0, -1):
            with suppress(FileNotFoundError):
                self._numbered(number).rename(self._numbered(number + 1))
        if self._kept:
            self._path.rename(self._numbered(1))
        else:
            self._path.unlink()
        self._reopen()

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")

    def _reopen(self) -> None:
        os.close(self._file)
        self._file = self._opened()

    def _opened(self) -> int:
        return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)


def _write(file: int, line: bytes) -> None:
    while line:
        line = line[os.write(file, line) :]
