"""How a session begins: in which track, under which name, until when."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.api import (
    Announce,
    Ask,
    Effect,
    Needs,
    Plugin,
    Reply,
    Role,
    SessionOpened,
    SessionRenamed,
    Setup,
    Track,
    Write,
    day_in_words,
    shortened,
)
from plugins.sessions import phrases

LONGEST_NAME = 120
LONGEST_SLUG = 40  # as an answer quotes it


def declare(plugin: Plugin) -> None:
    """Add the commands of this file."""
    plugin.command(
        "startmeeting",
        aliases=("start", "sm"),
        usage="#startmeeting [name]",
        says="opens a session of the room's track; in a shared room: #startmeeting TRACK: name",
        example="#startmeeting Nova day 1",
        needs=Needs.ROOM,
        on_line_edited=rename,
    )(start)


def start(ask: Ask) -> Sequence[Effect]:
    """Open a session in the room's venue."""
    setup = ask.setup
    zone = setup.gathering.zone
    if setup.start == "moderators" and ask.role < Role.MODERATOR:
        return [Reply(phrases.only_moderators_start())]
    if ask.session is not None:
        return [Reply(phrases.runs_already(ask.session, zone))]
    track, name = _track_and_name(ask)
    if isinstance(track, str):
        return [Reply(track)]
    if len(name) > LONGEST_NAME:
        return [Reply(phrases.NAME_TOO_LONG)]
    rooms = setup.venue(track, ask.room.id)
    other = next((running for room in rooms if (running := ask.state.running(room)) is not None), None)
    if other is not None:
        return [Reply(phrases.runs_already(other, zone))]
    opened = _opened(ask, track, name, rooms)
    said = phrases.opened(opened.name, ask.speaker.name, opened.planned_until, zone)
    return [Write(opened), Announce(said)]


def rename(ask: Ask) -> Sequence[Effect]:
    """The message that opened the session was edited: the session has another name."""
    session = ask.running
    if ask.edits != session.entries[0].cause:
        return [Reply(phrases.runs_already(session, ask.setup.gathering.zone))]
    track, name = _track_and_name(ask)
    if isinstance(track, str):
        return [Reply(track)]
    if len(name) > LONGEST_NAME:
        return [Reply(phrases.NAME_TOO_LONG)]
    name = name or _usual_name(track, session.date)
    return [Write(SessionRenamed(name)), Announce(phrases.renamed(name))] if name != session.name else ()


def _usual_name(track: Track, day: date) -> str:
    return f"{track.name}, {day_in_words(day)}"


def _track_and_name(ask: Ask) -> tuple[Track | str, str]:
    """The track that is meant, and the rest; or what to answer."""
    here = ask.setup.tracks_of(ask.room.id)
    slugs = [track.slug for track in here]
    head, colon, rest = ask.rest.partition(":")
    named = ask.setup.track(head.strip()) if colon else None
    if named is not None and (named in here or not here):
        return named, rest.strip()
    if ask.track is not None:
        return ask.track, ask.rest
    if colon and head.strip() and here:
        return phrases.no_such_track(shortened(head.strip(), LONGEST_SLUG), slugs), ""
    return phrases.name_a_track(slugs, shortened(ask.rest, LONGEST_NAME)), ""


def _opened(ask: Ask, track: Track, name: str, rooms: tuple[str, ...]) -> SessionOpened:
    day = ask.at.astimezone(ask.setup.gathering.zone).date()
    first = f"{ask.room.id}@{ask.at:%Y-%m-%dT%H:%M:%SZ}"
    session_id, count = first, 1
    while ask.state.session(session_id) is not None:  # two starts within a second
        count += 1
        session_id = f"{first}+{count}"
    return SessionOpened(
        id=session_id,
        track=track.slug,
        name=name or _usual_name(track, day),
        rooms=rooms,
        date=day,
        planned_until=_planned_until(ask.setup, track, ask.at),
        by_moderator=ask.role >= Role.MODERATOR,
        topics_before=tuple((room, topic) for room in rooms if (topic := _topic(ask, room)) is not None),
        gathering=ask.setup.gathering.slug,
        gathering_name=ask.setup.gathering.name,
    )


def _topic(ask: Ask, room: str) -> str | None:
    """What a room's topic is now; None where its network did not say."""
    shown = ask.room if room == ask.room.id else ask.state.room(room)
    return shown.topic if shown is not None else None


def _planned_until(setup: Setup, track: Track, at: datetime) -> datetime:
    """The end of the slot that runs (or begins soon), else so many minutes as the track plans."""
    slot = setup.slot_at(track.slug, at)
    return slot.ends if slot is not None else at + timedelta(minutes=track.session_minutes)
