"""The roster: finds the known people of a room by name, compared as their network compares names."""

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property

from bot.api import Identity
from bot.api.facts import Owner
from bot.api.people import BRIDGE_SUFFIX, Directory, casefold, plain_name
from plugins.actions.words import NEVER_PEOPLE, NOT_PEOPLE

MOST_WORDS = 6  # in a display name
LONGEST_NAME = 64
LONGEST_TYPED = 2 * LONGEST_NAME  # a name with punctuation; stripping longer input would be slow
ENDINGS = re.compile("(?:['\u2019](?:s|ll|d|ve|re)?|[.:!?,;\u2026\uff1a]+)$", re.IGNORECASE)
NAME_LIKE = re.compile(r"[^\W\d][\w\-\[\]\\`^{|}.:]*|[\[\]\\`^{|}_][\w\-\[\]\\`^{|}]*\w[\w\-\[\]\\`^{|}]*")
BRACKETS = {"[": "]", "{": "}", "(": ")", "*": "*"}
MYSELF = frozenset({"me", "i", "myself"})
PINGS = frozenset({"all", "channel", "everyone", "here", "room"})


class Roster:
    """The known people of a room and the speaker, by each of their names.

    nobody:    names that match nobody: the bot's own
    directory: finds people who are not in `known`, and tells which identities are the same person
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
        """The number of words in the longest name, at most 6."""
        if self._directory is not None:
            return min(MOST_WORDS, self._directory.longest())
        names = self._names if self._names is not None else self._known
        return min(MOST_WORDS, max((len(name.split()) for name in names), default=1))

    @cached_property
    def _names(self) -> Mapping[str, Identity] | None:
        """People by folded name; None on IRC, where the keys are the folded nicks already."""
        if not self._speaker.key.startswith("@"):
            return None
        people = {**self._known, self._speaker.key: self._speaker}
        names = {self.fold(person.name): person for person in people.values()}
        for key, person in people.items():
            names.setdefault(self.fold(key), person)
        for person in people.values():
            names.setdefault(self.fold(plain_name(person.name)), person)
            if ":" in person.key:  # the first part of a Matrix id is a name too
                names.setdefault(self.fold(person.key[1:].partition(":")[0]), person)
        names.pop("", None)
        return names

    def _bearers(self, name: str) -> tuple[Identity, ...]:
        """Return everybody with this name."""
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
        """Fold `name` as the room's network compares names."""
        return casefold(name, self._casemapping)

    @property
    def speaker(self) -> Owner:
        """The speaker as an owner."""
        return Owner(plain_name(self._speaker.name), self._speaker)

    def find(self, typed: str) -> Owner | None:
        """Return the known person named by `typed`, ignoring an `@`, a possessive, brackets and punctuation.

        If several people have the name, the owner has no person.
        """
        for name in _readings(typed):
            found = self._bearers(name)
            if found:
                return Owner(
                    plain_name(name.removeprefix("@") or name), found[0] if len(found) == 1 else None
                )
        return None

    def one_of_list(self, typed: str) -> Owner | str | None:
        """Read a word of a list: an owner, "" for a word that means nobody, or None if it cannot be a name."""
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
        """Whether `typed` names the speaker or a known person."""
        return typed.strip().lower() in MYSELF or self.find(typed) is not None

    def unknown(self, typed: str) -> Owner | None:
        """Return an owner without identity if `typed` looks like a name."""
        bare = _stripped(typed)
        if len(bare) > LONGEST_NAME or not NAME_LIKE.fullmatch(bare):
            return None
        return Owner(plain_name(bare))

    def key(self, owner: Owner) -> Hashable:
        """Return a key that is equal for two mentions of the same person."""
        if owner.person is not None and self._directory is not None:
            return self._directory.same(owner.person)
        if owner.person is not None:
            return owner.person.network, owner.person.key
        return "", self.fold(owner.name)


def _stripped(typed: str) -> str:
    """Strip the leading `@` and the trailing possessive or punctuation."""
    if typed.replace("_", "").isalnum():  # most are plain nicks
        return typed
    name = typed.strip()
    while len(name) <= LONGEST_TYPED and (shorter := ENDINGS.sub("", name)) != name:
        name = shorter
    return name.removeprefix("@") or name


def _readings(typed: str) -> list[str]:
    """Return the possible names in `typed`, the most literal first."""
    name = typed.strip()
    if len(name) > LONGEST_TYPED:
        return []
    name = " ".join(name.split())  # known names have a single space between words
    if name.replace("_", "").isalnum():
        return [name]
    found = [name]
    while name and (shorter := ENDINGS.sub("", name)) != name:
        name = shorter
        found.append(name)
    if len(name) > 2 and BRACKETS.get(name[0]) == name[-1]:
        found.append(name[1:-1])
    return [reading for name in found for reading in (name, name.removeprefix("@")) if reading]
