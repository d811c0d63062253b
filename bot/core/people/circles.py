"""People by their names: those of a room, of a session, or with names that they gave themselves."""

from collections.abc import Iterable, Mapping
from typing import Self

from bot.core.people.identity import Identity, plain_name
from bot.core.session.session import Session

Shown = tuple[dict[str, list[Identity]], dict[str, list[Identity]]]

NOBODY: Shown = ({}, {})
REMEMBERED = 64  # sessions; more rarely run at the same time


class Circle:
    """The people of a room or of a session, by key; display names are indexed only if no key matches.

    with_ids: some of them have ids that differ from their names
    """

    def __init__(self, people: Mapping[str, Identity], *, with_ids: bool = True) -> None:
        self.people = people
        self._shown = None if with_ids and people else NOBODY
        self._accounts: dict[str, Identity] | None = None

    @classmethod
    def of_names(cls, named: Iterable[tuple[Identity, str]]) -> Self:
        """A circle of people by names that are no nicks."""
        circle = cls({})
        shown: dict[str, list[Identity]] = {}
        for person, name in named:
            shown.setdefault(name.casefold(), []).append(person)
        circle._shown = (shown, {}) if shown else NOBODY
        return circle

    @property
    def is_empty(self) -> bool:
        """Whether it names nobody."""
        return not self.people and self._shown is NOBODY

    @property
    def has_nicks_only(self) -> bool:
        """Whether people have no other names than their keys."""
        return self._shown is NOBODY

    def shown_as(self, name: str) -> list[Identity]:
        """The people with this display name, else with this part of a name."""
        shown, parts = self._people_with_ids()
        folded = name.casefold() if shown else ""
        return shown.get(folded) or parts.get(folded) or []

    def _people_with_ids(self) -> Shown:
        """The people with ids, by full display name or id, and by the first part of these."""
        if self._shown is not None:
            return self._shown
        shown: dict[str, list[Identity]] = {}
        parts: dict[str, list[Identity]] = {}
        for person in self.people.values():
            if person.key.startswith("@"):
                shown.setdefault(person.name.casefold(), []).append(person)
                shown.setdefault(person.key[1:].casefold(), []).append(person)
                parts.setdefault(plain_name(person.name).casefold(), []).append(person)
                parts.setdefault(person.key[1:].partition(":")[0].casefold(), []).append(person)
        self._shown = shown, parts
        return self._shown

    def alike(self, nick: str, endings: Mapping[str, None]) -> list[Identity]:
        """The people with this nick, or with it and one of these endings."""
        people = self.people
        if len(people) > len(endings):
            return [people[nick + ending] for ending in endings if nick + ending in people]
        return [people[key] for key in people if key.startswith(nick) and key[len(nick) :] in endings]

    def by_account(self, account: str) -> Identity | None:
        """The first person with this account."""
        if self._accounts is None:
            self._accounts = {}
            for person in self.people.values():
                if person.account:
                    self._accounts.setdefault(person.account, person)
        return self._accounts.get(account)

    def longest(self) -> int:
        """The number of words of the longest name; a nick counts as one."""
        if self._shown is NOBODY:
            return 1
        names = (*self.people, *(name for index in self._people_with_ids() for name in index))
        return max((len(name.split()) for name in names), default=1)


_Known = tuple[Mapping[str, Identity], tuple[tuple[Identity, str], ...], tuple[Circle, Circle]]
_known: dict[str, _Known] = {}  # a cache, by session


def circles_of(session: Session) -> tuple[Circle, Circle]:
    """The people that a session knows, and those who gave it their real names; made again when these change."""
    made = _known.get(session.id)
    if made is None or made[0] is not session.known or made[1] is not session.real_names:
        # on IRC nobody has an id; keys are compared at once, for a session may know hundreds of people
        with_ids = "\n@" in "\n".join(("", *session.known))
        circles = Circle(session.known, with_ids=with_ids), Circle.of_names(session.real_names)
        _known.pop(session.id, None)
        while len(_known) >= REMEMBERED:
            del _known[next(iter(_known))]
        made = _known[session.id] = (session.known, session.real_names, circles)
    return made[2]
