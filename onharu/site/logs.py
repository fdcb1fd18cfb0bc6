"""Logs as JSON lines: time, level, module, message, request id, route, whose (hashed), trace. No health text.

LOG_FILE says where: nothing is standard error, "-" standard output, anything else a file that turns over at LOG_FILE_MB
and is kept LOG_FILES times.
"""

from __future__ import annotations

import logging
import logging.config
import re
import sys
import traceback
from typing import Any

import structlog

from onharu.kernel.trace import request_id, trace_now
from onharu.site import env

# The address of a calendar is its key: whatever a server or a framework says of a request, the secret is left out.
SECRET_ADDRESS = re.compile(r"((?<!medicines)/calendar/)[\w-]+")


def _without_secrets(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    for name, value in event.items():
        if isinstance(value, str) and "/calendar/" in value:
            event[name] = SECRET_ADDRESS.sub(r"\1…", value)
    return event


def _by_route(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Name the route of a request that Django tells of, not its address: that says which medicine, which photograph."""
    request = getattr(event.get("_record"), "request", None)
    match = getattr(request, "resolver_match", None)
    path = getattr(request, "path", "")
    if path and isinstance(event.get("event"), str):
        event["event"] = event["event"].replace(path, f"/{match.route}" if match else "an address that leads nowhere")
    return event


def _with_request_id(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if name := request_id.get():
        event["request_id"] = name
    if trace := trace_now():
        told = {"route": trace.route(), "user": trace.user(), "traceparent": trace.here()}
        for key, value in told.items():
            if value:
                event.setdefault(key, value)
    return event


def frames_of(error: BaseException) -> list[str]:
    """Tell where an error came from by files and lines and its type, without its message: that may hold health text."""
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [*(frames_of(cause) if cause else []), *lines, type(error).__qualname__]


def _without_messages(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = frames_of(error)
    return event


def _where() -> dict[str, Any]:
    said = env.text("LOG_FILE")
    if said in {"", "-"}:
        return {"class": "logging.StreamHandler", "stream": "ext://sys.stdout" if said else "ext://sys.stderr"}
    megabytes, kept = env.number("LOG_FILE_MB", 20), env.number("LOG_FILES", 5)
    return {"()": "onharu.site.log_files.SharedFile", "path": said, "most_bytes": megabytes << 20, "kept": kept}


def logging_of(*, debug: bool) -> dict[str, Any]:
    """Configure standard logging and structlog together, and return the standard part."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _with_request_id,
        _without_secrets,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    told: structlog.typing.Processor = structlog.processors.format_exc_info if debug else _without_messages
    structlog.configure(
        processors=[
            *shared,
            structlog.stdlib.filter_by_level,
            told,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if debug else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    config = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
                "foreign_pre_chain": [*shared, _by_route, told],
            }
        },
        "handlers": {"lines": {"formatter": "line", **_where()}},
        "root": {"handlers": ["lines"], "level": "INFO"},
        "loggers": {
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
            # They tell which letters a page is written with.
            "fontTools": {"level": "WARNING"},
            "fpdf": {"level": "ERROR"},
            "_granian": {"level": "WARNING"},
        },
    }
    logging.config.dictConfig(config)
    return config
