"""Reads WeeChat's logs: date and time, a prefix and the text, with tabs between.

Wording from WeeChat's src/plugins/irc/irc-protocol.c (3.8 to 4.x) with its default settings: prefixes -->, <--, -- and " *",
the sign of power before a nick, "nick [account] (real name) (user@host) has joined" where the server tells accounts.
"""

import re

from bot.networks.transcript.line_events import (
    NO_EVENT,
    UNKNOWN,
    Joined,
    LineEvent,
    LoggedIn,
    Parted,
    Quit,
    Renamed,
    Spoke,
    TopicLine,
    marked,
    modes,
    said,
)
from bot.networks.transcript.wordings import Forms, Reading, is_split, meaning

STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
JOINS: Forms = (
    (
        re.compile(
            r"(\S+)(?: \[(?:\*|([^\s\]]+))\])?(?: \((.*)\))?(?: \((\S*@\S*)\)) has joined \S+\s*", re.DOTALL
        ),
        lambda found: Joined((found[1],), found[2] or "", found[4], found[3] or ""),
    ),
    (
        re.compile(r"(\S+)(?: \[(?:\*|([^\s\]]+))\])?(?: \(.*\))? has joined \S+\s*", re.DOTALL),
        lambda found: Joined((found[1],), found[2] or ""),
    ),
)
LEAVES: Forms = (
    (re.compile(r"(\S+)(?: \(\S*\))? has left \S+(?: .*)?", re.DOTALL), lambda found: Parted(found[1])),
    (
        re.compile(r"(\S+)(?: \((\S*@\S*)\))? has quit(?: \((.*)\))?\s*", re.DOTALL),
        lambda found: Quit((found[1],), is_split(found[3]), found[2] or ""),
    ),
    (re.compile(r"\S+ has kicked (\S+)(?: .*)?", re.DOTALL), lambda found: Parted(found[1])),
)
NETWORK: Forms = (
    (
        re.compile(r"Notice\((\S+)\)(?: -> \S+)?: (.*)", re.DOTALL),
        lambda found: Spoke(found[1], found[2], talk_only=True),
    ),
    (re.compile(r"(\S+) is now known as (\S+)\s*"), lambda found: Renamed(found[1], found[2])),
    (re.compile(r"Mode \S+ \[(.*)\](?: by [^\]]*)?", re.DOTALL), lambda found: modes(found[1])),
    (
        re.compile(r"(\S+)(?: \(\S*\))? has (?:identified as (\S+)|unidentified)\s*"),
        lambda found: LoggedIn(found[1], found[2] or ""),
    ),
    (re.compile(r"Topic for \S+ is \"(.*)\"", re.DOTALL), lambda found: TopicLine(found[1])),
    (re.compile(r"\S+ has unset topic for \S+ .*", re.DOTALL), lambda _: TopicLine("")),
    (
        re.compile(
            r"\S+ has changed topic for \S+ (?:from|to) \"(.*)\"", re.DOTALL
        ),  # "from" only if there was one
        lambda found: TopicLine(found[1].rpartition('" to "')[2]),
    ),
)


def read(line: str) -> Reading:
    """The stamp and the event of a line; None if it is not understood."""
    stamp, _, rest = line.partition("\t")
    prefix, tab, text = rest.partition("\t")
    if not tab or STAMP.fullmatch(stamp) is None:
        return None
    event = _meaning(prefix, text)
    return stamp, UNKNOWN if event is None else event


def _meaning(prefix: str, text: str) -> LineEvent | None:
    match prefix.strip():
        case "-->":
            return meaning(JOINS, text)
        case "<--":
            return meaning(LEAVES, text)
        case "--":
            return meaning(NETWORK, text) or NO_EVENT  # channel created, nicks counted: no chat
        case "*":
            return _action(text)
        case "" | "=!=":
            return NO_EVENT  # the client itself: an error, a line without a prefix
    return said(prefix, text)


def _action(text: str) -> Spoke | None:
    name, _, action = text.partition(" ")
    mark, nick = marked(name)
    return Spoke(nick, action, mark, off_record=True) if nick else None
