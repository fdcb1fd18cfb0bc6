"""Letters through the operator's mail server, and what it says when it does not want them."""

import smtplib

import pytest
from django.core import mail as outbox

from onharu.upstream import mail, tally
from onharu.upstream.faults import Refused, Unavailable


@pytest.fixture
def offered(settings):
    settings.MAIL_OFFERED, settings.DEFAULT_FROM_EMAIL = True, "온하루 <remind@haru.example>"


def send(**more):
    mail.send(
        **{
            "to": "a@example.com",
            "subject": "복용 시간이에요 · 1개",
            "body": "복용 시간이에요",
            "name": "onharu-7",
            **more,
        }
    )


def failing(monkeypatch, fault):
    def refuse(*_):
        raise fault

    monkeypatch.setattr(mail.EmailMessage, "send", refuse)


def test_a_letter_goes_with_a_name_of_its_own(offered):
    send()
    (letter,) = outbox.outbox
    assert letter.extra_headers["Message-ID"] == "<onharu-7@haru.example>"
    assert letter.to == ["a@example.com"]
    assert tally.counted()["mail", "ok"] == 1


def test_a_subject_is_one_line(offered):
    send(subject="복용\r\nBcc: x@example.com")
    assert outbox.outbox[0].subject == "복용 Bcc: x@example.com"


def test_without_a_server_nothing_goes(settings):
    settings.MAIL_OFFERED = False
    with pytest.raises(Refused) as fault:
        send()
    assert fault.value.reason == "off"


@pytest.mark.parametrize(
    ("raised", "kind", "word"),
    [(smtplib.SMTPRecipientsRefused({"a@example.com": (550, b"a@example.com unknown")}), Refused, "smtp_550"),
     (smtplib.SMTPRecipientsRefused({"a@example.com": (451, b"later")}), Unavailable, "smtp_451"),
     (smtplib.SMTPAuthenticationError(535, b"no"), Refused, "smtp_535"), (smtplib.SMTPServerDisconnected(), Unavailable, "no_connection"),
     (ConnectionRefusedError(), Unavailable, "no_connection"), (TimeoutError(), Unavailable, "no_connection")],
)  # fmt: skip
def test_what_a_server_says_is_for_now_or_for_good(offered, monkeypatch, raised, kind, word):
    failing(monkeypatch, raised)
    with pytest.raises(kind) as fault:
        send()
    assert fault.value.reason == word
    assert "a@example.com" not in str(fault.value)
