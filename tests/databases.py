"""PostgreSQL servers of a test's own: with TLS and a certificate of an own authority, with a replica, stopped and back."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.engines import Engines, free_port

BEGAN, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=3650)


class Databases(Engines):
    """Servers that a test may stop and start by their port."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.of_port: dict[int, tuple[Path, tuple[str, ...], subprocess.Popen[bytes]]] = {}

    def serve_postgres(self, data: Path, port: int, *more: str) -> str:
        """Start it, and remember how."""
        url = super().serve_postgres(data, port, *more)
        self.of_port[port] = (data, more, self.running[-1])
        return url

    def replica_of(self, url: str) -> str:
        """Copy a running server and start the copy, which follows it."""
        assert self.home is not None
        port, data = free_port(), self.home / "replica"
        self._run(
            [self.binaries() / "pg_basebackup", "-h", "127.0.0.1", "-p", _port(url), "-U", "onharu", "-D", data,
             "-R", "-X", "stream", "-c", "fast", "--no-sync"]
        )  # fmt: skip
        return self.serve_postgres(data, port, "-c", "hot_standby=on")

    def halt(self, url: str, how: signal.Signals = signal.SIGQUIT) -> None:
        """Stop one, at once."""
        process = self.of_port[_port(url)][2]
        process.send_signal(how)
        process.wait(20)

    def again(self, url: str) -> None:
        """Start one that was stopped."""
        data, more, _ = self.of_port[_port(url)]
        super().serve_postgres(data, _port(url), *more)
        self.of_port[_port(url)] = (data, more, self.running[-1])

    def own(self, file: Path) -> None:
        """Give a file to the user that the server runs as, readable by nobody else."""
        file.chmod(0o600)
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(file, owner.pw_uid, owner.pw_gid)


def _port(url: str) -> int:
    return int(url.rpartition(":")[2].partition("/")[0])


@contextmanager
def databases(folder: Path) -> Iterator[Databases]:
    """Run servers as long as a test."""
    found = Databases(folder)
    try:
        yield found
    finally:
        found.stop()


class Authority:
    """A certificate authority that a test makes."""

    def __init__(self, folder: Path, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = self._begun(self._name, self._key).add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def sign_for(self, host: str, certificate: Path, key: Path) -> None:
        """Write a certificate for a host, and its key."""
        own = ec.generate_private_key(ec.SECP256R1())
        named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        known = x509.SubjectAlternativeName([x509.DNSName(host)])
        made = self._begun(named, own).add_extension(known, False).sign(self._key, hashes.SHA256())
        certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        key.write_bytes(
            own.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def _begun(self, name: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        begun = x509.CertificateBuilder().subject_name(name).issuer_name(self._name).public_key(key.public_key())
        return begun.serial_number(x509.random_serial_number()).not_valid_before(BEGAN).not_valid_after(ENDS)
