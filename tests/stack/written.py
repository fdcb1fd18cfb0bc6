"""The configuration of `deploy/`, written into the folder of a test house. All that is changed in it stands here.

Addresses take the place of names, folders of the test that of folders in a container, and an hour is a minute and a
minute a second wherever somebody would have to wait for it. A change that no longer finds its place fails the boot.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.deploy.tools import DEPLOY, RULES
from tests.stack.places import Places

Change = tuple[str, str | Callable[[re.Match[str]], str]]
MINUTE_BY_SECOND: Change = (r"\bfor: (\d+)([mh])", lambda said: f"for: {said[1]}{'s' if said[2] == 'm' else 'm'}")
# In containers each of these reads one file of a process' addresses from the network's own names.
BY_NAME = r"dns_sd_configs:\n  - \{names: \[(\w+)\].*\}"

# The bucket's own door: browsers on a page over TLS load photographs over TLS only. Whose house has S3 elsewhere has it.
FILES = """
pid {home}/nginx/files.pid;
events {{}}
http {{
    access_log off;
    client_body_temp_path {home}/nginx/tmp/files;
    proxy_temp_path {home}/nginx/tmp/files-proxy;
    server {{
        listen {at} ssl;
        ssl_certificate {secrets}/tls_certificate;
        ssl_certificate_key {secrets}/tls_key;
        location / {{ proxy_pass {endpoint}; proxy_set_header Host $http_host; }}
    }}
}}
"""


class Written:
    """Writes what each program of the house reads."""

    def __init__(self, home: Path, places: Places) -> None:
        self.home, self.places = home, places
        self.secrets = home / "deploy" / "secrets"

    def everything(self, host: str, ways: dict[str, str]) -> None:
        """Make the secrets, then the files that name them."""
        self._secrets(host, ways)
        self._nginx()
        self._watching(ways)

    def _write(self, source: str, *changes: Change) -> Path:
        """Copy a file of `deploy/`, changed."""
        text = (DEPLOY / source).read_text(encoding="utf-8")
        for pattern, new in changes:
            text, found = re.subn(pattern, new, text)
            assert found, f"deploy/{source} has no {pattern} any more: tests/stack/written.py"
        target = self.home / source
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def _secrets(self, host: str, ways: dict[str, str]) -> None:
        """Run `make-secrets` itself. Who owns a file is the containers' business; where a house is, is ours."""
        script = self.home / "deploy" / "make-secrets"
        shims = self.home / "shims"
        for folder in (script.parent, shims):
            folder.mkdir(parents=True)
        shutil.copy(DEPLOY / "make-secrets", script)
        (shims / "chown").write_text("#!/bin/sh\n")
        (shims / "chown").chmod(0o755)
        words = ["sh", str(script), "--self-signed", host]
        environment = {**os.environ, "PATH": f"{shims}:{os.environ['PATH']}"}
        subprocess.run(words, check=True, env=environment, capture_output=True)
        for name in ("database_url", "redis_url", "redis_passwords"):
            self._again(name, self.places.placed)
        redis = self.home / "redis"
        redis.mkdir()
        self._again("redis_conf", lambda said: self._redis(said, redis))
        for name, address in ways.items():
            self._again(name, lambda _, address=address: address)

    def _redis(self, said: str, folder: Path) -> str:
        changed = said.replace("bind * -::*", f"bind {self.places.address('redis')}").replace("/data", str(folder))
        assert changed.count(str(folder)) == 1
        return f"{changed}\nport {self.places.port('redis')}\n"

    def _again(self, name: str, change: Callable[[str], str]) -> None:
        file = self.secrets / name
        before = file.read_text(encoding="utf-8")
        file.chmod(0o600)
        file.write_text(change(before), encoding="utf-8")
        assert file.read_text(encoding="utf-8") != before, name
        file.chmod(0o400)

    def _nginx(self) -> None:
        home, places = self.home, self.places
        (home / "nginx" / "tmp").mkdir(parents=True)
        self._write(
            "nginx/nginx.conf",
            (r"/tmp/", f"{home}/nginx/tmp/"),
            (r"/etc/nginx/(upstreams|places)\.conf", rf"{home}/nginx/\1.conf"),
        )
        self._write("nginx/house.conf")
        self._write(
            "nginx/places.conf",
            (r"listen (\d+)", lambda said: f"listen {places.at('front', int(said[1]))}"),
            (r"/etc/nginx/house\.conf", f"{home}/nginx/house.conf"),
            (r"/run/secrets", str(self.secrets)),
            (r"/srv/(static|acme)", rf"{home}/\1"),
        )
        self._write(
            "nginx/upstreams.conf",
            (r"127\.0\.0\.11\b", places.at("names")),
            (r"(api|events):8000", lambda said: f"{said[1]}:{places.port(said[1])}"),
        )

    def _watching(self, ways: dict[str, str]) -> None:
        home, places = self.home, self.places
        (home / "targets").mkdir()
        self._write(
            "prometheus/prometheus.yml",
            (r"(scrape|evaluation)_interval: \d+s", r"\1_interval: 2s"),
            (BY_NAME, rf'file_sd_configs:\n  - {{files: ["{home}/targets/\1.json"], refresh_interval: 1s}}'),
            (r"/run/secrets/metrics_token", f"{self.secrets}/metrics_token_for_prometheus"),
            # No package of it: its alerts are proved by promtool alone.
            (r"(?s)- job_name: cadvisor.*?(?=- job_name)", ""),
            (r"localhost:9090", "prometheus:9090"),
            (r"[\w-]+:\d{4}\b", lambda said: places.placed(said[0])),
        )
        for path in RULES.glob("*.yml"):
            changes = [MINUTE_BY_SECOND] if "for:" in path.read_text(encoding="utf-8") else []
            self._write(f"prometheus/rules/{path.name}", *changes)
        self._write(
            "alertmanager/alertmanager.yml",
            # Debian 12's knows no `url_file`.
            (r"- url_file: /run/secrets/deadman_url", f"- url: {ways['deadman_url']}"),
            (r"/run/secrets", str(self.secrets)),
            (r"group_wait: \d+s", "group_wait: 0s"),
            (r"group_interval: (\d+)m", r"group_interval: \1s"),
            (r"repeat_interval: (\d+)h", r"repeat_interval: \1m"),
        )
        self._write("blackbox/blackbox.yml")

    def files(self, endpoint: str) -> Path:
        """Write what the bucket's door reads."""
        file = self.home / "nginx" / "files.conf"
        at = self.places.at("files")
        file.write_text(FILES.format(home=self.home, at=at, secrets=self.secrets, endpoint=endpoint), encoding="utf-8")
        return file

    def targets(self, service: str, port: int, addresses: list[str]) -> None:
        """Tell Prometheus where the processes of a service are."""
        file = self.home / "targets" / f"{service}.json"
        new = file.with_suffix(".new")
        new.write_text(json.dumps([{"targets": [f"{address}:{port}" for address in addresses]}]), encoding="utf-8")
        new.replace(file)
