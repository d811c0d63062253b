"""Who may be meant by a name: the people that are known in the room, found as their network compares names."""

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property

from bot.api import Identity
from bot.api.facts import Owner
from bot.api.people import BRIDGE_SUFFIX, Directory, casefold, plain_name
from plugins.actions.words import NEVER_PEOPLE, NOT_PEOPLE

MOST_WORDS = 6  # in a display name
LONGEST_NAME = 64
LONGEST_TYPED = (
    2 * LONGEST_NAME
)  # a name with what stands around it; taking off what is longer would take long
ENDINGS = re.compile("(?:['\u2019](?:s|ll|d|ve|re)?|[.:!?,;\u2026\uff1a]+)$", re.IGNORECASE)
NAME_LIKE = re.compile(r"[^\W\d][\w\-\[\]\\`^{|}.:]*|[\[\]\\`^{|}_][\w\-\[\]\\`^{|}]*\w[\w\-\[\]\\`^{|}]*")
BRACKETS = {"[": "]", "{": "}", "(": ")", "*": "*"}
MYSELF = frozenset({"me", "i", "myself"})
PINGS = frozenset({"all", "channel", "everyone", "here", "room"})


class Roster:
    """The known people of a room, and the speaker, by every name that finds them.

    nobody: names that find nobody: the bot's own
    directory: finds who is not in `known`, and who is one person
    """

    def __init__(
        self,
        speaker: Identity,
        known: Mapping[str, Identity],
        casemapping: str,
        nobody: Iterable[str] = (),
        directory: Directory | None = None,
    ) -> None:
        self._speaker = speaker
        self._casemapping = casemapping
        self._known = known
        self._nobody = frozenset(self.fold(name) for name in nobody)
        self._directory = directory

    @cached_property
    def words(self) -> int:
        """How many words the longest name has."""
        if self._directory is not None:
            return min(MOST_WORDS, self._directory.longest())
        names = self._names if self._names is not None else self._known
        return min(MOST_WORDS, max((len(name.split()) for name in names), default=1))

    @cached_property
    def _names(self) -> Mapping[str, Identity] | None:
        """People by their names, where these are not their keys: on IRC the key is the folded nick, and a look is enough."""
        if not self._speaker.key.startswith("@"):
            return None
        people = {**self._known, self._speaker.key: self._speaker}
        names = {self.fold(one.name): one for one in people.values()}
        for key, one in people.items():
            names.setdefault(self.fold(key), one)
        for one in people.values():
            names.setdefault(self.fold(plain_name(one.name)), one)
            if ":" in one.key:  # the first part of a Matrix id is a name too
                names.setdefault(self.fold(one.key[1:].partition(":")[0]), one)
        names.pop("", None)
        return names

    def _bearers(self, name: str) -> tuple[Identity, ...]:
        """Who bears a name; several people only where one of them must be named otherwise."""
        key = self.fold(name)
        if not key or key in self._nobody:
            return ()
        if self._directory is not None:
            found = self._speaker if self._speaker.key in (key, name) else self._known.get(name)
            return (found,) if found is not None else self._directory.bearers(name)
        found = self._look_up(key)
        return (found,) if found is not None else ()

    def _look_up(self, key: str) -> Identity | None:
        if self._names is not None:
            return self._names.get(key)
        found = self._speaker if key == self._speaker.key else self._known.get(key)
        if found is None:
            puppet = key + self.fold(BRIDGE_SUFFIX)
            found = self._speaker if puppet == self._speaker.key else self._known.get(puppet)
        return found

    def fold(self, name: str) -> str:
        """`name` as the room's network compares it."""
        return casefold(name, self._casemapping)

    @property
    def speaker(self) -> Owner:
        """Whoever speaks, as an owner."""
        return Owner(plain_name(self._speaker.name), self._speaker)

    def find(self, typed: str) -> Owner | None:
        """The known person that `typed` names, with an `@`, a possessive, brackets or a full stop around it.

        A name of several people is an owner without a person.
        """
        for name in _readings(typed):
            found = self._bearers(name)
            if found:
                return Owner(
                    plain_name(name.removeprefix("@") or name), found[0] if len(found) == 1 else None
                )
        return None

    def one_of_list(self, typed: str) -> Owner | str | None:
        """Who is meant by one word of a list: an owner; "" for a word that is nobody; None for no name at all."""
        bare = _stripped(typed)
        lower = bare.lower()
        if lower in MYSELF:
            return self.speaker
        if lower in NEVER_PEOPLE:
            return ""
        known = self.find(typed)
        if known is not None:
            return known
        marked = typed.startswith("@")
        if lower in (PINGS if marked else NOT_PEOPLE):
            return ""
        return self.unknown(typed)

    def is_called(self, typed: str) -> bool:
        """Whether `typed` is the speaker, or a known person."""
        return typed.strip().lower() in MYSELF or self.find(typed) is not None

    def unknown(self, typed: str) -> Owner | None:
        """Somebody who never spoke, where `typed` looks like a name."""
        bare = _stripped(typed)
        if len(bare) > LONGEST_NAME or not NAME_LIKE.fullmatch(bare):
            return None
        return Owner(plain_name(bare))

    def key(self, owner: Owner) -> Hashable:
        """What two mentions of one person have in common."""
        if owner.person is not None and self._directory is not None:
            return self._directory.same(owner.person)
        if owner.person is not None:
            return owner.person.network, owner.person.key
        return "", self.fold(owner.name)


def _stripped(typed: str) -> str:
    """`typed` without the `@` before it, and the possessive or punctuation behind it."""
    if typed.replace("_", "").isalnum():  # most are plain nicks
        return typed
    name = typed.strip()
    while len(name) <= LONGEST_TYPED and (shorter := ENDINGS.sub("", name)) != name:
        name = shorter
    return name.removeprefix("@") or name


def _readings(typed: str) -> list[str]:
    """What may be the name in `typed`, the most literal first."""
    name = typed.strip()
    if len(name) > LONGEST_TYPED:
        return []
    name = " ".join(name.split())  # known names have one blank between their words
    if name.replace("_", "").isalnum():
        return [name]
    found = [name]
    while name and (shorter := ENDINGS.sub("", name)) != name:
        name = shorter
        found.append(name)
    if len(name) > 2 and BRACKETS.get(name[0]) == name[-1]:
        found.append(name[1:-1])
    return [one for name in found for one in (name, name.removeprefix("@")) if one]
