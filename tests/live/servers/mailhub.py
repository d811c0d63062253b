"""mailhub.py SMTPPORT LMTPPORT LISTDOMAIN MAILDIRROOT [CERT KEY]: a small mail hub for tests (aiosmtpd).

Recipients at LISTDOMAIN go on by LMTP to Mailman; all others are stored in MAILDIRROOT/<address> (Maildir).
With CERT and KEY it offers STARTTLS and AUTH (bot@bot.test, pw-mail), which env REQUIRE_AUTH=1 demands.
While the file named by env FAIL_FILE (MAILDIRROOT/FAIL) exists, its text ("451 4.3.0 try later", "550 no") answers
every DATA. env PLAIN=1: no SMTPUTF8 and no 8BITMIME, as an old server.
"""

import asyncio
import mailbox
import os
import smtplib
import ssl
import sys
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = b"bot@bot.test", b"pw-mail"


class Hub:
    def __init__(self, lmtp: int, domain: str, root: Path) -> None:
        self.lmtp = lmtp
        self.domain = "@" + domain
        self.root = root
        self.fail = Path(os.environ.get("FAIL_FILE", root / "FAIL"))

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        if os.environ.get("PLAIN") == "1":
            return [line for line in responses if "8BITMIME" not in line and "SMTPUTF8" not in line]
        return responses

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.fail.exists():
            return self.fail.read_text().strip()
        try:
            return await asyncio.to_thread(self.deliver, envelope)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            return f"{code} {text.decode()}"
        except smtplib.SMTPResponseException as answer:
            return f"{answer.smtp_code} {answer.smtp_error!r}"
        except OSError as error:
            return f"451 4.4.1 {error}"

    def deliver(self, envelope: Envelope) -> str:
        assert envelope.original_content is not None  # there was a DATA
        lists = [to for to in envelope.rcpt_tos if to.lower().endswith(self.domain)]
        if lists:
            with smtplib.LMTP("127.0.0.1", self.lmtp, timeout=20) as mailman:
                refused = mailman.sendmail(envelope.mail_from or "", lists, envelope.original_content)
            if refused:
                return "550 " + repr(refused)[:200]
        for to in envelope.rcpt_tos:
            if to not in lists:
                box = mailbox.Maildir(self.root / to.lower(), create=True)
                head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {to}\r\n"
                box.add(head.encode() + envelope.original_content)
        return "250 OK"


def authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER, PASSWORD)
    return AuthResult(success=good, handled=good)  # handled and no success would answer nothing at all


def main(port: str, lmtp: str, domain: str, boxes: str, cert: str = "", key: str = "") -> None:
    root = Path(boxes)
    root.mkdir(parents=True, exist_ok=True)
    context = None
    if cert:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert, key)
    controller = Controller(
        Hub(int(lmtp), domain, root),
        hostname="127.0.0.1",
        port=int(port),
        tls_context=context,
        authenticator=authenticate,
        auth_require_tls=True,
        auth_required=os.environ.get("REQUIRE_AUTH") == "1",
        enable_SMTPUTF8=os.environ.get("PLAIN") != "1",
    )
    controller.start()
    print("READY hub", port, flush=True)
    asyncio.new_event_loop().run_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
