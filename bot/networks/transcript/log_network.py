"""The people and rooms of one network in its logs; turns log lines into the core's events.

Rules of this file: one `LogNetwork` reads all logs of a network, and what two logs both tell (a quit, a new nick)
happened once. On a Matrix network "nick" is a person's full id (`MatrixNames`).
"""

from datetime import datetime

from bot.core.events import (
    Departed,
    Edited,
    Incoming,
    Message,
    NickChanged,
    Power,
    Reacted,
    Redacted,
    Sighted,
    TopicShown,
)
from bot.core.people.identity import UNFOLDED, Identity, casefold
from bot.core.people.puppets import Puppets
from bot.networks.cut_lines import CutLines
from bot.networks.transcript.line_events import (
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
    TopicLine,
    marked,
)
from bot.networks.transcript.log_entry import NOBODY_KNOWN, KnownPeople
from bot.networks.transcript.log_room import LogRoom
from bot.networks.transcript.message_lines import lines_of
from bot.networks.transcript.names import MatrixNames


class LogNetwork:
    """One network.

    matrix:  whether it is a Matrix network
    server:  of people in rooms that name no server (private ones), on Matrix
    puppets: how to recognize the puppets of a bridge by their hosts
    people:  relays and ignored speakers
    """

    def __init__(
        self,
        network: str,
        *,
        matrix: bool = False,
        server: str = "",
        puppets: Puppets | None = None,
        people: KnownPeople = NOBODY_KNOWN,
    ) -> None:
        self.network = network
        self._names = MatrixNames(network) if matrix else None
        self._matrix = matrix
        self._server = server or f"{network}.invalid"
        self._mapping = UNFOLDED if matrix else "rfc1459"
        self._puppets = None if matrix else puppets
        self._known = people
        self._cuts = CutLines(limited=not matrix)
        self._rooms: dict[str, LogRoom] = {}
        self._people: dict[str, Identity] = {}  # by nick as spelled
        self._spellings: dict[str, list[str]] = {}  # by key, so that forgetting somebody searches nobody else
        self._accounts: dict[str, str] = {}
        self._hosts: dict[str, str] = {}  # "user@host" by key, of people who are here or cut off by a split
        self._nicks: dict[str, str] = {}  # who is on the network, by key: the nick as last spelled
        self._gone: set[str] = set()
        self._edits: dict[str, int] = {}  # how often a message was edited, by its label
        self._withdrawn: dict[str, int] = {}  # how often a reaction was taken back
        self._edit_ids: dict[str, list[str]] = {}  # ids of the edits that were not taken away, likewise

    def room(self, room_id: str, *, private: bool) -> LogRoom:
        """The room with this id, created if it is new."""
        room = self._rooms.get(room_id)
        if room is None:
            room = self._rooms[room_id] = LogRoom(room_id, self.network, self._mapping, private=private)
        return room

    def events_of(self, room: LogRoom, event: LineEvent, at: datetime) -> tuple[Incoming, ...]:
        """The events of a line in this room's log."""
        names = self._names
        event = event if names is None else names.in_full(event, room.server or self._server)
        if type(event) is Spoke:
            return self._message(room, event, at)
        made: tuple[Incoming, ...] = ()
        match event:
            case Joined():
                made = self._join(room, event, at)
            case Quit():
                made = self._quit(event, at)
            case Renamed():
                made = self._renamed(room, event, at)
            case Edit() | Redaction() | Reaction():
                made = (self._message_change(room, event, at),)
            case TopicLine(topic):
                room.set_topic(topic)
                made = (TopicShown(room.room, at),)
            case Parted():
                self._part(room, event)
            case LoggedIn():
                self._logged_in(event)
            case ModesSet():
                room.set_modes(event)
        return made

    def _person(self, nick: str) -> Identity:
        person = self._people.get(nick)
        if person is None:
            key = casefold(nick, self._mapping)
            person = (
                Identity(self.network, nick, key, self._accounts.get(key, ""))
                if self._names is None
                else self._names.identity(self.network, nick)
            )
            self._people[nick] = person
            self._spellings.setdefault(key, []).append(nick)
            self._nicks[key] = nick
            self._gone.discard(key)
        return person

    def _enter(self, room: LogRoom, nick: str, mark: str = "") -> Identity:
        person = self._person(nick)
        room.members[person.key] = person
        if mark:
            room.mark(person.key, mark)
        return person

    def _message(self, room: LogRoom, line: Spoke, at: datetime) -> tuple[Incoming, ...]:
        nick, text, mark, off_record, talk_only, label, root, answers, further = line
        person = self._people.get(nick)
        if person is None or mark or person.key not in room.members:
            person = self._enter(room, nick, mark)
        power = room.powers.get(person.key, Power.NONE)
        if person.key in self._known.ignored:
            return ()
        sender, raw, host, where = person, text, self._hosts.get(person.key, ""), room.room.id
        relayed = self._known.is_relay(person, host)
        by_bot = self._known.is_bot(person, notice=talk_only and self._matrix)
        if relayed:
            power = Power.NONE
            person, text, by_bot = self._cuts.relayed(where, person, text, at)
        first = Message(
            room.room,
            person,
            text,
            at,
            power,
            label,
            off_record=off_record,
            talk_only=talk_only or by_bot,
            repeated=self._matrix,  # there every message may have come before
            thread=root,
            answers=answers,
            local=talk_only or by_bot or relayed,
            by_bot=by_bot,
            joint=self._cuts.joint(where, person, raw, at, sender=sender, mask=host),
        )
        return lines_of(first, further)

    def _message_change(self, room: LogRoom, line: Edit | Redaction | Reaction, at: datetime) -> Incoming:
        """An edit, redaction or reaction; the log has no ids for these, so they are made up from their parts."""
        person = self._enter(room, line.nick)
        power = room.powers.get(person.key, Power.NONE)
        match line:
            case Edit():
                edit = f"{line.label}~{self._edits.setdefault(line.label, 0) + 1}"
                self._edits[line.label] += 1
                self._edit_ids.setdefault(line.label, []).append(edit)
                first = Message(room.room, person, line.text, at, power, edit, repeated=self._matrix)
                return Edited(line.label, lines_of(first, line.further))
            case Redaction():
                return Redacted(room.room, person, self._redacted_id(line), at)
        reaction = f"{line.label}+{line.emoji} {person.key}"
        before = self._withdrawn.get(reaction, 0)
        if line.withdrawn:
            self._withdrawn[reaction] = before + 1
        reaction += f" {before + 1}" if before else ""  # as on Matrix, a repeated reaction has a new id
        if line.withdrawn:
            return Redacted(room.room, person, reaction, at)
        return Reacted(room.room, person, line.label, line.emoji, at, power, reaction)

    def _redacted_id(self, line: Redaction) -> str:
        """The id of the redacted message or edit."""
        if line.edit is None:
            return line.label
        edits = self._edit_ids.get(line.label, [])
        edit = f"{line.label}~{line.edit}" if line.edit or not edits else edits[-1]
        if edit in edits:
            edits.remove(edit)
        return edit

    def _join(self, room: LogRoom, line: Joined, at: datetime) -> tuple[Incoming, ...]:
        """People come; those whom a split cut off have the host that they had before, if the line shows none."""
        sighted = []
        for name in line.nicks:
            mark, nick = marked(name)
            if line.account:
                self._logged_in(LoggedIn(nick, line.account))
            if self._puppets is not None and line.userhost:
                mxid = self._puppets.mxid_of(nick, line.userhost, line.realname)
                if mxid:
                    self._logged_in(LoggedIn(nick, mxid))
            person = self._enter(room, nick, mark)
            host = self._host(person, line.userhost)
            if host:
                sighted.append(Sighted(person, host, at))
        return tuple(sighted)

    def _host(self, person: Identity, shown: str) -> str:
        """Somebody's user@host, as this line or an earlier one shows it."""
        self._hosts[person.key] = host = shown or self._hosts.get(person.key, "")
        return host

    def _part(self, room: LogRoom, line: Parted) -> None:
        key = self._person(line.nick).key
        room.remove(key)
        if not any(key in other.members for other in self._rooms.values()):
            self._hosts.pop(key, None)
            self._forget(key)  # in no room anymore: the nick may change hands unseen

    def _quit(self, line: Quit, at: datetime) -> tuple[Incoming, ...]:
        departures: list[Incoming] = []
        for nick in line.nicks:
            if casefold(nick, self._mapping) in self._gone:
                continue  # another log of this network told it already
            person = self._person(nick)
            host = self._host(person, line.userhost)
            if host:
                departures.append(Sighted(person, host, at))
            for other in self._rooms.values():
                other.remove(person.key)
            self._forget(person.key)
            if not line.split:
                self._hosts.pop(person.key, None)
            self._gone.add(person.key)
            departures.append(Departed(person, at, line.split))
        return tuple(departures)

    def _rename_shown(self, names: MatrixNames, line: Renamed, at: datetime) -> tuple[Incoming, ...]:
        """Somebody on Matrix changed their display name; their identity stays."""
        old = self._person(line.old)
        if not names.shows(line.old, line.new):
            return ()  # another log of this network told it already
        self._people.pop(line.old, None)
        new = self._person(line.old)
        for other in self._rooms.values():
            if new.key in other.members:
                other.members[new.key] = new
        return (NickChanged(old, new, at),)

    def _renamed(self, room: LogRoom, line: Renamed, at: datetime) -> tuple[Incoming, ...]:
        if self._names is not None:
            return self._rename_shown(self._names, line, at)
        old_key, new_key = casefold(line.old), casefold(line.new)
        if self._nicks.get(new_key) == line.new and (old_key == new_key or old_key not in self._nicks):
            return ()  # another log of this network told it already
        old = self._person(line.old)
        account, host = self._accounts.get(old_key, ""), self._hosts.pop(old_key, "")
        self._forget(old_key)
        self._forget(new_key)
        if account:
            self._accounts[new_key] = account
        self._hosts[new_key] = host
        new = self._person(line.new)
        for other in self._rooms.values():
            other.rename(old_key, new)
        room.members[new_key] = new
        return (NickChanged(old, new, at),)

    def _logged_in(self, line: LoggedIn) -> None:
        key = casefold(line.nick)
        if self._accounts.get(key, "").startswith("@"):
            return  # a puppet keeps its owner, whatever account its connection logs in to
        self._forget(key)
        if line.account:
            self._accounts[key] = line.account if line.account.startswith("@") else casefold(line.account)
        person = self._person(line.nick)
        for other in self._rooms.values():
            if key in other.members:
                other.members[key] = person

    def _forget(self, key: str) -> None:
        """Forget the account and the identity of a nick."""
        self._accounts.pop(key, None)
        self._nicks.pop(key, None)
        for nick in self._spellings.pop(key, ()):
            self._people.pop(nick, None)
