"""The people of a session who were only named by others, whose number is limited."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bot.api import Ask, Entry, Folding, Identity
from bot.api.facts import PersonRenamed, PersonSeen, PresenceWithdrawn, RegretsWithdrawn, Regretted
from bot.api.people import casefold
from plugins.attendance import phrases


class NamedPeople(Struct, frozen=True):
    """The people who were named as present, and the names of those who sent regrets."""

    present: frozenset[Identity] = frozenset()
    regrets: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """How many were named."""
        return len(self.present) + len(self.regrets)


NAMED = Folding(NamedPeople())


@NAMED.on(PersonSeen)
def _seen(named: NamedPeople, entry: Entry, fact: PersonSeen) -> NamedPeople:
    if entry.by is None or fact.person == entry.by:
        return named  # they spoke, or signed in
    return replace(named, present=named.present | {fact.person})


@NAMED.on(PersonRenamed)
def _renamed(named: NamedPeople, _: Entry, fact: PersonRenamed) -> NamedPeople:
    return replace(named, present=named.present - {fact.old})


@NAMED.on(Regretted)
def _regretted(named: NamedPeople, _: Entry, fact: Regretted) -> NamedPeople:
    return replace(named, regrets=named.regrets | set(map(casefold, fact.names)))


@NAMED.on(PresenceWithdrawn)
def _presence_withdrawn(named: NamedPeople, _: Entry, fact: PresenceWithdrawn) -> NamedPeople:
    return replace(named, present=named.present.difference(fact.people))


@NAMED.on(RegretsWithdrawn)
def _regrets_withdrawn(named: NamedPeople, _: Entry, fact: RegretsWithdrawn) -> NamedPeople:
    return replace(named, regrets=named.regrets.difference(map(casefold, fact.names)))


def new_here(ask: Ask, people: Iterable[Identity]) -> list[Identity] | str:
    """Return the people who were not named before, or the refusal if that would be too many."""
    named = NAMED.of(ask.running)
    new = [person for person in people if person not in named.present]
    others = [person for person in new if person != ask.speaker]
    return _refusal(ask, named, len(others)) or new


def new_regrets(ask: Ask, names: Iterable[str]) -> str | None:
    """Return the refusal if these names would be too many."""
    named = NAMED.of(ask.running)
    return _refusal(ask, named, len(set(map(casefold, names)) - named.regrets))


def _refusal(ask: Ask, named: NamedPeople, new: int) -> str | None:
    most = ask.most(ask.setup.limits.named_people)
    return phrases.TOO_MANY_NAMED(most=most) if new and named.total + new > most else None
