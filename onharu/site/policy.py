"""What a browser may do with an answer: a content policy, isolation from other sites, no devices, nothing kept."""

from __future__ import annotations

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

UNFRAMED = "frame-ancestors 'none'"
CLOSED = f"default-src 'none'; {UNFRAMED}"
# A file of a person's, opened by itself: taken for a page it would run nothing and be nobody's.
FILE = f"{CLOSED}; sandbox"
NOBODY_ELSE = "same-origin"
# The product asks for a person's place on the pages of pharmacies alone, and for no other device anywhere: a photograph
# comes through a file field, which needs no leave. What is not named here a browser leaves to the page; a name that it
# does not know it complains of on every page.
NOTHING = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), "
    "encrypted-media=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), "
    "identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), "
    "otp-credentials=(), payment=(), serial=(), usb=(), window-management=(), xr-spatial-tracking=()"
)
WHERE_ONE_STANDS = NOTHING.replace("geolocation=()", "geolocation=(self)")
ASKS_WHERE = ("/pharmacies/",)
# The shell of the installed app: the same for everybody, nobody's.
SHELL = frozenset({"/manifest.webmanifest", "/sw.js", "/offline/"})


class PolicyMiddleware(CSPMiddleware):
    """Writes the pages' content policy only on pages: spelling it out costs a tenth of a plain answer."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the headers; what a view said itself of its content policy stays."""
        headers = response.headers
        headers.setdefault("Cross-Origin-Resource-Policy", NOBODY_ELSE)
        headers["Permissions-Policy"] = WHERE_ONE_STANDS if request.path.startswith(ASKS_WHERE) else NOTHING
        if request.path not in SHELL and "no-store" not in headers.get("Cache-Control", ""):
            headers["Cache-Control"] = "private, no-store"
        if headers.get("Content-Type", "").startswith("text/html"):
            answered: HttpResponseBase = super().process_response(request, response)
            return answered
        own = headers.get("Content-Security-Policy", FILE if "Content-Disposition" in headers else CLOSED)
        headers["Content-Security-Policy"] = own if "frame-ancestors" in own else f"{own}; {UNFRAMED}"
        return response
