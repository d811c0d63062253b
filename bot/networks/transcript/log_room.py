"""One room of a log: its members and their power."""

from types import MappingProxyType

from msgspec.structs import replace

from bot.core.events import Power, Room
from bot.core.people.identity import Identity, casefold
from bot.networks.transcript.line_events import NO_MARK, ModesSet
from bot.networks.transcript.names import server_of

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


class LogRoom:
    """One room of a log."""

    __slots__ = ("letters", "members", "powers", "room", "server")

    def __init__(self, room_id: str, network: str, mapping: str, *, private: bool) -> None:
        self.members: dict[str, Identity] = {}
        self.letters: dict[str, set[str]] = {}
        self.powers: dict[str, Power] = {}
        members, powers = MappingProxyType(self.members), MappingProxyType(self.powers)
        self.room = Room(room_id, network, None, members, mapping, private, powers)
        self.server = server_of(room_id.partition("/")[2])

    def mark(self, key: str, mark: str) -> None:
        """The log shows this sign of power, or a blank for none."""
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
        """Apply a mode line: "+o-v" and the nicks of its letters."""
        sign, arguments = "+", iter(line.arguments)
        for letter in line.modes:
            if letter in "+-":
                sign = letter
            elif letter in WITH_NICK:
                nick = next(arguments, None)
                if nick is not None:
                    self._set_mode(sign, letter, casefold(nick, self.room.casemapping))
            elif letter in WITH_ARGUMENT or (letter in WITH_ARGUMENT_IF_SET and sign == "+"):
                next(arguments, None)

    def set_topic(self, topic: str) -> None:
        """The room has a new topic."""
        self.room = replace(self.room, topic=topic)

    def remove(self, key: str) -> None:
        """Somebody left; their power is gone."""
        self.members.pop(key, None)
        self.letters.pop(key, None)
        self.powers.pop(key, None)

    def rename(self, key: str, new: Identity) -> None:
        """A member changed nick."""
        if self.members.pop(key, None) is None:
            return
        self.members[new.key] = new
        if key in self.letters:
            self.letters[new.key] = self.letters.pop(key)
            self.powers[new.key] = self.powers.pop(key)
