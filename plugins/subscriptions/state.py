"""Who is to be pinged, as it stands now: the fold of the facts in the stream of the gathering.

Rules of this file: who is one person is not decided here. What a nick alone proves goes with the nick; a name at an item
stays when its nick quits, for it proves nothing and only says whom to call.
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
    """A name at an agenda item, and who put it there."""

    person: Identity
    by: Identity | None


class Standing(Struct, frozen=True, dict=True):
    """All that is asked for in a gathering, by id, oldest first; and the names, by the id of the item."""

    gathering: str
    by_id: Mapping[str, PingAsked] = field(default_factory=dict)
    names: Mapping[str, tuple[Put, ...]] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[PingAsked, ...]:
        """All that is asked for, oldest first."""
        return tuple(self.by_id.values())

    @cached_property
    def nicks(self) -> frozenset[Nick]:
        """Those of whom nothing but the nick is known."""
        people = [ping.person for ping in self.by_id.values()]
        people += [put.person for puts in self.names.values() for put in puts]
        return frozenset((person.network, person.key) for person in people if not person.account)


RULES: Rules[Standing] = Rules()


@cache
def _folding(gathering: str) -> Folding[Standing]:
    return Folding(Standing(gathering), RULES)


def standing_of(state: StateView) -> Standing:
    """What stands now."""
    return standing_in(state.stream(GATHERING), state.setup.gathering.slug)


def standing_in(entries: Sequence[Entry], gathering: str) -> Standing:
    """What the entries of the stream come to, for one gathering."""
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
    """Whether nothing but this nick proves `holder`."""
    return not holder.account and (holder.network, holder.key) == (nick.network, nick.key)


def is_of(state: StateView, holder: Identity, speaker: Identity) -> bool:
    """Whether what `holder` asked for is the speaker's."""
    return state.persons.has_rights_of(speaker, holder)


def asked_by(state: StateView, speaker: Identity) -> list[PingAsked]:
    """What somebody asked for, by its numbers."""
    mine = [ping for ping in standing_of(state).asked if is_of(state, ping.person, speaker)]
    return sorted(mine, key=lambda ping: ping.n)
