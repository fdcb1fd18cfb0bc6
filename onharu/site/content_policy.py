"""What a page of this house may load and run: what this house serves, and inline scripts that carry the nonce."""

from __future__ import annotations

from typing import Any

from csp.constants import NONCE, NONE, SELF

from onharu.site import buckets, env

POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *buckets.image_origins(env.text("FILES_URL"))],
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
