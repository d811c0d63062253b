"""Who is where, under which account and with which power, as a log goes by; makes its lines the core's values.

Rules of this file: one `Presence` knows one network over all its logs; what two logs of one network both tell (a
quit, a new nick) happened once.
"""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.core.messages import Departed, Edited, Incoming, Message, NickChanged, Power, Reacted, Redacted, Room
from bot.core.people import Identity, casefold
from bot.networks.transcript.happenings import (
    NO_MARK,
    Came,
    Edit,
    Happening,
    Left,
    LoggedIn,
    ModesSet,
    Quit,
    Reaction,
    Redaction,
    Renamed,
    Spoke,
    TopicTold,
    marked,
)

MODERATES = frozenset("qaoh!~&@%")  # letters of modes, and the marks that clients show for them
VOICES = frozenset("v+")
LETTER_OF_MARK = {"@": "o", "%": "h", "+": "v", "&": "a", "~": "q", "!": "q"}
WITH_NICK = frozenset("qaohv")
WITH_ARGUMENT = frozenset("beIk")  # lists and the key, https://modern.ircdocs.horse/#mode-message
WITH_ARGUMENT_IF_SET = frozenset("lfj")


def power_of(letters: set[str]) -> Power:
    """The power that modes give."""
    if letters & MODERATES:
        return Power.MODERATOR
    return Power.VOICE if letters & VOICES else Power.NONE


class Hall:
    """One room as its log knows it at the moment."""

    __slots__ = ("letters", "members", "powers", "room")

    def __init__(self, room_id: str, network: str, *, private: bool) -> None:
        self.members: dict[str, Identity] = {}
        self.letters: dict[str, set[str]] = {}
        self.powers: dict[str, Power] = {}
        self.room = Room(room_id, network, members=MappingProxyType(self.members), private=private)

    def mark(self, key: str, mark: str) -> None:
        """The log showed this sign of power, or that there is none."""
        letters = self.letters.setdefault(key, set())
        if mark == NO_MARK:
            letters.clear()
        else:
            letters.add(LETTER_OF_MARK[mark])
        self.powers[key] = power_of(letters)

    def _set_mode(self, sign: str, letter: str, key: str) -> None:
        letters = self.letters.setdefault(key, set())
        (letters.add if sign == "+" else letters.discard)(letter)
        self.powers[key] = power_of(letters)

    def set_modes(self, line: ModesSet) -> None:
        """A mode line: "+o-v" and the nicks that its letters are about."""
        sign, arguments = "+", iter(line.arguments)
        for letter in line.modes:
            if letter in "+-":
                sign = letter
            elif letter in WITH_NICK:
                nick = next(arguments, None)
                if nick is not None:
                    self._set_mode(sign, letter, casefold(nick))
            elif letter in WITH_ARGUMENT or (letter in WITH_ARGUMENT_IF_SET and sign == "+"):
                next(arguments, None)

    def tell_topic(self, topic: str) -> None:
        """The room has this topic now."""
        self.room = replace(self.room, topic=topic)

    def remove(self, key: str) -> None:
        """Somebody is here no longer, nor is their power."""
        self.members.pop(key, None)
        self.letters.pop(key, None)
        self.powers.pop(key, None)

    def rename(self, key: str, new: Identity) -> None:
        """Somebody here has another nick now."""
        if self.members.pop(key, None) is None:
            return
        self.members[new.key] = new
        if key in self.letters:
            self.letters[new.key] = self.letters.pop(key)
            self.powers[new.key] = self.powers.pop(key)


class Presence:
    """Everybody on one network, and the rooms of its logs."""

    def __init__(self, network: str) -> None:
        self.network = network
        self._halls: dict[str, Hall] = {}
        self._people: dict[str, Identity] = {}  # by nick as spelled
        self._spellings: dict[str, list[str]] = {}  # by key, so that forgetting somebody searches nobody else
        self._accounts: dict[str, str] = {}
        self._known: dict[str, str] = {}  # who is on the network, by key: the nick as last spelled
        self._gone: set[str] = set()
        self._edits: dict[str, int] = {}  # how often a message was edited, by its label

    def hall(self, room_id: str, *, private: bool) -> Hall:
        """The room of this id, known from now on."""
        hall = self._halls.get(room_id)
        if hall is None:
            hall = self._halls[room_id] = Hall(room_id, self.network, private=private)
        return hall

    def told(self, hall: Hall, happening: Happening, at: datetime) -> tuple[Incoming, ...]:
        """What a line of this room's log means."""
        if type(happening) is Spoke:
            return self._spoke(hall, happening, at)
        match happening:
            case Quit():
                return self._quit(happening, at)
            case Renamed():
                return self._renamed(hall, happening, at)
            case Edit() | Redaction() | Reaction():
                return (self._changed(hall, happening, at),)
        self._note(hall, happening)
        return ()

    def _note(self, hall: Hall, happening: Happening) -> None:
        """Keep in mind what is no event by itself."""
        match happening:
            case Came():
                self._came(hall, happening)
            case Left():
                self._left(hall, happening)
            case LoggedIn():
                self._logged_in(happening)
            case ModesSet():
                hall.set_modes(happening)
            case TopicTold():
                hall.tell_topic(happening.topic)

    def _person(self, nick: str) -> Identity:
        person = self._people.get(nick)
        if person is None:
            key = casefold(nick)
            person = Identity(self.network, nick, key, self._accounts.get(key, ""))
            self._people[nick] = person
            self._spellings.setdefault(key, []).append(nick)
            self._known[key] = nick
            self._gone.discard(key)
        return person

    def _here(self, hall: Hall, nick: str, mark: str = "") -> tuple[Identity, Power]:
        person = self._person(nick)
        hall.members[person.key] = person
        if mark:
            hall.mark(person.key, mark)
        return person, hall.powers.get(person.key, Power.NONE)

    def _spoke(self, hall: Hall, line: Spoke, at: datetime) -> tuple[Incoming, ...]:
        nick, text, mark, quiet, talk_only, label, root, further = line
        person = self._people.get(nick)
        if person is None or mark or person.key not in hall.members:
            person, power = self._here(hall, nick, mark)
        else:
            power = hall.powers.get(person.key, Power.NONE)
        if not further:
            return (Message(hall.room, person, text, at, power, label, 0, quiet, talk_only, thread=root),)
        return tuple(
            Message(hall.room, person, one, at, power, label, number, quiet, talk_only, thread=root)
            for number, one in enumerate((text, *further))
        )

    def _changed(self, hall: Hall, line: Edit | Redaction | Reaction, at: datetime) -> Incoming:
        """What somebody did with an earlier message; what has no id in the log gets one of what it is."""
        person, power = self._here(hall, line.nick)
        match line:
            case Edit():
                edit = f"{line.label}~{self._edits.setdefault(line.label, 0) + 1}"
                self._edits[line.label] += 1
                said = enumerate((line.text, *line.further))
                lines = (Message(hall.room, person, text, at, power, edit, n) for n, text in said)
                return Edited(line.label, tuple(lines))
            case Redaction():
                return Redacted(hall.room, person, line.label, at)
        reaction = f"{line.label}+{line.emoji} {person.key}"
        if line.withdrawn:
            return Redacted(hall.room, person, reaction, at)
        return Reacted(hall.room, person, line.label, line.emoji, at, power, reaction)

    def _came(self, hall: Hall, line: Came) -> None:
        for name in line.nicks:
            mark, nick = marked(name)
            if line.account:
                self._logged_in(LoggedIn(nick, line.account))
            self._here(hall, nick, mark)

    def _left(self, hall: Hall, line: Left) -> None:
        key = self._person(line.nick).key
        hall.remove(key)
        if not any(key in other.members for other in self._halls.values()):
            self._forget(key)  # nobody watches the nick now, so it may change hands

    def _quit(self, line: Quit, at: datetime) -> tuple[Incoming, ...]:
        departures = []
        for nick in line.nicks:
            if casefold(nick) in self._gone:
                continue  # another log of this network told it before
            person = self._person(nick)
            for other in self._halls.values():
                other.remove(person.key)
            self._forget(person.key)
            self._gone.add(person.key)
            departures.append(Departed(person, at, line.split))
        return tuple(departures)

    def _renamed(self, hall: Hall, line: Renamed, at: datetime) -> tuple[Incoming, ...]:
        old_key, new_key = casefold(line.old), casefold(line.new)
        if self._known.get(new_key) == line.new and (old_key == new_key or old_key not in self._known):
            return ()  # another log of this network told it before
        old = self._person(line.old)
        account = self._accounts.get(old_key, "")
        self._forget(old_key)
        self._forget(new_key)
        if account:
            self._accounts[new_key] = account
        new = self._person(line.new)
        for other in self._halls.values():
            other.rename(old_key, new)
        hall.members[new_key] = new
        return (NickChanged(old, new, at),)

    def _logged_in(self, line: LoggedIn) -> None:
        key = casefold(line.nick)
        self._forget(key)
        if line.account:
            self._accounts[key] = casefold(line.account)
        person = self._person(line.nick)
        for other in self._halls.values():
            if key in other.members:
                other.members[key] = person

    def _forget(self, key: str) -> None:
        """What was known of a nick is not true any more."""
        self._accounts.pop(key, None)
        self._known.pop(key, None)
        for nick in self._spellings.pop(key, ()):
            self._people.pop(nick, None)
