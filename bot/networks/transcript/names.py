"""Maps the names in logs of Matrix rooms to ids.

Rules of this file: events get full ids in place of names, so that the rest of the reader can treat ids like nicks. A
name without a server belongs to the room's server (#tidepool:example.org: example.org).
"""

import re

from bot.core.people.identity import Identity
from bot.networks.transcript.line_events import (
    NO_EVENT,
    Edit,
    Joined,
    LineEvent,
    LoggedIn,
    ModesSet,
    Parted,
    Quit,
    Reaction,
    Redaction,
    Renamed,
    Spoke,
    marked,
)

BLANKS = re.compile(r"\s+")
SERVER = re.compile(r"[#!@][^:]+:(\S+)")


def server_of(name: str) -> str:
    """The server of a room's alias or a person's id; empty if there is none."""
    found = SERVER.fullmatch(name)
    return found[1] if found else ""


class MatrixNames:
    """The people of one Matrix network: their ids and display names."""

    def __init__(self, network: str) -> None:
        self._network = network
        self._ids: dict[tuple[str, str], str] = {}  # of those who changed their name, by server and name
        self._display_names: dict[str, str] = {}
        self._said = 0

    def in_full(self, event: LineEvent, server: str) -> LineEvent:
        """The event with full ids for names; every message gets an id, as on Matrix."""
        match event:
            case Spoke():
                self._said += 1
                label = event.label or f"${self._network}-{self._said}"
                return event._replace(nick=self.id_of(event.nick, server), label=label)
            case Edit() | Redaction() | Reaction() | Parted():
                return event._replace(nick=self.id_of(event.nick, server))
            case LoggedIn():
                return NO_EVENT  # an id is an account
            case Renamed():
                return self._renamed(event, server)
        return self._several(event, server)

    def _several(self, event: LineEvent, server: str) -> LineEvent:
        match event:
            case Joined(nicks):
                return Joined(tuple(self._marked(name, server) for name in nicks))
            case Quit(nicks):
                return event._replace(nicks=tuple(self.id_of(nick, server) for nick in nicks))
            case ModesSet(_, arguments):
                return event._replace(arguments=tuple(self.id_of(nick, server) for nick in arguments))
        return event

    def id_of(self, name: str, server: str) -> str:
        """The id of the person with this name in a log."""
        if server_of(name):
            return name
        known = self._ids.get((server, name))
        if known is None:
            known = f"@{BLANKS.sub('_', name)}:{server}"
            self._display_names.setdefault(known, name)
            self._ids[server, name] = known
        return known

    def identity(self, network: str, mxid: str) -> Identity:
        """The identity of an id; its name is the display name, else the id's first part."""
        return Identity(network, self._display_names.get(mxid) or mxid[1:].partition(":")[0], mxid, mxid)

    def shows(self, mxid: str, name: str) -> bool:
        """Set somebody's display name; returns whether it is new."""
        if self._display_names.get(mxid) == name:
            return False
        self._display_names[mxid] = name
        return True

    def _marked(self, name: str, server: str) -> str:
        mark, nick = marked(name)
        return mark + self.id_of(nick, server)

    def _renamed(self, line: Renamed, server: str) -> Renamed:
        mxid = self.id_of(line.old, server)
        self._ids[server, line.new] = mxid
        return Renamed(mxid, line.new)
