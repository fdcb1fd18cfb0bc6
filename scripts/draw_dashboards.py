"""Draws Grafana's dashboards into deploy/grafana/dashboards from the lists below; `--check` only looks.

A panel is four words: title, unit, what it tells, and what it asks. Where everything stands, which data source is
asked and how lines look is the same for all, so it is said once, here, and not in two thousand lines of JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent / "deploy" / "grafana" / "dashboards"
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH, HEIGHT, IN_A_ROW = 8, 8, 3


@dataclass(frozen=True, slots=True)
class Panel:
    """`asks` maps a legend to an expression. `kind` is Grafana's: timeseries, stat or table."""

    title: str
    unit: str
    about: str
    asks: dict[str, str]
    kind: str = "timeseries"


def line(title: str, unit: str, about: str, **asks: str) -> Panel:
    """A panel of one expression, with its legend under `legend`, else the expression's labels."""
    return Panel(title, unit, about, {asks.get("legend", ""): asks["expr"]})


def number(title: str, unit: str, about: str, expr: str, legend: str = "") -> Panel:
    """A panel that shows the newest value large."""
    return Panel(title, unit, about, {legend: expr}, "stat")


OVERVIEW = [
    number(
        "Budget left",
        "percentunit",
        "Of the failures that 30 days may have (one in a thousand), what is left.",
        '1 - (sum(increase(http_requests_total{route!="/readyz",code=~"5.."}[30d])) or vector(0)) / (0.001 * sum(increase(http_requests_total{route!="/readyz"}[30d])))',
    ),
    number(
        "Reached from outside",
        "bool_yes_no",
        "Whether a probe through nginx and TLS gets an answer.",
        "min(probe_success)",
    ),
    Panel(
        "What runs",
        "short",
        "Processes by version and revision.",
        {"{{version}} {{revision}}": "count by (version, revision) (app_build_info)"},
        "stat",
    ),
    line(
        "Answers a second",
        "reqps",
        "All answers of all processes.",
        expr="sum(rate(http_requests_total[$__rate_interval]))",
        legend="answers",
    ),
    line(
        "How long answers take",
        "s",
        "Half, 95 and 99 of a hundred answers are quicker.",
        expr="api_response_time_seconds",
        legend="{{quantile}}",
    ),
    line(
        "Failing share",
        "percentunit",
        "Answers that are 5xx; the promise is one in a thousand.",
        expr="slo:errors:ratio_rate5m",
        legend="5xx",
    ),
    Panel(
        "How fast the budget burns",
        "short",
        "1 uses it up in exactly 30 days. 14.4 over an hour, or 6 over six hours, is a page.",
        {
            "1 h": "slo:errors:ratio_rate1h / 0.001",
            "6 h": "slo:errors:ratio_rate6h / 0.001",
            "3 d": "slo:errors:ratio_rate3d / 0.001",
        },
    ),
    Panel(
        "Slow share",
        "percentunit",
        "Answers that took longer than 300 ms; the promise is one in twenty.",
        {"5 min": "slo:slow:ratio_rate5m", "1 h": "slo:slow:ratio_rate1h"},
    ),
    line(
        "Answers by code",
        "reqps",
        "What people are told.",
        expr="sum by (code) (rate(http_requests_total[$__rate_interval]))",
        legend="{{code}}",
    ),
    line(
        "Slowest routes",
        "s",
        "95 of a hundred answers of a route are quicker; the ten slowest.",
        expr="topk(10, route:api_response_time_seconds:p95)",
        legend="{{route}}",
    ),
    line(
        "Failing answers by route",
        "reqps",
        "Where the 5xx come from; the ten worst.",
        expr='topk(10, sum by (route, code) (rate(http_requests_total{code=~"5.."}[$__rate_interval]))) or vector(0)',
        legend="{{route}} {{code}}",
    ),
    line(
        "Errors by code",
        "reqps",
        "The predecessor's api_errors_total: 4xx and 5xx.",
        expr="sum by (code) (rate(api_errors_total[$__rate_interval])) or vector(0)",
        legend="{{code}}",
    ),
    line(
        "Being answered",
        "short",
        "Requests under way. As many as threads for long means that people queue.",
        expr="sum(http_requests_in_progress)",
        legend="requests",
    ),
    line("Open screens", "short", "Screens that listen to changes.", expr="sum(live_screens_open)", legend="screens"),
    line(
        "Probe from outside",
        "s",
        "How long a visit through nginx and TLS takes.",
        expr="max by (instance) (probe_duration_seconds)",
        legend="{{instance}}",
    ),
]
CACHES = [
    line(
        "Hit rate",
        "percent",
        "The predecessor's cache_hit_rate_percent: askings that a cache had the answer to.",
        expr="cache_hit_rate_percent",
        legend="{{cache}}",
    ),
    line(
        "Askings by result",
        "reqps",
        "hit, miss, stale (an old answer while a new one is made) and error (the store is away).",
        expr="sum by (cache, result) (rate(cache_requests_total[$__rate_interval]))",
        legend="{{cache}} {{result}}",
    ),
    line(
        "Waited for another's answer",
        "reqps",
        "Askings that joined one under way instead of asking again.",
        expr="sum(rate(singleflight_shared_total[$__rate_interval]))",
        legend="shared",
    ),
    line(
        "Memory of Redis",
        "bytes",
        "What Redis holds.",
        expr="max by (instance) (redis_memory_used_bytes)",
        legend="{{instance}}",
    ),
    line(
        "Thrown out by Redis",
        "ops",
        "Keys that went for want of room.",
        expr="sum by (instance) (rate(redis_evicted_keys_total[$__rate_interval]))",
        legend="{{instance}}",
    ),
    line(
        "Found in Redis",
        "percentunit",
        "Of all keys that Redis was asked for.",
        expr="sum(rate(redis_keyspace_hits_total[$__rate_interval])) / clamp_min(sum(rate(redis_keyspace_hits_total[$__rate_interval])) + sum(rate(redis_keyspace_misses_total[$__rate_interval])), 0.001)",
        legend="found",
    ),
]
UPSTREAMS = [
    line(
        "Calls",
        "reqps",
        "The predecessor's external_api_calls_total: calls to other companies' servers.",
        expr="sum by (upstream) (rate(external_api_calls_total[$__rate_interval])) or vector(0)",
        legend="{{upstream}}",
    ),
    line(
        "Outcomes",
        "reqps",
        "How they ended; everything but ok names why.",
        expr="sum by (upstream, outcome) (rate(upstream_requests_total[$__rate_interval])) or vector(0)",
        legend="{{upstream}} {{outcome}}",
    ),
    line(
        "How long calls take",
        "s",
        "95 of a hundred calls are quicker.",
        expr="histogram_quantile(0.95, sum by (le, upstream) (rate(upstream_request_duration_seconds_bucket[$__rate_interval]))) or vector(0)",
        legend="{{upstream}}",
    ),
    line(
        "Breakers",
        "short",
        "0 closed, 1 a probe is out, 2 open: it is left alone.",
        expr="max by (upstream) (upstream_breaker_state) or vector(0)",
        legend="{{upstream}}",
    ),
    line(
        "Not to be asked",
        "s",
        "For how long a server said not to ask.",
        expr="clamp_min(max by (upstream) (upstream_held_until_timestamp_seconds) - time(), 0) or vector(0)",
        legend="{{upstream}}",
    ),
    line(
        "Left of the quota",
        "percentunit",
        "As the server said last; most do not say.",
        expr="min by (upstream) (upstream_quota_remaining / upstream_quota_limit) or vector(1)",
        legend="{{upstream}}",
    ),
    line(
        "Analyses",
        "reqps",
        "Photographs and words that a model was asked about, by who answered.",
        expr="sum by (provider, outcome) (rate(ai_analysis_total[$__rate_interval])) or vector(0)",
        legend="{{provider}} {{outcome}}",
    ),
]
JOBS = [
    line("Waiting", "short", "Jobs that are due and that nobody has taken.", expr="max(outbox_pending)", legend="jobs"),
    line(
        "Age of the oldest",
        "s",
        "For how long the oldest of them is due. 300 s is a page.",
        expr="max(outbox_oldest_pending_seconds)",
        legend="oldest",
    ),
    line(
        "Given up",
        "short",
        "Jobs that failed for good and wait for somebody to look.",
        expr="max(outbox_dead)",
        legend="jobs",
    ),
    line(
        "Since the queue was looked after",
        "s",
        "180 s is a page.",
        expr="time() - max(celery_beat_last_tick_timestamp_seconds)",
        legend="seconds",
    ),
    line(
        "Since reminders were looked at",
        "s",
        "180 s is a page.",
        expr="time() - max(ticker_last_look_timestamp_seconds)",
        legend="seconds",
    ),
    line(
        "Jobs that ended",
        "ops",
        "By how they ended.",
        expr="sum by (state) (rate(celery_task_duration_seconds_count[$__rate_interval]))",
        legend="{{state}}",
    ),
    line(
        "Time of a job",
        "s",
        "95 of a hundred runs of a job are quicker.",
        expr="histogram_quantile(0.95, sum by (le, task) (rate(celery_task_duration_seconds_bucket[1h])))",
        legend="{{task}}",
    ),
    line(
        "Since periodic work went well",
        "s",
        "By job; a nightly one is never older than a day and a bit.",
        expr="time() - max by (task) (periodic_last_done_timestamp_seconds)",
        legend="{{task}}",
    ),
]
STORES = [
    line(
        "Statements",
        "ops",
        "What the house asks its database.",
        expr="sum by (operation) (rate(db_query_duration_seconds_count[$__rate_interval]))",
        legend="{{operation}}",
    ),
    line(
        "Time of a statement",
        "s",
        "95 of a hundred statements are quicker. A commit is no statement.",
        expr="histogram_quantile(0.95, sum by (le, operation) (rate(db_query_duration_seconds_bucket[$__rate_interval])))",
        legend="{{operation}}",
    ),
    line(
        "Refused or lost statements",
        "ops",
        "By the kind of error; IntegrityError is mostly a key that was taken, as meant.",
        expr="sum by (error) (rate(db_errors_total[$__rate_interval])) or vector(0)",
        legend="{{error}}",
    ),
    line(
        "Connections of the house",
        "short",
        "That threads hold now.",
        expr="sum by (instance) (db_connections)",
        legend="{{instance}}",
    ),
    Panel(
        "Connections by state",
        "short",
        "As PostgreSQL counts them, and how many there may be.",
        {"{{state}}": "sum by (state) (pg_stat_activity_count)", "most": "max(pg_settings_max_connections)"},
    ),
    line(
        "Transactions",
        "ops",
        "That PostgreSQL committed.",
        expr="sum by (datname) (rate(pg_stat_database_xact_commit[$__rate_interval]))",
        legend="{{datname}}",
    ),
    line("Locks", "short", "By their mode.", expr="sum by (mode) (pg_locks_count)", legend="{{mode}}"),
    line(
        "Size of the database",
        "bytes",
        "On disk.",
        expr="max by (datname) (pg_database_size_bytes)",
        legend="{{datname}}",
    ),
    line(
        "Replica is behind by",
        "s",
        "30 s is a ticket.",
        expr="max by (instance) (pg_replication_lag_seconds or pg_replication_lag)",
        legend="{{instance}}",
    ),
    Panel(
        "Do the stores answer",
        "bool_yes_no",
        "PostgreSQL and Redis, as their exporters see them.",
        {"PostgreSQL": "min(pg_up)", "Redis": "min(redis_up)"},
        "stat",
    ),
    line(
        "Age of the backup",
        "s",
        "26 hours is a page. Nothing shown: none was ever noted.",
        expr="time() - max by (target) (backup_last_success_timestamp_seconds) or vector(0)",
        legend="{{target}}",
    ),
    line(
        "Size of the backup",
        "bytes",
        "A sudden change is worth a look.",
        expr="max by (target) (backup_size_bytes) or vector(0)",
        legend="{{target}}",
    ),
    line(
        "Since a backup was restored and compared",
        "s",
        "Eight days is a ticket.",
        expr="time() - max by (target) (backup_last_verified_restore_timestamp_seconds) or vector(0)",
        legend="{{target}}",
    ),
    line(
        "Clients of Redis",
        "short",
        "Connections to it.",
        expr="max by (instance) (redis_connected_clients)",
        legend="{{instance}}",
    ),
    line(
        "Commands to Redis",
        "ops",
        "What it is asked.",
        expr="sum by (instance) (rate(redis_commands_processed_total[$__rate_interval]))",
        legend="{{instance}}",
    ),
]
SECURITY = [
    line(
        "Turned away",
        "reqps",
        "unsigned: nobody signed in. refused: not allowed. object_owner: not there or not theirs, which look alike.",
        expr="sum by (reason) (rate(authz_denied_total[$__rate_interval]))",
        legend="{{reason}}",
    ),
    line(
        "Failed sign-ins",
        "reqps",
        "A wrong code means that the password was right.",
        expr="sum by (reason) (rate(auth_login_failures_total[$__rate_interval]))",
        legend="{{reason}}",
    ),
    line(
        "Refresh tokens that came twice",
        "short",
        "Within an hour. Each is a page.",
        expr="sum(increase(auth_refresh_reuse_total[1h]))",
        legend="tokens",
    ),
    line(
        "Beyond an allowance",
        "reqps",
        "Askings that were too many, by what was asked.",
        expr="sum by (scope) (rate(rate_limited_total[$__rate_interval])) or vector(0)",
        legend="{{scope}}",
    ),
    line(
        "Photographs not taken",
        "reqps",
        "By why.",
        expr="sum by (reason) (rate(upload_rejected_total[$__rate_interval]))",
        legend="{{reason}}",
    ),
    line(
        "Requests said twice",
        "reqps",
        "replay: got the first reply. mismatch: the key was used for something else.",
        expr="sum by (result) (rate(idempotency_replays_total[$__rate_interval]))",
        legend="{{result}}",
    ),
    number("Written without a consent", "short", "Must be 0, always.", "sum(consent_missing_writes_total)", "writes"),
    number(
        "Since the record of accesses was found whole",
        "s",
        "Two days is a ticket.",
        "time() - max(audit_chain_verified_timestamp_seconds) or vector(0)",
        "seconds",
    ),
]
HOSTS = [
    line("Processor", "percentunit", "Of all cores, what is used.", expr='1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))', legend="{{instance}}"),
    line("Memory that can be had", "percentunit", "A tenth is a ticket.", expr="node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", legend="{{instance}}"),
    line("Room on disks", "percentunit", "A twentieth is a page.", expr='node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs"} / node_filesystem_size_bytes', legend="{{mountpoint}}"),
    line("Room in a day", "bytes", "If it goes on as in the last six hours; below 0 is full.", expr='predict_linear(node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs"}[6h], 86400)', legend="{{mountpoint}}"),
    line("Network", "Bps", "In and out.", expr='sum by (instance) (rate(node_network_receive_bytes_total{device!="lo"}[$__rate_interval]) + rate(node_network_transmit_bytes_total{device!="lo"}[$__rate_interval]))', legend="{{instance}}"),
    Panel("Clock is off by", "s", "50 ms is a ticket; so is a clock that nobody sets (0).", {"off": "node_timex_offset_seconds", "is set": "node_timex_sync_status"}),
    line("Memory of containers", "bytes", "What each works with.", expr='sum by (name) (container_memory_working_set_bytes{name!=""}) or vector(0)', legend="{{name}}"),
    line("Processor of containers", "short", "Cores that each uses.", expr='sum by (name) (rate(container_cpu_usage_seconds_total{name!=""}[$__rate_interval])) or vector(0)', legend="{{name}}"),
    line("Share of its memory", "percentunit", "At 1 the kernel ends it.", expr='max by (name) (container_memory_working_set_bytes{name!=""} / (container_spec_memory_limit_bytes{name!=""} > 0)) or vector(0)', legend="{{name}}"),
    line("Begun anew", "short", "Starts of a container within half an hour.", expr='sum by (name) (changes(container_start_time_seconds{name!=""}[30m])) or vector(0)', legend="{{name}}"),
    line("Ended for want of memory", "short", "Within an hour. Each is a page.", expr='sum by (name) (increase(container_oom_events_total{name!=""}[1h])) or vector(0)', legend="{{name}}"),
    line("Who can be read", "short", "Targets that answer Prometheus.", expr="sum by (job) (up)", legend="{{job}}"),
    line("The certificate still holds for", "s", "Two weeks is a ticket.", expr="min by (instance) (probe_ssl_earliest_cert_expiry) - time()", legend="{{instance}}"),
    line("Alerts that did not arrive", "short", "Within an hour.", expr="sum by (integration) (increase(alertmanager_notifications_failed_total[1h])) or vector(0)", legend="{{integration}}"),
    Panel("The watchers themselves", "short", "Rules that could not be computed, and parts of the page of figures that could not be told.",
          {"rules": "sum(increase(prometheus_rule_evaluation_failures_total[1h])) or vector(0)", "parts": "sum(measures_part_failed)"}),
]  # fmt: skip
DASHBOARDS = {
    "overview": ("Overview", OVERVIEW),
    "caches": ("Caches", CACHES),
    "upstreams": ("Upstreams", UPSTREAMS),
    "jobs": ("Jobs", JOBS),
    "stores": ("Stores", STORES),
    "security": ("Security", SECURITY),
    "hosts": ("Hosts", HOSTS),
}


def drawn(number_of_it: int, panel: Panel) -> dict[str, Any]:
    """Spell a panel as Grafana reads it."""
    row, column = divmod(number_of_it, IN_A_ROW)
    return {
        "id": number_of_it + 1,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.about,
        "datasource": SOURCE,
        "gridPos": {"x": column * WIDTH, "y": row * HEIGHT, "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit}, "overrides": []},
        "targets": [
            {"refId": chr(ord("A") + place), "datasource": SOURCE, "expr": expr, "legendFormat": legend or "__auto"}
            for place, (legend, expr) in enumerate(panel.asks.items())
        ],
    }


def dashboard(name: str) -> str:
    """Spell a dashboard as the file that Grafana reads."""
    title, panels = DASHBOARDS[name]
    told = {
        "uid": f"onharu-{name}",
        "title": f"Onharu · {title}",
        "tags": ["onharu"],
        "schemaVersion": 39,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {
            "list": [{"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus"}]
        },
        "links": [{"type": "dashboards", "tags": ["onharu"], "title": "Onharu", "asDropdown": True}],
        "panels": [drawn(place, panel) for place, panel in enumerate(panels)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write what differs, or with `--check` only name it."""
    wanted = {HOME / f"{name}.json": dashboard(name) for name in DASHBOARDS}
    differs = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    extra = sorted(set(HOME.glob("*.json")) - set(wanted))
    if "--check" in sys.argv:
        for path in [*differs, *extra]:
            print(f"{path.name} is not as scripts/draw_dashboards.py draws it")
        return 1 if differs or extra else 0
    HOME.mkdir(parents=True, exist_ok=True)
    for path in differs:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
