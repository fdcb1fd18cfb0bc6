"""The settings of production, and jobs whose effects can be counted."""

from onharu.site.settings import *  # noqa: F403
from onharu.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.toys"]
