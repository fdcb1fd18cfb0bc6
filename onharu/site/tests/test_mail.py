"""How an operator says where letters go."""

import pytest

from onharu.site.mail import settings_of


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
