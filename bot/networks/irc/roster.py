"""Who is in which channel, with which account and which power."""

from collections.abc import Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.events import Power, Room
from bot.core.people.identity import Identity
from bot.networks.irc.isupport import ISupport

# what a connection keeps, whatever its server tells; beyond that, people are strangers and channels are not heard
MOST_PEOPLE = 20_000
MOST_CHANNELS = 500
LONGEST_NAME = 200  # of a nick, a channel or an account


class Person(Struct):
    """Somebody in a channel of the bot.

    userhost: "user@host" as the server last showed it; empty if it never did
    shown:   the identity and user@host that the core was last told
    checked: when the bot last asked for the account (monotonic seconds)
    puppet:  a configured bridge speaks for this person, whose Matrix id is the account
    """

    identity: Identity
    channels: set[str] = field(default_factory=set)
    userhost: str = ""
    shown: tuple[Identity, str] | None = None
    bot: bool = False
    checked: float = float("-inf")
    puppet: bool = False


class Channel(Struct):
    """A channel that the bot is in.

    members: everybody else there, by key; `room.members` is a view of it
    marks:   everybody's mode letters, by key, including the bot's
    powers:  the powers that follow from the marks
    fresh:   joined, but the list of members is not complete
    asked:   the topic that the bot set, until the server answers
    locked:  the server refused a topic
    """

    name: str
    key: str
    room: Room
    members: dict[str, Identity]
    marks: dict[str, set[str]] = field(default_factory=dict)
    powers: dict[str, Power] = field(default_factory=dict)
    fresh: bool = True
    asked: str | None = None
    locked: bool = False


class Roster:
    """All channels and people of one connection."""

    def __init__(self, network: str, rooms: Iterable[str], isupport: ISupport) -> None:
        self.network = network
        self.isupport = isupport
        self.channels: dict[str, Channel] = {}
        self.people: dict[str, Person] = {}
        self._configured = tuple(rooms)
        self._spelled: dict[str, Channel] = {}
        self._nicks: dict[str, Person] = {}

    # -- looking up ---------------------------------------------------------------------------------------------

    def find(self, target: str) -> Channel | None:
        """The channel of a message, also of one to its operators only (@#channel)."""
        channel = self._spelled.get(target)
        if channel is None:
            channel = self.channels.get(self.isupport.fold(target))
        if channel is None and target[:1] and target[0] in self.isupport.status_marks:
            channel = self.channels.get(self.isupport.fold(target[1:]))
        return channel

    def person(self, nick: str) -> Person | None:
        """The person with this nick who shares a channel with the bot."""
        return self._nicks.get(nick) or self.people.get(self.isupport.fold(nick))

    def stranger(self, nick: str, account: str = "") -> Identity:
        """Somebody who shares no channel with the bot."""
        return Identity(self.network, nick, self.isupport.fold(nick), self.isupport.fold(account))

    def with_account(self, account: str) -> Person | None:
        """Somebody who is logged in to this (folded) account."""
        return next((person for person in self.people.values() if person.identity.account == account), None)

    # -- channels -----------------------------------------------------------------------------------------------

    def open(self, name: str) -> Channel | None:
        """The bot joined a channel; None if it is in too many, or if it is none."""
        key = self.isupport.fold(name)
        configured = any(self.isupport.fold(room) == key for room in self._configured)
        if len(name) > LONGEST_NAME or (len(self.channels) >= MOST_CHANNELS and not configured):
            return None
        spelling = next((room for room in self._configured if self.isupport.fold(room) == key), name)
        members: dict[str, Identity] = {}
        powers: dict[str, Power] = {}
        room = Room(
            id=f"{self.network}/{spelling}",
            network=self.network,
            members=members,
            casemapping=self.isupport.casemapping,
            powers=powers,
        )
        channel = Channel(spelling, key, room, members, powers=powers)
        self.channels[key] = channel
        self._spelled[spelling] = self._spelled[name] = channel
        return channel

    def close(self, key: str) -> list[Identity]:
        """The bot left a channel; returns the people who share no other channel with it."""
        channel = self.channels.pop(key, None)
        if channel is None:
            return []
        self._spelled = {name: other for name, other in self._spelled.items() if other is not channel}
        gone = [self.leave(member, channel) for member in tuple(channel.members)]
        return [who for who in gone if who is not None]

    def set_topic(self, channel: Channel, topic: str) -> None:
        """A channel has a new topic."""
        channel.room = replace(channel.room, topic=topic)
        channel.asked = None

    # -- people -------------------------------------------------------------------------------------------------

    def enter(self, nick: str, channel: Channel) -> Person | None:
        """Somebody else is in a channel; None if there are too many people."""
        key = self.isupport.fold(nick)
        person = self.people.get(key)
        if person is None:
            if len(self.people) >= MOST_PEOPLE or not 0 < len(nick) <= LONGEST_NAME:
                return None
            person = Person(Identity(self.network, nick, key))
            self.people[key] = self._nicks[nick] = person
        person.channels.add(channel.key)
        channel.members[key] = person.identity
        return person

    def leave(self, key: str, channel: Channel) -> Identity | None:
        """Somebody left a channel; returns them if they share no channel with the bot anymore."""
        channel.members.pop(key, None)
        channel.marks.pop(key, None)
        channel.powers.pop(key, None)
        person = self.people.get(key)
        if person is None:
            return None
        person.channels.discard(channel.key)
        return None if person.channels else self.forget(key)

    def forget(self, key: str) -> Identity | None:
        """Somebody left the network; returns their identity, if it is known."""
        person = self.people.pop(key, None)
        if person is None:
            return None
        self._nicks.pop(person.identity.name, None)
        for name in person.channels:
            channel = self.channels[name]
            channel.members.pop(key, None)
            channel.marks.pop(key, None)
            channel.powers.pop(key, None)
        return person.identity

    def rename(self, old: str, new: str) -> tuple[Identity, Identity] | None:
        """Somebody changed nick; returns the old and the new identity, if they are known."""
        old_key, new_key = self.isupport.fold(old), self.isupport.fold(new)
        person = self.people.pop(old_key, None)
        if person is None:
            return None
        self._nicks.pop(person.identity.name, None)
        if new_key != old_key:
            self.forget(new_key)  # a nick belongs to one connection: its former owner is gone
        before = person.identity
        person.identity = replace(before, name=new, key=new_key)
        self.people[new_key] = self._nicks[new] = person
        for name in person.channels:
            channel = self.channels[name]
            channel.members.pop(old_key, None)
            channel.members[new_key] = person.identity
            self.move_marks(channel, old_key, new_key)
        return before, person.identity

    def move_marks(self, channel: Channel, old: str, new: str) -> None:
        """Move the marks of somebody who changed nick."""
        if old in channel.marks:
            channel.marks[new] = channel.marks.pop(old)
            channel.powers[new] = channel.powers.pop(old)

    def set_account(self, person: Person, account: str) -> None:
        """Somebody logged in to this account; empty: logged out."""
        folded = self.isupport.fold(account) if len(account) <= LONGEST_NAME else ""
        if folded != person.identity.account and not person.puppet:
            self._prove(person, folded)

    def set_puppet(self, person: Person, mxid: str) -> None:
        """A bridge speaks for the owner of this Matrix id."""
        person.puppet = True
        self._prove(person, mxid)

    def _prove(self, person: Person, account: str) -> None:
        person.identity = replace(person.identity, account=account)
        for name in person.channels:
            self.channels[name].members[person.identity.key] = person.identity

    # -- powers -------------------------------------------------------------------------------------------------

    def set_marks(self, channel: Channel, key: str, letters: Iterable[str]) -> None:
        """Somebody has exactly these mode letters in a channel."""
        channel.marks[key] = marks = set(letters)
        powers = self.isupport.powers
        channel.powers[key] = max((powers.get(mark, Power.NONE) for mark in marks), default=Power.NONE)

    def change_mark(self, channel: Channel, key: str, sign: str, letter: str) -> None:
        """Somebody got or lost a mode letter in a channel; who is not known there has none."""
        if key not in channel.members and key not in channel.marks:
            return
        marks = channel.marks.get(key, set())
        self.set_marks(channel, key, marks | {letter} if sign == "+" else marks - {letter})
