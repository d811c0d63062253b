"""The roster: finds the known people of a room by name, and decides whether a word is a person.

Names are compared as the room's network compares them.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from enum import Enum
from functools import cached_property, lru_cache

from msgspec import Struct

from bot.api import Identity
from bot.api.facts import Owner
from bot.api.people import BRIDGE_ENDINGS, Directory, casefold, plain_name
from plugins.actions.words import COMMON, NEVER_PEOPLE, NOT_IN_NICKS, NOT_PEOPLE, PRODUCTS

MOST_WORDS = 6  # in a display name
LONGEST_NAME = 64
LONGEST_TYPED = 2 * LONGEST_NAME  # a name with punctuation; stripping longer input would be slow
ENDINGS = re.compile("(?:['\u2019](?:s|ll|d|ve|re)?|[.:!?,;\u2026\uff1a]+)$", re.IGNORECASE)
NAME_LIKE = re.compile(r"[^\W\d][\w\-\[\]\\`^{|}.:]*|[\[\]\\`^{|}_][\w\-\[\]\\`^{|}]*\w[\w\-\[\]\\`^{|}]*")
BRACKETS = {"[": "]", "{": "}", "(": ")", "*": "*"}
MYSELF = frozenset({"me", "i", "myself"})
PINGS = frozenset({"all", "channel", "everyone", "here", "room"})
NICK_SIGN = re.compile(r"[\d_\[\]{}|^\\`]|[a-z][A-Z]|-")
VERSION = re.compile(
    r"(?:v|rc|py|python|ipv|q|h|m|sha|utf|http)[-_]?[\d._]+|[a-z]+-?\d+\.\d[\w.]*", re.IGNORECASE
)


class Certainty(Enum):
    """How a word of a list is read.

    KNOWN:    somebody here, or of a name that was given before
    MARKED:   it has an `@`
    LIKELY:   it looks like a nick and like no English word
    STRANGER: it may be a name or any other word
    NOBODY:   it means nobody, or everybody
    """

    KNOWN = "known"
    MARKED = "marked"
    LIKELY = "likely"
    STRANGER = "stranger"
    NOBODY = "nobody"


class Item(Struct, frozen=True):
    """An item of a list of names."""

    certainty: Certainty
    owner: Owner | None = None


def nobody_else(_: str) -> bool:
    """Whether a folded name is known from elsewhere: it is not."""
    return False


class Acquaintances(Struct, frozen=True):
    """Names from elsewhere.

    is_person: whether a folded name is that of an owner of an earlier record, or of an account
    things:    the folded names of tracks and teams
    """

    is_person: Callable[[str], bool] = nobody_else
    things: frozenset[str] = frozenset()


@lru_cache(maxsize=64)
def _folded(names: tuple[str, ...], casemapping: str) -> frozenset[str]:
    return frozenset(casefold(name, casemapping) for name in names)


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
        others: Acquaintances | None = None,
    ) -> None:
        self._speaker = speaker
        self._casemapping = casemapping
        self._known = known
        self._nobody = _folded(tuple(nobody), casemapping)
        self._directory = directory
        self._others = others or Acquaintances()
        self._found: dict[str, Owner | None] = {}

    @property
    def has_nicks_only(self) -> bool:
        """Whether everybody has a nick and no other name, as on IRC."""
        return self._directory is not None and not self._known and self._directory.has_nicks_only

    @property
    def words(self) -> int:
        """The number of words in the longest name, at most 6."""
        return min(MOST_WORDS, self._longest)

    @cached_property
    def _longest(self) -> int:
        if self._directory is not None:
            return max(1, self._directory.longest())
        names = self._names if self._names is not None else self._known
        return max((1, *(len(name.split()) for name in names)))

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
        key = casefold(name, self._casemapping)
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
        found = self._by_key(key)
        if found is None:
            puppets = (key + self.fold(ending) for ending in BRIDGE_ENDINGS)
            found = next((person for puppet in puppets if (person := self._by_key(puppet))), None)
        return found

    def _by_key(self, key: str) -> Identity | None:
        return self._speaker if key == self._speaker.key else self._known.get(key)

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
        if typed not in self._found:
            self._found[typed] = self._find(typed)
        return self._found[typed]

    def _find(self, typed: str) -> Owner | None:
        if " " in typed and len(typed.split()) > self._longest:
            return None
        for name in _readings(typed):
            found = self._bearers(name)
            if found:
                return Owner(
                    plain_name(name.removeprefix("@") or name), found[0] if len(found) == 1 else None
                )
        return None

    def known(self, typed: str) -> Owner | None:
        """Return the known person named by `typed`: also by a look-alike of their name, or by a name given before."""
        found = self.find(typed)
        if found is not None:
            return found
        bare = " ".join(_stripped(typed).split())
        if not bare or len(bare) > LONGEST_NAME or bare.lower() in COMMON or bare.lower() in NOT_PEOPLE:
            return None
        alike = self._directory.look_alikes(bare) if self._directory is not None and " " not in bare else ()
        if alike:
            return Owner(plain_name(bare), alike[0] if len(alike) == 1 else None)
        return Owner(plain_name(bare)) if self._others.is_person(casefold(bare)) else None

    def read(self, typed: str) -> Item | None:
        """Read a word of a list; None if it cannot be a name."""
        bare = _stripped(typed)
        lower = bare.lower()
        if lower in MYSELF:
            return Item(Certainty.KNOWN, self.speaker)
        if lower in NEVER_PEOPLE:
            return Item(Certainty.NOBODY)
        known = self.known(typed)
        if known is not None:
            return Item(Certainty.KNOWN, known)
        marked = typed.lstrip().startswith("@")
        if lower in (PINGS if marked else NOT_PEOPLE):
            return Item(Certainty.NOBODY)
        owner = self.unknown(typed)
        if owner is None or marked:
            return Item(Certainty.MARKED, owner) if owner is not None else None
        is_likely = looks_like_nick(bare) and not self.is_thing(bare)
        return Item(Certainty.LIKELY if is_likely else Certainty.STRANGER, owner)

    def is_thing(self, name: str) -> bool:
        """Whether `name`, or a part of it between hyphens, is the name of a track or a team."""
        things = self._others.things
        if not things:
            return False
        folded = casefold(name)
        return folded in things or any(part in things for part in folded.split("-"))

    def is_called(self, typed: str) -> bool:
        """Whether `typed` names the speaker or a known person."""
        return typed.strip().lower() in MYSELF or self.find(typed) is not None

    def unknown(self, typed: str) -> Owner | None:
        """Return an owner without identity if `typed` looks like a name."""
        bare = _stripped(typed)
        if len(bare) > LONGEST_NAME or not NAME_LIKE.fullmatch(bare):
            return None
        return Owner(plain_name(bare))

    def marked(self, typed: str) -> Owner | None:
        """Return an owner without identity if `typed` has an `@` and does not ping the whole room."""
        if not typed.startswith("@") or typed[1:].lower() in PINGS:
            return None
        return self.unknown(typed)

    def key(self, owner: Owner) -> Hashable:
        """Return a key that is equal for two mentions of the same person."""
        if owner.person is not None and self._directory is not None:
            return self._directory.same(owner.person)
        if owner.person is not None:
            return owner.person.network, owner.person.key
        return "", self.fold(owner.name)


def looks_like_nick(bare: str) -> bool:
    """Whether a word looks like a nick and like no English word: a digit, `_`, `[`, `-`, or a capital letter inside."""
    if not NICK_SIGN.search(bare) or VERSION.fullmatch(bare) or "." in bare or ":" in bare:
        return False
    lower = bare.lower()
    return lower not in PRODUCTS and not any(part in NOT_IN_NICKS for part in lower.split("-"))


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
    if typed.isalnum():  # most are plain nicks or words
        return [typed] if len(typed) <= LONGEST_TYPED else []
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
