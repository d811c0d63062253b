"""The voice: carries out the orders of a turn on the right network."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from bot.core import effects
from bot.core.events import Edited, Fetched, Incoming, Message, Prepared, Reacted, Redacted, Room
from bot.core.people.identity import Identity
from bot.core.session.session import Session
from bot.networks.contract import Network

log = logging.getLogger(__name__)

FAULT = "%s: a fault of the network's adapter"  # logged only: everything else continues

Preparer = Callable[[Incoming, effects.Prepare], Awaitable[None]]
Fetching = Callable[[Incoming, effects.Fetch], Awaitable[None]]
Tracing = Callable[[Incoming, effects.Trace], Awaitable[None]]


class Utterance(NamedTuple):
    """A text for a room or a person, or a reaction (`text`) to the message `target`.

    answers: id of the message that it answers
    asker:   the person whose answer it is, as for `Network.say`
    patient: it may wait until all other texts were said
    """

    network: str
    do: Literal["say", "tell", "react"]
    text: str
    room: str = ""
    to: Identity | None = None
    thread: str = ""
    target: str = ""
    answers: str = ""
    asker: str = ""
    patient: bool = False


class Ordered(NamedTuple):
    """An order, and the event that led to it.

    said: the texts of the order; empty if it says nothing
    name: the basis of the key
    key:  key of a combined answer on networks with durable delivery; else empty
    """

    event: Incoming
    order: effects.Effect
    said: Sequence[Utterance]
    name: str = ""
    key: str = ""


class Voice:
    """Says texts, reacts, sets topics; passes on jobs, fetches and mail.

    clock:    the machine's time; None in replays, where nothing is late
    durable:  names of the networks with durable delivery, where answers are stored until they are delivered
    reacting: names of the networks with reactions, where the answers to a message are combined
    later:    names of both; nothing is said there before its turn is written
    """

    def __init__(
        self,
        networks: Mapping[str, Network],
        *,
        ack: str = "short",
        prepare: Preparer | None = None,
        mail_waits: Callable[[effects.Letter], None] | None = None,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.networks = networks
        self.ack = ack
        self.prepare = prepare
        self.fetch: Fetching | None = None
        self.trace: Tracing | None = None
        self.mail_waits = mail_waits
        self.clock = clock
        self.durable = frozenset(name for name, network in networks.items() if network.durable)
        self.reacting = frozenset(name for name, network in networks.items() if network.reactions)
        self.later = self.durable | self.reacting
        self._topics: dict[str, str] = {}

    def ordered(
        self, event: Incoming, order: effects.Effect, name: str = "", asker: Identity | None = None
    ) -> Ordered:
        """An order of `event`, with its texts.

        asker: the person whose answers take turns with those of others; None if its texts go first
        """
        said = self.utterances(event, order)
        if asker is not None and isinstance(order, effects.Reply | effects.Acknowledge):
            said = [one._replace(asker=asker.account or asker.key) for one in said]
        return Ordered(event, order, said, name)

    async def perform(self, ordered: Ordered) -> None:
        """Carry out an order."""
        event, order, said, _, key = ordered
        for utterance in said:
            await self.utter(utterance, key)
        # facts and recalls were already written in the commit
        if said:
            return
        if isinstance(order, effects.Mail) and self.mail_waits is not None:
            self.mail_waits(order.letter)
        elif isinstance(order, effects.Prepare) and self.prepare is not None:
            await self.prepare(event, order)
        elif isinstance(order, effects.Fetch) and self.fetch is not None:
            await self.fetch(event, order)
        elif isinstance(order, effects.Trace) and self.trace is not None:
            await self.trace(event, order)

    def utterances(self, event: Incoming, order: effects.Effect) -> list[Utterance]:
        """The texts of an order."""
        match order:
            case effects.Reply(text):
                return _answer(event, text)
            case effects.Acknowledge():
                return self._acknowledgment(event, order)
            case effects.Say(rooms, text, within):
                said = [
                    Utterance(_network_of(room), "say", text, room, patient=within is not None)
                    for room in rooms
                ]
                return [] if self._is_past(event, within) else said
            case effects.Tell(to, text, within):
                private = Utterance(to.network, "tell", text, to=to, patient=within is not None)
                return [] if self._is_past(event, within) else [private]
            case _:
                return []

    def _is_past(self, event: Incoming, within: timedelta | None) -> bool:
        """Whether it is too late to say a text for `event`. In a replay nothing is late."""
        return within is not None and self.clock is not None and self.clock() - event.at > within

    def _acknowledgment(self, event: Incoming, order: effects.Acknowledge) -> list[Utterance]:
        message = event.lines[0] if isinstance(event, Edited) else event
        if not isinstance(message, Message):
            return []
        room, network = message.room.id, message.room.network
        if network in self.reacting and message.id:
            target = event.target if isinstance(event, Edited) else message.id
            return [Utterance(network, "react", order.emoji, room, target=target, answers=message.id)]
        return [] if self.ack == "quiet" or not order.text else _answer(message, order.text)

    async def utter(self, said: Utterance, key: str = "") -> None:
        """Say a text on its network; `key` only on networks with durable delivery."""
        known = self.networks.get(said.network)
        if known is None:
            return
        try:
            if said.do == "say":
                await known.say(
                    said.room,
                    said.text,
                    thread=said.thread,
                    key=key,
                    asker=said.asker,
                    patient=said.patient,
                )
            elif said.do == "react":
                await known.react(said.room, said.target, said.text, key=key, asker=said.asker)
            elif said.to is not None:
                await known.tell(said.to, said.text, key=key, patient=said.patient)
        except Exception:  # an adapter's fault must not undo, or repeat, a turn that is written
            log.exception(FAULT, said.network)

    async def say(self, room: str, text: str) -> None:
        """Say something in a room immediately."""
        await self.utter(Utterance(_network_of(room), "say", text, room))

    async def show_topic(self, session: Session, topic: str | None) -> None:
        """Set the topic of a session's rooms. At its end, restore the earlier topic if the present one is the bot's."""
        for room in session.rooms:
            if _network_of(room) not in self.networks:
                continue
            ours = self._topics.get(room)
            if session.ended is None:
                if topic is not None and topic != ours:
                    self._topics[room] = topic
                    await self._set_topic(room, topic)
            elif ours is not None:
                del self._topics[room]
                before = dict(session.topics_before).get(room)
                if before is not None:
                    await self._set_topic(room, before, ours)

    async def _set_topic(self, room: str, topic: str, ours: str | None = None) -> None:
        known = self.networks.get(_network_of(room))
        if known is None:
            return
        try:
            await known.set_topic(room, topic, instead_of=ours)
        except Exception:  # as above
            log.exception(FAULT, known.name)

    async def replace_topic(self, room: str, shown: str, topic: str, *, ours: bool) -> None:
        """Set `topic` if a room has the topic `shown`, and remember whether it is the bot's own."""
        if ours:
            self._topics[room] = topic
        else:
            self._topics.pop(room, None)
        await self._set_topic(room, topic, shown)

    def remember_topic(self, session: Session, topic: str | None) -> None:
        """Remember that the rooms have `topic`, which the bot set before this start."""
        if topic is not None:
            self._topics |= dict.fromkeys(session.rooms, topic)


def _answer(event: Incoming, text: str) -> list[Utterance]:
    """Answer in the room and thread of the question, or in private if it was asked in private."""
    room: Room | None
    match event:
        case Message():
            room, who, answers, thread = event.room, event.speaker, event.id, event.thread
        case Edited():
            return _answer(event.lines[0], text)
        case Redacted() | Reacted():
            room, who, answers, thread = event.room, event.by, event.id, ""
        case Fetched():
            room, who, answers, thread = event.room, event.asked_by, "", ""
        case Prepared(room=room) if room is not None:
            return [Utterance(room.network, "say", text, room.id)]
        case _:
            log.error("an answer to nobody: %s", type(event).__name__)
            return []
    if room.private:
        return [Utterance(room.network, "tell", text, to=who, answers=answers)]
    return [Utterance(room.network, "say", text, room.id, thread=thread, answers=answers)]


def _network_of(room: str) -> str:
    return room.partition("/")[0]
