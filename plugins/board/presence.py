"""Who is where: the fold of the check-ins, and which of these people the bot still sees."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from bot.api import Entry, Folding, Identity, Rules, StateView
from plugins.board import facts
from plugins.board.declaration import PRESENCE

Nick = tuple[str, str]  # network and key


class CheckIn(Struct, frozen=True):
    """The last check-in of somebody under one identity.

    track: the slug of the track where they are; empty if `place` says it in words
    out:   when they checked out
    gone:  when the bot lost sight of their nick, which nothing but the nick proved
    """

    person: Identity
    place: str
    track: str
    since: datetime
    out: datetime | None = None
    gone: datetime | None = None

    @property
    def where(self) -> str:
        """The place as people type it."""
        return f"#{self.track}" if self.track else self.place

    @property
    def latest(self) -> datetime:
        """When it last changed."""
        return max(filter(None, (self.since, self.out, self.gone)))


class Presence(Struct, frozen=True, dict=True):
    """The last check-ins of a gathering, by network and key of the nick or id, oldest first."""

    gathering: str
    by_nick: Mapping[Nick, CheckIn] = field(default_factory=dict)


RULES: Rules[Presence] = Rules()


@lru_cache(maxsize=16)
def _folding(gathering: str) -> Folding[Presence]:
    return Folding(Presence(gathering), RULES)


def presence_of(state: StateView) -> Presence:
    """Who checked in, and who checked out."""
    return _folding(state.setup.gathering.slug).of_stream(state.stream(PRESENCE))


def nick_of(person: Identity) -> Nick:
    """The name by which a check-in is known."""
    return person.network, person.key


def latest(state: StateView) -> dict[Hashable, CheckIn]:
    """The last check-in of every person, whatever identities they used."""
    found: dict[Hashable, CheckIn] = {}
    for known in presence_of(state).by_nick.values():
        person = state.person_of(known.person)
        if person not in found or found[person].latest <= known.latest:
            found[person] = known
    return found


def here(state: StateView) -> list[CheckIn]:
    """The people who are checked in and in sight, in the order of their check-ins."""
    seen = Sight(state)
    found = (known for known in latest(state).values() if known.out is None and known.gone is None)
    return sorted((known for known in found if seen.has(known.person)), key=lambda known: known.since)


class Sight:
    """Whom the bot sees now in any of its rooms."""

    def __init__(self, state: StateView) -> None:
        self._state = state
        setup = state.setup
        ids = (*setup.gathering.rooms, *(room for track in setup.tracks for v in track.venues for room in v))
        rooms = (state.room(room) for room in dict.fromkeys(ids))
        self._members: dict[str, list[Mapping[str, Identity]]] = {}
        for room in rooms:
            if room is not None:
                self._members.setdefault(room.network, []).append(room.members)
        self._accounts: frozenset[Nick] | None = None

    def has(self, person: Identity) -> bool:
        """Whether somebody is in one of the rooms, under any proven identity."""
        identities = self._state.persons.identities_of(person)
        if any(
            _is_among(one, members) for one in identities for members in self._members.get(one.network, ())
        ):
            return True
        return any(one.account and (one.network, one.account) in self._known_accounts() for one in identities)

    def _known_accounts(self) -> frozenset[Nick]:
        if self._accounts is None:
            self._accounts = frozenset(
                (network, member.account)
                for network, rooms in self._members.items()
                for members in rooms
                for member in members.values()
                if member.account
            )
        return self._accounts


def _is_among(one: Identity, members: Mapping[str, Identity]) -> bool:
    """Whether somebody is among the people of a room; whose account is known is not who has their nick without it."""
    member = members.get(one.key)
    return member is not None and (not one.account or member.account == one.account)


def _with(presence: Presence, known: CheckIn) -> Presence:
    """The check-ins with this one as the newest."""
    by_nick = dict(presence.by_nick)  # copied as a whole: a comprehension takes ten times as long
    by_nick.pop(nick_of(known.person), None)
    by_nick[nick_of(known.person)] = known
    return replace(presence, by_nick=by_nick)


@RULES.on(facts.CheckedIn)
def _in(presence: Presence, entry: Entry, fact: facts.CheckedIn) -> Presence:
    if fact.gathering != presence.gathering:
        return presence
    return _with(presence, CheckIn(fact.person, fact.place, fact.track, entry.at))


@RULES.on(facts.CheckedOut)
def _out(presence: Presence, entry: Entry, fact: facts.CheckedOut) -> Presence:
    known = presence.by_nick.get(nick_of(fact.person))
    if fact.gathering != presence.gathering or known is None:
        return presence
    return _with(presence, replace(known, out=entry.at))


@RULES.on(facts.CheckedInRenamed)
def _renamed(presence: Presence, _: Entry, fact: facts.CheckedInRenamed) -> Presence:
    known = presence.by_nick.get(nick_of(fact.old))
    if known is None:
        return presence
    others = dict(presence.by_nick)
    del others[nick_of(fact.old)]
    return _with(replace(presence, by_nick=others), replace(known, person=fact.new))


@RULES.on(facts.CheckedInGone)
def _gone(presence: Presence, entry: Entry, fact: facts.CheckedInGone) -> Presence:
    known = presence.by_nick.get(nick_of(fact.person))
    return presence if known is None else _with(presence, replace(known, gone=entry.at))


@RULES.on(facts.PresenceCleared)
def _cleared(presence: Presence, _: Entry, fact: facts.PresenceCleared) -> Presence:
    return replace(presence, by_nick={}) if fact.gathering == presence.gathering else presence


def at_track(people: Iterable[CheckIn], track: str) -> Iterator[CheckIn]:
    """Those who are with a track."""
    return (known for known in people if known.track == track)
