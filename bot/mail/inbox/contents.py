"""What somebody wrote in a mail, as plain text, whatever their mail program made of it.

Mails come from anywhere: nothing here raises because of one, and what would take long to parse is not parsed. The library's
old policy is used, because it leaves headers as they are.
"""

import codecs
import hashlib
import re
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice

from msgspec import Struct

from bot.mail.inbox.flowed import joined
from bot.mail.inbox.hypertext import text_of
from bot.mail.text import clean

LONGEST = 1_000_000  # characters of text
MOST_PARTS = 500
DEEPEST = 50  # parts within parts
MOST_BOUNDARIES = 5_000  # lines that may begin a part
LONGEST_FIELD = 8_000  # bytes of a header that the library takes apart
LONGEST_HEAD = 256_000  # bytes of all headers of a mail
TAKEN_APART = re.compile(
    rb"^(?:content-(?:type|disposition)|mime-version)[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
BOUNDARY = re.compile(rb"boundary", re.IGNORECASE)
SLOW = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape"})  # codecs that no mail is in
PLAIN = frozenset({"text/plain", "text/markdown"})
AUTOMATIC = ("x-autoreply", "x-autorespond", "x-vacation")


class Contents(Struct, frozen=True):
    """A mail as far as it matters.

    id:        the same for each copy of it
    text:      the plain text with quotations, its lines ended by line feeds; empty after an error
    trouble:   as in `LetterReceived`
    automatic: a program wrote it: a vacation notice, a bounce, a receipt
    """

    id: str
    text: str = ""
    trouble: str = ""
    automatic: bool = False


def contents_of(raw: bytes) -> Contents:
    """What a mail says; run it in a thread, since it may take a second."""
    raw = _with_line_feeds(raw)
    plain_id = hashlib.sha256(raw).hexdigest()
    if not _is_tame(raw):
        return Contents(plain_id, trouble="unreadable")
    try:
        mail = message_from_bytes(raw, policy=compat32)
        return _read(mail, _id_of(mail) or plain_id)
    except Exception:  # noqa: BLE001 - the library raises nearly anything for broken mails
        return Contents(plain_id, trouble="unreadable")


def head_of(raw: bytes) -> bytes:
    """The headers of a mail, with line feeds, unfolded; cut where they are longer than any mail needs."""
    head, _, _ = _with_line_feeds(raw[:LONGEST_HEAD]).partition(b"\n\n")
    return head.replace(b"\n ", b" ").replace(b"\n\t", b"\t")


def _with_line_feeds(raw: bytes) -> bytes:
    # a pattern that replaces millions of them would hold everything else up
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _is_tame(raw: bytes) -> bool:
    """Whether the library reads it in a reasonable time: it asks each boundary for each line, and copies long headers."""
    return (
        (len(raw) <= LONGEST_HEAD or raw.find(b"\n\n", 0, LONGEST_HEAD) >= 0)
        and sum(1 for _ in BOUNDARY.finditer(raw)) <= DEEPEST
        and raw.count(b"\n--") <= MOST_BOUNDARIES
        and all(len(found[0]) <= LONGEST_FIELD for found in TAKEN_APART.finditer(raw))
    )


def _id_of(mail: "Message[str, str]") -> str:
    identifier = str(mail.get("Message-ID", "")).strip()
    return hashlib.sha256(identifier.encode(errors="replace")).hexdigest() if identifier else ""


def _read(mail: "Message[str, str]", identifier: str) -> Contents:
    if is_automatic(mail):
        return Contents(identifier, automatic=True)
    text = _text(mail)
    if len(text) > LONGEST or len(text := clean(text)) > LONGEST:
        return Contents(identifier, trouble="large")
    if not text.strip():
        has_html = any(part.get_content_type() == "text/html" for part in islice(mail.walk(), MOST_PARTS))
        return Contents(identifier, trouble="html" if has_html else "empty")
    return Contents(identifier, text)


def is_automatic(mail: "Message[str, str]") -> bool:
    """Whether a program wrote it (RFC 3834), also one that says so in an older way."""
    submitted = str(mail.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    return (
        submitted != "no"
        or mail.get_content_type() in {"multipart/report", "message/delivery-status"}
        or str(mail.get("Return-Path", "")).strip() == "<>"
        or str(mail.get("Precedence", "")).strip().lower() in {"auto_reply", "bulk", "junk"}
        or any(name in mail for name in AUTOMATIC)
    )


def _text(part: "Message[str, str]", depth: int = 0) -> str:
    """What a mail or a part of it says, without attachments and mails that were passed on."""
    if depth > DEEPEST or part.get_content_disposition() == "attachment":
        return ""
    kind, parts = part.get_content_type(), _parts(part)
    if kind == "multipart/alternative":
        ordered = sorted(parts, key=lambda each: each.get_content_type() not in PLAIN)
        texts = (_text(each, depth + 1) for each in ordered)
        return next((text for text in texts if text.strip()), "")
    if kind.startswith("multipart/"):
        texts = (_text(each, depth + 1) for each in parts)
        return "\n".join(text for text in texts if text.strip())
    if kind in PLAIN:
        return _decoded(part)
    return clean(text_of(_decoded(part))) if kind == "text/html" else ""


def _parts(part: "Message[str, str]") -> list["Message[str, str]"]:
    # only then: of a text, this would decode what nobody asked for, and fail for an encoded charset
    payload = part.get_payload() if part.is_multipart() else ()
    return [each for each in islice(payload, MOST_PARTS) if isinstance(each, Message)]


def _decoded(part: "Message[str, str]") -> str:
    data = part.get_payload(decode=True)
    text = clean(_characters(data if isinstance(data, bytes) else b"", _parameter(part, "charset")))
    if _parameter(part, "format").lower() == "flowed" and part.get_content_type() == "text/plain":
        return joined(text, delete_space=_parameter(part, "delsp").lower() == "yes")
    return text


def _parameter(part: "Message[str, str]", name: str) -> str:
    found = part.get_param(name, "")
    return found if isinstance(found, str) else str(found[2])  # encoded as in RFC 2231


def _characters(data: bytes, charset: str) -> str:
    """The text of a part, whatever its charset is said to be."""
    for name in (charset, "utf-8"):
        try:
            if codecs.lookup(name).name not in SLOW:
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace")
