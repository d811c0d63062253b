"""The address of a letter in the archive of a mailing list, which is known before the letter is sent.

An address is configured with places in braces: `{hash}` is what Mailman's archivers call a letter by, `{id}` is its Message-ID,
and `{list}` is the address of the list.
"""

import base64
import hashlib
import re

PLACE = re.compile(r"\{([^{}]*)\}")
BASE = re.compile(r"https?://[^\s/?#@]+/[^\s{}]*", re.IGNORECASE)
UNSAFE = re.compile(rb"[^A-Za-z0-9._~@-]")
PLACES = frozenset({"hash", "id", "list"})
OF_A_LETTER = frozenset({"hash", "id"})


def letter_hash(message_id: str) -> str:
    """The hash of a letter in Mailman's archives: base32 of the SHA-1 of its Message-ID without brackets."""
    return base64.b32encode(hashlib.sha1(message_id.encode(), usedforsecurity=False).digest()).decode()


def archived_at(archive: str, mailing_list: str, message_id: str) -> str:
    """The address of a letter to a list, by the configured address of the archive (see `archive_fault`)."""
    given = {
        "hash": letter_hash(message_id),
        "id": _quoted(message_id),
        "list": _quoted(mailing_list),
    }
    return PLACE.sub(lambda place: given[place[1]], archive)


def archive_base(archive: str) -> str:
    """What the addresses of all letters in an archive begin with."""
    return archive.partition("{")[0]


def archive_fault(archive: str) -> str:
    """Why this cannot be the address of an archive; empty if it can."""
    named = set(PLACE.findall(archive))
    if set("{}") & set(PLACE.sub("", archive)):
        return "has a brace without its other half"
    if unknown := sorted(named - PLACES):
        return f"has {{{unknown[0]}}}, but only {{hash}}, {{id}} and {{list}} are known"
    if not named & OF_A_LETTER:
        return "needs {hash} or {id}: without one, all letters have the same address"
    base = archive_base(archive)
    if "@" in base.partition("://")[2].partition("/")[0]:
        return "must not contain a name and a password"
    return "" if BASE.fullmatch(base) else "must begin with https://, a host and /, without braces in them"


def _quoted(text: str) -> str:
    """A text as a part of an address, where it stays in its place."""
    return UNSAFE.sub(lambda byte: b"%%%02X" % ord(byte[0]), text.encode()).decode()
