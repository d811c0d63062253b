"""The events of log lines, the same for all formats, with names as the log has them.

Rules of this file: named tuples, because every line makes one.
"""

from datetime import date
from typing import NamedTuple

MARKS = "@+%&~!"  # what clients put before the nick of somebody with power; "!" and "~" mark founders
NO_MARK = " "  # irssi's way to say that somebody has no power


class Spoke(NamedTuple):
    """Somebody said something.

    mark:    the sign of power before the nick; empty when the log shows none
    answers: label of the message that it is a reply to
    further: the lines of the message after the first
    """

    nick: str
    text: str
    mark: str = ""
    off_record: bool = False
    talk_only: bool = False
    label: str = ""
    root: str = ""
    answers: str = ""
    further: tuple[str, ...] = ()


class Edit(NamedTuple):
    """Somebody edited a labeled message."""

    nick: str
    text: str
    label: str
    further: tuple[str, ...] = ()


class Redaction(NamedTuple):
    """Somebody redacted a labeled message, or an edit of it: "2" is the second edit, "" the newest, None the message."""

    nick: str
    label: str
    edit: str | None = None


class Reaction(NamedTuple):
    """Somebody reacted to a labeled message, or removed the reaction."""

    nick: str
    label: str
    emoji: str
    withdrawn: bool = False


class Joined(NamedTuple):
    """People joined the room; of a single one the log may tell more.

    userhost: as "user@host"
    """

    nicks: tuple[str, ...]
    account: str = ""
    userhost: str = ""
    realname: str = ""


class Parted(NamedTuple):
    """Somebody left the room, or was kicked."""

    nick: str


class Quit(NamedTuple):
    """People left the network; of a single one the log may tell the host, as "user@host"."""

    nicks: tuple[str, ...]
    split: bool = False
    userhost: str = ""


class Renamed(NamedTuple):
    """Somebody changed nick."""

    old: str
    new: str


class LoggedIn(NamedTuple):
    """Somebody's account; empty: logged out."""

    nick: str
    account: str


class ModesSet(NamedTuple):
    """A mode line: letters with signs, then what they apply to."""

    modes: str
    arguments: tuple[str, ...]


class TopicLine(NamedTuple):
    """The room's new topic."""

    topic: str


class DayLine(NamedTuple):
    """The log names the day."""

    day: date


class NoEvent(NamedTuple):
    """Nothing happened: only time passes."""


class BareStamp(NamedTuple):
    """A stamp alone."""


class Unknown(NamedTuple):
    """A stamp with text that is not understood."""


LineEvent = (
    Spoke | Edit | Redaction | Reaction | Joined | Parted | Quit | Renamed | LoggedIn | ModesSet | TopicLine
    | DayLine | NoEvent | BareStamp | Unknown
)  # fmt: skip

NO_EVENT = NoEvent()
BARE_STAMP = BareStamp()
UNKNOWN = Unknown()
SIGNS = frozenset(MARKS + NO_MARK)


def marked(name: str) -> tuple[str, str]:
    """The sign of power before a nick ("" for none), and the nick. A Matrix id begins with "@" and is whole."""
    if name[:1] in SIGNS and not (name[0] == "@" and ":" in name):
        bare = name.lstrip(MARKS + NO_MARK)
        if bare:
            return name[0], bare
    return "", name


def said(name: str, text: str) -> Spoke:
    """Somebody, named as in angle brackets, said this."""
    mark, nick = marked(name)
    return Spoke(nick, text, mark)


def modes(text: str) -> ModesSet:
    """The modes of a mode line: "+o nick"."""
    letters, _, rest = text.strip().partition(" ")
    return ModesSet(letters, tuple(rest.split()))
