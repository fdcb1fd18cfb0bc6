"""The Celery application, for tools that want one: `celery -A onharu.site.celery inspect` and the like.

`onharu worker` and `onharu beat` need no such address. Only `kernel.jobs` knows Celery.
"""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onharu.site.settings")
django.setup()

from onharu.kernel.jobs.broker import app  # noqa: E402 Django must be set up first

__all__ = ["app"]
