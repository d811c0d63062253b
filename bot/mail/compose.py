"""Turns a letter into a message that can be sent or written to a file.

The same letter always gives the same bytes, so writing a message twice gives one file. Text from a chat cannot inject
headers: every value is made one line before it is set, and the library also refuses line breaks.
"""

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from bot.core.effects import Letter
from bot.mail.addresses import one_line, split_sender, valid_address
from bot.mail.headers import FIELD_NAME, WIRE, message_id
from bot.mail.text import clean, is_harmless, laid_out, quoted_printable

# Set only by this module: a letter's own headers may be none of these, and may not begin with Content- or Resent-.
OWN_HEADERS = frozenset(
    {
        "from",
        "to",
        "cc",
        "bcc",
        "sender",
        "reply-to",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
    }
    | {"auto-submitted", "mime-version", "received", "return-path", "errors-to", "precedence"}
)


def compose(letter: Letter, sender: str, at: datetime) -> EmailMessage:
    """Compose `letter` as a message from `sender` ("Name <address>"), dated `at` (aware).

    Raises ValueError if an address, a Message-ID or the name of a header is invalid.
    """
    message = EmailMessage(policy=WIRE)
    name, address = split_sender(sender)
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = [Address(addr_spec=valid_address(each)) for each in _recipients(letter)]
    if letter.reply_to:
        message["Reply-To"] = Address(addr_spec=_answers_to(letter.reply_to))
    message["Subject"] = one_line(letter.subject)
    message["Date"] = at
    message["Message-ID"] = message_id(letter.id)
    if letter.references:
        message["In-Reply-To"] = message_id(letter.references[-1])
        message["References"] = " ".join(message_id(each) for each in letter.references)
    # RFC 3834: no vacation replies. No Precedence: Mailman sets it itself, and other list servers drop mails that have one.
    message["Auto-Submitted"] = "auto-generated"
    for header, value in letter.headers:
        _add(message, header, value)
    _fill(message, letter)
    return message


def recipients(message: EmailMessage) -> list[str]:
    """The bare addresses of a composed message's recipients."""
    return [address.addr_spec for address in message["To"].addresses]


def sender_of(message: EmailMessage) -> str:
    """The bare address of a composed message's sender, which gets the bounces."""
    address: str = message["From"].addresses[0].addr_spec
    return address


def _recipients(letter: Letter) -> tuple[str, ...]:
    if not letter.to:
        raise ValueError("the mail has no recipient")
    return tuple(dict.fromkeys(letter.to))


def _answers_to(text: str) -> str:
    try:
        return valid_address(text)
    except ValueError:  # which quotes the address, and that may have a secret
        raise ValueError("the address for answers is not a mail address") from None


def _add(message: EmailMessage, header: str, value: str) -> None:
    known = header.lower()
    if not FIELD_NAME.fullmatch(header) or known in OWN_HEADERS or known.startswith(("content-", "resent-")):
        raise ValueError(f"{one_line(header)[:80]!r} is not valid in a header")
    message[header] = one_line(value)


def _fill(message: EmailMessage, letter: Letter) -> None:
    text = laid_out(clean(letter.body))
    if not letter.html:
        message["MIME-Version"] = "1.0"
        _set_text(message, text, "plain", raw=is_harmless(text))
        return
    plain, html = EmailMessage(policy=WIRE), EmailMessage(policy=WIRE)
    _set_text(plain, text, "plain", raw=False)
    _set_text(html, clean(letter.html), "html", raw=False)
    message["MIME-Version"] = "1.0"
    message["Content-Type"] = "multipart/alternative"
    # Derived from the letter, so that its bytes are always the same; "=_" cannot occur in quoted-printable.
    message.set_boundary(f"=_{hashlib.sha256(letter.id.encode()).hexdigest()[:32]}")
    message.set_payload([plain, html])


def _set_text(part: EmailMessage, text: str, subtype: str, *, raw: bool) -> None:
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "7bit" if raw else "quoted-printable"
    part.set_payload(text if raw else quoted_printable(text))
