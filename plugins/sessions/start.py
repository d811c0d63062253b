"""The start of a session: its track, its name and its planned end."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from bot.api import GATHERING, Announce, Ask, Effect, Needs, Reply, Role, Session, Setup, Track, Write, clock
from bot.api.facts import SessionOpened, SessionRenamed
from bot.api.words import day_in_words
from plugins.sessions import phrases
from plugins.sessions.declaration import plugin
from plugins.sessions.facts import SessionCounted
from plugins.sessions.starts import started_on

LONGEST_NAME = 120


@plugin.command(
    "startmeeting",
    aliases=("start", "sm"),
    usage="#startmeeting [name]",
    says="starts a session of the room's track; in a shared room: #startmeeting TRACK: name",
    example="#startmeeting Nova day 1",
    needs=Needs.ROOM,
)
def start(ask: Ask) -> Sequence[Effect]:
    """Open a session in the room's venue."""
    setup, day = ask.setup, ask.at.astimezone(ask.setup.gathering.zone).date()
    refused = _why_not_start(ask, day)
    if refused is not None:
        return [Reply(refused)]
    if ask.session is not None:
        return [Reply(runs_already(ask, ask.session))]
    track, name = _track_and_name(ask)
    if isinstance(track, str):
        return [Reply(track)]
    if len(name) > LONGEST_NAME:
        return [Reply(phrases.NAME_TOO_LONG(most=LONGEST_NAME, length=len(name)))]
    rooms = setup.venue(track, ask.room.id)
    other = running_in(ask, rooms)
    if other is not None:
        return [Reply(runs_already(ask, other))]
    opened = _opened(ask, track, name, rooms, day)
    until = clock(opened.planned_until, setup.gathering.zone)
    said = phrases.OPENED(name=opened.name, until=until, chair=ask.speaker.name)
    counted = Write(SessionCounted(day), stream=GATHERING, keep_on_undo=True)
    return [Write(opened), counted, Announce(said)]


def _why_not_start(ask: Ask, day: date) -> str | None:
    """Return the refusal if the speaker may not start any session, or no more of them today."""
    if ask.role >= Role.MODERATOR:
        return None
    if ask.setup.start == "moderators":
        return phrases.ONLY_MODERATORS_START
    most = ask.setup.limits.sessions_per_day
    return phrases.TOO_MANY_SESSIONS(most=most) if started_on(day, ask) >= most else None


def running_in(ask: Ask, rooms: Iterable[str]) -> Session | None:
    """Return the session that is running in one of these rooms."""
    return next((running for room in rooms if (running := ask.state.running(room)) is not None), None)


def runs_already(ask: Ask, session: Session) -> str:
    """Return the answer if another session is running already."""
    since = clock(session.started, ask.setup.gathering.zone)
    return phrases.RUNS_ALREADY(name=session.name, since=since, chairs=chair_names(session))


def chair_names(session: Session) -> list[str]:
    """Return the names of the chairs."""
    return [chair.name for chair in session.chairs]


@plugin.edits.line_edited("startmeeting")
def rename(ask: Ask) -> Sequence[Effect]:
    """Rename the session after an edit of the message that opened it."""
    session = ask.running
    if ask.edits != session.entries[0].cause:
        return [Reply(runs_already(ask, session))]
    track, name = _track_and_name(ask)
    if isinstance(track, str):
        return [Reply(track)]
    if len(name) > LONGEST_NAME:
        return [Reply(phrases.NAME_TOO_LONG(most=LONGEST_NAME, length=len(name)))]
    name = name or _usual_name(track, session.date)
    return [Write(SessionRenamed(name)), Announce(phrases.RENAMED(name=name))] if name != session.name else ()


def _usual_name(track: Track, day: date) -> str:
    return f"{track.name}, {day_in_words(day)}"


def _track_and_name(ask: Ask) -> tuple[Track | str, str]:
    """Return the named track, or the answer if there is none, and the rest of the line."""
    here = ask.setup.tracks_of(ask.room.id)
    slugs = [track.slug for track in here]
    head, colon, rest = ask.rest.partition(":")
    named = ask.setup.track(head.strip()) if colon else None
    if named is not None and (named in here or not here):
        return named, rest.strip()
    if ask.track is not None:
        return ask.track, ask.rest
    if colon and head.strip() and here:
        return phrases.NO_SUCH_TRACK(name=head.strip(), known=slugs), ""
    if not slugs:
        return phrases.NO_TRACK, ""
    return phrases.SHARED_ROOM(tracks=slugs, track=slugs[0], name=ask.rest or "name"), ""


def _opened(ask: Ask, track: Track, name: str, rooms: tuple[str, ...], day: date) -> SessionOpened:
    first = f"{ask.room.id}@{ask.at:%Y-%m-%dT%H:%M:%SZ}"
    session_id, count = first, 1
    while ask.state.session(session_id) is not None or session_id in ask.state.unreadable:
        # two sessions started within a second
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
    """Return the current topic of a room; None if it is unknown."""
    shown = ask.room if room == ask.room.id else ask.state.room(room)
    return shown.topic if shown is not None else None


def _planned_until(setup: Setup, track: Track, at: datetime) -> datetime:
    """Return the end of the current or imminent slot, or the end after the usual length of the track's sessions."""
    slot = setup.slot_at(track.slug, at)
    return slot.ends if slot is not None else at + timedelta(minutes=track.session_minutes)
