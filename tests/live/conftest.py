"""The real servers that live tests can ask for."""

from tests.live.mail_servers import mail_certificate, mail_hub, mailing_list

__all__ = ["mail_certificate", "mail_hub", "mailing_list"]
