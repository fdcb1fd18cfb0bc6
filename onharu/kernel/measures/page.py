"""The page that Prometheus reads: what the processes of this server counted, and what stands in rows and files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from onharu.kernel.measures import standing
from onharu.kernel.measures.names import BY_NAME, METRICS

log = structlog.get_logger(__name__)
# What is told of a part of the house: (metric, values of its labels, amount).
Figure = tuple[str, tuple[str, ...], float]
Part = Callable[[], Iterable[Figure]]


def page(parts: dict[str, Part]) -> bytes:
    """Write the page. A part that fails is left out and said so: the rest is wanted most when something is down."""
    book = standing()
    registry = CollectorRegistry()
    if book.folder:
        forget_the_dead(Path(book.folder))
        registry.register(_Siblings(book.folder))
    else:
        registry.register(book.registry)
    registry.register(_Told(list(_told(parts))))
    return generate_latest(registry)


def forget_the_dead(folder: Path) -> None:
    """Drop what processes that ended had under way: it is under way no more. What they counted stays."""
    for file in folder.glob("gauge_live*.db"):
        pid = file.stem.rpartition("_")[2]
        if pid.isdigit() and not _lives(int(pid)):
            file.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class _Siblings(MultiProcessCollector):
    """The sum over the processes of this server, with the words that the library leaves out of its files."""

    def __init__(self, folder: str) -> None:
        super().__init__(None, folder)  # type: ignore[no-untyped-call]

    def collect(self) -> Iterator[Metric]:
        """Read every file; one that ends meanwhile is read again."""
        with suppress(FileNotFoundError):
            yield from self._named()
            return
        yield from self._named()

    def _named(self) -> Iterator[Metric]:
        for found in list(super().collect()):  # type: ignore[no-untyped-call]
            spec = BY_NAME.get(found.name) or BY_NAME.get(f"{found.name}_total")
            found.documentation = spec.about if spec else found.documentation
            yield found


class _Told(Collector):
    """Figures that were asked a moment ago."""

    def __init__(self, figures: list[Figure]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        """Group the figures by their metric."""
        for spec in METRICS:
            mine = [figure for figure in self._figures if figure[0] == spec.name]
            if mine:
                family = GaugeMetricFamily(spec.name, spec.about, labels=list(spec.labels))
                for _, said, amount in mine:
                    family.add_metric(list(said), amount)
                yield family


def _told(parts: dict[str, Part]) -> Iterator[Figure]:
    for name, part in parts.items():
        try:
            found = list(part())
        except Exception as error:  # noqa: BLE001 whatever fails there must not take the page away
            log.warning("measures_part_failed", part=name, error=type(error).__name__)
            yield "measures_part_failed", (name,), 1.0
        else:
            yield "measures_part_failed", (name,), 0.0
            yield from found
