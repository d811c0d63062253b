"""Reads lines that begin with a time: Gatherbot's own form and irssi's, which hardly differ.

The wording is that of irssi's default theme (1.4: fe-common/irc/module-formats.c): a sign of power or a blank before
names, actions one column to the right, and lines with "---" for new days.
"""

import re
from datetime import date

from bot.networks.transcript.clock import YEARS, ClockError
from bot.networks.transcript.line_events import (
    BARE_STAMP,
    NO_EVENT,
    UNKNOWN,
    DayLine,
    Edit,
    Joined,
    LineEvent,
    LoggedIn,
    Parted,
    Quit,
    Reaction,
    Redaction,
    Renamed,
    Spoke,
    TopicLine,
    marked,
    modes,
    said,
)
from bot.networks.transcript.wordings import Forms, Reading, is_split, meaning

STAMP = r"((?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?)"
SAID = re.compile(STAMP + r" <([^<>]+)>(?: (.*))?", re.DOTALL)
OTHER = re.compile(STAMP + r"(?: (.*))?", re.DOTALL)
ALONE_STAMP = re.compile(STAMP + r"\s*")
ACTION = re.compile(r" ?\* (\S+)(?: (.*))?", re.DOTALL)
NOTICE = re.compile(r"-([^\s:-][^\s:]*?)(?::\S+?)?- (.*)", re.DOTALL)
LABELED = re.compile(r"\{(\w+)(?:>(\w+))?\} <([^<>]+)>(?: (.*))?", re.DOTALL)
EDITED = re.compile(r"\{(\w+)~\} <([^<>]+)>(?: (.*))?", re.DOTALL)
UNEDITED = re.compile(r"\{(\w+)~([0-9]{0,4})-\} (\S+) *")
REACTED = re.compile(r"\{(\w+)([+-])([^\s{}]*)\} (\S+) *")
LISTED = re.compile(r"[ @+%&~!]\S+ *")
CONTINUED = re.compile(r" {3,}\|(?: (.*))?", re.DOTALL)
DAY = re.compile(
    r"--- (?:Log (?:opened|closed)|Day changed) \S+ +(\S+) +([0-9]{1,2})(?: ((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]))? ([0-9]{4})\s*"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

HOST = r"(?: \[\S*\])?"
JOINED = re.compile(r"(\S+)(?: \[(\S*)\])? has joined \S+(?: \[account:? (\S+?)\])?(?: .*)?", re.DOTALL)
LEFT = re.compile(r"(\S+)" + HOST + r" has left \S+(?: .*)?", re.DOTALL)
KICKED = re.compile(r"(\S+) was kicked from \S+ by .*", re.DOTALL)
QUIT = re.compile(r"(\S+)(?: \[(\S*)\])? has quit(?: \[(.*)\])?\s*", re.DOTALL)
RENAMED = re.compile(r"(\S+) is now known as (\S+)\s*")
LOGGED_IN = re.compile(r"(\S+)" + HOST + r" (?:is logged in as|has logged in to account) (\S+)\s*")
LOGGED_OUT = re.compile(r"(\S+)" + HOST + r" has logged out of their account\s*")
MODE = re.compile(r"(?:Server)?[Mm]ode/\S+ \[(.*)\](?: by [^\]]*)?", re.DOTALL)
SPLIT = re.compile(r"Netsplit \S+ <-> \S+ quits: (.*)", re.DOTALL)
SPLIT_OVER = re.compile(r"Netsplit over, joins: (.*)", re.DOTALL)
TOPIC = re.compile(r"(?:\S+ changed the topic of \S+ to|Topic for \S+): (.*)", re.DOTALL)
TOPIC_UNSET = re.compile(r"Topic unset by .*", re.DOTALL)
CLIENT = ("Irssi:", "Channel ", "Topic ", "Home page ", "You're ", "You ", "Mode ")  # irssi talking of itself


def listed(names: str) -> tuple[str, ...]:
    """The nicks of a list that irssi wrote: "amaru, @jbell (+3 more, use ...)"."""
    nicks = names.partition(" (+")[0]
    return tuple(marked(name.strip())[1] for name in nicks.split(",") if name.strip())


EVENTS: Forms = (
    (JOINED, lambda found: Joined((found[1],), found[3] or "", found[2] or "")),
    (LEFT, lambda found: Parted(found[1])),
    (QUIT, lambda found: Quit((found[1],), is_split(found[3]), found[2] or "")),
    (RENAMED, lambda found: Renamed(found[1], found[2])),
    (LOGGED_IN, lambda found: LoggedIn(found[1], found[2])),
    (LOGGED_OUT, lambda found: LoggedIn(found[1], "")),
    (MODE, lambda found: modes(found[1])),
    (KICKED, lambda found: Parted(found[1])),
    (SPLIT, lambda found: Quit(listed(found[1]), split=True)),
    (SPLIT_OVER, lambda found: Joined(listed(found[1]))),
    (TOPIC, lambda found: TopicLine(found[1])),
    (TOPIC_UNSET, lambda _: TopicLine("")),
)


def read(line: str) -> Reading:
    """The stamp and the event of a line; None if it is not understood. Raises ClockError for an impossible day."""
    found = SAID.fullmatch(line)
    if found is not None:
        stamp, name, text = found.groups()
        return stamp, said(name, text or "")
    found = OTHER.fullmatch(line)
    if found is None:
        return _read_day(line)
    stamp, rest = found.groups()
    if not rest or rest.isspace():
        return stamp, BARE_STAMP
    event = _read_rest(rest)
    return stamp, UNKNOWN if event is None else event


def _read_rest(rest: str) -> LineEvent | None:
    if rest.startswith("-!- "):
        return meaning(EVENTS, rest[4:]) or (NO_EVENT if rest.startswith(CLIENT, 4) else None)
    if rest.startswith("{"):
        return _read_label(rest)
    if (found := ACTION.fullmatch(rest)) is not None:
        mark, nick = marked(found[1])
        return Spoke(nick, found[2] or "", mark, off_record=True)
    if (found := NOTICE.fullmatch(rest)) is not None:
        return Spoke(found[1], found[2], talk_only=True)
    if rest.startswith("[Users "):
        return NO_EVENT
    return _read_names(rest.strip())


def _read_label(rest: str) -> LineEvent | None:
    if (found := LABELED.fullmatch(rest)) is not None:
        mark, nick = marked(found[3])
        return Spoke(nick, found[4] or "", mark, label=found[1], root=found[2] or "")
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


def _read_day(line: str) -> Reading:
    found = DAY.fullmatch(line)
    if found is None:
        return None
    month, day, clock, year = found.groups()
    try:
        day = date(int(year), MONTHS.index(month[:3].casefold()) + 1, int(day))
        if day.year not in YEARS:
            raise ClockError(line)
    except ValueError as fault:
        raise ClockError(f"{line[4:60].strip()!r} does not name a valid day") from fault
    return clock or "00:00:00", DayLine(day)
