"""The relay: passes messages on between the linked rooms of a venue, in and out of sessions."""

from collections.abc import Iterator
from datetime import timedelta

from bot.api import Effect, Occasion, Plugin, Say, Setup
from bot.api.effects import Remember
from bot.api.events import Edited, Message
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
def carry(occasion: Occasion) -> Iterator[Effect]:
    """Pass on a message, or the change that an edit made, to the other rooms."""
    event = occasion.event
    if isinstance(event, Message):
        told = None if event.local else _news(occasion, event)
        if event.lines and not event.local:  # its first line passes on the whole message
            yield Remember(_carried(event.room.id), event.id)
    else:
        told = lines.edited(event) if isinstance(event, Edited) and not event.lines[0].local else None
    if told is not None and isinstance(event, Message | Edited):
        yield from _said(occasion, event.room.id, told)


def _news(occasion: Occasion, message: Message) -> lines.Told | None:
    """What to pass on; None if an earlier line of the message did, or if the relay itself said it."""
    before = occasion.state.remembered(_carried(message.room.id)) if message.lines else None
    return None if before == message.id or lines.is_carried(message.text) else lines.said(message)


def _carried(room: str) -> tuple[str, str, str]:
    """The key of the last message of several lines that was passed on."""
    return plugin.name, "carried", room


def _said(occasion: Occasion, room: str, told: lines.Told) -> Iterator[Effect]:
    setup = occasion.state.setup
    for other in others(setup, room):
        key = (plugin.name, "flow", other)
        before = occasion.state.remembered(key)
        flowing = before if isinstance(before, flow.Flow) else flow.Flow()
        now, text = flowing.let(told, room, occasion.at, setup)
        yield Remember(key, now)
        if text:
            yield Say((other,), text, within=LATE)
