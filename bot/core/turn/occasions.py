"""What happens without anybody speaking: names change, people leave, the bot is back, moments come, work is done."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.core import effects, facts
from bot.core.edits.redaction import redacted
from bot.core.events import (
    BackInRoom,
    Delivered,
    Departed,
    Edited,
    Fetched,
    Incoming,
    MailRefused,
    Message,
    MomentDue,
    NickChanged,
    Prepared,
    Reacted,
    ReadUpTo,
    Redacted,
    TopicShown,
)
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Occasion
from bot.core.plugin.declarations import OccasionHandler
from bot.core.plugin.register import Register
from bot.core.session.session import Entry, Session
from bot.core.state.access import authored, is_chair
from bot.core.state.state import State
from bot.core.turn.decision import Decision, write
from bot.core.turn.reactions import reacted


def happened(event: Incoming, state: State, register: Register, cause: str) -> Decision:
    """Decide on an event that nobody said; its facts are applied to `state`, a fork."""
    decision = Decision()
    if isinstance(event, BackInRoom | TopicShown):
        state.remember_room(event.room)
    match event:
        case NickChanged():
            _nick_changed(event, state, register, decision, cause)
            _passed(event, state, register, decision, cause)
        case Departed():
            _departed(event, state, decision, cause)
            _passed(event, state, register, decision, cause)
        case BackInRoom():
            _back(event, state, decision, cause)
        case MomentDue() | Prepared() | MailRefused() | Fetched():
            _occasion(event, state, register, decision, cause)
        case Redacted():
            return redacted(event, state, register, cause)
        case Reacted():
            return reacted(event, state, register, cause)
        case ReadUpTo() | Delivered() | TopicShown():
            pass  # these concern storage, or what is no fact
        case Message() | Edited():  # pragma: no cover - decide() sends these elsewhere
            raise TypeError("a message is not an occasion")
    return decision


def _sessions_of(person: Identity, state: State) -> list[Session]:
    """Those in memory that know a person, running or over: who holds rights in them is watched as long as they are."""
    prefix = f"{person.network}/"
    return [
        session
        for session in state.sessions()
        if person.key in session.known and any(room.startswith(prefix) for room in session.rooms)
    ]


def _knows(session: Session, person: Identity) -> bool:
    known = session.seen
    return person in known or any(
        one.network == person.network and one.key == person.key for one in (*known, *session.chairs)
    )


def _nick_changed(
    event: NickChanged, state: State, register: Register, decision: Decision, cause: str
) -> None:
    known = _sessions_of(event.old, state)
    ids = {session.id for session in known}
    for session in known:
        state.rename(session.id, event.old, event.new)
        if session.ended is not None and event.old.key != event.new.key:  # else it is only spelled otherwise
            # its people keep the names under which they were there
            _leaves(session, event.old, event.at, state, decision, cause)
    for session in [one for one in state.sessions() if one.ended is None]:
        if (session.id in ids and _knows(session, event.old)) or register.is_party(session, event.old):
            renamed = facts.PersonRenamed(event.old, event.new)
            write(Entry(session.id, cause, event.at, None, renamed), state, decision)


def _departed(event: Departed, state: State, decision: Decision, cause: str) -> None:
    """Who was cut off by a split loses nothing."""
    if not event.split:
        for session in _sessions_of(event.who, state):
            _leaves(session, event.who, event.at, state, decision, cause)


def _passed(
    event: NickChanged | Departed, state: State, register: Register, decision: Decision, cause: str
) -> None:
    """What plugins make of it that follow people outside of sessions too; their facts name their stream."""
    for handler in register.presence_changes:
        for order in handler(Occasion(event.at, event, state, register, cause)):
            if isinstance(order, effects.Write) and order.stream:
                write(Entry(order.stream, cause, event.at, None, order.fact), state, decision)


def _leaves(
    session: Session, who: Identity, at: datetime, state: State, decision: Decision, cause: str
) -> None:
    """What only the nick proved ends with it, also where an account came later; an account stays proven."""
    persons = state.persons
    by_nick = persons.behind(who)
    if (
        by_nick is not who and not by_nick.account
    ):  # a bridge's: that it left tells nothing where we see the nick
        known = session.known.get(by_nick.key)
        if known is not None and known.network == by_nick.network:
            return
    by_nick = replace(by_nick if not by_nick.account else who, account="")
    if is_chair(session, by_nick, persons) or authored(session, by_nick, persons):
        write(Entry(session.id, cause, at, None, facts.PersonLeft(by_nick)), state, decision)


def _back(event: BackInRoom, state: State, decision: Decision, cause: str) -> None:
    """What was missed of every session of the room: of the one that runs, and of one that ended meanwhile elsewhere."""
    for session in [one for one in state.sessions() if event.room.id in one.rooms]:
        since = event.since if session.ended else event.since or state.stopped_at(session.id)
        since = max(since or session.started, session.started)
        until = min(event.at, session.ended or event.at)
        if since < until and (event.since or not session.ended):
            gap = facts.GapNoted(event.room.id, since, until)
            write(Entry(session.id, cause, event.at, None, gap), state, decision)


def _occasion(
    event: MomentDue | Prepared | MailRefused | Fetched,
    state: State,
    register: Register,
    decision: Decision,
    cause: str,
) -> None:
    stream = _stream(event, state)
    session = state.session(stream)
    track = state.setup.track(session.track if session else stream.removeprefix("track/"))
    by = event.asked_by if isinstance(event, Prepared | Fetched) else None
    occasion = Occasion(event.at, event, state, register, cause, session, track, by)
    for handler in _handlers(event, register):
        for order in handler(occasion):
            if isinstance(order, effects.Write):
                write(Entry(order.stream or stream, cause, event.at, by, order.fact), state, decision)
            else:
                decision.orders.append(order)


def _stream(event: MomentDue | Prepared | MailRefused | Fetched, state: State) -> str:
    """Whose journal an occasion concerns; a page that was fetched: the session of the room, else its track."""
    if not isinstance(event, Fetched):
        return event.stream
    session = state.running(event.room.id)
    if session is not None:
        return session.id
    tracks = state.setup.tracks_of(event.room.id)
    return f"track/{tracks[0].slug}" if len(tracks) == 1 else ""


def _handlers(
    event: MomentDue | Prepared | MailRefused | Fetched, register: Register
) -> Sequence[OccasionHandler]:
    match event:
        case MomentDue():
            found = register.moments.get(event.name)
        case Prepared():
            found = register.outcomes.get(event.job)
        case Fetched():
            found = register.fetches.get(event.name)
        case MailRefused():
            return register.refusals
    return (found,) if found is not None else ()
