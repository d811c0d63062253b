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

LINE = 76  # RFC 2047 section 2: a line that holds an encoded word has at most 76 characters
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
OVERRIDES = re.compile(
    "[\u202a-\u202e]"
)  # would turn the direction of what follows in the mail reader's list
SURROGATES = re.compile("[\ud800-\udfff]")
PLAIN_TEXT = re.compile(r"[ -~]*")
ATOMS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*"
)  # RFC 5322 section 3.2.3; what else a name holds is quoted
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
MESSAGE_ID = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+")  # printable ASCII without < > @
FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,70}")

ADDRESSES = frozenset({"from", "to", "cc", "reply-to"})
IDS = frozenset({"message-id", "in-reply-to", "references"})
STRUCTURE = frozenset({"date", "mime-version", "content-type", "content-transfer-encoding"})


def one_line(text: str) -> str:
    """`text` as a header may hold it: line breaks and controls are blanks, runs of blanks are one."""
    whole = SURROGATES.sub("\ufffd", OVERRIDES.sub("", BREAKS.sub(" ", text)))
    return re.sub(" {2,}", " ", whole).strip(" ")


def valid_address(text: str) -> str:
    """The bare mail address that `text` is, blanks at both ends off; raises ValueError where it is none."""
    address = text.strip(" ")
    local, at, domain = address.rpartition("@")
    good = at and LOCAL_PART.fullmatch(local) and all(LABEL.fullmatch(label) for label in domain.split("."))
    if not good or len(local) > 64 or len(address) > 254:
        raise ValueError(f"{one_line(text)[:80]!r} is not a mail address")
    return address


def split_sender(text: str) -> tuple[str, str]:
    """The display name (perhaps empty) and address in `Name <address>` or `address`; raises ValueError."""
    bare = text.strip()
    if not bare.endswith(">"):
        return "", valid_address(bare)
    name, bracket, address = bare[:-1].rpartition("<")
    if not bracket:
        return "", valid_address(bare)  # raises
    name = one_line(name)
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = one_line(re.sub(r"\\(.)", r"\1", name[1:-1]))
    return name, valid_address(address)


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
