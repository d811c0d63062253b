"""The way of one event through the core: reading, access, handler, facts applied to the fork.

Rules of this file: `decide` changes nothing but the fork that it is given, and what that shares with its base of what is
no fact. What it returns is all that is to be written and done.
"""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from bot.core import effects, facts, phrases
from bot.core.edits.edit import came_edited, edited
from bot.core.events import Edited, Message, Room
from bot.core.plugin.ask import Ask
from bot.core.plugin.register import Register
from bot.core.session.redacted_text import SEEN
from bot.core.session.session import Session
from bot.core.state.state import State
from bot.core.turn.asks import LONGEST_LINE, Reading, ReadLine, ask_of
from bot.core.turn.commands import run_command
from bot.core.turn.consequences import follow, overhear
from bot.core.turn.decision import Context, Decision, announced, attempt
from bot.core.turn.occasions import happened
from bot.core.words.grammar import Spoken
from bot.core.words.text import near_miss

LONGEST_START = 32


def decide(reading: Reading, state: State, register: Register, cause: str) -> Decision:
    """Decide on one event; its facts are applied to `state`, a fork.

    cause: id that the facts get
    """
    event = reading.event
    room: Room | None = getattr(event, "room", None)
    decision = Decision()
    if room is not None and state.setup.alias_of(room.id) is not None:
        return decision  # a bridge brings it to us in the other room
    context = Context(event, state, register, decision, cause, event.at)
    if type(event) is Message:
        state.remember_room(event.room)
        _said(reading.lines[0], replace(context, by=event.speaker))
    elif type(event) is Edited:
        edited(event, reading, replace(context, by=event.speaker))
    else:
        happened(context)
    if decision.entries:
        follow(context)
    if register.overhearers:
        overhear(context)
    if decision.orders:
        decision.orders = announced(context)
    return decision


def _said(line: ReadLine, context: Context) -> None:
    message, state = line.message, context.state
    if line.is_off or (message.off_record and not (line.command is not None and line.command.in_emotes)):
        return
    session = state.running(message.room.id)
    before = None
    if session is not None and not message.off_record:
        if session.paused:
            state.heard(session.id, message.at)  # off the record, and yet not silent
        else:
            before = state.said_before(session.id, message.speaker)
            _in_session(session, context)
    if message.talk_only or (session is not None and came_edited(session, message)):
        return
    here = replace(context, stream=session.id if session is not None else "")
    known = len(context.decision.entries)
    attempt(partial(_answer, line, session, before, here), here)
    orders, recorded = context.decision.orders, len(context.decision.entries) > known
    if session is not None and line.spoken is None and before is not None and orders and not recorded:
        # a try to mend that changed nothing does not stand between a record and the next try
        state.spoke(session.id, message.speaker, before)
    if session is None and not message.off_record:
        opened = state.running(message.room.id)
        if opened is not None:  # the line that opens a session is its first one
            _in_session(opened, context)


def _in_session(session: Session, context: Context) -> None:
    """The line belongs to the log, and its speaker was there."""
    assert context.by is not None
    state, speaker = context.state, context.by
    context.decision.log = session.id
    state.heard(session.id, context.at)
    state.spoke(session.id, speaker, context.cause)
    state.spoke_at(session.id, speaker, context.at)
    if speaker not in session.seen:
        seen = replace(context, by=None, stream=session.id, cause=f"{context.cause}{SEEN}")
        seen.write(facts.PersonSeen(speaker))


def _answer(
    line: ReadLine, session: Session | None, before: str | None, context: Context
) -> Sequence[effects.Effect]:
    """What the line leads to: a command's handler, a talk handler, a hint, or nothing."""
    spoken, register = line.spoken, context.register
    if len(line.text) > LONGEST_LINE:
        meant = spoken is not None and (spoken.known or spoken.addressed)
        return [effects.Reply(phrases.line_too_long(len(line.text), LONGEST_LINE))] if meant else ()
    if spoken is None and not _concerns_plugins(line.text, session, register):
        return ()
    session = session and context.state.session(session.id)
    ask = ask_of(line, session, context, before)
    if spoken is None:
        return _talked(ask, register)
    if not spoken.known:
        return _unknown(ask, spoken, register)
    return run_command(ask)


def _concerns_plugins(text: str, session: Session | None, register: Register) -> bool:
    """Whether a plugin wants to see this talk; most lines end here."""
    if session is None or session.paused:
        return False
    return text.lstrip()[:LONGEST_START].lower().startswith(register.talk_starts)


def _talked(ask: Ask, register: Register) -> Sequence[effects.Effect]:
    said = ask.rest.lower()
    orders = (talk.handler(ask) for talk in register.talks if said.startswith(talk.starts))
    return next((found for found in orders if found), ())


def _unknown(ask: Ask, spoken: Spoken, register: Register) -> Sequence[effects.Effect]:
    """An unknown word is silence, unless the bot was meant or a command was nearly typed in a session."""
    meant = near_miss(spoken.word, register.vocabulary.words)
    if spoken.addressed:
        return [effects.Reply(phrases.not_understood(spoken.word, meant))]
    if meant is not None and ask.session is not None:
        return [effects.Reply(phrases.unknown(spoken.word, meant))]
    return ()
