"""Every metric of the house: its name, what it tells, its labels, and which values those can have.

Names and units are Prometheus' (`_total`, `_seconds`, `_bytes`). A counter whose labels are all listed begins at 0 for
each of them: what first appears as 1 would be no increase. `most` bounds the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

COUNTER, GAUGE, HISTOGRAM = "counter", "gauge", "histogram"
# How gauges of several processes become one: what is under way adds up while its process lives; the last word counts.
ADDED, LAST = "livesum", "mostrecent"

REQUEST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0, 10.0)
QUERY = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0)
WIRE = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)
JOB = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "OTHER")
RESULTS = ("hit", "miss", "stale", "error")
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `labels` tells the values of each label where they are known, else None."""

    name: str
    kind: str
    about: str
    labels: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)
    buckets: tuple[float, ...] = ()
    together: str = LAST
    most: int = 100


def _counter(name: str, about: str, most: int = 100, **labels: tuple[str, ...] | None) -> Metric:
    return Metric(name, COUNTER, about, labels, most=most)


def _gauge(name: str, about: str, together: str = LAST, **labels: tuple[str, ...] | None) -> Metric:
    return Metric(name, GAUGE, about, labels, together=together)


def _histogram(
    name: str, about: str, buckets: tuple[float, ...], most: int = 100, **labels: tuple[str, ...] | None
) -> Metric:
    return Metric(name, HISTOGRAM, about, labels, buckets, most=most)


METRICS = (
    # --- the web. A template of a route has a few methods and codes.
    _counter("http_requests_total", "Answers, by template of the route.", 3000, route=None, method=METHODS, code=None),
    _histogram(
        "http_request_duration_seconds", "How long an answer took to make.", REQUEST, 1200, route=None, method=METHODS
    ),
    _gauge("http_requests_in_progress", "Requests that are being answered.", ADDED),
    _gauge("live_screens_open", "Screens that listen to changes.", ADDED),
    # --- stores
    _histogram(
        "db_query_duration_seconds",
        "How long the database took for a statement.",
        QUERY,
        operation=("select", "insert", "update", "delete", "other"),
    ),
    _counter("db_errors_total", "Statements that the database refused or lost.", error=None),
    _gauge("db_connections", "Connections that threads of the house hold.", ADDED),
    _counter("cache_requests_total", "Askings of a cache.", cache=None, result=RESULTS),
    _counter("singleflight_shared_total", "Askings that waited for another's answer instead of asking again."),
    # --- other companies
    _counter("upstream_requests_total", "Calls to another company's server.", 600, upstream=None, outcome=None),
    _histogram("upstream_request_duration_seconds", "How long such a call took.", WIRE, upstream=None),
    _gauge("upstream_breaker_state", "0 closed, 1 one probe is out, 2 open.", upstream=None),
    _gauge("upstream_held_until_timestamp_seconds", "Until when a server said not to ask.", upstream=None),
    _gauge("upstream_quota_remaining", "Calls that are left, as the server said last.", upstream=None),
    _gauge("upstream_quota_limit", "Calls that there are, as the server said last.", upstream=None),
    # --- work in the background. Called celery's, whichever engine runs it: others' dashboards know them so.
    _histogram("celery_task_duration_seconds", "How long a job took.", JOB, 300, task=None, state=None),
    _gauge("celery_beat_last_tick_timestamp_seconds", "When it was last looked what is owed by the calendar."),
    _gauge("periodic_last_done_timestamp_seconds", "When a periodic job last went well.", task=None),
    _gauge("ticker_last_look_timestamp_seconds", "When it was last looked which reminders are due."),
    _gauge("outbox_pending", "Jobs that are due and wait."),
    _gauge("outbox_oldest_pending_seconds", "For how long the oldest of them is due."),
    _gauge("outbox_dead", "Jobs that failed for good and wait for somebody to look."),
    # --- safety
    _counter(
        "idempotency_replays_total",
        "Requests whose key was known.",
        result=("replay", "conflict", "mismatch"),
    ),
    _counter("authz_denied_total", "Askings that were turned away.", reason=("unsigned", "refused", "object_owner")),
    _counter("auth_login_failures_total", "Sign-ins that failed.", reason=("password", "code", "too_many_tries")),
    _counter("auth_refresh_reuse_total", "Refresh tokens that came a second time."),
    _counter("rate_limited_total", "Askings beyond an allowance.", scope=None),
    _counter(
        "upload_rejected_total",
        "Photographs that were not taken.",
        reason=("photo_too_large", "photo_too_many_pixels", "photo_type_unknown", "photo_unreadable"),
    ),
    _counter("consent_missing_writes_total", "Changes of health data without a consent that stands. Must be 0."),
    _counter("ai_analysis_total", "Photographs and words that a model was asked about.", provider=None, outcome=None),
    # --- keeping
    _gauge("backup_last_success_timestamp_seconds", "When the last good backup was made.", target=None),
    _gauge(
        "backup_last_verified_restore_timestamp_seconds", "When a backup was last restored and compared.", target=None
    ),
    _gauge("backup_size_bytes", "How large the last good backup is.", target=None),
    _gauge("audit_chain_verified_timestamp_seconds", "When the record of accesses was last found whole."),
    # --- about itself
    _gauge("app_build_info", "Always 1; its labels tell what runs.", version=None, revision=None),
    _gauge(
        "measures_part_failed", "1 where a part of this page could not be told.", part=("jobs", "milestones", "build")
    ),
)
BY_NAME = {metric.name: metric for metric in METRICS}
# Told when the page is asked for, from rows and files that all processes share, and in no process' own figures.
ASKED_WHEN_TOLD = frozenset(
    {
        "outbox_pending",
        "outbox_oldest_pending_seconds",
        "outbox_dead",
        "celery_beat_last_tick_timestamp_seconds",
        "periodic_last_done_timestamp_seconds",
        "backup_last_success_timestamp_seconds",
        "backup_last_verified_restore_timestamp_seconds",
        "backup_size_bytes",
        "audit_chain_verified_timestamp_seconds",
        "app_build_info",
        "measures_part_failed",
    }
)
