"""The relay: passes messages on between the linked rooms of a venue, in and out of sessions."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.api import Edited, Effect, Message, Occasion, Plugin, Say, Setup
from plugins.relay import flow, lines

LATE = timedelta(minutes=2)  # older messages, read after a lost connection, are no news

plugin = Plugin("relay")


def relayed_rooms(setup: Setup) -> Iterator[str]:
    """All rooms that the relay connects."""
    for track in setup.tracks:
        if track.relay:
            yield from (room for venue in track.venues if len(venue) > 1 for room in venue)


def others(setup: Setup, room: str) -> list[str]:
    """The rooms that hear `room`."""
    venues = [venue for track in setup.tracks_of(room) if track.relay for venue in track.venues]
    linked = dict.fromkeys(other for venue in venues if room in venue for other in venue)
    return [other for other in linked if other != room]


@plugin.overhears(relayed_rooms)
def carry(occasion: Occasion) -> Sequence[Effect]:
    """Pass on a message, or the change that an edit made, to the other rooms."""
    event = occasion.event
    if isinstance(event, Message):
        if event.local or _was_carried(occasion, event) or lines.is_carried(event.text):
            return ()
        told = lines.said(event)
    elif isinstance(event, Edited):
        if event.lines[0].local:
            return ()
        told = lines.edited(event)
    else:
        return ()
    return list(_said(occasion, event.room.id, told)) if told else ()


def _was_carried(occasion: Occasion, message: Message) -> bool:
    """Whether an earlier line of the same message already passed on all of it."""
    if not message.lines:
        return False
    notes, key = occasion.state.notes, (plugin.name, message.room.id)
    if notes.get(key) == message.id:
        return True
    notes[key] = message.id
    return False


def _said(occasion: Occasion, room: str, told: lines.Told) -> Iterator[Effect]:
    setup = occasion.state.setup
    for other in others(setup, room):
        notes, key = occasion.state.notes, (plugin.name, "flow", other)
        before = notes.get(key)
        now = before if isinstance(before, flow.Flow) else flow.Flow()
        notes[key], text = now.let(told, room, occasion.at, setup)
        if text:
            yield Say((other,), text, within=LATE)
