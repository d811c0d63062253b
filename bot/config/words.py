"""Validators for single values of the configuration: slugs, addresses, rooms, hosts, links."""

import ipaddress
import re
from collections.abc import Callable
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator

from bot.core.archive_addresses import archive_fault
from bot.core.people.identity import MAIL
from bot.mail.addresses import LABEL, split_sender, valid_address

SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
NICK = re.compile(r"[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]{0,29}")  # RFC 2812 section 2.3.1
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,30}")
MXID = re.compile(r"@[^\s:]+:[^\s]+")
ROOM = re.compile(r"[^\s/]+/[^\s,]+")
ACCOUNT = re.compile(r"[^\s/]+/[^\s/]+")
URL = re.compile(r"https?://[^\s/]+[^\s]*")


def _match(pattern: re.Pattern[str], wanted: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(wanted)
        return text

    return check


def _not_mail(text: str) -> str:
    """Refuse the name of the network on which people are known by mail addresses."""
    if text.partition("/")[0] == MAIL:
        raise ValueError(f'"{MAIL}" stands for people who are known by a mail address; choose another name')
    return text


def _inbox(text: str) -> str:
    kind, _, where = text.partition(":")
    if not text or (kind == "maildir" and where):
        return text
    if kind != "lmtp" or not where:
        raise ValueError('must be "lmtp:HOST:PORT", "lmtp:/path/of/a/socket" or "maildir:/path/of/a/folder"')
    if "/" not in where:
        split_listen(where)
    return text


def _one_line(text: str) -> str:
    if any(ord(letter) < 32 for letter in text):
        raise ValueError("must be a single line")
    return text.strip()


def _something(text: str) -> str:
    if not text:
        raise ValueError("must not be empty")
    return text


def _room(text: object) -> tuple[str, ...]:
    """Convert a room or a list of linked rooms to a venue, a tuple of rooms."""
    rooms = text if isinstance(text, list) else [text]
    if not rooms:
        raise ValueError("must contain at least one room")
    for room in rooms:
        if not isinstance(room, str) or not ROOM.fullmatch(room):
            raise ValueError('must be a network and a room, like "oftc/#starlingx-ptg"')
        _not_mail(room)
    return tuple(rooms)


def _account(text: str) -> str:
    if not (MXID.fullmatch(text) or ACCOUNT.fullmatch(text)):
        raise ValueError('must be a network and an account, like "oftc/ildikov", or "@user:server"')
    return _not_mail(text)


def _prefix(text: str) -> str:
    if len(text) != 1 or text.isalnum() or text.isspace():
        raise ValueError("must be a single character other than a letter or digit")
    return text


def _perhaps_address(text: str) -> str:
    return valid_address(text) if text else ""


def _archive(text: str) -> str:
    if text and (fault := archive_fault(text)):
        raise ValueError(fault)
    return text


def _sender(text: str) -> str:
    split_sender(text)
    return text


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, OSError, ValueError):  # an unknown zone, a folder of zones, a path outside of them
        raise ValueError('is not a time zone; use a name like "UTC" or "Europe/Berlin"') from None
    return text


def _host_mask(text: str) -> str:
    if text and not any(sign.isalnum() for sign in text.rpartition("@")[2]):
        raise ValueError("matches everybody; give the host of the bridge, like *@bridge.example.org")
    return text


def _relay(value: Any) -> Any:
    """Convert the nick of a relay to its table."""
    return {"nick": value} if isinstance(value, str) else value


def _matrix_relay(value: Any) -> Any:
    """Convert the user id of a relay to its table."""
    return {"account": value} if isinstance(value, str) else value


def _host(text: str) -> str:
    if not all(LABEL.fullmatch(label) for label in text.split(".")):
        raise ValueError("must be a host name, without https:// or a path")
    return text.lower()


def _server(text: str) -> str:
    """Validate a host name or an IPv4 or IPv6 address."""
    try:
        return str(ipaddress.ip_address(text.strip("[]")))
    except ValueError:
        return _host(text)


def split_listen(text: str) -> tuple[str, int]:
    """Split "127.0.0.1:8080" into an address and a port."""
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and port.isdigit()) or not 0 < int(port[:6]) < 65536:
        raise ValueError('must be an address and a port like "127.0.0.1:8080"')
    return _server(host), int(port)


def listen(value: Any) -> Any:
    """Convert "127.0.0.1:8080" to an address and a port."""
    return split_listen(value) if isinstance(value, str) else value


Line = Annotated[str, AfterValidator(_one_line)]
Text = Annotated[str, AfterValidator(_one_line), AfterValidator(_something)]
Slug = Annotated[
    str, AfterValidator(_match(SLUG, 'must be lower-case letters, digits, ".", "_" and "-", at most 60'))
]
Nick = Annotated[
    str, AfterValidator(_match(NICK, "is not a nick: letters, digits and - _ [ ] { } | ^ `, at most 30"))
]
NetworkName = Annotated[
    str,
    AfterValidator(_match(NAME, 'must be letters, digits, "_" and "-", at most 31')),
    AfterValidator(_not_mail),
]
Url = Annotated[
    str,
    AfterValidator(
        lambda text: _match(URL, "must be a link that starts with https://")(text) if text else ""
    ),
]
Mxid = Annotated[str, AfterValidator(_match(MXID, 'must be a Matrix id like "@gatherbot:example.org"'))]
Account = Annotated[str, AfterValidator(_account)]
Venue = Annotated[tuple[str, ...], BeforeValidator(_room)]
HostMask = Annotated[str, AfterValidator(_one_line), AfterValidator(_host_mask)]
A_RELAY, A_MATRIX_RELAY = BeforeValidator(_relay), BeforeValidator(_matrix_relay)
Prefix = Annotated[str, AfterValidator(_prefix)]
Address = Annotated[str, AfterValidator(valid_address)]
PerhapsAddress = Annotated[str, AfterValidator(_perhaps_address)]
Archive = Annotated[Url, AfterValidator(_archive)]
Sender = Annotated[str, AfterValidator(_sender)]
Zone = Annotated[str, AfterValidator(_zone)]
Host = Annotated[str, AfterValidator(_host)]
Server = Annotated[str, AfterValidator(_server)]
Inbox = Annotated[str, AfterValidator(_one_line), AfterValidator(_inbox)]
Listen = Annotated[tuple[str, int], BeforeValidator(listen)]
