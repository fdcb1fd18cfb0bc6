"""Look for keys, passwords and tokens in every file that git knows; a finding fails unless its line says why not.

python scripts/secrets_scan.py            look through the tree
python scripts/secrets_scan.py FILE …     look through these files

A value that only looks like a secret stands in scripts/secrets_known.txt below its reason; or its line ends with
`pragma: allowlist secret` and the reason beside it. What has fewer than eight letters is none. No value is printed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from detect_secrets.core.scan import scan_file
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parent.parent
# Files whose long texts are digests and drawings by nature. A secret could hide there, but nobody writes one there.
LEFT_OUT = {"uv.lock", "scripts/secrets_known.txt"}
KNOWN = ROOT / "scripts" / "secrets_known.txt"
SHORTEST = 8
BINARY = {".mo", ".png", ".jpg", ".ttf", ".woff2", ".onnx", ".npz", ".gz", ".ico", ".webp", ".heic"}
# Keys of companies by their form, words like `password =` with a value, PEM, and texts of high entropy.
DETECTORS = (
    "ArtifactoryDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "CloudantDetector",
    "DiscordBotTokenDetector", "GitHubTokenDetector", "GitLabTokenDetector", "IbmCloudIamDetector",
    "IbmCosHmacDetector", "JwtTokenDetector", "KeywordDetector", "MailchimpDetector", "NpmDetector", "OpenAIDetector",
    "PrivateKeyDetector", "PypiTokenDetector", "SendGridDetector", "SlackDetector", "SoftlayerDetector",
    "SquareOAuthDetector", "StripeDetector", "TelegramBotTokenDetector", "TwilioKeyDetector",
)  # fmt: skip
ENTROPY = ({"name": "Base64HighEntropyString", "limit": 4.5}, {"name": "HexHighEntropyString", "limit": 3.0})
FILTERS = (
    "detect_secrets.filters.allowlist.is_line_allowlisted",
    "detect_secrets.filters.heuristic.is_indirect_reference",
    "detect_secrets.filters.heuristic.is_templated_secret",
)
SETTINGS = {
    "plugins_used": [*({"name": name} for name in DETECTORS), *ENTROPY],
    "filters_used": [{"path": path} for path in FILTERS],
}


def known_files() -> Iterator[Path]:
    """List the files that git knows, without what is no text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # nosec B603 B607
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and name not in LEFT_OUT and Path(name).suffix not in BINARY:
            yield ROOT / name


def known_values() -> frozenset[str]:
    """Read the values that look like secrets and are none."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def findings(files: Iterable[Path], known: frozenset[str], met: set[str]) -> Iterator[str]:
    """Say where something looks like a secret, and of which kind; `met` learns which known values there are."""
    with transient_settings(SETTINGS):
        for path in files:
            for found in scan_file(str(path)):
                value = found.secret_value or ""
                if value in known:
                    met.add(value)
                elif len(value) >= SHORTEST:
                    yield f"{path}:{found.line_number}: {found.type}"


def main(words: list[str]) -> int:
    """Look; the code is 1 when something was found."""
    files = [Path(word) for word in words] or list(known_files())
    known, met = known_values(), set[str]()
    found = sorted(set(findings(files, known, met)))
    if not words:
        lines = KNOWN.read_text(encoding="utf-8").splitlines()
        found += [f"{KNOWN}:{lines.index(one) + 1}: stands nowhere any more" for one in sorted(known - met)]
    for sentence in found:
        print(sentence)
    print(f"secrets: {len(found)} in {len(files)} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
