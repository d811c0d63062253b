"""How headers are written on the wire: one line of text in, folded and encoded ASCII out.

The standard library's own folding encodes long Message-IDs as if they were words
(https://github.com/python/cpython/issues/79986), so the wire form is made here; reading and the refusal of line
breaks stay the library's.
"""

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from typing import Any

from bot.mail.addresses import one_line

LINE = 76  # RFC 2047 section 2: a line that holds an encoded word has at most 76 characters
PLAIN_TEXT = re.compile(r"[ -~]*")
ATOMS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*"
)  # RFC 5322 section 3.2.3; what else a name holds is quoted
MESSAGE_ID = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")  # printable ASCII without < > @
FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,70}")

ADDRESSES = frozenset({"from", "to", "cc", "reply-to"})
IDS = frozenset({"message-id", "in-reply-to", "references"})
STRUCTURE = frozenset({"date", "mime-version", "content-type", "content-transfer-encoding"})


def message_id(text: str) -> str:
    """`text` in angle brackets; raises ValueError where it cannot be a Message-ID."""
    if not MESSAGE_ID.fullmatch(text) or len(text) > 250:
        raise ValueError(f"{one_line(text)[:80]!r} is not a Message-ID")
    return f"<{text}>"


def words(text: str, field: str, linesep: str = "\r\n") -> str:
    """Text folded behind the header `field`; in encoded words where it is not plain ASCII or cannot be folded."""
    longest = max(map(len, text.split(" ")))
    if _plain(text) and longest < LINE - len(field):
        return Header(text, "us-ascii", maxlinelen=LINE, header_name=field).encode(
            splitchars=" ", linesep=linesep
        )
    return _encoded(text, field, linesep)


def _plain(text: str) -> bool:
    """Whether a reader shows ASCII as it stands: nothing in it looks like an encoded word."""
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
    """Writes each header as the field's own rules want it."""

    def fold(self, name: str, value: Any) -> str:
        """The header as text that ends with a line end; only ASCII."""
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
