"""Delivery: what is said once a turn is written, and what is said again after a start because nobody knows if it was.

On networks with durable delivery what is to be said is a row, written in the turn that orders it, until the network says
that it is there. The row's key is a transaction id there, so that what is said twice with it is there once.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.runtime.answers import Spoken, Step
from bot.runtime.voice import Utterance, Voice
from bot.storage.contract import Batch, Journal, Saying, StorageError

log = logging.getLogger(__name__)

# Synapse forgets transaction ids after 24 hours (`_cleanup_old_transaction_ids` in
# https://github.com/element-hq/synapse/blob/develop/synapse/storage/databases/main/events_worker.py); the specification
# names no time (https://spec.matrix.org/latest/client-server-api/#transaction-identifiers). Later it would be there twice,
# and nobody waits for it any more.
REMEMBERED = timedelta(days=1)


def sayings(steps: Sequence[Step], now: datetime) -> list[Saying]:
    """The rows of what is kept until it is there."""
    found = []
    for step in steps:
        if isinstance(step, Spoken) and step.key:
            one = step.whole()
            found.append(
                Saying(
                    key=step.key, network=one.network, do=one.do, text=one.text, at=now, room=one.room, to=one.to,
                    thread=one.thread, target=one.target, answers=one.answers,
                )
            )  # fmt: skip
    return found


async def carry_out(steps: Iterable[Step], voice: Voice) -> None:
    """Say and do it all, in order."""
    for step in steps:
        if isinstance(step, Spoken):
            await voice.utter(step.whole(), step.key)
        else:
            await voice.perform(step.event, step.order)


async def say_again(journal: Journal, voice: Voice, now: datetime) -> None:
    """After a start: say what may not have been delivered, oldest first; what is too old for that is forgotten."""
    forgotten = []
    for one in await journal.sayings():
        if now - one.at >= REMEMBERED:
            log.warning("%s: an answer of %s was never delivered, and is too old now", one.network, one.at)
            forgotten.append(one.key)
        else:
            told = (one.network, one.do, one.text, one.room, one.to, one.thread, one.target, one.answers)
            await voice.utter(Utterance(*told), one.key)
    try:
        await journal.commit(Batch(delivered=forgotten))
    except StorageError as error:  # they are too old at the next start too
        log.warning("what is too old to be said could not be forgotten: %s", error)
