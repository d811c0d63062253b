"""Writes headers for the wire: one line of text becomes folded and encoded ASCII.

The standard library's folding encodes long Message-IDs as if they were words
(https://github.com/python/cpython/issues/79986), so headers are folded here; the library still parses them and refuses
line breaks.
"""

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

from bot.mail.addresses import one_line

LINE = 76  # RFC 2047 section 2: a line with an encoded word has at most 76 characters
PLAIN_TEXT = re.compile(r"[ -~]*")
ATOMS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*"
)  # RFC 5322 section 3.2.3; names with other characters are quoted
MESSAGE_ID = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")  # printable ASCII without < > @
FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,70}")

ADDRESSES = frozenset({"from", "to", "cc", "reply-to"})
IDS = frozenset({"message-id", "in-reply-to", "references"})
STRUCTURE = frozenset({"date", "mime-version", "content-type", "content-transfer-encoding"})


def message_id(text: str) -> str:
    """`text` in angle brackets. Raises ValueError if it is no valid Message-ID."""
    if not MESSAGE_ID.fullmatch(text) or len(text) > 250:
        raise ValueError(f"{one_line(text)[:80]!r} is not a Message-ID")
    return f"<{text}>"


def words(text: str, field: str, linesep: str = "\r\n") -> str:
    """Fold the text of the header `field`; text that is not plain ASCII or cannot be folded becomes encoded words."""
    longest = max(map(len, text.split(" ")))
    if _plain(text) and longest < LINE - len(field):
        return Header(text, "us-ascii", maxlinelen=LINE, header_name=field).encode(
            splitchars=" ", linesep=linesep
        )
    return _encoded(text, field, linesep)


def _plain(text: str) -> bool:
    """Whether a text is ASCII and nothing in it looks like an encoded word."""
    return bool(PLAIN_TEXT.fullmatch(text)) and "=?" not in text


def _encoded(text: str, field: str, linesep: str) -> str:
    return Header(text, "utf-8", maxlinelen=LINE, header_name=field).encode(linesep=linesep)


def _address(address: Address, field: str, linesep: str) -> str:
    name = address.display_name
    if not name:
        return address.addr_spec
    if not _plain(name) or len(name) > 400:
        return f"{_encoded(name, field, linesep)}{linesep} <{address.addr_spec}>"
    if not ATOMS.fullmatch(name):
        name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f"{name} <{address.addr_spec}>"


class WirePolicy(EmailPolicy):
    """Writes each header by the rules of its field."""

    def fold(self, name: str, value: Any) -> str:
        """The header as ASCII text with a line end."""
        field = name.lower()
        if field in STRUCTURE:
            folded: str = super().fold(name, value)
            return folded
        if field in ADDRESSES:
            text = f",{self.linesep} ".join(_address(each, name, self.linesep) for each in value.addresses)
        elif field in IDS:
            text = f"{self.linesep} ".join(str(value).split())
        else:
            text = words(str(value), name, self.linesep)
        return f"{name}: {text}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as bytes."""
        return self.fold(name, value).encode("ascii")


WIRE = WirePolicy(linesep="\r\n")
