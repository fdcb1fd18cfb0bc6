"""Letters to a person's own address, through the operator's mail server; without one, none are offered.

The wire is Django's mail backend, which `EMAIL_URL` chooses. A letter has a name of its own (`Message-ID`), so that a
mail program that gets it twice can show it once.
"""

from __future__ import annotations

import smtplib
import ssl

from django.conf import settings
from django.core.mail import EmailMessage

from onharu.kernel import leaving, measures
from onharu.upstream import tally
from onharu.upstream.faults import Refused, Unavailable

SOURCE = "mail"
PERMANENT = 500


def is_offered() -> bool:
    """Whether the operator named a mail server."""
    return bool(settings.MAIL_OFFERED)


def send(*, to: str, subject: str, body: str, name: str) -> None:
    """Send one letter, once. Raises Unavailable (later may be better) or Refused (this address never takes it)."""
    if not is_offered():
        raise Refused(SOURCE, "off")
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    headers = {"Message-ID": f"<{name}@{domain}>", "Auto-Submitted": "auto-generated"}
    letter = EmailMessage(" ".join(subject.split()), body, to=[to], headers=headers)
    try:
        letter.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as fault:
        leaving.sent(SOURCE, len(to.encode()), ok=False)  # the server heard the address and took no letter
        raise _fault_of(fault) from None
    except ssl.SSLCertVerificationError:
        raise _told(Unavailable(SOURCE, "bad_certificate")) from None
    except (smtplib.SMTPException, OSError):
        raise _told(Unavailable(SOURCE, "no_connection")) from None
    leaving.sent(SOURCE, len(letter.message().as_bytes()), ok=True)
    tally.count(SOURCE, "ok")
    measures.count("upstream_requests_total", upstream=SOURCE, outcome="ok")


def _fault_of(fault: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> Unavailable | Refused:
    """Read a mail server's number: 5xx is for good, 4xx for now. Its words are dropped: they repeat the address."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in fault.recipients.values()]
        code = max(codes, default=PERMANENT)
    else:
        code = fault.smtp_code
    word = f"smtp_{code}"
    return _told(Refused(SOURCE, word) if code >= PERMANENT else Unavailable(SOURCE, word))


def _told(fault: Unavailable | Refused) -> Unavailable | Refused:
    tally.count(SOURCE, fault.reason)
    measures.count("upstream_requests_total", upstream=SOURCE, outcome=fault.reason)
    return fault
