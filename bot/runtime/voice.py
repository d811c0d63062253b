"""The voice: carries out what a turn ordered, on the network that it concerns."""

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

FAULT = "%s: a fault of the network's adapter"  # all else goes on, whatever the adapter's contract says

Preparer = Callable[[Incoming, effects.Prepare], Awaitable[None]]
Fetching = Callable[[Incoming, effects.Fetch], Awaitable[None]]


class Utterance(NamedTuple):
    """One thing to be said: in a room, to somebody, or as a reaction (`text`) to the message `target`.

    answers: id of the message that it answers
    patient: it may wait until all that is not was said
    """

    network: str
    do: Literal["say", "tell", "react"]
    text: str
    room: str = ""
    to: Identity | None = None
    thread: str = ""
    target: str = ""
    answers: str = ""
    patient: bool = False


class Ordered(NamedTuple):
    """An order, and the event that led to it.

    said: what it has the bot say; empty where it is no speech
    name: what the key is made from
    key:  of what is said where delivery is durable, once it is put together; else empty
    """

    event: Incoming
    order: effects.Effect
    said: Sequence[Utterance]
    name: str = ""
    key: str = ""


class Voice:
    """Says, tells, reacts, sets topics; hands slow work and mail on.

    clock:    the machine's time, where things are said as they happen
    durable:  names of the networks on which what is said is kept until it is there
    reacting: names of those with reactions, where the answers to one message are put together
    later:    all of these; nothing is said there before its turn is written
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
        self.mail_waits = mail_waits
        self.clock = clock
        self.durable = frozenset(name for name, network in networks.items() if network.durable)
        self.reacting = frozenset(name for name, network in networks.items() if network.reactions)
        self.later = self.durable | self.reacting
        self._topics: dict[str, str] = {}

    def ordered(self, event: Incoming, order: effects.Effect, name: str = "") -> Ordered:
        """An order that `event` led to, with what it has the bot say."""
        return Ordered(event, order, self.utterances(event, order), name)

    async def perform(self, ordered: Ordered) -> None:
        """Carry out one order."""
        event, order, said, _, key = ordered
        for utterance in said:
            await self.utter(utterance, key)
        # facts and recalls were written in the turn's commit
        if said:
            return
        if isinstance(order, effects.Mail) and self.mail_waits is not None:
            self.mail_waits(order.letter)
        elif isinstance(order, effects.Prepare) and self.prepare is not None:
            await self.prepare(event, order)
        elif isinstance(order, effects.Fetch) and self.fetch is not None:
            await self.fetch(event, order)

    def utterances(self, event: Incoming, order: effects.Effect) -> list[Utterance]:
        """What an order has the bot say, and where."""
        match order:
            case effects.Reply(text):
                return _answer(event, text)
            case effects.Acknowledge():
                return self._acknowledgement(event, order)
            case effects.Say(rooms, text, within):
                said = [
                    Utterance(_network_of(room), "say", text, room, patient=within is not None)
                    for room in rooms
                ]
                return [] if self._is_past(event, within) else said
            case effects.Tell(to, text, within):
                told = Utterance(to.network, "tell", text, to=to, patient=within is not None)
                return [] if self._is_past(event, within) else [told]
            case _:
                return []

    def _is_past(self, event: Incoming, within: timedelta | None) -> bool:
        """Whether it is too late to say what `event` led to. In a replay nothing is late."""
        return within is not None and self.clock is not None and self.clock() - event.at > within

    def _acknowledgement(self, event: Incoming, order: effects.Acknowledge) -> list[Utterance]:
        message = event.lines[0] if isinstance(event, Edited) else event
        if not isinstance(message, Message):
            return []
        room, network = message.room.id, message.room.network
        if network in self.reacting and message.id:
            target = event.target if isinstance(event, Edited) else message.id
            return [Utterance(network, "react", order.emoji, room, target=target, answers=message.id)]
        return [] if self.ack == "quiet" else _answer(message, order.text)

    async def utter(self, one: Utterance, key: str = "") -> None:
        """Say it on its network; `key` only where delivery is durable."""
        known = self.networks.get(one.network)
        if known is None:
            return
        try:
            if one.do == "say":
                await known.say(one.room, one.text, thread=one.thread, key=key, patient=one.patient)
            elif one.do == "react":
                await known.react(one.room, one.target, one.text, key=key)
            elif one.to is not None:
                await known.tell(one.to, one.text, key=key, patient=one.patient)
        except Exception:  # an adapter's fault must not undo, or repeat, a turn that is written
            log.exception(FAULT, one.network)

    async def say(self, room: str, text: str) -> None:
        """Say something in a room, at once."""
        await self.utter(Utterance(_network_of(room), "say", text, room))

    async def show_topic(self, session: Session, topic: str | None) -> None:
        """Set the topic of a session's rooms. At its end, restore the topic from before, if the present one is ours."""
        before = dict(session.topics_before)
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
                if room in before:
                    await self._set_topic(room, before[room], ours)

    async def _set_topic(self, room: str, topic: str, ours: str | None = None) -> None:
        known = self.networks.get(_network_of(room))
        if known is None:
            return
        try:
            await known.set_topic(room, topic, instead_of=ours)
        except Exception:  # as above
            log.exception(FAULT, known.name)

    async def replace_topic(self, room: str, shown: str, topic: str, *, ours: bool) -> None:
        """Set `topic` where a room shows `shown`, and remember whether it is ours."""
        if ours:
            self._topics[room] = topic
        else:
            self._topics.pop(room, None)
        await self._set_topic(room, topic, shown)

    def remember_topic(self, session: Session, topic: str | None) -> None:
        """Remember that the rooms show `topic`, which we set before this start."""
        if topic is not None:
            self._topics |= dict.fromkeys(session.rooms, topic)


def _answer(event: Incoming, text: str) -> list[Utterance]:
    """An answer goes where the question was asked: into the thread, or to the person who asked in private."""
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
