"""The relay: forwards messages between the linked rooms of a venue, during sessions and between them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.api import Effect, Occasion, Plugin, Say, Setup
from bot.api.effects import Remember
from bot.api.events import Edited, Message
from plugins.relay import flow, lines

LATE = timedelta(minutes=2)  # older messages, received after a lost connection, are not forwarded
ECHO = timedelta(minutes=1)  # within this, another relay repeats a message
MOST_KNOWN = 30  # messages that an echo is compared with

plugin = Plugin("relay")


def relayed_rooms(setup: Setup) -> Iterator[str]:
    """Yield all rooms that the relay connects."""
    for track in setup.tracks:
        if track.relay:
            yield from (room for venue in track.venues if len(venue) > 1 for room in venue)


def others(setup: Setup, room: str) -> list[str]:
    """Return the rooms that receive messages from `room`."""
    venues = [venue for track in setup.tracks_of(room) if track.relay for venue in track.venues]
    linked = dict.fromkeys(other for venue in venues if room in venue for other in venue)
    return [other for other in linked if other != room]


@plugin.overhears(relayed_rooms)
def carry(occasion: Occasion) -> Iterator[Effect]:
    """Forward a message, or the change that an edit made, to the other rooms."""
    event = occasion.event
    if isinstance(event, Message):
        news = None if event.local else _news(occasion, event)
        if event.lines and not event.local:  # the first line forwards the whole message
            yield Remember(_carried(event.room.id), event.id)
    else:
        news = lines.edited(event) if isinstance(event, Edited) and not event.lines[0].local else None
    if news is not None and isinstance(event, Message | Edited):
        yield from _said(occasion, event.room.id, news)


def _news(occasion: Occasion, message: Message) -> lines.Told | None:
    """Return the text to forward; None if an earlier line forwarded the message, or if a relay sent it."""
    before = occasion.state.remembered(_carried(message.room.id)) if message.lines else None
    return None if before == message.id or _is_echo(occasion, message) else lines.said(message)


def _is_echo(occasion: Occasion, message: Message) -> bool:
    """Whether another relay repeats what was just said, here or in a linked room."""
    words = lines.repeated(message.text)
    known = _known(occasion, message.room.id) if words else ()
    return any(words in texts for _, texts in known)


def _known(occasion: Occasion, room: str) -> tuple[tuple[datetime, tuple[str, ...]], ...]:
    """Return the last messages that were forwarded from this room or into it."""
    found = occasion.state.remembered((plugin.name, "known", room))
    known = found if isinstance(found, tuple) else ()
    return tuple(one for one in known if occasion.at - one[0] <= ECHO)


def _carried(room: str) -> tuple[str, str, str]:
    """Return the key of the last forwarded message with several lines."""
    return plugin.name, "carried", room


def _said(occasion: Occasion, room: str, news: lines.Told) -> Iterator[Effect]:
    setup = occasion.state.setup
    rooms = others(setup, room)
    for one in (room, *rooms):
        known = (*_known(occasion, one), (occasion.at, news.texts))
        yield Remember((plugin.name, "known", one), known[-MOST_KNOWN:])
    for other in rooms:
        key = (plugin.name, "flow", other)
        before = occasion.state.remembered(key)
        flowing = before if isinstance(before, flow.Flow) else flow.Flow()
        bold = setup.networks.get(other.partition("/")[0]) == "matrix"
        now, text = flowing.let(news, room, occasion.at, setup, bold=bold)
        yield Remember(key, now)
        if text:
            yield Say((other,), text, within=LATE)
