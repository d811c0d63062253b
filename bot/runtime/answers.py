"""What a turn has to say, put together: one answer to a message of several lines, one emoji under it, keys for what is kept.

Rules of this file: nothing is said here. Where a network has no reactions (IRC), every order is said by itself, in order.
"""

import hashlib
from collections.abc import Collection, Iterable

from msgspec import Struct, field

from bot.core.events import Message
from bot.runtime.turn import Ordered
from bot.runtime.voice import Utterance, Voice


class Spoken(Struct):
    """Something to be said once the turn is written.

    key:  empty where delivery is not durable
    rows: line of the message that was answered, and the answer
    """

    utterance: Utterance
    key: str
    rows: list[tuple[int, str]] = field(default_factory=list)

    def whole(self) -> Utterance:
        """With all answers in it; where two are the same, each says which line it is for."""
        texts = [text for _, text in self.rows]
        several = len(set(texts)) < len(texts) and len({line for line, _ in self.rows}) > 1
        told = [f"line {line + 1}: {text}" if several else text for line, text in self.rows]
        return self.utterance._replace(text="\n".join(told))


Step = Ordered | Spoken


def put_together(orders: Iterable[Ordered], voice: Voice, taken: Collection[str] = ()) -> list[Step]:
    """The steps in which orders are carried out: what is said, and what is not speech as it is.

    taken: ids of messages that were taken away in the same turn; nothing answers these any more
    """
    steps: list[Step] = []
    open_to_more: dict[tuple[object, ...], Spoken] = {}
    for ordered in orders:
        utterances = voice.utterances(ordered.event, ordered.order)
        if not utterances:
            steps.append(ordered)
        for place, one in enumerate(utterances):
            if one.answers in taken:
                continue
            group = _group(one, voice)
            spoken = open_to_more.get(group)
            if spoken is None:
                spoken = open_to_more[group] = Spoken(one, _key(one, ordered, place, voice))
                steps.append(spoken)
            elif one.do == "react":
                continue
            spoken.rows.append((_line_of(ordered), one.text))
    return steps


def _group(one: Utterance, voice: Voice) -> tuple[object, ...]:
    """What has the same one is said as one."""
    if one.do == "react":
        return one.network, one.room, one.target, one.text
    if one.answers and one.network in voice.reacting:
        return one.network, one.do, one.room, one.to, one.answers
    return (object(),)


def _line_of(ordered: Ordered) -> int:
    return ordered.event.number if isinstance(ordered.event, Message) else 0


def _key(one: Utterance, ordered: Ordered, place: int, voice: Voice) -> str:
    """The same for the same answer, whenever it is given; it goes into an address, so it has hexadecimal digits only."""
    if one.network not in voice.durable:
        return ""
    # an emoji stands under a message once, whichever of its lines had it put there
    parts = (one.room, one.target, one.text) if one.do == "react" else (ordered.key, str(place))
    return hashlib.sha256("\n".join((one.network, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:40]
