"""Look-up of the current agenda of a session and of the waiting items of a track."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from bot.api import Session, StateView, Track, track_stream
from bot.api.recap import AgendaItem
from plugins.agenda.agenda_lists import Agenda
from plugins.agenda.declaration import plugin
from plugins.agenda.fold import FOLDING


def agenda_of(session: Session) -> Agenda:
    """Return the agenda of a session, with the titles and minutes of its topics."""
    agenda = FOLDING.of(session)
    topics = {topic.item: topic for topic in session.topics if topic.item}
    if not topics:
        return agenda
    items = tuple(
        replace(
            listed, item=replace(listed.item, title=topic.title, minutes=topic.minutes or listed.item.minutes)
        )
        if (topic := topics.get(listed.item.id)) is not None
        else listed
        for listed in agenda.items
    )
    return replace(agenda, items=items)


def waiting_of(state: StateView, track: str) -> Agenda:
    """Return the items that wait for the next sessions of a track."""
    return FOLDING.of_stream(state.stream(track_stream(track)))


@plugin.agenda.items
def agenda_items(session: Session) -> list[AgendaItem]:
    """Return the agenda of a session for other plugins."""
    return _public_items(agenda_of(session))


@plugin.agenda.waiting
def waiting_items(state: StateView, track: Track) -> list[AgendaItem]:
    """Return the waiting items of a track for other plugins."""
    return _public_items(waiting_of(state, track.slug))


@plugin.recap.session_json
def session_json(session: Session) -> Mapping[str, Any]:
    """Return the agenda of a session for the export."""
    keys = ("n", "title", "minutes", "proposer", "state")
    return {"agenda": [{key: getattr(item, key) for key in keys} for item in agenda_items(session)]}


def _public_items(agenda: Agenda) -> list[AgendaItem]:
    return [
        AgendaItem(
            listed.n,
            listed.item.title,
            listed.item.minutes,
            listed.item.proposer or None,
            agenda.state(listed),
            listed.item.id,
        )
        for listed in agenda.items
    ]
