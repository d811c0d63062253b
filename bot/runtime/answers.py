"""What a turn has to say: how it is put together, kept until it is delivered, said, and said again after a start.

Rules of this file: a message of several lines gets one answer, and one emoji under it. Where a network has no reactions
(IRC), every order is said by itself, in order. On networks with durable delivery, an answer is a row, written in the turn
that orders it, until the network says that it is there. The key of the row is a transaction id there, so an answer that
is sent twice with it is there once.
"""

import hashlib
import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct, field

from bot.core.events import Message
from bot.runtime.voice import Ordered, Utterance, Voice
from bot.storage.contract import Batch, Journal, Saying, StorageError

log = logging.getLogger(__name__)

# Synapse forgets transaction ids after 24 hours (`_cleanup_old_transaction_ids` in
# https://github.com/element-hq/synapse/blob/develop/synapse/storage/databases/main/events_worker.py); the specification
# names no time (https://spec.matrix.org/latest/client-server-api/#transaction-identifiers). Later it would be there twice,
# and nobody waits for it any more.
REMEMBERED = timedelta(days=1)


class Together(Struct):
    """Answers that are said as one.

    first: the first of them
    rows:  line of the message that was answered, and the answer
    """

    first: Ordered
    rows: list[tuple[int, str]] = field(default_factory=list)

    def whole(self) -> Ordered:
        """One order to say them all; if two are the same, each says which line it is for."""
        texts = [text for _, text in self.rows]
        several = len(set(texts)) < len(texts) and len({line for line, _ in self.rows}) > 1
        told = [f"line {line + 1}: {text}" if several else text for line, text in self.rows]
        (utterance,) = self.first.said
        return self.first._replace(said=(utterance._replace(text="\n".join(told)),))


def put_together(orders: Iterable[Ordered], voice: Voice, taken: Collection[str] = ()) -> list[Ordered]:
    """The orders as they are carried out: what answers one message is said as one, other orders are as they were.

    taken: ids of messages that were taken away in the same turn; nothing answers these any more
    """
    found: list[Ordered | Together] = []
    open_to_more: dict[tuple[object, ...], Together] = {}
    for ordered in orders:
        if not ordered.said:
            found.append(ordered)
        for place, one in enumerate(ordered.said):
            if one.answers in taken:
                continue
            group = _group(one, voice)
            together = open_to_more.get(group)
            if together is None:
                first = ordered._replace(said=(one,), key=_key(one, ordered, place, voice))
                together = open_to_more[group] = Together(first)
                found.append(together)
            elif one.do == "react":
                continue
            together.rows.append((_line_of(ordered), one.text))
    return [one.whole() if isinstance(one, Together) else one for one in found]


def _group(one: Utterance, voice: Voice) -> tuple[object, ...]:
    """The key of what is said together."""
    if one.do == "react":
        return one.network, one.room, one.target, one.text
    if one.answers and one.network in voice.reacting:
        return one.network, one.do, one.room, one.to, one.answers
    return (object(),)


def _line_of(ordered: Ordered) -> int:
    return ordered.event.number if isinstance(ordered.event, Message) else 0


def _key(one: Utterance, ordered: Ordered, place: int, voice: Voice) -> str:
    """A key that is the same for the same answer whenever it is given. It goes into a URL, so it is hexadecimal."""
    if one.network not in voice.durable:
        return ""
    # a message has an emoji once, whichever of its lines asked for it
    parts = (one.room, one.target, one.text) if one.do == "react" else (ordered.name, str(place))
    return hashlib.sha256("\n".join((one.network, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def sayings(orders: Iterable[Ordered], now: datetime) -> list[Saying]:
    """The rows of what is kept until it is delivered."""
    return [
        Saying(
            key=ordered.key, network=one.network, do=one.do, text=one.text, at=now, room=one.room, to=one.to,
            thread=one.thread, target=one.target, answers=one.answers,
        )
        for ordered in orders if ordered.key for one in ordered.said
    ]  # fmt: skip


async def say_again(journal: Journal, voice: Voice, now: datetime) -> None:
    """After a start: say what may not have been delivered, oldest first, and forget what is too old."""
    forgotten = []
    for one in await journal.sayings():
        if now - one.at >= REMEMBERED:
            log.warning("%s: an answer from %s was never delivered and is now too old", one.network, one.at)
            forgotten.append(one.key)
        else:
            told = (one.network, one.do, one.text, one.room, one.to, one.thread, one.target, one.answers)
            await voice.utter(Utterance(*told), one.key)
    try:
        await journal.commit(Batch(delivered=forgotten))
    except StorageError as error:  # they are too old at the next start too
        log.warning("can't delete answers that are too old: %s", error)
