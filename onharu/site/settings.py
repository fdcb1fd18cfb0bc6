"""Django settings. Embedded by default; DATABASE_URL and REDIS_URL switch to PostgreSQL and Redis."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from onharu.site import env, mail, upstreams
from onharu.site.logs import logging_of

ONHARU_DATA = env.data_folder()

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(ONHARU_DATA)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
BEHIND_TLS = env.flag("BEHIND_TLS")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "csp",
    "django_htmx",
    "onharu.design",
    "onharu.kernel",
    "onharu.names",
    "onharu.upstream",
    "onharu.accounts",
    "onharu.catalog.exercises",
    "onharu.catalog.foods",
    "onharu.catalog.medicines",
    "onharu.catalog.pharmacies",
    "onharu.records.goals",
    "onharu.records.journal",
    "onharu.records.meals",
    "onharu.records.medication",
    "onharu.records.places",
    "onharu.records.workouts",
    "onharu.day",
    "onharu.insights",
    "onharu.site",
]

MIDDLEWARE = [
    "onharu.kernel.trace.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "onharu.site.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "onharu.accounts.middleware.LanguageMiddleware",
    "onharu.kernel.web.ProblemMiddleware",
]

ROOT_URLCONF = "onharu.site.urls"
WSGI_APPLICATION = None
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

# --- stores -----------------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL") or env.text("CACHE_URL")
WEB_THREADS = env.number("WEB_THREADS", 8)
WEB_WORKERS = env.number("WEB_WORKERS", 1)

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ONHARU_DATA / "onharu.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
        ),
    },
}


def postgres(url: str) -> dict[str, Any]:
    """Configure PostgreSQL with a pool no larger than the threads that can use it."""
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    options = config.setdefault("OPTIONS", {})
    options["pool"] = {"min_size": 1, "max_size": WEB_THREADS + 7, "timeout": 10}
    return config


DATABASES = {"default": postgres(DATABASE_URL) if DATABASE_URL else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    CACHES: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "onharu.kernel.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "onharu",
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20000},
        }
    }

# Sessions are rows; what was just read is remembered in the process for under a second (docs/decisions/0030).
SESSION_ENGINE = "onharu.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = "Lax"

# Without Redis the live stream stays within one process.
LIVE_RELAY = "onharu.day.relay.Relay" if REDIS_URL else ""

MEDIA_ROOT = ONHARU_DATA / "media"
STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT") or ONHARU_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 13 * 1024 * 1024

# --- who you are ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["onharu.accounts.backends.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/today/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,10/15m/key", "signup": "20/m/ip"}
# How many proxies of ours stand before us and append to X-Forwarded-For; 0 believes nobody.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "onharu.accounts.adapters.AccountAdapter"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("app", "browser")
HEADLESS_TOKEN_STRATEGY = "onharu.accounts.tokens.FamilyTokenStrategy"  # noqa: S105 a dotted path
HEADLESS_JWT_ALGORITHM = "HS256"
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = 15 * 60
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = int(timedelta(days=30).total_seconds())
HEADLESS_JWT_ROTATE_REFRESH_TOKEN = True
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True

# --- words and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "ko"
LANGUAGE_COOKIE_NAME = "onharu_language"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"

# --- the API ----------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "onharu.accounts.api.authentication.BearerAuthentication",
        "onharu.accounts.api.authentication.CookieAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["onharu.kernel.web.Json"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "onharu.kernel.web.Pages",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "onharu.kernel.web.answer_exception",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Onharu",
    "DESCRIPTION": "The day-book of meals, movement and medicines. Guide: docs/api.md.",
    "VERSION": "0.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "MealTypeEnum": "onharu.records.meals.models.Slot",
        "GoalKindEnum": "onharu.records.goals.models.Goal.Kind",
        "GoalStateEnum": "onharu.records.goals.models.Goal.State",
        "GoalDirectionEnum": "onharu.records.goals.models.Goal.Direction",
        "MeasurementKindEnum": "onharu.records.goals.models.Measurement.Kind",
        "TargetDirectionEnum": "onharu.records.goals.api.shapes.DIRECTIONS",
        "TargetKeyEnum": "onharu.records.goals.api.shapes.KEYS",
        "DoseStateEnum": "onharu.records.medication.api.dose_shapes.STATES",
        "FindingKindEnum": "onharu.records.medication.api.shapes.KINDS",
        "ProductNoticeKindEnum": "onharu.records.medication.api.shapes.ON_PRODUCTS",
    },
}

# --- other companies' servers: absent means embedded (no network, no key) -----------------------------------
UPSTREAM = upstreams.chosen()
# Where links in letters lead; "" leaves them out.
PUBLIC_URL = upstreams.public_address()
MAIL_OFFERED: bool
globals().update(mail.settings_of(env.text("EMAIL_URL")))

# --- the browser ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

LOGGING_CONFIG = None
LOGGING = logging_of(debug=DEBUG)
SILENCED_SYSTEM_CHECKS = [] if BEHIND_TLS else ["security.W004", "security.W008", "security.W012", "security.W016"]
