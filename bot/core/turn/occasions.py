"""Events without a line: names change, people leave, the bot is back, moments come, work is done."""

from functools import partial

from msgspec.structs import replace

from bot.core import facts
from bot.core.edits.redaction import redacted
from bot.core.events import (
    AccountTold,
    BackInRoom,
    Connected,
    Delivered,
    Departed,
    Edited,
    Fetched,
    Message,
    MomentDue,
    NickChanged,
    Prepared,
    Reacted,
    ReadUpTo,
    Redacted,
    Sighted,
    TopicShown,
)
from bot.core.mail_events import LetterReceived, MailRefused, MailTaken, Traced
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Occasion
from bot.core.session.session import Session
from bot.core.state.state import State
from bot.core.state.streams import track_stream
from bot.core.turn.absences import back, seen_again
from bot.core.turn.decision import Context, attempt, carry_out
from bot.core.turn.reactions import reacted
from bot.core.turn.watching import connected, departed, follow, knowing, leaves, sighted

OfStream = MomentDue | Prepared | MailRefused | MailTaken | Traced | LetterReceived


def happened(context: Context) -> None:
    """Decide on an event that is no message."""
    event = context.event
    is_known = True
    if isinstance(event, BackInRoom | TopicShown):
        is_known = context.state.room(event.room.id) is not None
        context.state.remember_room(event.room)
    match event:
        case NickChanged() | Departed() | Sighted() | Connected() | AccountTold():
            _seen_or_gone(event, context)
            _passed(context)
        case BackInRoom():
            back(event, context)
        case TopicShown() if not is_known:
            seen_again(event, context)
        case MomentDue() | Prepared() | MailRefused() | MailTaken() | Traced() | Fetched() | LetterReceived():
            _occasion(event, context)
        case Redacted():
            redacted(event, context)
        case Reacted():
            reacted(event, context)
        case ReadUpTo() | Delivered() | TopicShown():
            pass  # these concern storage only, or lead to no facts
        case Message() | Edited():  # pragma: no cover - decide() sends these elsewhere
            raise TypeError("a message is not an occasion")


def _seen_or_gone(
    event: NickChanged | Departed | Sighted | Connected | AccountTold, context: Context
) -> None:
    """Follow people, and the rights that only their nicks prove."""
    match event:
        case Sighted():
            sighted(event, context)
        case Connected():
            connected(event, context)
        case NickChanged():
            _nick_changed(event, context)
        case Departed():
            departed(event, context)
        case AccountTold():
            pass  # it concerns links, which a plugin keeps


def _knows(session: Session, person: Identity) -> bool:
    known = session.seen
    return person in known or any(
        other.network == person.network and other.key == person.key for other in (*known, *session.chairs)
    )


def _nick_changed(event: NickChanged, context: Context) -> None:
    state = context.state
    follow(event.old, context)
    known = knowing(event.old, context)
    ids = {session.id for session in known}
    for session in known:
        state.rename(session.id, event.old, event.new)
        if session.ended is not None and event.old.key != event.new.key:  # not only the spelling changed
            # in a closed session people keep the names that they had
            leaves(session, event.old, context)
    for session in [session for session in state.sessions() if session.ended is None]:
        is_here = session.id in ids and _knows(session, event.old)
        if is_here or context.register.is_party(session, event.old):
            context.write(facts.PersonRenamed(event.old, event.new), stream=session.id)
    state.moved(event.old, event.new)
    follow(event.new, context)


def _passed(context: Context) -> None:
    """Ask the plugins that follow people outside of sessions. There is no session, so their facts name a stream."""
    occasion = Occasion(context.at, context.event, context.state, context.register, context.cause)
    for handler in context.register.arrivals.get((type(context.event), ""), ()):
        attempt(partial(handler, occasion), replace(context, handler=handler))


def _occasion(event: OfStream | Fetched, context: Context) -> None:
    state = context.state
    stream = _stream(event, state)
    if stream in state.unreadable:
        return
    session = state.session(stream)
    track = state.setup.track_of(stream, session)
    by = _asker(event)
    occasion = Occasion(event.at, event, state, context.register, context.cause, session, track, by)
    for handler in context.register.arrivals.get((type(event), _name(event)), ()):
        carry_out(handler(occasion), replace(context, by=by, stream=stream, handler=handler))


def _asker(event: OfStream | Fetched) -> Identity | None:
    if isinstance(event, LetterReceived):
        return event.holder
    return event.asked_by if isinstance(event, Prepared | Fetched) else None


def _stream(event: OfStream | Fetched, state: State) -> str:
    """The stream that an event concerns; for a fetched page the session in the room, else the room's track."""
    if not isinstance(event, Fetched):
        return event.stream
    session = state.running(event.room.id)
    if session is not None:
        return session.id
    track = state.setup.track_in(event.room.id, None)
    return track_stream(track.slug) if track is not None else ""


def _name(event: OfStream | Fetched) -> str:
    """The name under which a handler asked for the event; empty for those without one."""
    if isinstance(event, MomentDue | Fetched):
        return event.name
    return event.job if isinstance(event, Prepared) else ""
