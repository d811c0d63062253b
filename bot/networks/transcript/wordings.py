"""Tables of the sentences that clients log when somebody joins, leaves, changes nick, or when modes and topics change.

The wordings are those of the programs' own sources: irssi, WeeChat, ZNC, Limnoria's ChannelLogger, HexChat, mIRC, The
Lounge, Textual, Quassel, Konversation, IRCCloud, RRSAgent. A form serves every program that says it so.
"""

import re
from collections.abc import Callable

from bot.networks.transcript.line_events import (
    Joined,
    LineEvent,
    LoggedIn,
    ModesSet,
    Parted,
    Quit,
    Renamed,
    Spoke,
    TopicLine,
    marked,
    modes,
)

Reading = tuple[str, LineEvent] | None  # stamp and event of a line; None: not understood
Means = Callable[[re.Match[str]], LineEvent]
Forms = tuple[tuple[re.Pattern[str], Means], ...]

SERVERS_SPLIT = re.compile(
    r"[^\s/:]+\.[^\s/:.]+ [^\s/:]+\.[^\s/:.]+"
)  # "hub.example leaf.example", "*.net *.split"


def meaning(forms: Forms, text: str) -> LineEvent | None:
    """The event of the first form that matches all of `text`."""
    for form, mean in forms:
        if (found := form.fullmatch(text)) is not None:
            return mean(found)
    return None


def is_split(why: str | None) -> bool:
    """Whether a quit was a netsplit: its reason is the names of two servers."""
    return why is not None and SERVERS_SPLIT.fullmatch(why) is not None


def listed(names: str) -> tuple[str, ...]:
    """The nicks of a list that irssi wrote: "amaru, @jbell (+3 more, use ...)"."""
    nicks = names.partition(" (+")[0]
    return tuple(marked(name.strip())[1] for name in nicks.split(",") if name.strip())


def _form(pattern: str, means: Means) -> tuple[re.Pattern[str], Means]:
    return re.compile(pattern, re.DOTALL), means


def _joined(found: re.Match[str]) -> Joined:
    host = (found[2] or "").rpartition("!")[2]
    return Joined((found[1],), "", "" if " " in host else host)  # " " where a log hides the host


def _parted(found: re.Match[str]) -> Parted:
    return Parted(found[1])


def _quit(found: re.Match[str]) -> Quit:
    host, why = found[2] or "", found[3]
    return Quit((found[1],), is_split(why), host.rpartition("!")[2])


def _renamed(found: re.Match[str]) -> Renamed:
    return Renamed(found[1], found[2])


def _topic(found: re.Match[str]) -> TopicLine:
    return TopicLine(next((group for group in found.groups() if group), ""))


def _granted(sign: str, letter: str) -> Means:
    def mean(found: re.Match[str]) -> ModesSet:
        nicks = found[1].removesuffix(".").split()
        return ModesSet(sign + letter * len(nicks), tuple(nicks))

    return mean


HOST = r"(?: [\[(<](\S*)[\])>])?"
AT = r" [\[(<](\S+@\S*)[\])>]"
RENAMED = _form(r"(\S+) (?:is now known as|changed nick to) (\S+?)\.?\s*", _renamed)
JOINS: Forms = (
    _form(
        r"(\S+)(?: \[(?:\*|([^\s\]]+))\])?(?: \((.*)\))?(?: \((\S*@\S*)\)) has joined \S+\s*",
        lambda found: Joined((found[1],), found[2] or "", found[4], found[3] or ""),
    ),
    _form(r"(\S+) joined" + AT + r"\s*", _joined),
    _form(r"Joins:? (\S+)(?: [\[(](.*)[\])])?\s*", _joined),
    _form(
        r"(\S+)(?:" + AT + r")? (?:has )?joined(?: \S+)?(?: \[account:? (\S+?)\])?(?: .*)?",
        lambda found: Joined((found[1],), found[3] or "", (found[2] or "").rpartition("!")[2]),
    ),
    _form(
        r"(\S+)(?: \[(?:\*|([^\s\]]*))\])?(?: \(.*\))? has joined \S+\s*",
        lambda found: Joined((found[1],), found[2] or ""),
    ),
)
LEAVES: Forms = (
    _form(r"(\S+)(?:" + AT + r")? (?:has )?quit(?: IRC)?(?: [\[(](.*)[\])])?\s*", _quit),
    _form(r"(\S+) quit \((\S*)\)(?:: (.*))?", _quit),
    _form(r"(\S+)(?:" + AT + r")? (?:has )?left (?:this server|IRC)(?: [\[(](.*)[\])])?\.?\s*", _quit),
    _form(r"Quits:? (\S+)(?: \((\S*@\S*)\))?(?: \((.*)\))?\s*", _quit),
    _form(r"(\S+)(?: [\[(<]\S*[\])>])? (?:has )?left(?: .*)?", _parted),
    _form(r"Parts:? (\S+)(?: .*)?", _parted),
    _form(r"(\S+) was kicked (?:from \S+ )?by .*", _parted),
    _form(r"\S+ (?:has )?kicked (\S+)(?: .*)?", _parted),
)
GIVEN = r"(?:channel )?operator (?:status|privileges)"
TALK = r"(?:voice|the permission to talk)"
MODES: Forms = (
    _form(r"(?:Server)?[Mm]ode[/ ]\S+ \[(.*)\](?: by [^\]]*)?", lambda found: modes(found[1])),
    _form(r"Mode \S+ ([+-].*?)(?: by \S+)?", lambda found: modes(found[1])),
    _form(r"\S+(?: \(\S*\))? changed mode: ([+-].*)", lambda found: modes(found[1])),
    _form(
        r"\S+ (?:sets?|has set) (?:channel )?mode:? ([+-].*)|\S+ sets modes \[(.*)\]",
        lambda found: modes(found[1] or found[2]),
    ),
    _form(r"\S+ gives " + GIVEN + r" to (.+)", _granted("+", "o")),
    _form(r"\S+ (?:removes|takes) " + GIVEN + r" from (.+)", _granted("-", "o")),
    _form(r"\S+ gives " + TALK + r" to (.+)", _granted("+", "v")),
    _form(r"\S+ (?:removes|takes) " + TALK + r" from (.+)", _granted("-", "v")),
)
TOPICS: Forms = (
    _form(r"Topic for \S+: (.*)", _topic),
    _form(r"Topic for \S+ is (?:\"(.*)\"|(.*))", _topic),
    _form(r"Topic is:? '(.*)'|\S+(?: \(\S*\))? changed topic: (.*)", _topic),
    _form(
        r"\S+ has changed topic for \S+ (?:from|to):? \"(.*)\"",  # "from" only if there was one
        lambda found: TopicLine(found[1].rpartition('" to "')[2]),
    ),
    _form(r"\S+ (?:has )?change[sd] (?:the )?topic(?: of \S+)? to: (.*)", _topic),
    _form(r"\S+ (?:has )?change[sd] (?:the )?topic to (?:'(.*)'|\"(.*)\"|(.*))", _topic),
    _form(r"\S+ sets the channel topic to \"(.*)\"\.?|The channel topic is \"(.*)\"\.?", _topic),
    _form(r"Topic unset by .*|\S+ has unset topic for \S+ .*", lambda _: TopicLine("")),
)
ACCOUNTS: Forms = (
    _form(
        r"(\S+)(?: [\[(]\S*[\])])? (?:is logged in as|has logged in to account|has identified as) (\S+)\s*",
        lambda found: LoggedIn(found[1], found[2]),
    ),
    _form(
        r"(\S+)(?: [\[(]\S*[\])])? has (?:logged out of their account|unidentified)\s*",
        lambda found: LoggedIn(found[1], ""),
    ),
)
SPLITS: Forms = (
    _form(r"Netsplit \S+ <-> \S+ quits: (.*)", lambda found: Quit(listed(found[1]), split=True)),
    _form(r"Netsplit over, joins: (.*)", lambda found: Joined(listed(found[1]))),
)
NOTICES: Forms = (
    _form(r"Notice\((\S+)\)(?: -> \S+)?: (.*)", lambda found: Spoke(found[1], found[2], talk_only=True)),
)
NAMED = _form(r"(@\S+:\S+) is now known as (.+?)\s*", _renamed)  # the display name of a Matrix id
EVENTS: Forms = (*SPLITS, *ACCOUNTS, *JOINS, *LEAVES, NAMED, RENAMED, *MODES, *TOPICS, *NOTICES)
# Without a mark, or after "*", most lines are what somebody says or does: only what tells a host is an event, or what
# nobody says with /me.
UNMARKED: Forms = (
    _form(r"(?:Joins: )?(\S+)" + AT + r" (?:has )?joined(?: .*)?", _joined),
    _form(r"Joins: (\S+)" + HOST + r"\s*", _joined),
    _form(r"(\S+)(?:" + AT + r")? (?:has quit|Quit)(?: IRC)? \((.*)\)\s*", _quit),
    _form(r"(\S+)" + AT + r" left IRC(?: \((.*)\))?\.?", _quit),
    _form(r"Quits: (\S+) \((\S*@\S*)\)(?: \((.*)\))?\s*", _quit),
    _form(r"(\S+)" + AT + r" (?:has )?left(?: .*)?", _parted),
    _form(r"Parts: (\S+)" + AT + r"(?: .*)?", _parted),
    _form(r"(\S+) → (\S+)\s*", _renamed),
    _form(r"(\S+) was kicked by .*", _parted),
    _form(r"\S+ (?:has )?kicked (\S+) from .*", _parted),
    RENAMED,
    *MODES[2:],
    *TOPICS,
)
