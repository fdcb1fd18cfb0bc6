"""누가 내 기록을 봤나요: the access record as its person reads it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onharu.accounts.models import User
from onharu.accounts.watched import SeenList

ON_A_PAGE = 50


@never_cache
@login_required
@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """Show who looked at a person's records, a page at a time."""
    assert isinstance(request.user, User)  # noqa: S101 login_required stands before
    pages = Paginator(cast("Any", SeenList(request.user.pk)), ON_A_PAGE)
    context = {"page": pages.get_page(request.GET.get("page")), "zone": request.user.profile.zone}
    return render(request, "accounts/seen.html", context)
