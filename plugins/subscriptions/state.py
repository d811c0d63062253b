"""Who is to be pinged, as it stands now: the fold of the facts in the stream of the gathering.

Rules of this file: who is one person is not decided here. What a nick alone proves goes with the nick; a name at an item
stays when its nick quits, for it proves nothing and only says whom to call.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from bot.api import GATHERING, Entry, Identity, StateView, voided_causes
from plugins.subscriptions import facts
from plugins.subscriptions.facts import PingAsked

Nick = tuple[str, str]  # network and key


class Put(Struct, frozen=True):
    """A name at an agenda item, and who put it there."""

    person: Identity
    by: Identity | None


class Standing(Struct, frozen=True):
    """All that is asked for in this gathering, oldest first; and the names, by the id of the item.

    nicks: those of whom nothing but the nick is known
    """

    asked: tuple[PingAsked, ...] = ()
    names: Mapping[str, tuple[Put, ...]] = field(default_factory=dict)
    nicks: frozenset[Nick] = frozenset()


class _Latest:
    """The stream that was folded last, and what it came to; never a truth, for the stream is."""

    def __init__(self) -> None:
        self._entries: Sequence[Entry] | None = None
        self._gathering = ""
        self._standing = Standing()

    def standing(self, entries: Sequence[Entry], gathering: str) -> Standing:
        if entries is not self._entries or gathering != self._gathering:
            self._standing = fold(entries, gathering)
            self._entries, self._gathering = entries, gathering
        return self._standing


_LATEST = _Latest()


def standing_of(state: StateView) -> Standing:
    """The current state; recomputed only when the stream has grown."""
    return _LATEST.standing(state.stream(GATHERING), state.setup.gathering.slug)


def fold(entries: Iterable[Entry], gathering: str) -> Standing:
    """What the entries of the stream come to, for one gathering."""
    told = tuple(entries)
    voided = voided_causes(told)
    folding = _Folding(gathering)
    for entry in told:
        if entry.cause not in voided:
            folding.take(entry)
    return folding.standing()


class _Folding:
    """The fold while it is being worked out."""

    def __init__(self, gathering: str) -> None:
        self._gathering = gathering
        self._asked: dict[str, PingAsked] = {}
        self._names: dict[str, list[Put]] = {}

    def take(self, entry: Entry) -> None:
        """Take one more entry."""
        match entry.fact:
            case facts.PingAsked() as fact if fact.gathering == self._gathering:
                self._asked[fact.id] = fact
            case facts.PingsStopped(ids):
                for key in ids:
                    self._asked.pop(key, None)
            case facts.NamesPut() as fact if fact.gathering == self._gathering:
                self._names.setdefault(fact.item, []).extend(Put(person, entry.by) for person in fact.people)
            case facts.NamesTakenOff(item, people):
                left = [put for put in self._names.pop(item, ()) if put.person not in people]
                if left:
                    self._names[item] = left
            case facts.PingNickChanged(old, new):
                self._renamed(old, new)
            case facts.PingNickLeft(person):
                self._asked = {
                    n: ping for n, ping in self._asked.items() if not _is_by_nick(ping.person, person)
                }

    def _renamed(self, old: Identity, new: Identity) -> None:
        for key, ping in self._asked.items():
            if _is_by_nick(ping.person, old):
                self._asked[key] = replace(ping, person=new)
        for puts in self._names.values():
            puts[:] = [replace(put, person=new) if _is_by_nick(put.person, old) else put for put in puts]

    def standing(self) -> Standing:
        """What it has come to."""
        names = {item: tuple(puts) for item, puts in self._names.items()}
        people = [ping.person for ping in self._asked.values()]
        people += [put.person for puts in names.values() for put in puts]
        nicks = frozenset((person.network, person.key) for person in people if not person.account)
        return Standing(tuple(self._asked.values()), names, nicks)


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
