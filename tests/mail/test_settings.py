import pytest

from bot.mail.settings import SmtpSettings


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_password_may_be_sent_in_the_open_on_this_machine(host: str) -> None:
    assert SmtpSettings(host, "bot@example.org", security="none", username="bot").host == host


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.1"])
def test_but_not_to_another(host: str) -> None:
    with pytest.raises(ValueError, match="needs TLS"):
        SmtpSettings(host, "bot@example.org", security="none", username="bot")


def test_a_sender_that_is_none() -> None:
    with pytest.raises(ValueError) as caught:
        SmtpSettings("mail.example.org", "Gatherbot")
    assert str(caught.value) == "'Gatherbot' is not a mail address"


def test_the_password_is_not_shown() -> None:
    shown = repr(SmtpSettings("mail.example.org", "bot@example.org", username="bot", password="s3cret"))
    assert shown == (
        "SmtpSettings(host='mail.example.org', sender='bot@example.org', port=587, security='starttls', tls_ca='', "
        "username='bot', timeout=30.0)"
    )
