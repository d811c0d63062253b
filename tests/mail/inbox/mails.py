"""Mails as people's programs write them, and as nobody should."""

import base64
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

DRAFT = "> [DRAFT of Nova]\n>\n> * Cells stay (#1)\n"
TOP_POSTED = f"Looks good.\n\nOn Tue, the bot wrote:\n{DRAFT}"
HTML = "<p>Cells <b>stay</b> as they are</p><blockquote>old<br>text</blockquote>"


def mail(
    text: str = TOP_POSTED, *, to: str = "recaps@example.org", n: int = 1, **headers: str
) -> EmailMessage:
    """A plain mail of somebody whom nobody knows, their `n`th; headers with underscores for hyphens."""
    message = EmailMessage()
    message["From"] = "Mallory <mallory@elsewhere.example>"
    message["To"] = to
    message["Subject"] = "Re: DRAFT: Nova"
    message["Message-ID"] = f"<answer-{n}@elsewhere.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def raw(*head: str, body: bytes = b"") -> bytes:
    """A mail with these header lines, as bytes."""
    lines = ("From: a@elsewhere.example", "Message-ID: <raw@elsewhere.example>", *head)
    return "\r\n".join((*lines, "", "")).encode() + body


def alternative(plain: str, html: str) -> bytes:
    message = mail(plain)
    message.add_alternative(html, subtype="html")
    return bytes(message)


def in_base64(text: str, charset: str = "utf-8") -> bytes:
    encoded = base64.encodebytes(text.encode(charset))
    head = (f"Content-Type: text/plain; charset={charset}", "Content-Transfer-Encoding: base64")
    return raw("MIME-Version: 1.0", *head, body=encoded)


def only_html(html: str = HTML) -> bytes:
    return raw("MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8", body=html.encode())


def html_with_a_lists_footer() -> bytes:
    message = MIMEMultipart("mixed")
    message["Message-ID"] = "<footer@elsewhere.example>"
    message.attach(MIMEText(HTML, "html"))
    message.attach(MIMEText("-- \nunsubscribe here\n", "plain"))
    return bytes(message)


def with_an_attachment() -> bytes:
    message = mail("See the file.\n")
    message.add_attachment("not mine\n", filename="notes.txt")
    message.add_attachment(b"\0\1", maintype="application", subtype="octet-stream", filename="x.bin")
    return bytes(message)


def flowed(body: str, *, delsp: bool = False) -> bytes:
    more = "; delsp=yes" if delsp else ""
    return raw(
        "MIME-Version: 1.0",
        f"Content-Type: text/plain; charset=utf-8; format=flowed{more}",
        body=body.encode(),
    )


def bounce() -> bytes:
    head = ('Content-Type: multipart/report; report-type=delivery-status; boundary="b"', "MIME-Version: 1.0")
    return raw(*head, body=b"--b\r\n\r\nUndelivered\r\n--b--\r\n")


def many_parts(count: int) -> bytes:
    parts = b"".join(b"--b\r\n\r\nx\r\n" for _ in range(count))
    return raw("MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b", body=parts + b"--b--\r\n")


def nested(depth: int) -> bytes:
    body = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(depth)
    )
    return raw(
        "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b0", body=body + b"text\r\n" * 1000
    )
