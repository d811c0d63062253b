"""The voice: carries out what a turn ordered, on whatever network it concerns."""

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.core import effects
from bot.core.messages import Incoming, Message, Prepared, Room
from bot.core.people import Identity
from bot.core.session import Session
from bot.networks.contract import Network

log = logging.getLogger(__name__)

Preparer = Callable[[Incoming, effects.Prepare], Awaitable[None]]


class Voice:
    """Says, tells, reacts, sets topics; hands slow work and mail on."""

    def __init__(
        self,
        networks: Mapping[str, Network],
        *,
        ack: str = "short",
        prepare: Preparer | None = None,
        mail_waits: Callable[[effects.Letter], None] | None = None,
    ) -> None:
        self.networks = networks
        self.ack = ack
        self.prepare = prepare
        self.mail_waits = mail_waits
        self._topics: dict[str, str] = {}

    async def perform(self, event: Incoming, order: effects.Effect) -> None:
        """Carry out one order that `event` led to."""
        match order:
            case effects.Reply(text):
                await self._reply(event, text)
            case effects.Acknowledge():
                await self._acknowledge(event, order)
            case effects.Say(rooms, text):
                for room in rooms:
                    await self.say(room, text)
            case effects.Tell(to, text):
                await self._tell(to, text)
            case _:
                await self._hand_on(event, order)

    async def _hand_on(self, event: Incoming, order: effects.Effect) -> None:
        """Mail and slow work are others' to do; facts and recalls were written in the turn's commit."""
        if isinstance(order, effects.Mail) and self.mail_waits is not None:
            self.mail_waits(order.letter)
        elif isinstance(order, effects.Prepare) and self.prepare is not None:
            await self.prepare(event, order)

    async def _have(self, network: str, do: Callable[[Network], Awaitable[None]]) -> None:
        """Have a network do something, where it is there; if it fails, against its contract, all else goes on."""
        known = self.networks.get(network)
        if known is None:
            return
        try:
            await do(known)
        except Exception:  # an adapter's fault must not undo, or repeat, a turn that is written
            log.exception("%s: a fault of the network's adapter", network)

    async def _tell(self, to: Identity, text: str) -> None:
        await self._have(to.network, lambda network: network.tell(to, text))

    async def say(self, room: str, text: str) -> None:
        """Say something in a room."""
        await self._have(_network_of(room), lambda network: network.say(room, text))

    async def _reply(self, event: Incoming, text: str) -> None:
        room: Room | None = event.room if isinstance(event, Message | Prepared) else None
        if room is None:
            log.error("an answer to nobody: %s", type(event).__name__)
        elif isinstance(event, Message) and room.private:
            await self._tell(event.speaker, text)
        else:
            await self.say(room.id, text)

    async def _acknowledge(self, event: Incoming, order: effects.Acknowledge) -> None:
        if not isinstance(event, Message):
            return
        room, known = event.room, self.networks.get(event.room.network)
        if known is not None and known.reactions and event.id:
            await self._have(room.network, lambda network: network.react(room.id, event.id, order.emoji))
        elif self.ack != "quiet":
            await self._reply(event, order.text)

    async def show_topic(self, session: Session, topic: str | None) -> None:
        """Let the rooms of a session show `topic`; at its end, what they showed before, where it is still ours."""
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
        await self._have(_network_of(room), lambda network: network.set_topic(room, topic, instead_of=ours))

    def remember_topic(self, session: Session, topic: str | None) -> None:
        """Take it that the rooms show `topic`: after a start, what we set before."""
        if topic is not None:
            self._topics |= dict.fromkeys(session.rooms, topic)


def _network_of(room: str) -> str:
    return room.partition("/")[0]
