"""The relay: what is said in one of a venue's linked rooms is said in the others too, in and out of sessions."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.api import Edited, Effect, Message, Occasion, Plugin, Say, Setup
from plugins.relay import flow, lines

LATE = timedelta(minutes=2)  # what was said longer ago (filled in after a connection was lost) is not news

plugin = Plugin("relay")


def relayed_rooms(setup: Setup) -> Iterator[str]:
    """All rooms between which lines are carried."""
    for track in setup.tracks:
        if track.relay:
            yield from (room for venue in track.venues if len(venue) > 1 for room in venue)


def others(setup: Setup, room: str) -> list[str]:
    """The rooms that hear what is said in `room`."""
    venues = [venue for track in setup.tracks_of(room) if track.relay for venue in track.venues]
    return [
        one for one in dict.fromkeys(r for venue in venues if room in venue for r in venue) if one != room
    ]


@plugin.overhears(relayed_rooms)
def carry(occasion: Occasion) -> Sequence[Effect]:
    """Say a line, or what an edit changed, in the other rooms."""
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
    """Whether the message went whole with an earlier one of its lines."""
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
