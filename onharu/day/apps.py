"""The day room as a Django app: no tables, it listens to the one signal."""

from django.apps import AppConfig


class DayConfig(AppConfig):
    """Registers the read model."""

    name = "onharu.day"
    label = "day"

    def ready(self) -> None:
        """Start hearing of changed days, and introduce the rooms that ask each other."""
        from onharu.day.stream import listen  # noqa: PLC0415 Django loads apps before models may be imported
        from onharu.day.wiring import introduce  # noqa: PLC0415

        listen()
        introduce()
