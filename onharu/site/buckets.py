"""Reads `FILES_URL`: files in a private bucket of an S3 server, here or anywhere. No Django here."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from onharu.site import env

BACKEND = "onharu.kernel.bucket.Bucket"
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
KNOWN = {"endpoint", "region", "public", "links", "style"}
LINKS, STYLES = ("on", "off"), ("path", "virtual", "auto")
WEB = ("http", "https")


def storage(url: str) -> dict[str, Any] | None:
    """Configure a bucket, or None where files lie in a folder."""
    if not url:
        return None
    parts, said = urlsplit(url), _said(url)
    options: dict[str, Any] = {
        "bucket_name": parts.netloc,
        "endpoint_url": said.get("endpoint") or None,
        "region_name": said.get("region") or "us-east-1",
        "addressing_style": said.get("style") or ("path" if said.get("endpoint") else "auto"),
        "access_key": env.text("FILES_KEY_ID") or None,
        "secret_key": env.text("FILES_SECRET_KEY") or None,
        "location": parts.path.strip("/"),
        "public": said.get("public", ""),
        "links": said.get("links", "on") == "on",
    }
    return {"BACKEND": BACKEND, "OPTIONS": options}


def image_origins(url: str) -> list[str]:
    """Tell from where a browser fetches photographs when it is sent to the bucket itself."""
    said = _said(url)
    if not url or said.get("links", "on") != "on":
        return []
    address = urlsplit(said.get("public") or said.get("endpoint") or "https://*.amazonaws.com")
    return [f"{address.scheme}://{address.netloc}"]


def _said(url: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def faults(url: str) -> Iterator[str]:
    """Say what is wrong with it, sentence by sentence."""
    if not url:
        return
    parts = urlsplit(url)
    if parts.scheme != "s3" or not NAME.fullmatch(parts.netloc):
        yield "FILES_URL must look like s3://bucket?endpoint=https://s3.example.com&region=us-east-1."
    yield from _faults_said(_said(url))
    if bool(env.text("FILES_KEY_ID")) != bool(env.text("FILES_SECRET_KEY")):
        yield "FILES_KEY_ID and FILES_SECRET_KEY go together; with neither, boto3 looks for keys by itself."
    if importlib.util.find_spec("storages") is None or importlib.util.find_spec("boto3") is None:
        yield "FILES_URL needs the extra `prod`, which is not installed. Run: uv sync --extra prod"


def _faults_said(said: dict[str, str]) -> Iterator[str]:
    if strange := sorted(said.keys() - KNOWN):
        yield f"FILES_URL does not know {strange[0]!r}; it knows {', '.join(sorted(KNOWN))}."
    for name in ("endpoint", "public"):
        if name in said and (urlsplit(said[name]).scheme not in WEB or not urlsplit(said[name]).hostname):
            yield f"FILES_URL says {name}= and no address: it must begin with http:// or https://."
    if said.get("links", "on") not in LINKS or said.get("style", "path") not in STYLES:
        yield "FILES_URL takes links=on or links=off, and style=path, virtual or auto."
