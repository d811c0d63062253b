"""The path of one event through the core: reading, access, handler, facts applied to the fork, and consequences.

`decide` changes only the fork that it gets, and returns everything that is to be written and done. A consequence has the
cause of the fact that it follows, so that an undo takes both back; it has no consequences itself. Overhearing plugins get
no line that is off the record, but they get lines in a pause: a plugin that stores anything checks the session first.
"""

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from bot.core import effects, facts, phrases
from bot.core.edits.bridged_edits import bridged_edit
from bot.core.edits.edit import edited
from bot.core.events import Edited, Message, Room
from bot.core.people.identity import Identity, same_rights
from bot.core.plugin.ask import Ask, Occasion
from bot.core.plugin.command import Needs
from bot.core.plugin.declarations import begins_with
from bot.core.plugin.register import Register
from bot.core.session.redacted_text import SEEN
from bot.core.session.session import Entry, Session
from bot.core.state.access import proves
from bot.core.state.state import State
from bot.core.turn.afterwards import answered, ask_afterwards
from bot.core.turn.commands import LONGEST_LINE, Reading, ReadLine, ask_of, helping, run_command
from bot.core.turn.decision import Context, Decision, announced, attempt, carry_out
from bot.core.turn.late_lines import is_late_talk, stream_of
from bot.core.turn.line_rests import gone_on
from bot.core.turn.occasions import happened
from bot.core.turn.precedence import asker
from bot.core.turn.watching import follow, follow_new_rights
from bot.core.words.grammar import Spoken, is_off_the_record
from bot.core.words.text import clean


def decide(reading: Reading, state: State, register: Register, cause: str) -> Decision:
    """Decide on one event; its facts are applied to `state`, a fork.

    cause: cause of the facts
    """
    event = reading.event
    room: Room | None = getattr(event, "room", None)
    decision = Decision()
    if room is not None and state.setup.alias_of(room.id) is not None:
        return decision  # the same event comes over a bridge in the other room
    context = Context(event, state, register, decision, cause, event.at)
    session = state.running(room.id) if room is not None else None
    if type(event) is Message:
        state.remember_room(event.room)
        _said(reading.lines[0], replace(context, by=event.speaker))
        if state.unreadable:
            _tell_admin(event.speaker, context)
    elif type(event) is Edited:
        edited(event, reading, replace(context, by=event.speaker))
    else:
        happened(context)
    if decision.entries:
        _follow(context)
        follow_new_rights(context)
    if register.overhearers:
        _overhear(context)
    if decision.orders or decision.fault is not None:
        decision.asker = asker(context, session)
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
            state.heard(session.id, message.at)  # off the record, but the session is not silent
        else:
            before = state.said_before(session.id, message.speaker)
            _in_session(session, context, by_bot=message.by_bot)
    if message.talk_only or line.is_below or (session is not None and _came_edited(session, message)):
        return
    if line.command is not None:  # sessions that were loaded for it may not know who has the nick
        follow(message.speaker, context)
    handler = line.command.handler if line.command is not None else None
    here = replace(context, stream=stream_of(line, session, context), handler=handler)
    known = len(context.decision.entries)
    attempt(partial(_answer_if_proven, line, session, before, here), here)
    orders, recorded = context.decision.orders, len(context.decision.entries) > known
    if session is not None and line.spoken is None and before is not None and orders and not recorded:
        # a correction that changed nothing does not separate a record from the next correction
        state.spoke(session.id, message.speaker, before)
    if session is None and not message.off_record:
        opened = state.running(message.room.id)
        if opened is not None:  # the line that opens a session is its first line
            _in_session(opened, context)


def _tell_admin(speaker: Identity, context: Context) -> None:
    """Tell an admin who speaks, once after each start, which streams cannot be read."""
    state = context.state
    told = ("unreadable streams", speaker.network, speaker.account)
    if state.remembered(told) is None and proves(state.setup.admins, speaker, state.persons):
        state.remember(told, value=True)
        streams = [one.stream for one in state.unreadable]
        text = phrases.UNREADABLE_STREAMS(streams=streams, n=len(streams))
        context.decision.orders.append(effects.Tell(speaker, text))


def _came_edited(session: Session, message: Message) -> bool:
    """Whether an edit of this message by the same person came before the message and already did its work."""
    editor = session.edited.get(message.id) if message.id else None
    return editor is not None and same_rights(editor, message.speaker)


def _in_session(session: Session, context: Context, *, by_bot: bool = False) -> None:
    """Put the line into the log, and note that its speaker was there if it is a person."""
    assert context.by is not None
    state, speaker = context.state, context.by
    context.decision.log = session.id
    state.heard(session.id, context.at)
    state.spoke(session.id, speaker, context.cause)
    state.spoke_at(session.id, speaker, context.at)
    if speaker not in session.heard and not by_bot:
        seen = replace(context, by=None, stream=session.id, cause=f"{context.cause}{SEEN}")
        seen.write(facts.PersonSeen(speaker))


def _answer_if_proven(
    line: ReadLine, session: Session | None, before: str | None, context: Context
) -> Sequence[effects.Effect]:
    """The orders of the line; without its proof, only the answer that it must be said again."""
    orders = _answer(line, session, before, context)
    if orders and line.message.proof_lost:
        return [effects.Reply(phrases.PROOF_LOST(name=line.message.speaker.name))]
    return orders


def _answer(
    line: ReadLine, session: Session | None, before: str | None, context: Context
) -> Sequence[effects.Effect]:
    """The orders of the line's command or talk handler, or a hint."""
    spoken, register = line.spoken, context.register
    if len(line.text) > LONGEST_LINE:
        is_for_us = spoken is not None and (spoken.known or spoken.addressed)
        too_long = phrases.LINE_TOO_LONG(most=LONGEST_LINE, length=len(line.text))
        return [effects.Reply(too_long)] if is_for_us else ()
    if spoken is None and session is None:
        return _talked_afterwards(line, context)
    session = session and context.state.session(session.id)
    earlier = None if session is None or session.paused else _of_earlier_line(line, session, before, context)
    if earlier is not None:
        return earlier
    if _is_only_talk(line, session, context):
        return ()
    ask = ask_of(line, session, context, before)
    if spoken is None:
        return _talked(ask, register)
    return _commanded(ask, line.message, context) if spoken.known else _unknown(ask, spoken, register)


def _commanded(ask: Ask, message: Message, context: Context) -> Sequence[effects.Effect]:
    beyond = _commands_beyond_limit(message, context.state)
    if beyond:
        most = context.state.setup.limits.message_commands
        return [effects.Reply(phrases.TOO_MANY_COMMANDS(most=most))] if beyond == 1 else ()
    return run_command(ask) or _talked_after_all(ask, context.register)


def _talked_after_all(ask: Ask, register: Register) -> Sequence[effects.Effect]:
    """The orders for a line that begins like a bare form and turned out to be talk."""
    if not ask.bare or ask.addressed or not _concerns_plugins(ask.text, ask.session, register):
        return ()
    talk = replace(ask, command=None, rest=ask.text.strip(), bare=False, form="", typed="")
    return _talked(talk, register)


def _of_earlier_line(
    line: ReadLine, session: Session, before: str | None, context: Context
) -> Sequence[effects.Effect] | None:
    """The orders of a line that completes or mends what an earlier line said; None if it stands for itself."""
    orders = gone_on(line, session, before, context)
    return bridged_edit(line, session, before, context) if orders is None else orders


def _is_only_talk(line: ReadLine, session: Session | None, context: Context) -> bool:
    """Whether nobody wants to see the line: talk, a label without a session, another's word where its command can't work."""
    spoken, command = line.spoken, line.command
    if spoken is None:
        return not _concerns_plugins(line.text, session, context.register)
    if spoken.label:
        return session is None or session.paused
    if not spoken.synonym or spoken.addressed or session is not None or command is None:
        return False
    in_room = command.needs in {Needs.ROOM, Needs.TRACK, Needs.TRACK_OR_PRIVATE}
    return not (in_room and context.state.setup.tracks_of(line.message.room.id))


def _commands_beyond_limit(message: Message, state: State) -> int:
    """How many commands of a message are beyond the limit, up to this one."""
    most = state.setup.limits.message_commands
    if len(message.lines) <= most:
        return 0
    return max(0, state.count_command(message.room.id, message.id) - most)


def _concerns_plugins(text: str, session: Session | None, register: Register) -> bool:
    """Whether a plugin wants to see this talk; for most lines nobody does."""
    if session is None or session.paused:
        return False
    text = text.strip()
    begins = begins_with(text, register.talk_starts)
    return begins or any(talk.fits(text, session) for talk in register.talk_patterns)


def _talked(ask: Ask, register: Register) -> Sequence[effects.Effect]:
    session, late = ask.running, ask.running.ended is not None
    orders = (
        talk.handler(ask)
        for talk in register.talks
        if (talk.afterwards or not late) and talk.concerns(ask.rest, session)
    )
    return next((found for found in orders if found), ())


def _talked_afterwards(line: ReadLine, context: Context) -> Sequence[effects.Effect]:
    """What talk leads to in the room of a session that just ended."""
    register = context.register
    late = ask_afterwards(ask_of(line, None, context)) if is_late_talk(line, register) else None
    return answered(late, partial(_talked, register=register)) if late is not None else ()


def _unknown(ask: Ask, spoken: Spoken, register: Register) -> Sequence[effects.Effect]:
    """An unknown word gets no answer, unless it was said to the bot, or is nearly a command or known advice in a session."""
    help_given = helping(spoken.word, register) if spoken.addressed or ask.session is not None else None
    if help_given is not None:
        return [effects.Reply(help_given)]
    if not spoken.addressed:
        return ()
    return [effects.Reply(phrases.NOT_UNDERSTOOD if spoken.word or spoken.rest else phrases.CALLED)]


def _follow(context: Context) -> None:
    """Carry out the consequences that plugins order for the facts of a decision."""
    consequences = context.register.consequences
    if not consequences:
        return
    for entry in tuple(context.decision.entries):
        for function in consequences.get(type(entry.fact), ()):
            now = replace(
                context,
                at=entry.at,
                by=entry.by,
                cause=entry.cause,
                stream=entry.stream,
                handler=function,
            )
            carry_out(function(_after(entry, now), entry.fact), now)


def _after(entry: Entry, context: Context) -> Occasion:
    state = context.state
    session = state.session(entry.stream)
    track = state.setup.track_of(entry.stream, session)
    return Occasion(entry.at, context.event, state, context.register, entry.cause, session, track, entry.by)


def _overhear(context: Context) -> None:
    """Carry out the orders of plugins that hear every line of the room; their orders come first."""
    event = context.event
    if not isinstance(event, Message | Edited):
        return
    handlers = context.register.overhearers.get(event.room.id)
    if not handlers:
        return
    text = event.lines[0].text if isinstance(event, Edited) else event.text
    if is_off_the_record(clean(text)):
        return
    state, decision, heard = context.state, context.decision, Decision()
    session = state.running(event.room.id)
    track = state.setup.track_in(event.room.id, session)
    occasion = Occasion(
        event.at, event, state, context.register, context.cause, session, track, event.speaker
    )
    stream = session.id if session is not None else ""
    here = replace(context, by=event.speaker, stream=stream, decision=heard)
    for handler in handlers:
        attempt(partial(handler, occasion), replace(here, handler=handler))
    decision.entries += heard.entries
    decision.orders[:0] = heard.orders
    decision.fault = decision.fault or heard.fault
