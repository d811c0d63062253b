"""One message's way through the core: grammar, routing and access, handler, facts applied to the fork.

Rules of this file: `decide` changes nothing but the fork that it is given; what it returns is all that is to be
written and done. A handler that raises leaves the fork untouched.
"""

from collections.abc import Sequence

from bot.core import effects, facts, phrases
from bot.core.edits.edit import came_edited, edited
from bot.core.events import Edited, Incoming, Message, Room
from bot.core.plugin.ask import Ask
from bot.core.plugin.register import Register
from bot.core.session.session import Entry, Session
from bot.core.state.access import role_of
from bot.core.state.setup import Track
from bot.core.state.state import State
from bot.core.turn.announcements import announced
from bot.core.turn.commands import NotInMemory, run_command
from bot.core.turn.consequences import follow
from bot.core.turn.decision import Decision, write
from bot.core.turn.listeners import overhear
from bot.core.turn.occasions import happened
from bot.core.words.grammar import Spoken, is_off_the_record, read
from bot.core.words.text import clean, near_miss

__all__ = ["Decision", "NotInMemory", "decide", "track_stream"]


LONGEST_START = 32
LONGEST_LINE = 16_000  # letters; what is longer is logged, and never read as a command


def decide(event: Incoming, state: State, register: Register, cause: str, names: tuple[str, ...]) -> Decision:
    """Decide on one event; its facts are applied to `state`, a fork.

    cause: id that the facts get
    names: what the bot is called where the event happened
    """
    room: Room | None = getattr(event, "room", None)
    if room is not None and state.setup.alias_of(room.id) is not None:
        return Decision()  # a bridge brings it to us in the other room
    if type(event) is Message:
        state.remember_room(event.room)
        decision = _said(event, state, register, cause, names)
    elif type(event) is Edited:
        decision = edited(event, state, register, cause, names)
    else:
        decision = happened(event, state, register, cause)
    if decision.entries:
        follow(event, state, register, decision)
    if register.overhearers:
        overhear(event, state, register, decision, cause)
    if decision.orders:
        decision.orders = announced(event, state, decision)
    return decision


def _said(message: Message, state: State, register: Register, cause: str, names: tuple[str, ...]) -> Decision:
    decision = Decision()
    session = state.running(message.room.id)
    text = clean(message.text)
    if is_off_the_record(text) or (
        message.off_record and not _works_in_emotes(message, text, register, names)
    ):
        return decision
    logged = session if session is not None and not session.paused and not message.off_record else None
    before = None
    if session is not None and session.paused and not message.off_record:
        state.heard(session.id, message.at)  # off the record, and yet not silent
    if logged is not None:
        before = state.said_before(logged.id, message.speaker)
        _in_session(message, logged, state, decision, cause)
    if message.talk_only or (session is not None and came_edited(session, message)):
        return decision
    spoken = read(text, register.vocabulary, names, addressed=message.addressed or message.room.private)
    try:
        orders = _answer(message, text, spoken, session, state, register, cause, before)
    except NotInMemory as wanted:
        wanted.entries = decision.entries
        raise
    except Exception as fault:  # noqa: BLE001 - a failing handler costs its own message only
        decision.fault = fault
        return decision
    if orders:
        _carry_out(orders, message, session, state, decision, cause)
    if session is None and not message.off_record:
        opened = state.running(message.room.id)
        if opened is not None:  # the line that opens a session is its first one
            _in_session(message, opened, state, decision, cause)
    return decision


def _works_in_emotes(message: Message, text: str, register: Register, names: tuple[str, ...]) -> bool:
    """Whether a line off the record is a command that works there too: it is answered, and leaves no line and nobody seen."""
    spoken = read(text, register.vocabulary, names, addressed=message.addressed or message.room.private)
    return spoken is not None and spoken.known and register.commands[spoken.word].in_emotes


def _in_session(message: Message, session: Session, state: State, decision: Decision, cause: str) -> None:
    """The line belongs to the log, and who said it was there."""
    decision.log = session.id
    state.heard(session.id, message.at)
    state.spoke(session.id, message.speaker, cause)
    state.spoke_at(session.id, message.speaker, message.at)
    if message.speaker not in session.seen:
        seen = Entry(session.id, f"{cause}/seen", message.at, None, facts.PersonSeen(message.speaker))
        decision.entries.append(seen)
        state.apply(seen)


def _answer(
    message: Message,
    text: str,
    spoken: Spoken | None,
    session: Session | None,
    state: State,
    register: Register,
    cause: str,
    before: str | None,
) -> Sequence[effects.Effect]:
    """What the line leads to: a command's handler, a talk handler, a hint, or nothing."""
    if len(text) > LONGEST_LINE:
        meant = spoken is not None and (spoken.known or spoken.addressed)
        return [effects.Reply(phrases.line_too_long(len(text), LONGEST_LINE))] if meant else ()
    if spoken is None and not _concerns_plugins(text, session, register):
        return ()
    session = session and state.session(session.id)
    ask = _ask(message, text, spoken, session, state, register, cause, before)
    if spoken is None:
        return _talked(ask, register)
    if not spoken.known:
        return _unknown(ask, spoken, register)
    return run_command(ask)


def _ask(
    message: Message,
    text: str,
    spoken: Spoken | None,
    session: Session | None,
    state: State,
    register: Register,
    cause: str,
    before: str | None,
) -> Ask:
    setup = state.setup
    tracks = setup.tracks_of(message.room.id)
    track = setup.track(session.track) if session else (tracks[0] if len(tracks) == 1 else None)
    return Ask(
        at=message.at,
        speaker=message.speaker,
        role=role_of(
            message.speaker,
            message.power,
            setup=setup,
            track=track,
            session=session,
            persons=state.persons,
        ),
        mentions=message.mentions,
        room=message.room,
        text=text,
        rest=spoken.rest if spoken else text.strip(),
        state=state,
        register=register,
        cause=cause,
        before=before,
        command=register.commands[spoken.word] if spoken is not None and spoken.known else None,
        forced=spoken.forced if spoken else False,
        addressed=spoken.addressed if spoken else False,
        bare=spoken.bare if spoken else False,
        form=spoken.form if spoken else "",
        number=message.number,
        lines=message.lines,
        session=session,
        track=track,
    )


def _concerns_plugins(text: str, session: Session | None, register: Register) -> bool:
    """Whether a plugin wants to see this talk; most lines end here."""
    if session is None or session.paused:
        return False
    return text.lstrip()[:LONGEST_START].lower().startswith(register.talk_starts)


def _talked(ask: Ask, register: Register) -> Sequence[effects.Effect]:
    for talk in register.talks:
        found = talk.handler(ask) if ask.rest.lower().startswith(talk.starts) else ()
        if found:
            _keep_in_mind(ask, found)
            return found
    return ()


def _keep_in_mind(ask: Ask, found: Sequence[effects.Effect]) -> None:
    """A try to mend that changed nothing does not stand between a record and the next try."""
    changed = any(isinstance(order, effects.Write) for order in found)
    if ask.session is not None and ask.before is not None and not changed:
        ask.state.spoke(ask.session.id, ask.speaker, ask.before)


def _unknown(ask: Ask, spoken: Spoken, register: Register) -> Sequence[effects.Effect]:
    """An unknown word is silence, unless the bot was meant or a command was nearly typed in a session."""
    meant = near_miss(spoken.word, register.vocabulary.words)
    if spoken.addressed:
        return [effects.Reply(phrases.not_understood(spoken.word, meant))]
    if meant is not None and ask.session is not None:
        return [effects.Reply(phrases.unknown(spoken.word, meant))]
    return ()


def _carry_out(
    orders: Sequence[effects.Effect],
    message: Message,
    session: Session | None,
    state: State,
    decision: Decision,
    cause: str,
) -> None:
    stream = session.id if session else ""
    for order in orders:
        if isinstance(order, effects.Write):
            fact = order.fact
            where = order.stream or (fact.id if isinstance(fact, facts.SessionOpened) else stream)
            if isinstance(fact, facts.SessionOpened):
                stream = fact.id
            own_cause = f"{cause}/apart" if order.keep_on_undo else cause
            write(Entry(where, own_cause, message.at, message.speaker, fact), state, decision)
        else:
            decision.orders.append(order)


def track_stream(track: Track) -> str:
    """The name of the stream of a track, for facts that are not one session's."""
    return f"track/{track.slug}"
