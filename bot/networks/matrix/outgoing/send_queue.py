"""Posts that wait on Matrix: in order within a room, rooms take turns, and there is a limit per room.

Rules of this file: no I/O, no clock. A room gives nothing while one of its posts is being sent, or while it is held.

Answers that wait are not joined into one event, as they are on IRC. Each is kept on disk under its own key until it is
delivered, and sent again under that key after a crash. If two were sent as one event, a crash before the deletion of
both keys would send them again one by one, under transaction ids that are new to the homeserver: they would appear
twice. Only answers without a key could be joined, and there are hardly any.
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, field

log = logging.getLogger(__name__)

MOST_WAITING = 1000  # for one room; more could never be sent in time
PATIENT = 3  # reactions that go before texts; a homeserver may allow one event in five seconds


class TextPost(Struct, frozen=True):
    """A text to send."""

    text: str
    thread: str = ""


class ReactionPost(Struct, frozen=True):
    """A reaction to a message."""

    message: str
    emoji: str


class TopicPost(Struct, frozen=True):
    """A topic to set, checked again when its turn comes; see `Sender.set_topic`."""

    text: str
    instead_of: str | None
    current: Callable[[], str | None]
    may: Callable[[], bool]

    def after(self, earlier: "TopicPost") -> "TopicPost":
        """The topic to set instead of `earlier`, which was not set yet."""
        if self.instead_of not in (None, earlier.text):
            return self
        return TopicPost(self.text, earlier.instead_of, self.current, self.may)


class TextPart(Struct, frozen=True):
    """One event of a text.

    limit: bytes that its content may take
    """

    transaction: str
    body: str
    limit: int


class QueuedPost(Struct, eq=False):
    """A post in the queue.

    target:   a room's id, or a user's id for a private text
    events:   the parts that are not sent yet; None until its turn comes
    attempts: how often it was refused for a reason that may pass
    """

    target: str
    what: TextPost | ReactionPost | TopicPost
    transaction: str
    since: datetime
    key: str = ""
    events: deque[TextPart] | None = None
    attempts: int = 0


class _TargetQueue(Struct):
    """The posts for one target."""

    queue: deque[QueuedPost] = field(default_factory=deque)
    busy: bool = False
    held: bool = False
    dropped: int = 0


class SendQueue:
    """All posts that wait on one network.

    most: how many may wait for one target
    """

    def __init__(self, network: str, most: int = MOST_WAITING) -> None:
        self._network = network
        self._most = most
        self._lines: OrderedDict[str, _TargetQueue] = OrderedDict()

    @property
    def empty(self) -> bool:
        """Whether no post waits or is being sent."""
        return not self._lines

    def add(self, queued: QueuedPost) -> QueuedPost | None:
        """Queue a post; returns the one to drop when there are too many: the oldest reaction, else the new post."""
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
        """The place in the queue: at the end; texts go before the reactions there, except the first few."""
        place = end = len(line.queue)
        if isinstance(queued.what, ReactionPost):
            return end
        while place and isinstance(line.queue[place - 1].what, ReactionPost):
            place -= 1
        return max(place, min(PATIENT, end))

    def _drop(self, target: str, line: _TargetQueue) -> None:
        """Count a dropped post; a flood is logged once, and its end once."""
        if not line.dropped:
            log.warning(
                "%s/%s: %d messages are waiting to be sent, dropping more",
                self._network,
                target,
                len(line.queue),
            )
        line.dropped += 1

    def _replace_topic(self, line: _TargetQueue, queued: QueuedPost, topic: TopicPost) -> bool:
        """Replace a topic that waits by the newer one."""
        for other in line.queue:
            if isinstance(other.what, TopicPost) and not (line.busy and other is line.queue[0]):
                other.what = topic.after(other.what)
                other.since = queued.since
                return True
        return False

    def take(self) -> QueuedPost | None:
        """The next post; its target gives nothing more until `done` or `again`."""
        for target, line in self._lines.items():
            if not line.busy and not line.held:
                line.busy = True
                self._lines.move_to_end(target)
                return line.queue[0]
        return None

    def done(self, queued: QueuedPost) -> None:
        """A post was sent, or was given up."""
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
        """A post was not sent; it is its target's next again."""
        self._lines[queued.target].busy = False

    def hold(self, target: str) -> None:
        """Give nothing for a target until `release`."""
        self._lines[target].held = True

    def release(self, target: str) -> None:
        """End the hold of a target."""
        self._lines[target].held = False

    def restart(self) -> None:
        """The connection is gone: no post is being sent, and no target is held."""
        for line in self._lines.values():
            line.busy = line.held = False
