"""The answers of a turn: they are combined, stored until they are delivered, and sent again after a restart.

On networks with reactions, a message of several lines gets one answer and one emoji; on other networks (IRC), every answer
is said separately, in order. On networks with durable delivery, an answer is stored as a row in the turn that orders it,
until the network reports its delivery. The key of the row is a transaction id of the network, so an answer that is sent
twice appears once.
"""

import hashlib
import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from msgspec import Struct, field

from bot.core.events import Message
from bot.runtime.voice import Ordered, Utterance, Voice
from bot.storage.contract import Batch, Journal, StorageError, Undelivered

log = logging.getLogger(__name__)

# Synapse forgets transaction ids after 24 hours (`_cleanup_old_transaction_ids` in
# https://github.com/element-hq/synapse/blob/develop/synapse/storage/databases/main/events_worker.py); the specification
# sets no limit (https://spec.matrix.org/latest/client-server-api/#transaction-identifiers). After that an answer could
# appear twice, and nobody waits for it any more.
REMEMBERED = timedelta(days=1)


class Together(Struct):
    """Answers that are combined.

    first: the order of the first answer
    rows:  (index of the line that is answered, answer)
    """

    first: Ordered
    rows: list[tuple[int, str]] = field(default_factory=list)

    def whole(self) -> Ordered:
        """One order with all answers; if two are the same, each names its line."""
        texts = [text for _, text in self.rows]
        several = len(set(texts)) < len(texts) and len({line for line, _ in self.rows}) > 1
        lines = [f"line {line + 1}: {text}" if several else text for line, text in self.rows]
        (utterance,) = self.first.said
        return self.first._replace(said=(utterance._replace(text="\n".join(lines)),))


def put_together(orders: Iterable[Ordered], voice: Voice, taken: Collection[str] = ()) -> list[Ordered]:
    """Combine the answers to the same message; other orders do not change.

    taken: ids of messages that were redacted in the same turn; they get no answers
    """
    found: list[Ordered | Together] = []
    open_to_more: dict[tuple[object, ...], Together] = {}
    for ordered in orders:
        if not ordered.said:
            found.append(ordered)
        for place, utterance in enumerate(ordered.said):
            if utterance.answers in taken:
                continue
            group = _group(utterance, voice)
            together = open_to_more.get(group)
            if together is None:
                first = ordered._replace(said=(utterance,), key=_key(utterance, ordered, place, voice))
                together = open_to_more[group] = Together(first)
                found.append(together)
            elif utterance.do == "react":
                continue
            together.rows.append((_line_of(ordered), utterance.text))
    return [order.whole() if isinstance(order, Together) else order for order in found]


def _group(said: Utterance, voice: Voice) -> tuple[object, ...]:
    """A key that is the same for utterances that are combined."""
    if said.do == "react":
        return said.network, said.room, said.target, said.text
    if said.answers and said.network in voice.reacting:
        return said.network, said.do, said.room, said.to, said.answers
    return (object(),)


def _line_of(ordered: Ordered) -> int:
    return ordered.event.number if isinstance(ordered.event, Message) else 0


def _key(said: Utterance, ordered: Ordered, place: int, voice: Voice) -> str:
    """A key that is always the same for the same answer. It is part of a URL, so it is hexadecimal."""
    if said.network not in voice.durable:
        return ""
    # a message has each emoji once, no matter which of its lines it acknowledges
    parts = (said.room, said.target, said.text) if said.do == "react" else (ordered.name, str(place))
    return hashlib.sha256("\n".join((said.network, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def undelivered(orders: Iterable[Ordered], now: datetime) -> list[Undelivered]:
    """The rows of answers that are stored until they are delivered."""
    return [
        Undelivered(
            key=ordered.key, network=said.network, do=said.do, text=said.text, at=now, room=said.room, to=said.to,
            thread=said.thread, target=said.target, answers=said.answers,
        )
        for ordered in orders if ordered.key for said in ordered.said
    ]  # fmt: skip


async def say_again(journal: Journal, voice: Voice, now: datetime) -> None:
    """After a start: send answers that may not have been delivered, oldest first, and delete those that are too old."""
    forgotten = []
    for row in await journal.undelivered():
        if now - row.at >= REMEMBERED:
            log.warning("%s: an answer from %s was never delivered and is now too old", row.network, row.at)
            forgotten.append(row.key)
        else:
            said = (row.network, row.do, row.text, row.room, row.to, row.thread, row.target, row.answers)
            await voice.utter(Utterance(*said), row.key)
    try:
        await journal.commit(Batch(delivered=forgotten))
    except StorageError as error:  # they are too old at the next start too
        log.warning("can't delete answers that are too old: %s", error)
