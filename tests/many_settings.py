"""The settings of a worker that tests start: the test database, and jobs that can be counted."""

import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES, INSTALLED_APPS

DATABASES["default"]["NAME"] = os.environ["ONHARU_TEST_DATABASE"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.toys"]
