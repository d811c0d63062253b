"""Reads the logs of ZNC, the bouncer: "[12:57:12] <nick> text", a file per channel and day.

The wording is from ZNC's modules/log.cpp; only the file's name tells the day.
"""

import re

from bot.networks.transcript.line_events import (
    NO_EVENT,
    UNKNOWN,
    Joined,
    LineEvent,
    Parted,
    Quit,
    Renamed,
    Spoke,
    TopicLine,
    modes,
    said,
)
from bot.networks.transcript.wordings import Forms, Reading, is_split, meaning

LINE = re.compile(r"\[((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)\] (.*)", re.DOTALL)
SAID = re.compile(r"<([^<>]+)>(?: (.*))?", re.DOTALL)
ACTION = re.compile(r"\* (\S+)(?: (.*))?", re.DOTALL)
NOTICE = re.compile(r"-(\S+?)- (.*)", re.DOTALL)
EVENTS: Forms = (
    (re.compile(r"Joins: (\S+)(?: \((\S*)\))?\s*"), lambda found: Joined((found[1],), "", found[2] or "")),
    (re.compile(r"Parts: (\S+)(?: \(\S*\))?(?: \(.*\))?\s*", re.DOTALL), lambda found: Parted(found[1])),
    (
        re.compile(r"Quits: (\S+)(?: \((\S*@\S*)\))?(?: \((.*)\))?\s*", re.DOTALL),
        lambda found: Quit((found[1],), is_split(found[3]), found[2] or ""),
    ),
    (re.compile(r"(\S+) is now known as (\S+)\s*"), lambda found: Renamed(found[1], found[2])),
    (re.compile(r"\S+ sets mode: (.*)", re.DOTALL), lambda found: modes(found[1])),
    (re.compile(r"(\S+) was kicked by \S+(?: .*)?", re.DOTALL), lambda found: Parted(found[1])),
    (re.compile(r"\S+ changes topic to '(.*)'", re.DOTALL), lambda found: TopicLine(found[1])),
)


def read(line: str) -> Reading:
    """The stamp and the event of a line; None if it is not understood."""
    found = LINE.fullmatch(line)
    if found is None:
        return None
    stamp, rest = found.groups()
    event = meaning(EVENTS, rest[4:]) if rest.startswith("*** ") else _read_talk(rest)
    return stamp, UNKNOWN if event is None else event


def _read_talk(rest: str) -> LineEvent | None:
    if (found := SAID.fullmatch(rest)) is not None:
        return said(found[1], found[2] or "")
    if (found := ACTION.fullmatch(rest)) is not None:
        return Spoke(found[1], found[2] or "", off_record=True)
    if (found := NOTICE.fullmatch(rest)) is not None:
        return Spoke(found[1], found[2], talk_only=True)
    if rest.startswith(("Connected to IRC", "Disconnected from IRC", "Broadcast: ")):
        return NO_EVENT
    return None
