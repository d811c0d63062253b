"""The mail worker takes letters out of the outbox one by one, delivers them, and stores the outcomes.

A delivered letter is marked before anything else is done, no matter how long storage takes. A failed letter is tried again
at growing intervals for five days; a refusal is stored and then reported once. Trouble with a letter or with storage never
ends the worker. Clock and sleep are parameters.
"""

import asyncio
import contextlib
import logging
import random
import uuid
from collections.abc import Awaitable, Callable, Collection, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from bot.core.effects import Letter
from bot.core.mail_events import MailRefused, MailTaken
from bot.core.state.holders import digest_of_secret
from bot.mail.compose import compose
from bot.mail.keys import holder_of, new_secret, with_secrets
from bot.mail.outcome import Deliver, Later, Never, Outcome, Sent
from bot.storage.contract import FILED, KeptKey, MailStore, Posted, Settled, StorageError

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
PATIENCE = timedelta(days=5)  # as mail servers do, RFC 5321 section 4.5.4.1
LEAST_ATTEMPTS = 8  # about two hours, also for a letter that waited in the outbox while the bot was off
PATIENT_ATTEMPTS = (
    4  # about seven minutes, longer than greylisting; after that nobody waits for a full mailbox
)
LOOK_AGAIN = 60.0  # seconds; the command line can queue letters too
REPORTED_AGAIN = timedelta(days=1)
PARTING = 3.0  # seconds to finish a message when the bot is stopped
CLAIMING = 0.5  # seconds for storage to answer when the bot is stopped
STORAGE_WAITS = (1.0, 5.0, 15.0, 60.0)  # seconds between attempts when storage fails

T = TypeVar("T")
Clock = Callable[[], datetime]
Sleep = Callable[[float], Coroutine[Any, Any, None]]
Report = Callable[[MailRefused | MailTaken], Awaitable[None]]


class MailWorker:
    """Empties an outbox, and makes the keys of its letters.

    outbox:  keeps the keys too
    sender:  "Name <address>"
    deliver: delivers through a mail server or into a folder
    report:  gets every letter that was sent or refused, once; the inbox's `put`
    wake:    is set when a letter is queued
    clock:   aware UTC
    lists:   the folded addresses of mailing lists, which get no keys
    chance:  returns a number from 0 to 1, so that many bots do not try again in the same second
    """

    def __init__(
        self,
        outbox: MailStore,
        deliver: Deliver,
        sender: str,
        report: Report,
        wake: asyncio.Event,
        *,
        clock: Clock,
        lists: Collection[str],
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._outbox = outbox
        self._deliver = deliver
        self._sender = sender
        self._report = report
        self._wake = wake
        self._clock = clock
        self._lists = lists
        self._sleep = sleep
        self._chance = chance
        self._under_way = False
        self._stopping = False

    async def run(self) -> None:
        """Deliver due letters and wait for more until canceled; first those whose delivery a crash interrupted."""
        await self._stored(self._outbox.release)
        await self._report_again()
        while True:
            self._wake.clear()  # before looking: a letter that is queued from now on sets it again
            if not await self.deliver_one():
                await self._wait()

    async def deliver_one(self) -> bool:
        """Deliver the next due letter; False if there is none.

        If it is canceled during a delivery, it waits up to three seconds for the delivery to finish.
        """
        work = asyncio.create_task(self._take_one(), name="mail under way")
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._stopping = True
            await asyncio.wait((work,), timeout=PARTING if self._under_way else CLAIMING)
            work.cancel()
            await asyncio.wait((work,), timeout=CLAIMING)
            raise

    async def _take_one(self) -> bool:
        posted = await self._stored(lambda: self._outbox.claim(self._clock()))
        if posted is None:
            return False
        if self._stopping:
            await self._give_back(posted)
            return False
        self._under_way = True
        try:
            await self._carry(posted)
        finally:
            self._under_way = False
        return True

    async def _carry(self, posted: Posted) -> None:
        try:
            outcome = await self._outcome(posted)
        except asyncio.CancelledError:
            await self._give_back(posted)
            raise
        try:
            await self._note(posted, outcome)
        except asyncio.CancelledError:
            log.error("mail: stopped before saving that %s was %s", posted.letter.id, outcome)  # noqa: TRY400
            raise

    async def _give_back(self, posted: Posted) -> None:
        """Release a claimed letter, so that it is sent at the next start instead of after ten minutes."""
        log.warning("mail: %s was interrupted and will be sent at the next start", posted.letter.id)
        with contextlib.suppress(StorageError):
            await self._outbox.retry(posted.number, self._clock(), "the bot was stopped")

    async def _outcome(self, posted: Posted) -> Outcome:
        try:
            message = compose(await self._with_keys(posted.letter), self._sender, posted.queued)
        except ValueError as fault:
            return Never(str(fault))
        try:
            return await self._deliver(message, patient=posted.attempts < PATIENT_ATTEMPTS)
        except Exception:
            fault_id = uuid.uuid4().hex[:8]
            log.exception("mail: %s failed, fault %s", posted.letter.id, fault_id)
            return Later(f"an error in the bot, {fault_id}")

    async def _with_keys(self, letter: Letter) -> Letter:
        """The letter with new secrets, whose hashes are stored. Each attempt has its own: an earlier one may have arrived."""
        if not letter.keys:
            return letter
        holder, made = holder_of(letter, self._lists), dict[str, str]()
        for key in letter.keys:
            secret = made[key.mark] = new_secret()
            what = (key.opens, key.argument, holder, letter.stream, letter.id)
            kept = KeptKey(digest_of_secret(secret), *what, self._clock(), key.until)
            await self._stored(partial(self._outbox.keep_key, kept))
        return with_secrets(letter, made)

    async def _note(self, posted: Posted, outcome: Outcome) -> None:
        now, number, letter = self._clock(), posted.number, posted.letter
        match outcome:
            case Sent(refused=refused, filed=filed):
                reason = FILED if filed else refused
                await self._stored(lambda: self._outbox.sent(number, now, reason))
                log.info("mail: %s was %s", letter.id, FILED if filed else "sent")
                await self._tell(Settled(letter.id, letter.stream, sent=True, reason=reason))
            case Later(reason=reason) if not self._is_late(posted, now):
                at = now + self._pause(posted.attempts)
                await self._stored(lambda: self._outbox.retry(number, at, reason))
                log.warning(
                    "mail: %s was not sent, trying again at %s: %s", letter.id, at.isoformat(), reason
                )
            case Later(reason=reason) | Never(reason=reason):
                await self._stored(lambda: self._outbox.refused(number, reason, now))
                log.error("mail: %s will not be sent: %s", letter.id, reason)
                await self._tell(Settled(letter.id, letter.stream, sent=False, reason=reason))

    async def _report_again(self) -> None:
        """Report the last outcomes after a start: a crash may have come between storing and telling. Each is handled once."""
        since = self._clock() - REPORTED_AGAIN
        for settled in await self._stored(lambda: self._outbox.settled(since)):
            await self._tell(settled)

    async def _tell(self, settled: Settled) -> None:
        letter, stream, reason, now = settled.letter, settled.stream, settled.reason, self._clock()
        if settled.sent:
            await self._report(MailTaken(letter, stream, now, filed=reason == FILED))
        if reason and reason != FILED:
            await self._report(MailRefused(letter, stream, reason, now, partly=settled.sent))

    def _is_late(self, posted: Posted, now: datetime) -> bool:
        return now - posted.queued >= PATIENCE and posted.attempts + 1 >= LEAST_ATTEMPTS

    def _pause(self, attempts: int) -> timedelta:
        """One minute, two, four, up to an hour; randomly up to a tenth more or less."""
        doubled = FIRST_WAIT * 2 ** min(attempts, 10)
        wait: timedelta = min(doubled, LONGEST_WAIT)
        return wait * (0.9 + 0.2 * self._chance())

    async def _wait(self) -> None:
        """Wait until a letter is due, or was queued here or by another process."""
        due = await self._stored(self._outbox.next_due)
        seconds = LOOK_AGAIN if due is None else (due - self._clock()).total_seconds()
        nap = asyncio.create_task(self._sleep(min(max(seconds, 1.0), LOOK_AGAIN)))
        woken = asyncio.create_task(self._wake.wait())
        try:
            await asyncio.wait((nap, woken), return_when=asyncio.FIRST_COMPLETED)
        finally:
            nap.cancel()
            woken.cancel()

    async def _stored(self, ask: Callable[[], Awaitable[T]]) -> T:
        """The answer of storage; failures, such as a full disk, are retried until it answers."""
        attempt = 0
        while True:
            try:
                return await ask()
            except StorageError as trouble:
                wait = STORAGE_WAITS[min(attempt, len(STORAGE_WAITS) - 1)]
                log.error("mail: the database is not available, trying again in %d s: %s", wait, trouble)  # noqa: TRY400
            attempt += 1
            await self._sleep(wait)
