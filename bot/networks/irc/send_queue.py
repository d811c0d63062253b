"""Texts that wait to be sent: fair between rooms and people, at the network's pace, dropped when they are late.

Rules of this file: no I/O and no clock; `now` is monotonic seconds. The texts of one asker in a room stay in order;
`bot.networks.irc.lanes` says who is next. Protocol lines do not wait here (they only count); errands (topics, questions
about members) go before answers if enough lines are free.
"""

import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.networks.irc.bucket import Bucket
from bot.networks.irc.lanes import PRIVATE, Lane, Lanes, QueuedText, Rank
from bot.networks.irc.line_pieces import cut, said_lines
from bot.networks.irc.wire import build

log = logging.getLogger(__name__)

JOINT = "; "
MOST_WAITING = 1000  # for one asker; more could never be sent before it is late
MOST_ERRANDS = 1000
MOST_TOLD = 32  # people whose last line is kept, in case the server refuses it within seconds
RESERVE = 1.0  # lines that only announcements and answers to chairs may use, so that they go at once


class Errand(Struct, frozen=True):
    """A line that waits until `spare` lines are free."""

    line: bytes
    spare: float


class SendQueue:
    """All texts that wait on one network.

    hold:     seconds after which a text is dropped
    ready:    whether the bot can send to a target now
    room:     how many bytes of text a line to a target holds
    patience: seconds after which a private text is dropped
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
        self._reserve = min(RESERVE, max(0.0, bucket.burst - 1))
        self._hold = hold
        self._patience = patience
        self._ready = ready
        self._room = room
        self._waiting = Lanes()
        self._errands: OrderedDict[str, Errand] = OrderedDict()
        self._sent_privately: OrderedDict[str, QueuedText] = OrderedDict()
        self._rests_until = float("-inf")

    @property
    def empty(self) -> bool:
        """Whether no text waits."""
        return not self._waiting

    def add(
        self,
        target: str,
        text: str,
        now: float,
        *,
        asker: str = "",
        patient: bool = False,
        private: bool = False,
    ) -> None:
        """Queue a text of any length for a target.

        asker: the person whose answer it is; empty for a text that goes before all answers
        """
        lines = said_lines(text)
        if not lines:
            return
        rank = Rank.PATIENT if patient else Rank.ANSWER if asker or private else Rank.FIRST
        lane = self._waiting.lane(rank, target, asker, private=private)
        free = max(0, MOST_WAITING - len(lane.texts))
        lane.texts.extend(
            QueuedText(line, now, patient=patient, private=patient and private) for line in lines[:free]
        )
        if len(lines) > free:
            if not lane.dropped:  # log a flood once, and its end once
                log.warning("%s: %d lines are waiting to be sent, dropping more", target, len(lane.texts))
            lane.dropped += len(lines) - free

    def add_errand(self, name: str, line: bytes, spare: float = 1.0) -> None:
        """Queue a line that can wait; it replaces an earlier errand of this name."""
        if name in self._errands or len(self._errands) < MOST_ERRANDS:
            self._errands[name] = Errand(line, spare)

    def forget(self, target: str) -> None:
        """Drop everything that waits for this target."""
        for lane in self._waiting:
            if lane.target == target:
                lane.texts.clear()
                self._tidy(lane)

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
            self._waiting.once_more(target, line)

    def charge(self, now: float) -> None:
        """Count a protocol line, as the server does."""
        self._bucket.charge(now)

    def take(self, now: float) -> list[bytes]:
        """All lines that may be sent now."""
        self._drop_late(now)
        return [
            *self._texts(now, Rank.FIRST),
            *self._errands_due(now),
            *self._texts(now, Rank.PATIENT),
        ]

    def _texts(self, now: float, last: Rank) -> Iterator[bytes]:
        """The texts up to a rank that may be sent now."""
        needed = self._needed(last)
        while self._bucket.tokens(now) >= needed and (lane := self._next(now, last)) is not None:
            self._bucket.take(now)
            yield self._line(lane, dry=self._bucket.tokens(now) < needed)

    def _needed(self, rank: Rank) -> float:
        return 1.0 if rank is Rank.FIRST else 1.0 + self._reserve

    def _errands_due(self, now: float) -> Iterator[bytes]:
        """The errands for which enough lines are free."""
        for name, errand in tuple(self._errands.items()):
            if self._bucket.tokens(now) >= errand.spare and self._bucket.take(now):
                del self._errands[name]
                yield errand.line

    def wait(self, now: float) -> float | None:
        """Seconds until `take` may give something; None if that does not depend on time."""
        waits = [lane.texts[0].since + self._hold_of(lane) - now for lane in self._waiting]
        if self._next(now, Rank.FIRST) is not None:
            waits.append(self._bucket.wait(now))
        elif self._next(now, Rank.PATIENT) is not None:
            waits.append(self._bucket.wait(now, self._needed(Rank.PATIENT)))
        elif waits and now < self._rests_until:
            waits.append(self._rests_until - now)
        waits += [self._bucket.wait(now, errand.spare) for errand in self._errands.values()]
        return max(0.0, min(waits)) if waits else None

    def _hold_of(self, lane: Lane) -> float:
        return self._patience if lane.place == PRIVATE else self._hold

    def _next(self, now: float, last: Rank) -> Lane | None:
        rests = now < self._rests_until
        return self._waiting.next(
            lambda lane: self._ready(lane.target) and not (rests and lane.texts[0].private), last
        )

    def _line(self, lane: Lane, *, dry: bool) -> bytes:
        """Take the next line out of a lane; then the other lanes have their turns."""
        limit = self._room(lane.target)
        first = lane.texts.popleft()
        text = self._joined(lane, first, limit) if dry and first.short else first.text
        piece, rest = cut(text, limit)
        self._waiting.had_turn(lane)
        if rest:
            self._waiting.go_on(lane, replace(first, text=rest, whole=False))
        if first.private:
            self._remember(lane.target, replace(first, text=piece, whole=False))
        self._tidy(lane)
        return build("PRIVMSG", lane.target, piece)

    def _joined(self, lane: Lane, first: QueuedText, limit: int) -> str:
        """The text with the short ones that come after it in its room, as many as a line holds."""
        text = last = first.text
        for other in (lane, *self._waiting.beside(lane)):
            while other.texts and other.texts[0].short:
                # the same answer forty times is sent once
                then = other.texts[0].text
                joint = " " if last.endswith(":") else JOINT  # after the head of a list
                joined = text if then == last else f"{text}{joint}{then}"
                if len(joined.encode()) > limit:
                    return text
                text, last = joined, then
                other.texts.popleft()
            if other is not lane:
                self._tidy(other)
        return text

    def _remember(self, target: str, line: QueuedText) -> None:
        self._sent_privately[target] = line
        self._sent_privately.move_to_end(target)
        if len(self._sent_privately) > MOST_TOLD:
            self._sent_privately.popitem(last=False)

    def _drop_late(self, now: float) -> None:
        dropped: Counter[tuple[str, float]] = Counter()
        for lane in self._waiting:
            hold = self._hold_of(lane)
            while lane.texts and now - lane.texts[0].since >= hold:
                lane.texts.popleft()
                dropped[lane.place or "in private", hold] += 1
            self._tidy(lane)
        for (place, hold), count in dropped.items():
            log.warning("%s: dropped %d lines that could not be sent for %.0f s", place, count, hold)

    def _tidy(self, lane: Lane) -> None:
        """Let go of a lane that is empty."""
        if self._waiting.tidy(lane) and lane.dropped:
            log.warning("%s: dropped %d lines because too many were waiting", lane.target, lane.dropped)
