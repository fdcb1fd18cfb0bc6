"""The product's settings with what only tests want: a quick password hash, unhashed static names."""

from onharu.site import env, queues
from onharu.site.settings import *  # noqa: F403
from onharu.site.settings import DATABASES, INSTALLED_APPS, JOBS_BROKER, STORAGES

# The wall stands in the tests that are about it, and in a whole run that asks for it.
ROW_SECURITY = DATABASES["default"]["ENGINE"].endswith("postgres") and env.flag("ONHARU_ROW_SECURITY")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATABASES["default"]["NAME"]) + ".test"}
# The schedule of many processes has its tables in every test; who works is chosen in each test about it.
INSTALLED_APPS = [*INSTALLED_APPS, *(app for app in queues.SCHEDULE if app not in INSTALLED_APPS)]
JOBS_BROKER = JOBS_BROKER or "redis://127.0.0.1:1/0"
