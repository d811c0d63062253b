"""The end of a session, by a chair, by anybody after the planned end, or by timeout, and its reopening."""

from collections.abc import Callable, Iterable, Sequence
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
    Reply,
    Role,
    Session,
    StateView,
    Write,
    clock,
)
from bot.api.facts import SessionClosed, SessionExtended, SessionReopened
from bot.api.people import is_chair, unconfirmed
from bot.api.recap import fold
from bot.api.records import last_ended
from bot.api.words import minutes_in_words
from plugins.sessions import phrases
from plugins.sessions.declaration import plugin
from plugins.sessions.start import chair_names, running_in, runs_already

REMINDER = timedelta(minutes=10)
TOO_LATE = timedelta(minutes=5)  # a reminder later than this is dropped
SILENT_AFTER_END = timedelta(minutes=90)
SILENT_BEFORE_END = timedelta(hours=4)


EXTENDED = Folding(datetime.min.replace(tzinfo=UTC))  # when the planned end last changed
EXTENDED.on(SessionExtended)(lambda _before, entry, _fact: entry.at)


@plugin.command(
    "endmeeting",
    aliases=("end", "em"),
    usage="#endmeeting",
    says="ends the session and reports what is missing; after the planned end, anyone can use it",
    example="#endmeeting",
)
def end(ask: Ask) -> Sequence[Effect]:
    """Close the session."""
    session = ask.running
    if ask.role < Role.CHAIR and ask.at < session.planned_until:
        end = clock(session.planned_until, ask.setup.gathering.zone)
        lapsed = unconfirmed(session, ask.speaker)
        return [Reply(phrases.ONLY_CHAIRS_END(end=end, chairs=chair_names(session), unconfirmed=lapsed))]
    ends, last = _loose_ends(ask, session)
    farewells = "; ".join(ask.register.farewells(ask.state, last, ask.at))
    said = phrases.CLOSED(lasted=minutes_in_words(ask.at - session.started), farewells=farewells)
    return [*ends, Write(SessionClosed("command")), Announce(said), *_report(ask, last)]


def _report(ask: Ask | Occasion, session: Session) -> Sequence[Effect]:
    """Announce what the session lacks at its end."""
    lacking = ask.register.missing(ask.state, session)
    return [Announce(phrases.MISSING(what="; ".join(lacking)))] if lacking else []


def _loose_ends(ask: Ask | Occasion, session: Session) -> tuple[list[Effect], Session]:
    """Return the facts that close open matters, such as a vote, and the session after them."""
    ends = ask.register.closing_facts(ask.state, session)
    if not ends:
        return [], session
    entries = [Entry(session.id, ask.cause, ask.at, None, fact) for fact in ends]
    # `keep_on_undo` gives them a cause of their own, so that they can be undone without reopening the session
    return [Write(fact, keep_on_undo=True) for fact in ends], fold([*session.entries, *entries])


@plugin.command(
    "reopen",
    usage="#reopen",
    says="reopens the last session, until its recap is made",
    example="#reopen",
    before=("#endmeeting",),
    needs=Needs.ROOM,
)
def reopen(ask: Ask) -> Sequence[Effect]:
    """Reopen the last session of this room."""
    if ask.session is not None:
        return [Reply(runs_already(ask, ask.session))]
    session = last_ended(ask.state, ask.room.id)
    if session is None:
        return [Reply(phrases.NOTHING_TO_REOPEN)]
    if ask.role < Role.MODERATOR and not is_chair(session, ask.speaker, ask.state.persons):
        lapsed = unconfirmed(session, ask.speaker)
        refused = phrases.ONLY_CHAIRS_REOPEN(
            name=session.name, chairs=chair_names(session), unconfirmed=lapsed
        )
        return [Reply(refused)]
    other = running_in(ask, session.rooms)
    if other is not None:  # another session began in a linked room
        return [Reply(runs_already(ask, other))]
    reason = ask.register.why_not_reopen(ask.state, session)
    if reason is not None:
        return [Reply(phrases.TOO_LATE(reason=reason))]
    return [Write(SessionReopened(), stream=session.id), Announce(phrases.REOPENED(name=session.name))]


def silent_since(state: StateView, session: Session) -> datetime:
    """Return the time of the last message, which may be a #reopen, or of the start of the session."""
    return max(state.last_heard(session.id) or session.started, session.started)


@plugin.due
def due(state: StateView, stream: str) -> Iterable[Moment]:
    """Yield the times of the reminder and of the timeout after the last message."""
    session = state.session(stream)
    if session is None or session.ended is not None:
        return
    if state.setup.is_stranded(session):
        yield Moment("session stranded", silent_since(state, session))
        return
    reminder = session.planned_until - REMINDER
    if session.planned_until - session.started > REMINDER + TOO_LATE and reminder > EXTENDED.of(session):
        yield Moment("session reminder", reminder)
    since = silent_since(state, session)
    past_the_end = max(since, session.planned_until) + SILENT_AFTER_END
    yield Moment("session timeout", min(since + SILENT_BEFORE_END, past_the_end))


@plugin.on(MomentDue, "session reminder")
def remind(occasion: Occasion) -> Sequence[Effect]:
    """Announce the minutes left and what is missing."""
    session, event = occasion.session, occasion.event
    if session is None or not isinstance(event, MomentDue) or event.late > TOO_LATE:
        return ()
    lacking = "; ".join(occasion.register.missing(occasion.state, session))
    return [Announce(phrases.MINUTES_LEFT(minutes=int(REMINDER.total_seconds() // 60), what=lacking))]


@plugin.on(MomentDue, "session timeout")
def time_out(occasion: Occasion) -> Sequence[Effect]:
    """Close a session in which nobody has spoken for a long time."""
    session = occasion.session
    if session is None:
        return ()
    silent = minutes_in_words(occasion.at - silent_since(occasion.state, session))
    return _closed(
        occasion, session, "timeout", lambda farewells: phrases.TIMED_OUT(silent=silent, farewells=farewells)
    )


@plugin.on(MomentDue, "session stranded")
def strand(occasion: Occasion) -> Sequence[Effect]:
    """Close a session whose track, or all of whose networks, the configuration no longer has."""
    session = occasion.session
    if session is None:
        return ()
    return _closed(
        occasion, session, "configuration", lambda farewells: phrases.STRANDED(farewells=farewells)
    )


def _closed(occasion: Occasion, session: Session, by: str, worded: Callable[[str], str]) -> Sequence[Effect]:
    """Close a session that nobody closed; `worded` returns the announcement with what else is to be said."""
    ends, last = _loose_ends(occasion, session)
    farewells = "; ".join(occasion.register.farewells(occasion.state, last, occasion.at))
    return [*ends, Write(SessionClosed(by)), Announce(worded(farewells)), *_report(occasion, last)]
