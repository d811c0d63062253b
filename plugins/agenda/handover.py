"""The handover of items between a track and its sessions when they open, close and reopen.

An item is active in a single list, the track's or a running session's, and every move is written to both streams. An
ended session keeps a copy of its list for its recap.
"""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bot.api import Announce, Effect, InputProblem, Occasion, Session, Slot, Write, shortened, track_stream
from bot.api.facts import SessionClosed, SessionOpened, SessionReopened, TextRemoved, Voided
from bot.api.words import LONGEST_TITLE
from plugins.agenda import phrases
from plugins.agenda.agenda_lists import MOST, Agenda, Listed
from plugins.agenda.declaration import plugin
from plugins.agenda.facts import (
    AgendaHandedOver,
    AgendaItemsAdded,
    AgendaItemsDropped,
    AgendaLeft,
    AgendaTaken,
    Item,
)
from plugins.agenda.lookup import agenda_of, waiting_of
from plugins.agenda.syntax import ItemText, read_item


@plugin.upon(SessionOpened)
def take_along(occasion: Occasion, _: SessionOpened) -> Iterator[Effect]:
    """Give an opened session its waiting items and the agenda of its slot."""
    session = occasion.session
    if session is None:
        return
    waiting = waiting_of(occasion.state, session.track)
    slot = occasion.state.setup.slot_at(session.track, session.started)
    key = slot_key(slot) if slot is not None and slot.agenda else ""
    planned = items_of_slot(slot) if slot is not None and key not in waiting.slots else ()
    fitting = [listed.outgoing for listed in waiting.items if is_for(listed, session)]
    items = _in_order(waiting, fitting, planned)[:MOST]
    if not items:
        return
    taken = {item.id for item in items}
    ids = tuple(item.id for item in fitting if item.id in taken)
    yield Write(AgendaHandedOver(session.id, ids, key if planned else ""), stream=track_stream(session.track))
    yield Write(AgendaTaken(items))
    own = [item for item in items if not item.parked]
    parked = [item.title for item in items if item.parked]
    if own:
        minutes = sum(item.minutes or 0 for item in own)
        titles = [item.title for item in own]
        yield Announce(phrases.BEGINS_WITH(titles=titles, minutes=minutes, parked=parked))
    elif parked:
        yield Announce(phrases.BEGINS_WITH_PARKED(parked=parked))


def is_for(listed: Listed, session: Session) -> bool:
    """Whether a waiting item is for this session: its room matches and its day has come."""
    item = listed.item
    here = not item.room or item.room in session.rooms
    return here and (item.day is None or item.day <= session.date)


def slot_key(slot: Slot) -> str:
    """Return the key that identifies a slot in facts, so that only one session gets its agenda."""
    return f"{slot.name or slot.place}@{slot.starts:%Y-%m-%dT%H:%M}"


def items_of_slot(slot: Slot) -> tuple[Item, ...]:
    """Read the configured agenda of a slot: `15m Title [nick]`, or only a title."""
    items = []
    for n, text in enumerate(slot.agenda, 1):
        read = read_item(text)
        parsed = ItemText(text) if isinstance(read, InputProblem) else read
        title = shortened(parsed.title, LONGEST_TITLE)
        items.append(Item(f"slot {slot_key(slot)}.{n}", title, parsed.minutes, parsed.proposer))
    return tuple({item.title.casefold(): item for item in reversed(items) if item.title}.values())[::-1]


def _in_order(waiting: Agenda, fitting: Sequence[Item], planned: Sequence[Item]) -> tuple[Item, ...]:
    """Order the items: left by earlier sessions, from the slot's agenda, added by people, and last parked ones.

    An item that is both added and in the slot's agenda is listed once, in the slot's order.
    """
    left = {listed.item.id for listed in waiting.items if listed.left}
    by_title = {item.title.casefold(): item for item in fitting if item.id not in left and not item.parked}
    known = {item.title.casefold() for item in fitting if item.id in left or item.parked}
    slot = [
        by_title.get(item.title.casefold(), item) for item in planned if item.title.casefold() not in known
    ]
    first = [item for item in fitting if item.id in left and not item.parked]
    rest = [item for item in fitting if item not in first and item not in slot and not item.parked]
    parked = [item for item in fitting if item.parked]
    return tuple(replace(item, room="", day=None) for item in (*first, *slot, *rest, *parked))


@plugin.upon(Voided)
def keep_together(occasion: Occasion, fact: Voided) -> Iterator[Effect]:
    """Keep the lists consistent after an undo or redaction: drop undone items from every list.

    Handovers stay in effect even if the message that opened or closed the session is voided.
    """
    track = occasion.track
    if track is None:
        return
    stream = occasion.session.id if occasion.session is not None else track_stream(track.slug)
    entries = occasion.session.entries if occasion.session is not None else occasion.state.stream(stream)
    for entry in tuple(entries):
        if entry.cause != fact.cause:
            continue
        if isinstance(entry.fact, AgendaHandedOver | AgendaLeft | AgendaTaken):
            yield Write(entry.fact, stream=stream)
        elif isinstance(entry.fact, AgendaItemsAdded | TextRemoved):
            yield from _gone_everywhere(occasion, track.slug, entry.cause)


def _gone_everywhere(occasion: Occasion, track: str, cause: str) -> Iterator[Effect]:
    """Drop the items that a message added or previewed from every list; their ids begin with its cause."""
    lists = {session.id: agenda_of(session) for session in occasion.state.of_track(track)}
    lists[track_stream(track)] = waiting_of(occasion.state, track)
    for name, agenda in lists.items():
        ids = tuple(listed.item.id for listed in agenda.items if listed.item.id.rpartition(".")[0] == cause)
        if ids:
            yield Write(AgendaItemsDropped(ids), stream=name)


@plugin.upon(SessionClosed)
def leave_behind(occasion: Occasion, _: SessionClosed) -> Iterator[Effect]:
    """Return the unreached items of a closed session to the track."""
    session = occasion.session
    if session is None:
        return
    agenda = agenda_of(session)
    left = tuple(
        replace(listed.outgoing, room="") for listed in agenda.in_state("open", "skipped", "deferred")
    )
    if left:
        yield Write(AgendaLeft(session.id, left), stream=track_stream(session.track))


@plugin.upon(SessionReopened)
def take_back(occasion: Occasion, _: SessionReopened) -> Iterator[Effect]:
    """Give a reopened session its returned items, unless taken by another session, and those added since."""
    session = occasion.session
    if session is None:
        return
    agenda = agenda_of(session)
    unreached = {listed.item.id for listed in agenda.in_state("open", "skipped", "deferred")}
    waiting = waiting_of(occasion.state, session.track)
    back = tuple(
        listed.outgoing for listed in waiting.items if listed.item.id in unreached or is_for(listed, session)
    )
    gone = tuple(
        listed.item.id for listed in agenda.items if listed.item.id in unreached - {item.id for item in back}
    )
    if gone:
        yield Write(AgendaItemsDropped(gone))
    if back:
        ids = tuple(item.id for item in back)
        yield Write(AgendaHandedOver(session.id, ids), stream=track_stream(session.track))
        yield Write(AgendaTaken(tuple(replace(item, room="") for item in back)))
