"""What waits to be sent on Matrix: in order within a room, rooms taking turns, never more than can be sent in time.

Rules of this file: no I/O, no clock. A room of which something is under way or that is held gives nothing.

Answers that wait are not put together into one event, as they are on IRC. Each is kept on disk under its own key until
it is delivered, and said again under that key after a crash. Were two sent as one event, a crash between that event
and the deletion of both keys would have them said again one by one, under transaction ids that the homeserver has
never seen: they would be there twice. Only answers without a key could be joined, and hardly any is without.
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, field

log = logging.getLogger(__name__)

MOST_WAITING = 1000  # for one room; more could never be sent before it is late
PATIENT = 3  # reactions that words wait for; a homeserver may let one event through in five seconds


class TextPost(Struct, frozen=True):
    """A text to be said."""

    text: str
    thread: str = ""


class ReactionPost(Struct, frozen=True):
    """A reaction to a message."""

    message: str
    emoji: str


class TopicPost(Struct, frozen=True):
    """A topic to be set, looked at again when its turn comes; see `Sender.set_topic`."""

    text: str
    instead_of: str | None
    current: Callable[[], str | None]
    may: Callable[[], bool]

    def after(self, earlier: "TopicPost") -> "TopicPost":
        """What remains to be set when `earlier`, for the same room, was not set yet."""
        if self.instead_of not in (None, earlier.text):
            return self
        return TopicPost(self.text, earlier.instead_of, self.current, self.may)


class TextPart(Struct, frozen=True):
    """One event that a text or a reaction became.

    body:  what it says
    limit: bytes that its content was to fit
    """

    transaction: str
    body: str
    limit: int


class QueuedPost(Struct, eq=False):
    """Something to be sent.

    target:   a room's id, or the id of a user who is told it
    events:   what of it is not sent yet; None until its turn comes
    attempts: how often it was refused in a way that may pass
    """

    target: str
    what: TextPost | ReactionPost | TopicPost
    transaction: str
    since: datetime
    key: str = ""
    events: deque[TextPart] | None = None
    attempts: int = 0


class _TargetQueue(Struct):
    """What waits for one target."""

    queue: deque[QueuedPost] = field(default_factory=deque)
    busy: bool = False
    held: bool = False
    dropped: int = 0


class SendQueue:
    """Everything that is to be sent on one network.

    most: how much may wait for one target
    """

    def __init__(self, network: str, most: int = MOST_WAITING) -> None:
        self._network = network
        self._most = most
        self._lines: OrderedDict[str, _TargetQueue] = OrderedDict()

    @property
    def empty(self) -> bool:
        """Whether nothing waits, or is under way."""
        return not self._lines

    def add(self, queued: QueuedPost) -> QueuedPost | None:
        """Queue something; what has to give way to it, where too much waits: the oldest reaction, else itself."""
        line = self._lines.setdefault(queued.target, _TargetQueue())
        if isinstance(queued.what, TopicPost) and self._replace_topic(line, queued, queued.what):
            return None
        if len(line.queue) < self._most:
            line.queue.insert(self._place(line, queued), queued)
            return None
        self._drop(queued.target, line)
        started = line.queue[0] if line.busy else None
        for other in line.queue:
            if isinstance(other.what, ReactionPost) and other is not started:
                line.queue.remove(other)
                line.queue.insert(self._place(line, queued), queued)
                return other
        return queued

    @staticmethod
    def _place(line: _TargetQueue, queued: QueuedPost) -> int:
        """Where it waits: at the end; words go before the reactions there, but for the very first ones."""
        place = end = len(line.queue)
        if isinstance(queued.what, ReactionPost):
            return end
        while place and isinstance(line.queue[place - 1].what, ReactionPost):
            place -= 1
        return max(place, min(PATIENT, end))

    def _drop(self, target: str, line: _TargetQueue) -> None:
        """One more is dropped: a line of the log for a flood, and one when it is over."""
        if not line.dropped:
            log.warning(
                "%s/%s: %d messages are waiting to be sent, dropping more",
                self._network,
                target,
                len(line.queue),
            )
        line.dropped += 1

    def _replace_topic(self, line: _TargetQueue, queued: QueuedPost, topic: TopicPost) -> bool:
        """Let a topic that waits become the newer one."""
        for other in line.queue:
            if isinstance(other.what, TopicPost) and not (line.busy and other is line.queue[0]):
                other.what = topic.after(other.what)
                other.since = queued.since
                return True
        return False

    def take(self) -> QueuedPost | None:
        """The next to be sent; its target gives nothing more until `done` or `again`."""
        for target, line in self._lines.items():
            if not line.busy and not line.held:
                line.busy = True
                self._lines.move_to_end(target)
                return line.queue[0]
        return None

    def done(self, queued: QueuedPost) -> None:
        """It is sent, or never will be."""
        line = self._lines[queued.target]
        line.queue.popleft()
        line.busy = False
        if not line.queue:
            del self._lines[queued.target]
            if line.dropped:
                log.warning(
                    "%s/%s: dropped %d messages because too many were waiting",
                    self._network,
                    queued.target,
                    line.dropped,
                )

    def again(self, queued: QueuedPost) -> None:
        """It was not sent; it is the next of its target."""
        self._lines[queued.target].busy = False

    def hold(self, target: str) -> None:
        """Give nothing for a target, for which something waits, until `release`."""
        self._lines[target].held = True

    def release(self, target: str) -> None:
        """A target gives again what waits for it."""
        self._lines[target].held = False

    def restart(self) -> None:
        """Nothing is under way or held any more: the connection is gone."""
        for line in self._lines.values():
            line.busy = line.held = False
