"""Sends posts on a Matrix network: each room in order, at the homeserver's pace, and each post once.

A post has a transaction id from the start, so sending it again after a lost connection or a crash makes no second event.
Unsent posts stay for the next connection. Homeservers limit the sender and not the room
(https://spec.matrix.org/latest/client-server-api/#rate-limiting), so a limit holds all rooms.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from msgspec import Struct

from bot.networks.contract import Inbox
from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.outgoing import contents
from bot.networks.matrix.outgoing.deliveries import Deliveries
from bot.networks.matrix.outgoing.pace import Pace
from bot.networks.matrix.outgoing.posts import NoRoomError, Poster
from bot.networks.matrix.outgoing.send_queue import (
    MOST_WAITING,
    QueuedPost,
    ReactionPost,
    SendQueue,
    TextPost,
    TopicPost,
)
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.server.homeserver import SendApi

log = logging.getLogger(__name__)

LIMITED = "M_LIMIT_EXCEEDED"
NOT_NOW = {  # about the bot and not about the post; the adapter or a person must solve it
    "M_USER_LOCKED",
    "M_USER_SUSPENDED",
    "M_CONSENT_NOT_GIVEN",
    "M_RESOURCE_LIMIT_EXCEEDED",
}
PERHAPS_LATER = {"M_UNKNOWN", ""}  # these say nothing; worth some more attempts


class RetryPolicy(Struct, frozen=True):
    """How often to try, and for how long.

    first, longest: seconds before the first retry, doubled from retry to retry, and their limit
    shortest:       least seconds to wait after a rate limit
    attempts:       how often to send a post that is refused for an unknown reason
    lifetime:       after which a post is given up; homeservers know a transaction id for about a day
    most:           how many posts may wait for one room
    at_once:        rooms that may be sent to at a time
    """

    first: float = 1.0
    longest: float = 60.0
    shortest: float = 0.05
    attempts: int = 4
    lifetime: timedelta = timedelta(days=1)
    most: int = MOST_WAITING
    at_once: int = 4


class Sender:
    """Sends the posts of one network.

    private: the rooms of private conversations; the sync reader updates them
    clock:   gives the time, aware UTC
    sleep:   waits for seconds
    """

    def __init__(
        self,
        network: str,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        policy: RetryPolicy = RetryPolicy(),
    ) -> None:
        self.private = PrivateRooms()
        self._network = network
        self._clock = clock
        self._policy = policy
        self._waiting = SendQueue(network, policy.most)
        self._deliveries = Deliveries(network, clock)
        self._poster = Poster(self.private)
        self._pace = Pace(policy.first, policy.longest, policy.at_once)
        self._sleep = sleep
        self._warned: set[tuple[str, type, str]] = set()
        self._queued = asyncio.Event()
        self._changed = asyncio.Event()
        self._running = False

    def say(self, room_id: str, text: str, *, thread: str = "", key: str = "", asker: str = "") -> None:
        """Queue a text for a room, or for a thread in it; `asker` as for `Network.say`."""
        self._queue_text(room_id, text, thread, key, asker)

    def tell(self, user: str, text: str, *, key: str = "") -> None:
        """Queue a text for the private conversation with somebody, by their user id."""
        self._queue_text(user, text, "", key, "")

    def react(self, room_id: str, message: str, emoji: str, *, key: str = "", asker: str = "") -> None:
        """Queue a reaction to a message; `asker` as for `Network.say`."""
        self._queue(room_id, ReactionPost(message, emoji), key, asker)

    def give_up(self, key: str) -> None:
        """Report to the desk that the text with this key cannot be sent to anybody."""
        if self._deliveries.accept(key):
            self._deliveries.finish(key)

    def set_topic(
        self,
        room_id: str,
        text: str,
        *,
        instead_of: str | None = None,
        current: Callable[[], str | None],
        may: Callable[[], bool],
    ) -> None:
        """Queue a topic for a room; its conditions are checked when its turn comes.

        current: gives the room's topic
        may:     whether the bot has the power to set it
        """
        before = None if instead_of is None else contents.topic_text(instead_of)
        self._queue(room_id, TopicPost(contents.topic_text(text), before, current, may))

    async def run(self, api: SendApi, inbox: Inbox) -> None:
        """Send until canceled; the rest stays for the next run."""
        self._running = True
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._deliveries.report(inbox))
                await self._send_all(api, tasks)
        finally:
            self._running = False
            self._waiting.restart()
            self._pace.restart()
            self._changed.set()

    async def drain(self) -> None:
        """Return when everything queued was sent, or there is no connection."""
        while self._running and not self._pace.cut_off and not self._waiting.empty:
            self._changed.clear()
            await self._changed.wait()

    def _queue_text(self, target: str, text: str, thread: str, key: str, asker: str) -> None:
        if contents.cleaned(text):
            self._queue(target, TextPost(contents.marked(text), thread), key, asker)
        elif self._deliveries.accept(key):
            self._deliveries.finish(key)

    def _queue(
        self, target: str, what: TextPost | ReactionPost | TopicPost, key: str = "", asker: str = ""
    ) -> None:
        if not self._deliveries.accept(key):
            return
        transaction = contents.transaction(key or secrets.token_hex(16))
        dropped = self._waiting.add(QueuedPost(target, what, transaction, self._clock(), key, asker=asker))
        if dropped is not None:
            self._deliveries.finish(dropped.key)
        self._queued.set()

    async def _send_all(self, api: SendApi, tasks: asyncio.TaskGroup) -> None:
        """Begin to send every post that may go, whenever that changes."""
        while True:
            self._queued.clear()
            while self._pace.free and (queued := self._waiting.take()) is not None:
                self._pace.begin()
                tasks.create_task(self._deliver(api, queued, tasks))
            await self._queued.wait()

    async def _deliver(self, api: SendApi, queued: QueuedPost, tasks: asyncio.TaskGroup) -> None:
        if await self._attempt(api, queued, tasks):
            self._waiting.done(queued)
            self._deliveries.finish(queued.key)
        else:
            self._waiting.again(queued)
        self._pace.end()
        self._wake()

    async def _attempt(self, api: SendApi, queued: QueuedPost, tasks: asyncio.TaskGroup) -> bool:
        """Try to send a post; whether it is finished: sent or given up."""
        if self._clock() - queued.since > self._policy.lifetime:
            self._warn_once(queued, "it waited for too long")
            return True
        try:
            sent = await self._poster.send(api, queued)
        except UnreachableError:
            self._cut_off(tasks)
            return False
        except RefusedError as refusal:
            return self._refused(queued, refusal, tasks)
        except Exception:  # a bug that concerns one message must not hold up all others at every connection
            log.exception("%s/%s: an internal error with a message to send", self._network, queued.target)
            return True
        if sent:
            self._pace.succeeded()
        self._warned = {
            warning for warning in self._warned if warning[:2] != (queued.target, type(queued.what))
        }
        return True

    def _refused(self, queued: QueuedPost, refusal: RefusedError, tasks: asyncio.TaskGroup) -> bool:
        """Whether a refusal is final; if not, its target or all sending is held for a while."""
        policy = self._policy
        if refusal.code == LIMITED:
            wait = self._pace.delay() if refusal.wait is None else max(refusal.wait, policy.shortest)
            if isinstance(refusal, NoRoomError):  # creating rooms and inviting have their own limits
                self._hold_target(queued.target, wait, tasks)
            else:
                self._hold_all(wait, tasks)
            return False
        if refusal.is_login_lost or refusal.code in NOT_NOW:
            self._warn_once(queued, str(refusal))
            self._cut_off(tasks)
            return False
        queued.attempts += 1
        # a reaction to a message that is not in the room anymore is refused like this too
        tries = 1 if isinstance(queued.what, ReactionPost) else policy.attempts
        if refusal.code in PERHAPS_LATER and queued.attempts < tries:
            self._hold_target(queued.target, policy.first * 2.0**queued.attempts, tasks)
            return False
        self._warn_once(queued, str(refusal))
        return True

    def _cut_off(self, tasks: asyncio.TaskGroup) -> None:
        self._pace.cut_off = True
        self._hold_all(self._pace.delay(), tasks)

    def _hold_all(self, seconds: float, tasks: asyncio.TaskGroup) -> None:
        self._pace.hold()
        tasks.create_task(self._after(seconds, self._pace.release))

    def _hold_target(self, target: str, seconds: float, tasks: asyncio.TaskGroup) -> None:
        self._waiting.hold(target)
        tasks.create_task(self._after(seconds, lambda: self._waiting.release(target)))

    async def _after(self, seconds: float, then: Callable[[], None]) -> None:
        await self._sleep(seconds)
        then()
        self._wake()

    def _wake(self) -> None:
        """Look again for posts that may go, and for waiting drains."""
        self._queued.set()
        self._changed.set()

    def _warn_once(self, queued: QueuedPost, reason: str) -> None:
        """Log a failure once, until a post of this kind succeeds there."""
        warning = (queued.target, type(queued.what), reason)
        if warning in self._warned:
            return
        self._warned.add(warning)
        match queued.what:
            case TopicPost():
                what = "the topic of the room could not be set"
            case ReactionPost():
                what = "no reaction could be sent"
            case TextPost() if queued.target.startswith("@"):
                what = "nothing could be told in private"
            case TextPost():
                what = "nothing could be said"
        log.warning("%s/%s: %s: %s", self._network, queued.target, what, reason)
