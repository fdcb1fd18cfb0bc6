"""Letters through the operator's mail server, and what it says when it does not want them."""

import smtplib

import pytest
from django.core import mail as outbox

from onharu.site.mail import settings_of
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


def test_an_address_of_a_server_becomes_settings():
    found = settings_of("smtp+tls://me%40haru.example:p%3Aw@mail.example?from=a@haru.example")
    assert found["EMAIL_HOST_USER"] == "me@haru.example"
    assert found["EMAIL_HOST_PASSWORD"] == "p:w"
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (587, True, False)
    assert found["DEFAULT_FROM_EMAIL"] == "a@haru.example"
    assert settings_of("smtps://mail.example")["EMAIL_PORT"] == 465


def test_nothing_said_is_no_mail():
    assert settings_of("")["MAIL_OFFERED"] is False


def test_files_and_the_console_are_for_trying_out():
    assert settings_of("file:///tmp/letters")["EMAIL_FILE_PATH"] == "/tmp/letters"
    assert settings_of("console:")["EMAIL_BACKEND"].endswith("console.EmailBackend")


@pytest.mark.parametrize("url", ["mail.example", "http://me:secret@mail.example", "smtp://", "file:"])
def test_anything_else_is_an_error_that_repeats_no_password(url):
    with pytest.raises(ValueError) as error:
        settings_of(url)
    assert "secret" not in str(error.value)
