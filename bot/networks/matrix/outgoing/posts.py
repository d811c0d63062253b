"""Sends queued posts: a text as one event or several, a reaction, a topic."""

from collections import deque

from msgspec import Struct

from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.outgoing import contents
from bot.networks.matrix.outgoing.send_queue import QueuedPost, ReactionPost, TextPart, TextPost, TopicPost
from bot.networks.matrix.rooms.private_rooms import PrivateRooms
from bot.networks.matrix.server.homeserver import Content, SendApi

SMALLEST = 1_000  # bytes; a smaller part is not cut again


class NoRoomError(RefusedError):
    """There is no room for a private conversation now, or at all."""


class _RequestedTopic(Struct, frozen=True):
    """A topic that the bot set, and the topic before it; the sync confirms it only later."""

    text: str
    seen: str


class Poster:
    """Sends the posts of each room one at a time."""

    def __init__(self, private: PrivateRooms) -> None:
        self._private = private
        self._asked: dict[str, _RequestedTopic] = {}

    async def send(self, api: SendApi, queued: QueuedPost) -> bool:
        """Send a post, or the rest of it; False if there was nothing to send.

        Raises RefusedError, UnreachableError.
        """
        match queued.what:
            case TextPost() as text_post:
                await self._say(api, queued, text_post)
            case ReactionPost(message, emoji):
                await _react(api, queued, contents.reaction(message, emoji))
            case TopicPost() as topic:
                return await self._set_topic(api, queued.target, topic)
        return True

    async def _say(self, api: SendApi, queued: QueuedPost, text_post: TextPost) -> None:
        if queued.events is None:
            queued.events = deque(_events(text_post, queued.transaction))
        told_anew = False
        while queued.events:
            event = queued.events[0]
            content = contents.notice(event.body, thread=text_post.thread)
            try:
                room = await self._room(api, queued.target)
                await api.send(room, "m.room.message", content, event.transaction)
            except NoRoomError:
                raise
            except RefusedError as refusal:
                if refusal.code == "M_TOO_LARGE" and (smaller := _smaller(event, text_post.thread)):
                    queued.events.popleft()
                    queued.events.extendleft(reversed(smaller))
                elif (
                    refusal.code in {"M_FORBIDDEN", "M_NOT_FOUND"}
                    and not told_anew
                    and self._is_person(queued)
                ):
                    told_anew = True
                    self._private.forget(
                        queued.target
                    )  # the bot is not in that room anymore; there may be another
                else:
                    raise
            else:
                queued.events.popleft()

    def _is_person(self, queued: QueuedPost) -> bool:
        return queued.target.startswith("@")

    async def _room(self, api: SendApi, target: str) -> str:
        if not target.startswith("@"):
            return target
        try:
            return await self._private.room_of(api, target)
        except RefusedError as refusal:
            raise NoRoomError(refusal.code, refusal.text, refusal.wait) from refusal

    async def _set_topic(self, api: SendApi, room: str, topic: TopicPost) -> bool:
        """Set a topic, unless it is set already, is not the one to replace, or the bot may not."""
        if not topic.may():
            return False
        seen = topic.current() or ""
        asked = self._asked.get(room)
        shown = asked.text if asked is not None and asked.seen == seen else contents.topic_text(seen)
        if shown == topic.text or topic.instead_of not in (None, shown):
            return False
        await api.set_state(room, "m.room.topic", contents.topic(topic.text))
        self._asked[room] = _RequestedTopic(topic.text, seen)
        return True


async def _react(api: SendApi, queued: QueuedPost, content: Content) -> None:
    try:
        await api.send(queued.target, "m.reaction", content, queued.transaction)
    except RefusedError as refusal:
        if refusal.code != "M_DUPLICATE_ANNOTATION":  # the reaction is there already
            raise


def _events(text_post: TextPost, transaction: str) -> list[TextPart]:
    bodies = contents.parts(text_post.text, thread=text_post.thread)
    if len(bodies) == 1:
        return [TextPart(transaction, bodies[0], contents.LARGEST)]
    return [
        TextPart(contents.part_of(transaction, number), body, contents.LARGEST)
        for number, body in enumerate(bodies, 1)
    ]


def _smaller(event: TextPart, thread: str) -> list[TextPart]:
    """Smaller parts for one that is too large for a homeserver; empty if it cannot be cut.

    The cuts depend on the text alone, so that after a crash the same parts have the same transaction ids.
    """
    limit = min(event.limit, contents.size(contents.notice(event.body, thread=thread))) // 2
    if limit < SMALLEST:
        return []
    bodies = contents.parts(event.body, limit, thread=thread)
    return [
        TextPart(contents.part_of(event.transaction, number), body, limit)
        for number, body in enumerate(bodies, 1)
    ]
