"""The decider: runs the core on one event after the other, and collects everything that the turn writes and says."""

import logging
import secrets
import time
from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace

from bot.core import effects, phrases
from bot.core.earlier_messages import Quoted
from bot.core.events import (
    Delivered,
    Edited,
    Fetched,
    Incoming,
    Message,
    MomentDue,
    NickChanged,
    Prepared,
    Reacted,
    ReadUpTo,
    Redacted,
    Room,
)
from bot.core.mail_events import LetterReceived, MailRefused, MailTaken, Traced
from bot.core.people.identity import Identity
from bot.core.plugin.register import Register
from bot.core.turn.absent_records import absent_records, absent_sessions, log_lines, replied_to
from bot.core.turn.commands import Reading, read_event
from bot.core.turn.decision import Decision
from bot.core.turn.dispatch import decide
from bot.runtime.budgets import Budgets
from bot.runtime.live_state import LiveState
from bot.runtime.log_lines import quoted_line, quoted_message
from bot.runtime.timers import Timers
from bot.runtime.turn import Arrival, Causes, Turn, network_of
from bot.runtime.voice import Voice
from bot.storage.contract import Batch, Blanking, Journal, LoggedLine

log = logging.getLogger(__name__)

SLOW_S = 0.050

Names = Callable[[str], tuple[str, ...]]


class Work(Protocol):
    """Slow work that runs beside the turns. It may quote text that is redacted meanwhile."""

    def text_removed(self) -> None:
        """Something was redacted: work that has read the text is out of date."""

    async def still_good(self, outcome: Prepared) -> bool:
        """Whether a result may be used. If it is out of date, the work is done again."""


class Decider:
    """Decides on events, each in the state that the events before left in the turn.

    budgets: how many commands of each person are answered; None for all, as in a replay
    work:    set it if there is slow work
    """

    def __init__(
        self,
        *,
        register: Register,
        journal: Journal,
        live: LiveState,
        voice: Voice,
        timers: Timers,
        names: Names,
        budgets: Budgets | None = None,
    ) -> None:
        self._budgets = budgets
        self._register = register
        self._journal = journal
        self._live = live
        self._voice = voice
        self._timers = timers
        self._names = names
        self._causes = Causes()
        self._reported: set[tuple[str, str]] = set()
        self.work: Work | None = None

    async def decide(self, arrival: Arrival, turn: Turn) -> None:
        """Decide on the next event of a turn."""
        event = arrival.event
        if type(event) is not Message:
            match event:
                case ReadUpTo():
                    turn.batch.cursors[event.network] = event.position
                    return
                case Delivered():
                    turn.batch.delivered.append(event.key)
                    return
                case MomentDue() if not self._live.still_due(turn.fork, event):
                    self._live.arm(event.stream, self._timers)
                    return
                case Prepared() if self.work is not None and not await self.work.still_good(event):
                    return
                case Edited() | Redacted():
                    event = await self._with_earlier(event, turn)
                case Reacted() if self._register.reactions:
                    where = (event.room.id, event.target, turn.batch.lines)
                    event = replace(event, quoted=await quoted_message(self._journal, *where))
                case NickChanged(old, new) if self._budgets is not None:
                    self._budgets.rename(old, new)
        await self._decide(event, arrival, turn)

    async def _decide(self, event: Incoming, arrival: Arrival, turn: Turn) -> None:
        cause = self._causes.of(event)
        decision = await self._decision(event, turn, cause)
        if decision.blank is not None:
            self.text_removed()
        if self._budgets is not None and decision.asker is not None:
            zone = turn.fork.setup.gathering.zone
            arrival.verdict = self._budgets.keep(decision, decision.asker, event.at, zone, arrival.verdict)
        if decision.fault is not None and not arrival.answered:
            await self._answer_fault(event, decision, arrival, turn)
        untouched = not turn.batch.entries and not decision.entries
        _write_down(event, decision, arrival, turn.batch)
        if decision.orders:
            await self._answer(event, decision, arrival, turn, cause, untouched=untouched)

    def text_removed(self) -> None:
        """Text was redacted. Called at the decision, and again after the commit, for work that began in between."""
        if self.work is not None:
            self.work.text_removed()

    async def fault(self, event: Incoming, error: Exception, asker: Identity | None = None) -> None:
        """Tell the people concerned that an event failed, with a number under which the log has the traceback."""
        told = self._report(event, _logged(error))
        if told is not None:
            await self._voice.perform(self._voice.ordered(event, told, asker=asker))

    def _report(self, event: Incoming, number: str) -> effects.Effect | None:
        """The report of a fault to those who asked, or to the rooms concerned; None if nobody is concerned.

        What nobody asked for may fail again and again, so the rooms hear of it once.
        """
        match event:
            case Message() | Edited() | Redacted() | Fetched() | Prepared(room=Room()):
                return effects.Reply(phrases.FAULT(number=number))
            case MomentDue(name=name) | Prepared(job=name):
                told = phrases.FAULT_BY_ITSELF(name=name, number=number)
            case MailRefused() | MailTaken() | Traced() | LetterReceived():
                name, told = "mail", phrases.FAULT_BY_ITSELF(name="mail", number=number)
            case _:
                return None
        if (event.stream, name) in self._reported:
            return None
        self._reported.add((event.stream, name))
        return effects.Say(self._live.rooms_of(event.stream), told)

    async def _with_earlier(self, event: Edited | Redacted, turn: Turn) -> Edited | Redacted:
        """The event with its earlier message, written or not yet; loads the session of the message.

        For a redaction it loads all sessions with facts of the message, which may have edited a record of another session.
        """
        earlier = await self._journal.message(event.room.id, event.target, turn.batch.lines)
        sessions = [earlier.session] if earlier is not None else []
        if isinstance(event, Redacted) and event.target:
            versions = [version for version, _ in earlier.versions] if earlier is not None else []
            sessions += await self._journal.sessions_of([event.target, *versions])
        for session in sessions:
            await self._live.load(turn.fork, session)
        return event if earlier is None else replace(event, earlier=earlier)

    async def _decision(self, event: Incoming, turn: Turn, cause: str) -> Decision:
        fork, register = turn.fork, self._register
        names = self._names(event.room.network) if isinstance(event, Message | Edited) else ()
        reading = read_event(event, register, names)
        for track, n in absent_records(reading, fork):
            await self._live.load_record(fork, track, n)
        for session in absent_sessions(reading, fork):
            await self._live.load(fork, session)
        if isinstance(event, Message) and (quoted := await self._quoted(event, reading, turn)):
            reading = read_event(replace(event, quoted=quoted), register, names)
        begun = time.perf_counter()
        decision = decide(reading, fork, register, cause)
        took = time.perf_counter() - begun
        if took > SLOW_S:
            log.warning("%s held the loop for %.0f ms", type(event).__name__, took * 1000)
        return decision

    async def _quoted(self, event: Message, reading: Reading, turn: Turn) -> tuple[Quoted, ...]:
        """The messages of the log that a line names, or that it is a reply to."""
        named = [await quoted_line(self._journal, *line) for line in log_lines(reading, turn.fork)]
        answered = replied_to(reading, self._register)
        if answered:
            named.append(await quoted_message(self._journal, event.room.id, answered, turn.batch.lines))
        return tuple(quoted for quoted in named if quoted is not None)

    async def _answer_fault(self, event: Incoming, decision: Decision, arrival: Arrival, turn: Turn) -> None:
        """Say that a handler failed: immediately, or after the commit on networks in `Voice.later`."""
        error = decision.fault
        assert error is not None
        if arrival.verdict is not None and not arrival.verdict.given:
            _logged(error)
            return
        if network_of(event) not in self._voice.later:
            arrival.answered = True
            await self.fault(event, error, decision.asker)
            return
        told = self._report(event, _logged(error))
        if told is not None:
            turn.orders.append(self._voice.ordered(event, told, f"{arrival.id}/fault", decision.asker))

    async def _answer(
        self,
        event: Incoming,
        decision: Decision,
        arrival: Arrival,
        turn: Turn,
        cause: str,
        *,
        untouched: bool,
    ) -> None:
        """Store orders until after the commit. Answers without new facts are said immediately, except on `Voice.later`.

        untouched: the turn has no facts so far
        """
        answered, later = arrival.answered, self._voice.later
        for place, order in enumerate(decision.orders):
            ordered = self._voice.ordered(event, order, f"{arrival.id or cause}/{place}", decision.asker)
            waits = any(utterance.network in later for utterance in ordered.said)
            if waits or not untouched or not isinstance(order, effects.Reply | effects.Tell):
                turn.orders.append(ordered)
            elif not answered:
                arrival.answered = True
                await self._voice.perform(ordered)


def _logged(error: Exception) -> str:
    """Log a fault; returns its number in the log."""
    number = secrets.token_hex(3)
    log.error("fault %s", number, exc_info=error)
    return number


def _write_down(event: Incoming, decision: Decision, arrival: Arrival, batch: Batch) -> None:
    if decision.log is not None:
        _log(event, decision, decision.log, batch)
    batch.entries.extend(decision.entries)
    works = False
    for order in decision.orders:
        if isinstance(order, effects.Mail):
            batch.letters.append(order.letter)
        elif isinstance(order, effects.Recall):
            batch.recalled.append(order.name)
        elif isinstance(order, effects.Prepare | effects.Trace):
            works = True
    # Work that is only ordered is not done yet: after a crash its moment must come again, but a message that recorded
    # something must not.
    if arrival.may_be_old and not (works and (isinstance(event, MomentDue) or not decision.entries)):
        batch.handled.append(arrival.id)
    blank = decision.blank
    if blank is not None:
        batch.blankings.append(Blanking(blank.session, blank.messages, blank.causes, blank.letters))


def _log(event: Incoming, decision: Decision, session: str, batch: Batch) -> None:
    """Log a line as it was said, or the lines of an edit."""
    if isinstance(event, Message):
        batch.lines.append(
            LoggedLine(
                session, event.room.id, event.at, event.speaker, event.text, event.id, "", event.number
            )
        )
    elif isinstance(event, Edited):
        batch.lines.extend(
            LoggedLine(
                session, line.room.id, line.at, line.speaker, line.text, line.id, event.target, line.number
            )
            for line in (event.lines if decision.lines is None else decision.lines)
        )
