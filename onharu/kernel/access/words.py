"""What people call what a route shows. The record keeps the route; rooms that show others something name theirs."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from onharu.kernel.access.staff import model_of

ADMIN = "admin:"
_called: dict[str, str | Promise] = {}


def call(words: str | Promise, *routes: str) -> None:
    """Call routes by words, which may be translated later; a route is a name, or a pattern where it has none."""
    _called.update(dict.fromkeys(routes, words))


def called(what: str) -> str | None:
    """Tell what people call a row's `what` ("GET family-day"), in the reader's language; None where nobody said."""
    route = what.partition(" ")[2]
    if not route.startswith(ADMIN):
        words = _called.get(route)
        return None if words is None else str(words)
    model = model_of(route.removeprefix(ADMIN))
    return None if model is None else _("관리 화면 · {room}").format(room=model._meta.app_config.verbose_name)  # noqa: SLF001
