"""The current pings and names, folded from the stream of the gathering.

Pings of a nick without account end when the nick leaves. Names at an item stay, because they only say whom to mention.
"""

from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from bot.api import GATHERING, Entry, Folding, Identity, Rules, StateView
from plugins.subscriptions import facts
from plugins.subscriptions.facts import PingAsked

Nick = tuple[str, str]  # network and key


class Put(Struct, frozen=True):
    """A name at an agenda item, and the person who added it."""

    person: Identity
    by: Identity | None


class Subscriptions(Struct, frozen=True, dict=True):
    """The pings of a gathering by id, oldest first, and the names by item id."""

    gathering: str
    by_id: Mapping[str, PingAsked] = field(default_factory=dict)
    names: Mapping[str, tuple[Put, ...]] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[PingAsked, ...]:
        """The pings, oldest first."""
        return tuple(self.by_id.values())

    @cached_property
    def nicks(self) -> frozenset[Nick]:
        """The nicks without an account."""
        people = [ping.person for ping in self.by_id.values()]
        people += [put.person for puts in self.names.values() for put in puts]
        return frozenset((person.network, person.key) for person in people if not person.account)


RULES: Rules[Subscriptions] = Rules()


@cache
def _folding(gathering: str) -> Folding[Subscriptions]:
    return Folding(Subscriptions(gathering), RULES)


def subscriptions_of(state: StateView) -> Subscriptions:
    """Return the current pings and names."""
    return subscriptions_in(state.stream(GATHERING), state.setup.gathering.slug)


def subscriptions_in(entries: Sequence[Entry], gathering: str) -> Subscriptions:
    """Fold the entries of the stream for a gathering."""
    return _folding(gathering).of_stream(entries)


@RULES.on(facts.PingAsked)
def _asked(known: Subscriptions, _: Entry, fact: facts.PingAsked) -> Subscriptions:
    if fact.gathering != known.gathering:
        return known
    return replace(known, by_id={**known.by_id, fact.id: fact})


@RULES.on(facts.PingsStopped)
def _stopped(known: Subscriptions, _: Entry, fact: facts.PingsStopped) -> Subscriptions:
    left = {key: ping for key, ping in known.by_id.items() if key not in fact.ids}
    return replace(known, by_id=left)


@RULES.on(facts.NamesPut)
def _put(known: Subscriptions, entry: Entry, fact: facts.NamesPut) -> Subscriptions:
    if fact.gathering != known.gathering:
        return known
    puts = (*known.names.get(fact.item, ()), *(Put(person, entry.by) for person in fact.people))
    return replace(known, names={**known.names, fact.item: puts})


@RULES.on(facts.NamesTakenOff)
def _taken_off(known: Subscriptions, _: Entry, fact: facts.NamesTakenOff) -> Subscriptions:
    puts = tuple(put for put in known.names.get(fact.item, ()) if put.person not in fact.people)
    others = {item: names for item, names in known.names.items() if item != fact.item}
    return replace(known, names={**others, fact.item: puts} if puts else others)


@RULES.on(facts.PingNickChanged)
def _nick_changed(known: Subscriptions, _: Entry, fact: facts.PingNickChanged) -> Subscriptions:
    def now(person: Identity) -> Identity:
        return fact.new if _is_by_nick(person, fact.old) else person

    by_id = {key: replace(ping, person=now(ping.person)) for key, ping in known.by_id.items()}
    names = {
        item: tuple(replace(put, person=now(put.person)) for put in puts)
        for item, puts in known.names.items()
    }
    return replace(known, by_id=by_id, names=names)


@RULES.on(facts.PingNickLeft)
def _nick_left(known: Subscriptions, _: Entry, fact: facts.PingNickLeft) -> Subscriptions:
    left = {key: ping for key, ping in known.by_id.items() if not _is_by_nick(ping.person, fact.person)}
    return replace(known, by_id=left)


def _is_by_nick(holder: Identity, nick: Identity) -> bool:
    """Whether `holder` is known only by this nick."""
    return not holder.account and (holder.network, holder.key) == (nick.network, nick.key)


def is_of(state: StateView, holder: Identity, speaker: Identity) -> bool:
    """Whether the speaker owns the pings of `holder`."""
    return state.persons.has_rights_of(speaker, holder)


def asked_by(state: StateView, speaker: Identity) -> list[PingAsked]:
    """Return somebody's pings, by number."""
    asked = subscriptions_of(state).asked
    mine = [asked[place] for place in state.persons.held_by(speaker, [ping.person for ping in asked])]
    return sorted(mine, key=lambda ping: ping.n)
