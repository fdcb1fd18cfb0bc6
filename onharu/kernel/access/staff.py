"""Whose rows a page of the admin shows or changes: read from the page itself, as nobody could list all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse

ENDINGS = ("_changelist", "_change", "_delete", "_history")


def people_on(request: HttpRequest, response: HttpResponse) -> list[int]:
    """Tell whose rows stand on a page of the admin, or were changed by it; nobody on any other page."""
    match = request.resolver_match
    if match is None or match.app_name != "admin":
        return []
    shown = getattr(response, "context_data", None) or {}
    if "cl" in shown and request.method == "GET":
        return _different(owner_of(row) for row in shown["cl"].result_list)
    model = model_of(match.url_name or "")
    if model is None:
        return []
    named = [match.kwargs["object_id"]] if "object_id" in match.kwargs else request.POST.getlist("_selected_action")
    return _owners(model, named)


def owner_of(row: object) -> int | None:
    """Tell whose a row is: a person is their own, a profile its user's."""
    if isinstance(row, models.Model) and row._meta.label == settings.AUTH_USER_MODEL:  # noqa: SLF001
        return int(row.pk)
    found = getattr(row, "owner_id", None) or getattr(row, "user_id", None)
    return found if isinstance(found, int) else None


def _owners(model: type[models.Model], named: Sequence[str]) -> list[int]:
    column = _column(model)
    if not named or not column:
        return []
    try:
        return _different(model._default_manager.filter(pk__in=named).values_list(column, flat=True))  # noqa: SLF001
    except (ValueError, ValidationError, OverflowError):
        return []


def _column(model: type[models.Model]) -> str:
    if model._meta.label == settings.AUTH_USER_MODEL:  # noqa: SLF001
        return "pk"
    for name in ("owner", "user"):
        try:
            return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]  # noqa: SLF001
        except (FieldDoesNotExist, AttributeError):
            continue
    return ""


def model_of(url_name: str) -> type[models.Model] | None:
    """Tell which table a page of the admin is about, by the page's name without its space; None for pages of none."""
    ending = next((one for one in ENDINGS if url_name.endswith(one)), "")
    for model in apps.get_models():
        if ending and url_name == f"{model._meta.app_label}_{model._meta.model_name}{ending}":  # noqa: SLF001
            return model
    return None


def _different(found: Iterable[int | None]) -> list[int]:
    return list(dict.fromkeys(one for one in found if one is not None))
