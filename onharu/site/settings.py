"""Django settings. Embedded by default; DATABASE_URL and REDIS_URL switch to PostgreSQL and Redis."""

from __future__ import annotations

from datetime import timedelta

from onharu.site import api_document, content_policy, env, mail, queues, stores, upstreams
from onharu.site.logs import logging_of

ONHARU_DATA = env.data_folder()

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret_key(ONHARU_DATA)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
BEHIND_TLS = env.flag("BEHIND_TLS")
# What private columns are sealed with (docs/decisions/0095): the keys themselves, else the file that holds them.
FIELD_KEYS = env.field_keys()
FIELD_KEYS_FILE = env.field_keys_file(ONHARU_DATA)
# Backups (docs/operations/backups.md): their key, the folder of the nightly ones, how many stay, PostgreSQL's programs.
BACKUP_KEY, PG_BIN = env.text("ONHARU_BACKUP_KEY"), env.text("ONHARU_PG_BIN")
BACKUPS, BACKUPS_KEPT = env.text("ONHARU_BACKUPS"), env.number("ONHARU_BACKUPS_KEPT", 14)

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
    "allauth.mfa",
    "allauth.socialaccount",
    "corsheaders",
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
    "onharu.rights",
    "onharu.site",
    *queues.apps(),
]

MIDDLEWARE = [
    "onharu.kernel.trace.RequestIdMiddleware",
    "onharu.kernel.measures.web.MeasuresMiddleware",
    "onharu.site.bodies.BodyMiddleware",
    "onharu.kernel.rates.RatesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "onharu.site.policy.PolicyMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onharu.accounts.walls.WallMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "onharu.kernel.access.watching.AccessMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "onharu.accounts.middleware.LanguageMiddleware",
    "onharu.kernel.web.ProblemMiddleware",
    "onharu.accounts.health.HealthMiddleware",
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
                "onharu.accounts.alerts.banner",
            ],
        },
    }
]

# --- stores -----------------------------------------------------------------------------------------------
DATABASE_URL = env.text("DATABASE_URL")
REDIS_URL = env.text("REDIS_URL") or env.text("CACHE_URL")
WEB_THREADS = env.number("WEB_THREADS", 8)
WEB_WORKERS = env.number("WEB_WORKERS", 1)

DATABASES = stores.databases(ONHARU_DATA, web_threads=WEB_THREADS)
DATABASE_ROUTERS = stores.routers()
DATABASE_LONG_WORK = stores.long_work()
# PostgreSQL's own wall around each person's rows (docs/decisions/0094); SQLite has none.
ROW_SECURITY = bool(DATABASE_URL) and env.flag("ONHARU_ROW_SECURITY", default=not DEBUG)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = stores.caches(REDIS_URL)
REDIS_PATIENCE = stores.redis_patience()
# Sessions are rows; what was just read is remembered in the process for under a second (docs/decisions/0030).
SESSION_ENGINE = "onharu.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=60).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = "Lax"

# Where it is counted how often somebody asks (docs/decisions/0092): in this process only where it is alone.
RATES_STORE = "redis" if REDIS_URL else "database" if DATABASE_URL or WEB_WORKERS > 1 else "memory"

# Without Redis the live stream stays within one process.
LIVE_RELAY = "onharu.day.relay.Relay" if REDIS_URL else ""

MEDIA_ROOT = ONHARU_DATA / "media"
STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT") or ONHARU_DATA / "static"
STORAGES = stores.storages()
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 13 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 12  # six are taken; a few more are told so

# --- background work: whom the rows of `kernel.jobs` are told to (docs/decisions/0100) -----------------------
JOBS = queues.usable()
JOBS_BROKER = queues.broker()

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
# An account has two names, the username and the e-mail: five tries of each are ten of the account.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/15m/key", "signup": "20/m/ip"}
# How many proxies of ours stand before us and append to X-Forwarded-For; 0 believes nobody.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "onharu.accounts.adapters.AccountAdapter"
# Codes of an authenticator app and recovery codes (docs/decisions/0091); passkeys are tables of our own (0097).
MFA_ADAPTER = "onharu.accounts.adapters.SecondAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODE_DIGITS = 10
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
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = api_document.SETTINGS

# --- other companies' servers: absent means embedded (no network, no key) -----------------------------------
UPSTREAM = upstreams.chosen()
# Where an app of this house may be sent after a sign-in with another company, letter by letter.
SIGN_IN_APP_REDIRECTS = env.words("SIGN_IN_APP_REDIRECTS")
# Where links in letters lead; "" leaves them out.
PUBLIC_URL = upstreams.public_address()
MAIL_OFFERED: bool
globals().update(mail.settings_of(env.text("EMAIL_URL")))

# --- the browser ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = content_policy.POLICY
# Whose pages may read our answers (docs/decisions/0092): those named, by token only; cookies never come along.
CORS_ALLOWED_ORIGINS = env.origins("CORS_ORIGINS")
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/(api|auth)/"
CORS_ALLOW_HEADERS = (
    "accept",
    "authorization",
    "content-type",
    "accept-language",
    "idempotency-key",
    "if-none-match",
    "x-request-id",
)
CORS_EXPOSE_HEADERS = (
    "ETag",
    "Idempotent-Replayed",
    "Location",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Retry-After",
    "X-Cache-Status",
    "X-Request-ID",
)
CORS_PREFLIGHT_MAX_AGE = 600
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

# --- watching: figures for Prometheus, lines for whoever reads logs (docs/operations/watching.md) -------------------
METRICS = env.flag("METRICS", default=True)
METRICS_TOKEN = env.text("METRICS_TOKEN")
REVISION = env.text("ONHARU_REVISION") or "unknown"
LOG_REQUESTS = env.flag("LOG_REQUESTS")
LOGGING_CONFIG = None
LOGGING = logging_of(debug=DEBUG)
# Without TLS in front there is no HSTS to send, nowhere to redirect to and no cookie that a browser would bring back:
# on one's own machine and network that is how the house is used, and behind TLS (BEHIND_TLS) nothing is silenced.
SILENCED_SYSTEM_CHECKS = [] if BEHIND_TLS else ["security.W004", "security.W008", "security.W012", "security.W016"]
