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


class Standing(Struct, frozen=True, dict=True):
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


RULES: Rules[Standing] = Rules()


@cache
def _folding(gathering: str) -> Folding[Standing]:
    return Folding(Standing(gathering), RULES)


def standing_of(state: StateView) -> Standing:
    """Return the current pings and names."""
    return standing_in(state.stream(GATHERING), state.setup.gathering.slug)


def standing_in(entries: Sequence[Entry], gathering: str) -> Standing:
    """Fold the entries of the stream for a gathering."""
    return _folding(gathering).of_stream(entries)


@RULES.on(facts.PingAsked)
def _asked(standing: Standing, _: Entry, fact: facts.PingAsked) -> Standing:
    if fact.gathering != standing.gathering:
        return standing
    return replace(standing, by_id={**standing.by_id, fact.id: fact})


@RULES.on(facts.PingsStopped)
def _stopped(standing: Standing, _: Entry, fact: facts.PingsStopped) -> Standing:
    left = {key: ping for key, ping in standing.by_id.items() if key not in fact.ids}
    return replace(standing, by_id=left)


@RULES.on(facts.NamesPut)
def _put(standing: Standing, entry: Entry, fact: facts.NamesPut) -> Standing:
    if fact.gathering != standing.gathering:
        return standing
    puts = (*standing.names.get(fact.item, ()), *(Put(person, entry.by) for person in fact.people))
    return replace(standing, names={**standing.names, fact.item: puts})


@RULES.on(facts.NamesTakenOff)
def _taken_off(standing: Standing, _: Entry, fact: facts.NamesTakenOff) -> Standing:
    puts = tuple(put for put in standing.names.get(fact.item, ()) if put.person not in fact.people)
    others = {item: names for item, names in standing.names.items() if item != fact.item}
    return replace(standing, names={**others, fact.item: puts} if puts else others)


@RULES.on(facts.PingNickChanged)
def _nick_changed(standing: Standing, _: Entry, fact: facts.PingNickChanged) -> Standing:
    def now(person: Identity) -> Identity:
        return fact.new if _is_by_nick(person, fact.old) else person

    by_id = {key: replace(ping, person=now(ping.person)) for key, ping in standing.by_id.items()}
    names = {
        item: tuple(replace(put, person=now(put.person)) for put in puts)
        for item, puts in standing.names.items()
    }
    return replace(standing, by_id=by_id, names=names)


@RULES.on(facts.PingNickLeft)
def _nick_left(standing: Standing, _: Entry, fact: facts.PingNickLeft) -> Standing:
    left = {key: ping for key, ping in standing.by_id.items() if not _is_by_nick(ping.person, fact.person)}
    return replace(standing, by_id=left)


def _is_by_nick(holder: Identity, nick: Identity) -> bool:
    """Whether `holder` is known only by this nick."""
    return not holder.account and (holder.network, holder.key) == (nick.network, nick.key)


def is_of(state: StateView, holder: Identity, speaker: Identity) -> bool:
    """Whether the speaker owns the pings of `holder`."""
    return state.persons.has_rights_of(speaker, holder)


def asked_by(state: StateView, speaker: Identity) -> list[PingAsked]:
    """Return somebody's pings, by number."""
    mine = [ping for ping in standing_of(state).asked if is_of(state, ping.person, speaker)]
    return sorted(mine, key=lambda ping: ping.n)
