"""Posts that wait on Matrix: rooms take turns, in a room the people who asked do, and there is a limit per room.

Rules of this file: no I/O, no clock. A room gives nothing while one of its posts is being sent, or while it is held.
Posts that answer nobody go first: announcements, topics, and answers to chairs and moderators. Private conversations
together have the turn of one room, because a homeserver's limit counts for all rooms.

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
    asker:    the person whose answer it is; empty for a post that goes before all answers
    events:   the parts that are not sent yet; None until its turn comes
    attempts: how often it was refused for a reason that may pass
    turn:     how many answers its asker had before it, counted from when the asker began to wait
    """

    target: str
    what: TextPost | ReactionPost | TopicPost
    transaction: str
    since: datetime
    key: str = ""
    events: deque[TextPart] | None = None
    attempts: int = 0
    asker: str = ""
    turn: int = 0

    @property
    def is_private(self) -> bool:
        """Whether it is for one person."""
        return self.target.startswith("@")

    @property
    def is_answer(self) -> bool:
        """Whether it waits for the posts that go first."""
        return bool(self.asker) or self.is_private

    @property
    def order(self) -> tuple[bool, bool, int]:
        """The place in its room: reactions come after texts, and people take turns."""
        return self.is_answer, isinstance(self.what, ReactionPost), self.turn


class _TargetQueue(Struct):
    """The posts for one target.

    turn:  that of the last answer that was taken
    turns: that of the last answer of each asker
    """

    queue: deque[QueuedPost] = field(default_factory=deque)
    busy: bool = False
    held: bool = False
    dropped: int = 0
    turn: int = 0
    turns: dict[str, int] = field(default_factory=dict)

    def add(self, queued: QueuedPost) -> None:
        """Put a post in its place; the one that is being sent, and the first few of its kind, keep theirs."""
        place, kept = len(self.queue), self._kept(queued)
        while place > kept and self.queue[place - 1].order > queued.order:
            place -= 1
        self.queue.insert(place, queued)

    def give_turn(self, queued: QueuedPost) -> None:
        """Say when it is the turn of a new answer."""
        if queued.asker:
            before = self.turns.get(queued.asker)
            queued.turn = self.turn if before is None else max(self.turn, before + 1)
            self.turns[queued.asker] = queued.turn

    def _kept(self, queued: QueuedPost) -> int:
        kept, most = int(self.busy), min(PATIENT, len(self.queue))
        while kept < most and self.queue[kept].is_answer <= queued.is_answer:
            kept += 1
        return kept

    def full(self, queued: QueuedPost) -> QueuedPost:
        """Make room for a post; returns the one to drop: the oldest reaction, else the last post."""
        waiting = list(self.queue)[int(self.busy) :]
        fitting = [other for other in waiting if other.is_answer >= queued.is_answer]
        reactions = [other for other in fitting if isinstance(other.what, ReactionPost)]
        later = [other for other in fitting[-1:] if other.order > queued.order]
        for dropped in (*reactions[:1], *later):
            self.queue.remove(dropped)
            self.add(queued)
            return dropped
        return queued


class SendQueue:
    """All posts that wait on one network.

    most: how many may wait for one target
    """

    def __init__(self, network: str, most: int = MOST_WAITING) -> None:
        self._network = network
        self._most = most
        self._lines: OrderedDict[str, _TargetQueue] = OrderedDict()
        self._private_was_last = False

    @property
    def empty(self) -> bool:
        """Whether no post waits or is being sent."""
        return not self._lines

    def add(self, queued: QueuedPost) -> QueuedPost | None:
        """Queue a post; returns the one to drop when there are too many."""
        line = self._lines.setdefault(queued.target, _TargetQueue())
        if isinstance(queued.what, TopicPost) and self._replace_topic(line, queued, queued.what):
            return None
        line.give_turn(queued)
        if len(line.queue) < self._most:
            line.add(queued)
            return None
        self._drop(queued.target, line)
        return line.full(queued)

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
        free = [(target, line) for target, line in self._lines.items() if not line.busy and not line.held]
        if not free:
            return None
        target, line = min(free, key=lambda each: self._wait_of(each[1].queue[0]))
        line.busy = True
        self._lines.move_to_end(target)
        queued = line.queue[0]
        line.turn = max(line.turn, queued.turn)
        if queued.is_answer:
            self._private_was_last = queued.is_private
        return queued

    def _wait_of(self, queued: QueuedPost) -> tuple[bool, bool]:
        """What goes first comes first, and no two private texts in a row while a room waits."""
        return queued.is_answer, queued.is_private and self._private_was_last

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
