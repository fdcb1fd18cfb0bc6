"""A real S3-protocol server of a test's own: SeaweedFS from its wheel, one process on loopback, at explicit ports."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tests.redises import free_ports

LOOPBACK = "127.0.0.1"
READY_SECONDS = 60
KEY_ID, SECRET_KEY = "onharu", "a-secret-key-of-a-test-only"
PORTS = (
    "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc",
    "s3.port", "s3.port.grpc", "s3.port.iceberg", "s3.port.lance",
)  # fmt: skip


@dataclass
class Buckets:
    """A running server and its one bucket."""

    endpoint: str
    process: subprocess.Popen[bytes]
    bucket: str = "onharu"

    @property
    def url(self) -> str:
        """Tell its FILES_URL."""
        return f"s3://{self.bucket}?endpoint={self.endpoint}&region=us-east-1"

    def client(self) -> boto3.client:
        """Ask it directly, with the keys of the house."""
        return boto3.client(
            "s3", endpoint_url=self.endpoint, region_name="us-east-1",
            aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET_KEY,
        )  # fmt: skip

    def names(self) -> list[str]:
        """List every file of the bucket."""
        return [one["Key"] for one in self.client().list_objects_v2(Bucket=self.bucket).get("Contents", [])]

    def kill(self) -> None:
        """End it. It does not hear SIGTERM for many seconds."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
            self.process.wait()


def program() -> str:
    """Find the server's program, beside the Python of this environment or in the path."""
    beside = Path(sys.executable).with_name("weed")
    found = str(beside) if beside.exists() else shutil.which("weed")
    if found is None:
        raise RuntimeError("there is no S3 server to test against. Run: uv sync --group stack")
    return found


@contextmanager
def s3_server(folder: Path) -> Iterator[Buckets]:
    """Run a server with one private bucket."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "s3.json"
    keys = [{"accessKey": KEY_ID, "secretKey": SECRET_KEY}]
    config.write_text(
        json.dumps(
            {"identities": [{"name": "house", "credentials": keys, "actions": ["Admin", "Read", "Write", "List"]}]}
        )
    )
    ports = dict(zip(PORTS, free_ports(len(PORTS)), strict=True))
    words = [
        program(), "server", f"-dir={folder}", f"-ip={LOOPBACK}", f"-ip.bind={LOOPBACK}", "-filer", "-s3",
        f"-s3.config={config}", "-s3.iam=false", "-master.telemetry=false", "-master.volumeSizeLimitMB=64",
        "-volume.max=64", "-volume.preStopSeconds=0", "-master.electionTimeout=1s",
        *(f"-{name}={port}" for name, port in ports.items()),
    ]  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log, cwd=folder, env={**os.environ, "HOME": str(folder)})
    found = Buckets(f"http://{LOOPBACK}:{ports['s3.port']}", process)
    try:
        _wait(found, folder / "log")
        found.client().create_bucket(Bucket=found.bucket)
        yield found
    finally:
        found.kill()


def _wait(server: Buckets, log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while not _stores(server):
        if time.monotonic() > until or server.process.poll() is not None:
            raise RuntimeError(f"the S3 server did not start: {log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def _stores(server: Buckets) -> bool:
    """Whether a file that is put there is there."""
    try:
        urllib.request.urlopen(f"{server.endpoint}/status", timeout=1).close()
        client = server.client()
        client.create_bucket(Bucket="ready")
        client.put_object(Bucket="ready", Key="ready", Body=b"1")
        stores = bool(client.get_object(Bucket="ready", Key="ready")["Body"].read() == b"1")
        client.delete_object(Bucket="ready", Key="ready")
        client.delete_bucket(Bucket="ready")  # its room is wanted
        return stores
    except (OSError, BotoCoreError, ClientError):
        return False
