"""The installable shell: manifest, service worker and offline page. They know no person."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from onharu.design.shell import build_hash, shell_urls

PAPER = "#faf6ef"


@require_safe
@vary_on_cookie
@cache_control(max_age=3600)
def manifest(_request: HttpRequest) -> HttpResponse:
    """Describe the installable app in the reader's language."""
    icons = [
        _icon("icon-192.png", 192, "any"),
        _icon("icon-512.png", 512, "any"),
        _icon("icon-maskable-512.png", 512, "maskable"),
    ]
    body = {
        "id": "/",
        "name": _("온하루: 하루 기록"),
        "short_name": _("온하루"),
        "description": _("먹고 움직이고 챙긴 하루를 한곳에 적어요."),
        "lang": get_language() or "ko",
        "dir": "ltr",
        "start_url": "/today/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["health", "food", "lifestyle"],
        "icons": icons,
        "shortcuts": [
            {"name": _("사진으로 기록"), "url": "/meals/?add=photo"},
            {"name": _("음식 찾기"), "url": "/meals/?add=search"},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    url = static(f"design/icons/{name}")
    return {"src": url, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, so that its scope is the whole product."""
    context = {
        "version": build_hash(),
        "shell": json.dumps(shell_urls(), indent=2),
        "icon": static("design/icons/icon-192.png"),
    }
    response = render(request, "design/service-worker.js", context, content_type="text/javascript; charset=utf-8")
    # The policy that comes with a worker's file governs the worker: it fetches the shell and answers, from here only.
    response["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'; img-src 'self'"
    return response


@require_safe
@vary_on_cookie
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    """Show what the worker keeps for moments without a connection."""
    return render(request, "design/offline.html")
