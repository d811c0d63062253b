"""How a session ends: by a chair, by anyone after the planned end, by timeout; and how an end is taken back."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bot.api import (
    Announce,
    Ask,
    Effect,
    Entry,
    Folding,
    Moment,
    MomentDue,
    Needs,
    Occasion,
    Plugin,
    Reply,
    Role,
    Session,
    SessionClosed,
    SessionExtended,
    SessionReopened,
    State,
    Write,
    fold,
    is_chair,
)
from plugins.sessions import phrases

REMINDER = timedelta(minutes=10)
TOO_LATE = timedelta(minutes=5)  # a reminder that is later than this is let go
SILENT_AFTER_END = timedelta(minutes=90)
SILENT_BEFORE_END = timedelta(hours=4)


def _extended(before: datetime, entry: Entry) -> datetime:
    return entry.at if isinstance(entry.fact, SessionExtended) else before


EXTENDED = Folding(datetime.min.replace(tzinfo=UTC), _extended)  # when the planned end last changed


def declare(plugin: Plugin) -> None:
    """Add the commands and moments of this file."""
    plugin.command(
        "endmeeting",
        aliases=("end", "em"),
        usage="#endmeeting",
        says="ends the session and says what is missing; after the planned end anybody may",
        example="#endmeeting",
    )(end)
    plugin.command(
        "reopen",
        usage="#reopen",
        says="takes back an #endmeeting, until the recap is made",
        example="#reopen",
        before=("#endmeeting",),
        needs=Needs.ROOM,
    )(reopen)
    plugin.due(due)
    plugin.at_moment("session reminder")(remind)
    plugin.at_moment("session timeout")(time_out)


def end(ask: Ask) -> Sequence[Effect]:
    """Close the session."""
    session = ask.running
    if ask.role < Role.CHAIR and ask.at < session.planned_until:
        return [Reply(phrases.only_chairs_end(session, ask.setup.gathering.zone))]
    ends, last = _loose_ends(ask, session)
    farewells = ask.register.farewells(ask.state, last, ask.at)
    lacking = ask.register.missing(ask.state, last)
    said = [phrases.closed(ask.at - session.started, farewells)]
    said += [phrases.missing(lacking)] if lacking else []
    return [*ends, Write(SessionClosed("command")), *(Announce(text) for text in said)]


def _loose_ends(told: Ask | Occasion, session: Session) -> tuple[list[Effect], Session]:
    """What is open and ends with the session, and the session as that leaves it."""
    ends = told.register.closing_facts(told.state, session)
    if not ends:
        return [], session
    entries = [Entry(session.id, told.cause, told.at, None, fact) for fact in ends]
    # kept on undo, so that they can be taken back where the end of the session cannot
    return [Write(fact, keep_on_undo=True) for fact in ends], fold([*session.entries, *entries])


def reopen(ask: Ask) -> Sequence[Effect]:
    """Take back the last end in this room."""
    if ask.session is not None:
        return [Reply(phrases.runs_already(ask.session, ask.setup.gathering.zone))]
    ended = [s for s in ask.state.sessions() if ask.room.id in s.rooms and s.ended is not None]
    if not ended:
        return [Reply(phrases.NOTHING_TO_REOPEN)]
    session = max(ended, key=lambda one: one.ended or one.started)
    if ask.role < Role.MODERATOR and not is_chair(session, ask.speaker, ask.state.persons):
        return [Reply(phrases.only_chairs_reopen(session))]
    other = next((one for room in session.rooms if (one := ask.state.running(room)) is not None), None)
    if other is not None:  # it shares a linked room, where another session has begun
        return [Reply(phrases.runs_already(other, ask.setup.gathering.zone))]
    reason = ask.register.why_not_reopen(ask.state, session)
    if reason is not None:
        return [Reply(phrases.too_late(reason))]
    return [Write(SessionReopened(), stream=session.id), Announce(phrases.reopened(session.name))]


def silent_since(state: State, session: Session) -> datetime:
    """When the last line was said; a reopened session begins anew."""
    return max(state.last_heard(session.id) or session.started, session.started)


def due(state: State, stream: str) -> Iterable[Moment]:
    """The reminder, and the timeout that follows from the last line."""
    session = state.session(stream)
    if session is None or session.ended is not None:
        return
    reminder = session.planned_until - REMINDER
    if session.planned_until - session.started > REMINDER + TOO_LATE and reminder > EXTENDED.of(session):
        yield Moment("session reminder", reminder)
    since = silent_since(state, session)
    past_the_end = max(since, session.planned_until) + SILENT_AFTER_END
    yield Moment("session timeout", min(since + SILENT_BEFORE_END, past_the_end))


def remind(occasion: Occasion) -> Sequence[Effect]:
    """Say that the end is near, and what is missing."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return ()
    lacking = occasion.register.missing(occasion.state, session)
    return [Announce(phrases.minutes_left(int(REMINDER.total_seconds() // 60), lacking))]


def time_out(occasion: Occasion) -> Sequence[Effect]:
    """Close a session in which nobody says anything any more."""
    session = occasion.session
    if session is None:
        return ()
    silent = occasion.at - silent_since(occasion.state, session)
    ends, last = _loose_ends(occasion, session)
    farewells = occasion.register.farewells(occasion.state, last, occasion.at)
    lacking = occasion.register.missing(occasion.state, last)
    said = [phrases.timed_out(silent, farewells), *([phrases.missing(lacking)] if lacking else [])]
    return [*ends, Write(SessionClosed("timeout")), *(Announce(text) for text in said)]
