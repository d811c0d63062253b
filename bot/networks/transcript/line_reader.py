"""Reads the lines of a log: a stamp, then `<nick>` and words, an action, a notice, or what a client tells of a channel.

Rules of this file: one grammar for the logs of all programs; what differs between them are the sentences of
`wordings.py`. Text that somebody said stays as it is.
"""

import re
from collections.abc import Callable

from bot.core.words.text import FORMATTING
from bot.networks.transcript.line_events import (
    BARE_STAMP,
    NO_EVENT,
    NO_MARK,
    SIGNS,
    UNKNOWN,
    DayLine,
    Edit,
    Joined,
    LineEvent,
    Parted,
    Reaction,
    Redaction,
    Spoke,
    TopicLine,
    marked,
    said,
)
from bot.networks.transcript.stamps import MONTH, Stamps, dated
from bot.networks.transcript.wordings import EVENTS, UNMARKED, Forms, Reading, meaning

CONTINUED = re.compile(r" {3,}\|(?: (.*))?", re.DOTALL)

SAID = re.compile(r"<(?!-)([^<>]+)>[ \t]?(.*)", re.DOTALL)
MASK = re.compile(r"([^!@\s]+)!\S+@\S+")
BIP = re.compile(r"(?:[<>] (\* )?([^\s!:*<>]+)!\S+?@[^\s:]+:? |> ()([^\s!:*<>]+): )(.*)", re.DOTALL)
MARKED = re.compile(r"(-!-|\*\*\*|-->|<--|<->|={2,3}|→|←|⇐|⇒|--|---|-\*-|—|•)[ \t]+(.*)", re.DOTALL)
STAR = re.compile(r" ?\*[ \t]+(.*)", re.DOTALL)
ACTION = re.compile(r"(\S+)(?: (.*))?", re.DOTALL)
BULLET = re.compile(r"([^\s:]+):? (.*)", re.DOTALL)
NOTICE = re.compile(r"-(@[^\s:]+:[^\s/]+?|[^\s:/-][^\s:/]*?)(?:[:/]\S+?)?-[ \t](.*)", re.DOTALL)
KONVERSATION = re.compile(
    r"(?:Join|Part|Quit|Nick|Mode|Topic|Kick|Notify|Info|Notice|Away)\t+(.*)", re.DOTALL
)
LABELED = re.compile(r"\{(\w+)(?:>(\w+))?(?:\^(\w+))?\} <([^<>]+)>(?: (.*))?", re.DOTALL)
EDITED = re.compile(r"\{(\w+)~\} <([^<>]+)>(?: (.*))?", re.DOTALL)
UNEDITED = re.compile(r"\{(\w+)~([0-9]{0,4})-\} (\S+) *")
REACTED = re.compile(r"\{(\w+)([+-])([^\s{}]*)\} (\S+) *")
LISTED = re.compile(r"[ @+%&~!]\S+ *")
ITSELF = re.compile(
    r"(\S+) has (joined|left|changed the topic to:) ?(.*)", re.DOTALL
)  # RRSAgent's way to log
CODES = re.compile(r"[\x02\x03\x04\x0f\x11\x16\x1d-\x1f]")
UNSTAMPED = re.compile(r"(?:={3} |\*{3} |<(?!-)[^<>\s]+> )")

OF_THE_FILE = re.compile(r"Session Ident: .*|[#&]\S+\s*")
CLOCK = r"((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)"
DAYS = (
    re.compile(
        r"(?:--- (?:Log (?:opened|closed)|Day changed)|\*{4} (?:BEGIN|ENDING) LOGGING AT|Session (?:Start|Time|Close)"
        rf"(?: \([^)]*\))?:|(?:Start|End) of \S+ buffer:?) +(?P<said>\S+ +(?P<month>\S+) +(?P<day>[0-9]{{1,2}})(?: {CLOCK})? (?P<year>[0-9]{{4}}))\s*"
    ),
    re.compile(
        rf"(?:\[[^\]]*\] )?-? ?\{{Day changed to (?P<said>\w+, (?P<month>{MONTH}) (?P<day>[0-9]{{1,2}}), (?P<year>[0-9]{{4}}))()\}}",
        re.IGNORECASE,
    ),
)
DAY_LINE = re.compile(
    rb"^(?:--- (?:Log opened|Log closed|Day changed) |\*{4} (?:BEGIN|ENDING) LOGGING AT |Session (?:Start|Time|Close)\b.*: |Start of \S+ buffer"
    rb"|[^\n]{0,16}\{Day changed to )",
    re.MULTILINE,
)
# clients and servers talking of themselves
SERVICE = (
    "[Users ", "Connected to ", "Disconnected", "Broadcast: ", "Mode is ", "Topic is ", "Set by ", "You're now ",
    "Now talking ", "Users on ", "Attempting ", "Rejoined ", "Retrieving ", "-------------",
)  # fmt: skip
CLIENT = re.compile(
    r"Irssi: |Channel |Topic |Home page |You(?:'re|'ve)? |Mode |Joined |\S+ sets (?:ban|exempt|invite) |\S+ (?:<\S*> )?invited "
    r"|\S+ is (?:now away|back)\b|\S+ changed host"
)


class LineReader:
    """Reads the lines of one log.

    told:    reads what stands after the stamp, where the form is another
    colored: codes for colors and bold may stand before the words
    """

    def __init__(
        self, stamps: Stamps, told: Callable[[str], LineEvent | None] | None = None, *, colored: bool = False
    ) -> None:
        self._stamps = stamps
        self._told = told
        self._colored = colored

    def read(self, line: str) -> Reading:
        """The stamp ("" if the line has none) and the event of a line; None if it is not understood.

        Raises ClockError for an impossible day.
        """
        if self._colored and CODES.search(line) is not None:
            line = _uncolored(line)
        found = self._stamps.read(line)
        if found is None:
            return read_day(line) or (_read_unstamped(line) if self._told is None else None)
        stamp, rest = found
        if not rest or rest.isspace():
            return stamp, BARE_STAMP
        event = read_tabbed(rest[1:]) if rest[0] == "\t" else None
        if event is None:
            event = self._told(rest) if self._told is not None else read_rest(rest.lstrip(" \t"), rest)
        return stamp, UNKNOWN if event is None else event


def read_rest(text: str, rest: str) -> LineEvent | None:
    """The event of the text after a stamp."""
    if text.startswith("{") and (event := _read_label(text)) is not None:
        return event
    if (found := STAR.fullmatch(rest) or STAR.fullmatch(text)) is not None:
        return _read_star(found[1])
    if text.startswith(SERVICE):
        return NO_EVENT
    event = meaning(FORMS, text)
    return event if event is not None else _read_names(text.strip())


def read_tabbed(rest: str) -> LineEvent | None:
    """A line of WeeChat, which puts tabs around its prefix; None for another program's line."""
    prefix, tab, text = rest.partition("\t")
    if not tab or (prefix[:1] == "<" and prefix[-1:] == ">"):
        return None
    match prefix.strip():
        case "-->" | "<--":
            return meaning(EVENTS, text) or UNKNOWN
        case "--":
            return meaning(EVENTS, text) or NO_EVENT  # channel created, nicks counted: no chat
        case "*":
            name, _, action = text.partition(" ")
            mark, nick = marked(name)
            return Spoke(nick, action, mark, off_record=True) if nick else UNKNOWN
        case "" | "=!=":
            return NO_EVENT  # the client itself: an error, a line without a prefix
    return said(prefix, text)


def read_day(line: str) -> Reading:
    """The day that a line names, with its time. Raises ClockError if there is no such day."""
    if line[:1] not in "-*S[SE{":
        return None
    for form in DAYS:
        if (found := form.fullmatch(line)) is not None:
            day = dated(found["day"], found["month"], found["year"], said=line[4:60].strip())
            clock = next((group for group in found.groups()[3:] if group and ":" in group), "00:00:00")
            return clock, DayLine(day)
    return None


def _uncolored(line: str) -> str:
    """A line without codes before its words, which keep theirs."""
    words = line.find("> ") + 1 if "<" in line else 0
    return FORMATTING.sub("", line[: words or None]) + (line[words:] if words else "")


def _read_unstamped(line: str) -> Reading:
    """A line that some programs write without a stamp; it happened at the time of the line before."""
    if UNSTAMPED.match(line) is None:
        return ("", NO_EVENT) if OF_THE_FILE.fullmatch(line) else None
    event = read_rest(line, line)
    return None if event is None or event is UNKNOWN else ("", event)


def _said(name: str, text: str) -> LineEvent:
    if (found := MASK.fullmatch(name)) is not None:
        return said(
            found[1], text[1:] if text[:1] in {"+", "-"} else text
        )  # dircproxy's sign of identified nicks
    if (found := ITSELF.fullmatch(text)) is not None and found[1] == name:
        match found[2]:
            case "joined" if found[3][:1] in {"#", "&"}:
                return Joined((name,))
            case "left" if found[3][:1] in {"#", "&"}:
                return Parted(name)
            case "changed the topic to:":
                return TopicLine(found[3])
    if name[:1] == NO_MARK and name[1:2] in SIGNS:
        name = name[1:]  # "< @amaru >"
    return said(name.rstrip() or name, text)


def _read_marked(mark: str, text: str) -> LineEvent:
    if mark in {"-*-", "—", "•"}:
        found = BULLET.fullmatch(text)
        return Spoke(found[1], found[2], off_record=True) if found is not None else UNKNOWN
    event = meaning(EVENTS, text)
    if event is not None:
        return event
    is_own = mark == "--" or text.startswith(SERVICE) or CLIENT.match(text) is not None
    return NO_EVENT if is_own else UNKNOWN


def _read_star(text: str) -> LineEvent | None:
    event = meaning(UNMARKED, text)
    if event is not None:
        return event
    if text.startswith(SERVICE):
        return NO_EVENT
    found = ACTION.fullmatch(text)
    if found is None:
        return None
    mark, nick = marked(found[1])
    return Spoke(nick, found[2] or "", mark, off_record=True)


def _read_label(rest: str) -> LineEvent | None:
    if (found := LABELED.fullmatch(rest)) is not None:
        mark, nick = marked(found[4])
        root, answers = found[2] or "", found[3] or ""
        return Spoke(nick, found[5] or "", mark, label=found[1], root=root, answers=answers)
    if (found := EDITED.fullmatch(rest)) is not None:
        return Edit(marked(found[2])[1], found[3] or "", found[1])
    if (found := UNEDITED.fullmatch(rest)) is not None:
        return Redaction(marked(found[3])[1], found[1], found[2])
    if (found := REACTED.fullmatch(rest)) is not None:
        label, sign, emoji, name = found.groups()
        nick = marked(name)[1]
        if emoji:
            return Reaction(nick, label, emoji, withdrawn=sign == "-")
        if sign == "-":
            return Redaction(nick, label)
    return None


def _read_names(rest: str) -> Joined | None:
    """The list of who is there that irssi shows after a join: "[@amaru] [+jbell] [ okoye]"."""
    names = rest[1:-1].split("] [")  # a nick may hold brackets itself
    if rest[:1] != "[" or rest[-1:] != "]" or not all(LISTED.fullmatch(name) for name in names):
        return None
    return Joined(tuple(name.strip() for name in names))


FORMS: Forms = (
    (BIP, lambda found: Spoke(found[2] or found[4], found[5], off_record=bool(found[1]))),
    (SAID, lambda found: _said(found[1], found[2])),
    (MARKED, lambda found: _read_marked(found[1], found[2])),
    (NOTICE, lambda found: Spoke(found[1], found[2], talk_only=True)),
    (KONVERSATION, lambda found: meaning(EVENTS, found[1]) or NO_EVENT),
    *UNMARKED,
)
