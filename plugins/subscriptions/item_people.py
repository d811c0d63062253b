"""Names at agenda items, added and removed before a session or while it runs."""

from collections.abc import Sequence

from msgspec import Struct

from bot.api import GATHERING, Ask, Effect, Identity, Reply, Role, Track, Write
from bot.api.people import Named, is_relayed, known_tracks, no_such_track, plain_name, track_called
from bot.api.recap import AgendaItem
from plugins.subscriptions import phrases
from plugins.subscriptions.facts import NamesPut, NamesTakenOff
from plugins.subscriptions.state import Put, is_of, subscriptions_of
from plugins.subscriptions.syntax import ItemNumbers

MOST = 30  # names at an item
PAST = "done", "current"


class Agenda(Struct, frozen=True):
    """The agenda of the running session, or of the track's next one."""

    items: tuple[AgendaItem, ...]

    def numbered(self, n: int) -> AgendaItem | None:
        """The item with this number."""
        return next((item for item in self.items if item.n == n), None)

    @property
    def last(self) -> int:
        """The highest number."""
        return max((item.n for item in self.items), default=0)


def agenda_here(ask: Ask, named: str = "") -> Agenda | str:
    """Return the agenda of the running session or of the track's next one, or the answer if there is none."""
    track = track_called(named, known_tracks(ask)) if named else ask.track
    if named and track is None:
        return no_such_track(ask, named)
    if track is None:
        shared = [track.slug for track in ask.setup.tracks_of(ask.room.id)]
        return phrases.NAME_A_TRACK(tracks=shared) if shared else phrases.NO_AGENDA
    return Agenda(tuple(_items_of(ask, track)))


def _items_of(ask: Ask, track: Track) -> list[AgendaItem]:
    session = ask.session
    if session is None or session.track != track.slug:
        running = [session for session in ask.state.of_track(track.slug) if session.ended is None]
        session = running[0] if len(running) == 1 and ask.room.private else None
    if session is not None and session.ended is None:
        return ask.register.agenda(session)
    return ask.register.waiting(ask.state, track)


def put(ask: Ask, wanted: ItemNumbers) -> Sequence[Effect]:
    """Add the speaker's name or the given names to items."""
    items = _items(ask, wanted)
    if isinstance(items, str):
        return [Reply(items)]
    on = next((item for item in items if item.state == "current"), None)
    if on is not None:
        return [Reply(phrases.IS_ON(n=on.n, title=on.title))]
    people, unknown = _people(ask, wanted)
    if not people:
        return [Reply(phrases.NOBODY_NAMED)]
    return _put(ask, items, people, unknown)


def _items(ask: Ask, wanted: ItemNumbers) -> list[AgendaItem] | str:
    agenda = agenda_here(ask, wanted.track)
    if isinstance(agenda, str):
        return agenda
    if not agenda.items:
        return phrases.EMPTY_AGENDA
    found = []
    for n in wanted.numbers:
        item = agenda.numbered(n)
        if item is None:
            return phrases.NO_SUCH_ITEM(number=n, last=agenda.last)
        found.append(item)
    return found


def _people(ask: Ask, wanted: ItemNumbers) -> tuple[list[Identity], list[str]]:
    """Return the people named, the speaker if none are, and the names that are unknown here."""
    if not wanted.people:
        return [ask.speaker], []
    named = [_me(ask, mention) for mention in ask.directory.read(wanted.people)]
    return [ask.identity_of(mention) for mention in named], [
        mention.name for mention in named if mention.person is None
    ]


def _me(ask: Ask, named: Named) -> Named:
    return Named(ask.speaker.name, (ask.speaker,)) if named.name.lower() in {"me", "myself"} else named


def _put(
    ask: Ask, items: Sequence[AgendaItem], people: Sequence[Identity], unknown: Sequence[str]
) -> Sequence[Effect]:
    names = subscriptions_of(ask.state).names
    orders: list[Effect] = []
    for item in items:
        there = names.get(item.id, ())
        new = tuple(person for person in people if not any(_is_at(ask, at, person) for at in there))
        if len(there) + len(new) > MOST:
            return [Reply(phrases.TOO_MANY_NAMES(most=MOST))]
        if new:
            fact = NamesPut(ask.setup.gathering.slug, item.id, new)
            orders.append(Write(fact, stream=GATHERING, keep_on_undo=True))
    told = not any(is_relayed(person) for person in people)
    shown, titles = _shown(people), phrases.in_order(_titles(items))
    if not orders:
        return [Reply(phrases.NAMED_ALREADY(people=shown, items=titles))]
    return [*orders, Reply(phrases.NAMED_AT(people=shown, told=told, items=titles, unknown=unknown))]


def _shown(people: Sequence[Identity]) -> list[str]:
    return [plain_name(person.name) for person in people]


def _titles(items: Sequence[AgendaItem]) -> list[str]:
    return [phrases.ITEM(n=item.n, title=item.title) for item in items]


def _is_at(ask: Ask, at: Put, person: Identity) -> bool:
    return at.person == person or is_of(ask.state, at.person, person)


def take_off(ask: Ask, wanted: ItemNumbers) -> Sequence[Effect]:
    """Remove the speaker's name or the given names from items."""
    items = _items(ask, wanted)
    if isinstance(items, str):
        return [Reply(items)]
    people, _ = _people(ask, wanted)
    names = subscriptions_of(ask.state).names
    orders: list[Effect] = []
    gone: list[Identity] = []
    for item in items:
        off = [at for at in names.get(item.id, ()) if any(_is_at(ask, at, person) for person in people)]
        others = [at.person for at in off if not _may_take(ask, at)]
        if others:
            return [Reply(phrases.ONLY_WHO_PUT(people=_shown(others)))]
        if off:
            orders.append(_taken(item.id, off))
            gone += [at.person for at in off if at.person not in gone]
    if not gone:
        return [Reply(phrases.NOT_ON_ITEMS)]
    titles = phrases.in_order(_titles(items))
    return [*orders, Reply(phrases.TAKEN_OFF(people=_shown(gone), items=titles))]


def _may_take(ask: Ask, at: Put) -> bool:
    """Whether the speaker may remove a name: their own, one that they added, or any as a chair."""
    own = _is_at(ask, at, ask.speaker) or (at.by is not None and is_of(ask.state, at.by, ask.speaker))
    return own or ask.role >= Role.CHAIR


def _taken(item: str, off: Sequence[Put]) -> Write:
    return Write(NamesTakenOff(item, tuple(at.person for at in off)), stream=GATHERING, keep_on_undo=True)


def off_everywhere(ask: Ask) -> list[Write]:
    """Remove the speaker's name from all items."""
    found = [
        (item, [at for at in puts if _is_at(ask, at, ask.speaker)])
        for item, puts in subscriptions_of(ask.state).names.items()
    ]
    return [_taken(item, off) for item, off in found if off]


def titles_of_mine(ask: Ask, numbers: Sequence[int]) -> list[str]:
    """Return the titles of coming items with these numbers and the speaker's name."""
    return [item.title for item in _mine_here(ask) if item.n in numbers and item.state not in PAST]


def mine_here(ask: Ask) -> list[str]:
    """Describe the coming items with the speaker's name."""
    return _titles([item for item in _mine_here(ask) if item.state not in PAST])


def _mine_here(ask: Ask) -> list[AgendaItem]:
    agenda = agenda_here(ask)
    names = subscriptions_of(ask.state).names
    items = () if isinstance(agenda, str) else agenda.items
    return [item for item in items if any(_is_at(ask, at, ask.speaker) for at in names.get(item.id, ()))]
