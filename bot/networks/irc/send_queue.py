"""Texts that wait to be sent: fair between rooms, at the network's pace, dropped when they are late.

Rules of this file: no I/O and no clock; `now` is monotonic seconds. A room's lines stay in order, and rooms take
turns. Patient texts go when no other can. Protocol lines do not wait here (they only count); errands (topics, questions
about members) go when no text waits.
"""

import logging
from collections import OrderedDict, deque
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from bot.networks.irc.bucket import Bucket
from bot.networks.irc.line_pieces import cut, said_lines
from bot.networks.irc.wire import build

log = logging.getLogger(__name__)

SHORT = 60  # bytes; shorter answers share a line while lines are scarce
JOINT = "; "
MOST_WAITING = 1000  # for one target; more could never be sent before it is late
MOST_TOLD = 32  # people whose last line is kept, in case the server refuses it within seconds


class QueuedText(Struct):
    """A text for a target.

    whole:   no piece of it was sent yet
    patient: others go before it
    private: it is patient, and for one person
    """

    text: str
    since: float
    whole: bool = True
    patient: bool = False
    private: bool = False

    @property
    def short(self) -> bool:
        """Whether it may share a line with others."""
        return self.whole and not self.patient and len(self.text.encode()) < SHORT


class Errand(Struct, frozen=True):
    """A line that waits until `spare` lines are free."""

    line: bytes
    spare: float


class SendQueue:
    """All texts that wait on one network.

    hold:     seconds after which a text is dropped
    ready:    whether the bot can send to a target now
    room:     how many bytes of text a line to a target holds
    patience: seconds after which a patient private text is dropped
    """

    def __init__(
        self,
        bucket: Bucket,
        hold: float,
        *,
        ready: Callable[[str], bool],
        room: Callable[[str], int],
        patience: float = 300.0,
    ) -> None:
        self._bucket = bucket
        self._hold = hold
        self._patience = patience
        self._ready = ready
        self._room = room
        self._waiting: OrderedDict[str, deque[QueuedText]] = OrderedDict()
        self._errands: OrderedDict[str, Errand] = OrderedDict()
        self._too_many: dict[str, int] = {}
        self._sent_privately: OrderedDict[str, QueuedText] = OrderedDict()
        self._rests_until = float("-inf")

    @property
    def empty(self) -> bool:
        """Whether no text waits."""
        return not self._waiting

    def add(
        self, target: str, text: str, now: float, *, patient: bool = False, private: bool = False
    ) -> None:
        """Queue a text of any length for a target; before the patient ones, unless it is patient too."""
        lines = said_lines(text)
        if not lines:
            return
        queue = self._waiting.setdefault(target, deque())
        free = max(0, MOST_WAITING - len(queue))
        patient_texts = [] if patient else self._put_aside(queue)
        private = patient and private
        queue.extend(QueuedText(line, now, patient=patient, private=private) for line in lines[:free])
        queue.extend(patient_texts)
        if len(lines) > free:
            if target not in self._too_many:  # log a flood once, and its end once
                log.warning("%s: %d lines are waiting to be sent, dropping more", target, len(queue))
            self._too_many[target] = self._too_many.get(target, 0) + len(lines) - free
        if not queue:
            del self._waiting[target]

    @staticmethod
    def _put_aside(queue: deque[QueuedText]) -> list[QueuedText]:
        """Remove and return the patient texts at the end; a text of which a piece was sent stays."""
        patient_texts: list[QueuedText] = []
        while queue and queue[-1].patient and queue[-1].whole:
            patient_texts.append(queue.pop())
        return patient_texts[::-1]

    def add_errand(self, name: str, line: bytes, spare: float = 1.0) -> None:
        """Queue a line that can wait; it replaces an earlier errand of this name."""
        self._errands[name] = Errand(line, spare)

    def forget(self, target: str) -> None:
        """Drop everything that waits for this target."""
        if self._waiting.pop(target, None) is not None:
            self._on_emptied(target)

    def forget_errands(self) -> None:
        """Drop all errands: their connection is gone."""
        self._errands.clear()

    def too_many_targets(self, target: str, now: float, rest: float) -> None:
        """The server refused a line because the bot wrote to too many people: send it again, and the others later.

        rest: seconds during which no patient private text is sent
        """
        self._rests_until = now + rest
        line = self._sent_privately.pop(target, None)
        if line is not None:
            self._waiting.setdefault(target, deque()).appendleft(line)
            self._waiting.move_to_end(target, last=False)

    def charge(self, now: float) -> None:
        """Count a protocol line, as the server does."""
        self._bucket.charge(now)

    def take(self, now: float) -> list[bytes]:
        """All lines that may be sent now."""
        self._drop_late(now)
        lines = []
        while (target := self._next_target(now)) is not None and self._bucket.take(now):
            lines.append(self._line(target, dry=self._bucket.tokens(now) < 1))
        while self._errands and self._next_target(now) is None:
            errand = next(iter(self._errands.values()))
            if self._bucket.tokens(now) < errand.spare or not self._bucket.take(now):
                break
            self._errands.popitem(last=False)
            lines.append(errand.line)
        return lines

    def wait(self, now: float) -> float | None:
        """Seconds until `take` may give something; None if that does not depend on time."""
        waits = [queue[0].since + self._hold_of(queue[0]) - now for queue in self._waiting.values()]
        if self._next_target(now) is not None:
            waits.append(self._bucket.wait(now))
        elif waits and now < self._rests_until:
            waits.append(self._rests_until - now)
        if self._errands and self._next_target(now) is None:
            waits.append(self._bucket.wait(now, next(iter(self._errands.values())).spare))
        return max(0.0, min(waits)) if waits else None

    def _hold_of(self, line: QueuedText) -> float:
        return self._patience if line.private else self._hold

    def _next_target(self, now: float) -> str | None:
        patient, rests = None, now < self._rests_until
        for target, queue in self._waiting.items():
            if self._ready(target):
                if not queue[0].patient:
                    return target
                if not (rests and queue[0].private):
                    patient = patient or target
        return patient

    def _line(self, target: str, *, dry: bool) -> bytes:
        """Take the next line to a target out of its queue; then the other targets have their turns."""
        queue = self._waiting[target]
        limit = self._room(target)
        first = queue.popleft()
        text = last = first.text
        while dry and first.short and queue and queue[0].short:
            # the same answer forty times is sent once
            joined = text if queue[0].text == last else f"{text}{JOINT}{queue[0].text}"
            if len(joined.encode()) > limit:
                break
            text, last = joined, queue.popleft().text
        piece, rest = cut(text, limit)
        if rest:
            queue.appendleft(replace(first, text=rest, whole=False))
        if first.private:
            self._remember(target, replace(first, text=piece, whole=False))
        if queue:
            self._waiting.move_to_end(target)
        else:
            del self._waiting[target]
            self._on_emptied(target)
        return build("PRIVMSG", target, piece)

    def _remember(self, target: str, line: QueuedText) -> None:
        self._sent_privately[target] = line
        self._sent_privately.move_to_end(target)
        if len(self._sent_privately) > MOST_TOLD:
            self._sent_privately.popitem(last=False)

    def _drop_late(self, now: float) -> None:
        for target, queue in tuple(self._waiting.items()):
            dropped, hold = 0, self._hold
            while queue and now - queue[0].since >= (hold := self._hold_of(queue[0])):
                queue.popleft()
                dropped += 1
            if dropped:
                log.warning("%s: dropped %d lines that could not be sent for %.0f s", target, dropped, hold)
            if not queue:
                del self._waiting[target]
                self._on_emptied(target)

    def _on_emptied(self, target: str) -> None:
        """Nothing waits for a target anymore."""
        dropped = self._too_many.pop(target, 0)
        if dropped:
            log.warning("%s: dropped %d lines because too many were waiting", target, dropped)
