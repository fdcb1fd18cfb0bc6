"""The figures of one process, in Prometheus' own types. The only module that counts with its library.

A value of a label is taken as it is when it is listed, or is a short word of the kind that code is made of; anything
else, and every new one once a metric has its `most`, is "other". So neither a bug nor a stranger who invents addresses
fills a memory or a page.
"""

from __future__ import annotations

import os
import re
from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path
from threading import Lock
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, values

from onharu.kernel.measures.names import ASKED_WHEN_TOLD, BY_NAME, COUNTER, HISTOGRAM, METRICS, OTHER, Metric

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,47}|[1-5][0-9]{2}")
# A template of a route: words, and what stands for a value in sharp brackets.
_ROUTE = re.compile(r"/(?:[A-Za-z0-9_.-]+/?|<[a-z]+:[a-z_]+>[a-z.]*/?|<[a-z_]+>[a-z.]*/?)*")


class Book:
    """Every metric with its children by label values, each made once."""

    def __init__(self, folder: str = "") -> None:
        self.folder, self._place = folder, ""
        if folder:
            values.ValueClass = values.MultiProcessValue(self._whose)  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._lock = Lock()
        self._kept: dict[tuple[str, ...], Any] = {}
        self._size: Tally[str] = Tally()
        self._metrics = {metric.name: self._made(metric) for metric in METRICS if metric.name not in ASKED_WHEN_TOLD}
        for metric in METRICS:
            self._begin(metric)

    def take_place(self, number: int) -> None:
        """Go on with the files that whoever had this place of a worker before has left: as many files as places.

        Nobody alive may have it. What the one before had under way is under way no more.
        """
        if self.folder:
            self._place = f"place{number}"
            for file in Path(self.folder).glob(f"gauge_live*_{self._place}.db"):
                file.unlink(missing_ok=True)

    def _whose(self) -> str:
        """Name the files of this process; a number is that of a process, which may have ended."""
        return self._place or str(os.getpid())

    def of(self, name: str, labels: Mapping[str, str]) -> Any:
        """Return what counts under these labels."""
        key = (name, *labels.values())
        child = self._kept.get(key)
        return child if child is not None and len(labels) < 2 else self._ordered(name, labels)

    def _ordered(self, name: str, labels: Mapping[str, str]) -> Any:
        spec = BY_NAME[name]
        key = (name, *[labels[label] for label in spec.labels])
        child = self._kept.get(key)
        return child if child is not None else self._new(spec, labels)

    def _new(self, spec: Metric, labels: Mapping[str, str]) -> Any:
        if len(labels) != len(spec.labels):
            raise KeyError(f"{spec.name} has the labels {list(spec.labels)}, not {list(labels)}")
        with self._lock:
            said = [_bounded(label, labels[label], known) for label, known in spec.labels.items()]
            if (spec.name, *said) not in self._kept and self._size[spec.name] >= spec.most:
                said = [
                    value if known is not None else OTHER
                    for value, known in zip(said, spec.labels.values(), strict=True)
                ]
            return self._child(spec, said)

    def _child(self, spec: Metric, said: list[str]) -> Any:
        key = (spec.name, *said)
        if key not in self._kept:
            metric = self._metrics[spec.name]
            self._kept[key] = metric.labels(*said) if said else metric
            self._size[spec.name] += 1
        return self._kept[key]

    def _begin(self, spec: Metric) -> None:
        """Let a counter whose values are all known begin at 0."""
        known = [values for values in spec.labels.values() if values is not None]
        if spec.kind == COUNTER and len(known) == len(spec.labels):
            for said in product(*known):
                self._child(spec, list(said))

    def _made(self, spec: Metric) -> Any:
        words: dict[str, Any] = {"labelnames": tuple(spec.labels), "registry": self.registry}
        if spec.kind == COUNTER:
            return Counter(spec.name, spec.about, **words)
        if spec.kind == HISTOGRAM:
            return Histogram(spec.name, spec.about, buckets=spec.buckets, **words)
        return Gauge(spec.name, spec.about, **words, multiprocess_mode=spec.together)  # type: ignore[arg-type]  # one of the library's words


def _bounded(label: str, said: str, known: Iterable[str] | None) -> str:
    if known is not None:
        return said if said in known else OTHER
    shape = _ROUTE if label == "route" else _WORD
    return said if said == OTHER or shape.fullmatch(said) else OTHER
