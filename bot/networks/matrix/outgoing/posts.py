"""Sends what has waited: a text as one event or several, a reaction, a topic that still is to be set."""

from collections import deque

from msgspec import Struct

from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.outgoing import contents
from bot.networks.matrix.outgoing.send_queue import Event, Reaction, Said, Topic, Waiting
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.server.homeserver import Content, Post

SMALLEST = 1_000  # bytes; what is too large even so is not made smaller


class NoRoomError(RefusedError):
    """There is no room for a private conversation, not now or not at all."""


class _Asked(Struct, frozen=True):
    """A topic that we set, and what we saw there then: the server tells us of our own only later."""

    text: str
    seen: str


class Posting:
    """Sends one thing at a time for each room."""

    def __init__(self, private: PrivateRooms) -> None:
        self._private = private
        self._asked: dict[str, _Asked] = {}

    async def send(self, post: Post, waiting: Waiting) -> bool:
        """Send all of it, or what of it is not sent yet; False where nothing was left to be sent.

        Raises RefusedError, UnreachableError.
        """
        match waiting.what:
            case Said() as said:
                await self._say(post, waiting, said)
            case Reaction(message, emoji):
                await _react(post, waiting, contents.reaction(message, emoji))
            case Topic() as topic:
                return await self._set_topic(post, waiting.target, topic)
        return True

    async def _say(self, post: Post, waiting: Waiting, said: Said) -> None:
        if waiting.events is None:
            waiting.events = deque(_events(said, waiting.transaction))
        told_anew = False
        while waiting.events:
            event = waiting.events[0]
            content = contents.notice(event.body, thread=said.thread)
            try:
                room = await self._room(post, waiting.target)
                await post.send(room, "m.room.message", content, event.transaction)
            except NoRoomError:
                raise
            except RefusedError as refusal:
                if refusal.code == "M_TOO_LARGE" and (smaller := _smaller(event, said.thread)):
                    waiting.events.popleft()
                    waiting.events.extendleft(reversed(smaller))
                elif (
                    refusal.code in {"M_FORBIDDEN", "M_NOT_FOUND"}
                    and not told_anew
                    and self._is_person(waiting)
                ):
                    told_anew = True
                    self._private.forget(
                        waiting.target
                    )  # we are not in that room any more; there may be another
                else:
                    raise
            else:
                waiting.events.popleft()

    def _is_person(self, waiting: Waiting) -> bool:
        return waiting.target.startswith("@")

    async def _room(self, post: Post, target: str) -> str:
        if not target.startswith("@"):
            return target
        try:
            return await self._private.room_of(post, target)
        except RefusedError as refusal:
            raise NoRoomError(refusal.code, refusal.text, refusal.wait) from refusal

    async def _set_topic(self, post: Post, room: str, topic: Topic) -> bool:
        """Set a topic, unless it is so already, is not what it is to replace, or is locked to us."""
        if not topic.may():
            return False
        seen = topic.current() or ""
        asked = self._asked.get(room)
        shown = asked.text if asked is not None and asked.seen == seen else contents.topic_text(seen)
        if shown == topic.text or topic.instead_of not in (None, shown):
            return False
        await post.set_state(room, "m.room.topic", contents.topic(topic.text))
        self._asked[room] = _Asked(topic.text, seen)
        return True


async def _react(post: Post, waiting: Waiting, content: Content) -> None:
    try:
        await post.send(waiting.target, "m.reaction", content, waiting.transaction)
    except RefusedError as refusal:
        if refusal.code != "M_DUPLICATE_ANNOTATION":  # it is there, which is all that was wanted
            raise


def _events(said: Said, transaction: str) -> list[Event]:
    bodies = contents.parts(said.text, thread=said.thread)
    if len(bodies) == 1:
        return [Event(transaction, bodies[0], contents.LARGEST)]
    return [
        Event(contents.part_of(transaction, number), body, contents.LARGEST)
        for number, body in enumerate(bodies, 1)
    ]


def _smaller(event: Event, thread: str) -> list[Event]:
    """What a homeserver found too large, in smaller events; empty where it cannot be much smaller.

    Cut by what the text is and by nothing else, so that after a crash the same parts have the same transaction ids.
    """
    limit = min(event.limit, contents.size(contents.notice(event.body, thread=thread))) // 2
    if limit < SMALLEST:
        return []
    bodies = contents.parts(event.body, limit, thread=thread)
    return [
        Event(contents.part_of(event.transaction, number), body, limit)
        for number, body in enumerate(bodies, 1)
    ]
