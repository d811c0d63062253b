"""Makes messages of one event, line by line: text, attachments, and lines of relays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.core.events import Message, Power
from bot.core.people.identity import Identity
from bot.core.people.known_bots import is_known_bot
from bot.networks.matrix.json_values import identifier, mapping
from bot.networks.matrix.messages.attachments import KINDS, POLLS, asked, attached, captioned
from bot.networks.matrix.messages.body_lines import MessageLine, lines_of, markup_of, plain
from bot.networks.matrix.messages.display_names import cleaned
from bot.networks.matrix.messages.mentions import with_mentions
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.relays import relay

NOTICE = "m.notice"
SAID = frozenset({"m.room.message", "m.sticker", *POLLS})
VERIFYING = "m.key.verification."  # devices verify each other with messages


class RoomEvent(Struct, frozen=True):
    """A well-formed event.

    relayed: the sender is a relay
    person:  the sender is configured as a person, even if it looks like a bot
    power:   the sender's; none for a relay
    """

    state: RoomState
    kind: str
    id: str
    sender: str
    content: Mapping[str, Any]
    at: datetime
    power: Power
    relayed: bool = False
    person: bool = False

    @property
    def by(self) -> Identity:
        """The sender, as the room knows them."""
        return self.state.identity(self.sender)

    @property
    def relation(self) -> Mapping[str, Any]:
        """How the event relates to another one."""
        return mapping(self.content.get("m.relates_to"))

    def related(self, how: str) -> str:
        """The id of the event that this one relates to in this way ("m.replace"); empty if it does not."""
        return identifier(self.relation.get("event_id")) if self.relation.get("rel_type") == how else ""

    @property
    def answers(self) -> str:
        """The id of the event that it replies to; empty if it is no reply, or only for clients that know no threads."""
        if self.relation.get("is_falling_back") is True:
            return ""
        return identifier(mapping(self.relation.get("m.in_reply_to")).get("event_id"))

    @property
    def is_reply(self) -> bool:
        """Whether it is a reply, also within a thread."""
        return isinstance(self.relation.get("m.in_reply_to"), Mapping)


def messages(event: RoomEvent, thread: str) -> list[Message]:
    """The messages of an event; none if it is malformed or blank."""
    return _messages(event, event.content, thread, reply=event.is_reply)


def new_messages(event: RoomEvent, thread: str) -> list[Message]:
    """The messages after an edit; none if the edit is malformed.

    If the edit removed all text, it is one empty line.
    """
    content = mapping(event.content.get("m.new_content"))
    # the edit of a reply is no reply, but some clients repeat the answered message in it
    lines = _messages(event, content, thread, reply=True)
    if not lines and isinstance(content.get("body"), str) and isinstance(content.get("msgtype"), str):
        speaker, _ = _spoken(event, content, reply=True)
        lines = [_message(event, speaker, MessageLine("", talk_only=True), thread, 0)]
    return lines


def _messages(event: RoomEvent, content: Mapping[str, Any], thread: str, *, reply: bool) -> list[Message]:
    kind = event.kind if event.kind != "m.room.message" else content.get("msgtype")
    if not isinstance(kind, str) or kind.startswith(VERIFYING):
        return []
    line = asked(kind, content) or attached(kind, content)
    first = [MessageLine(line, talk_only=True)] if line else []
    speaker = event.by
    lines: list[MessageLine] = []
    if kind not in POLLS and (not line or captioned(content)):
        speaker, lines = _spoken(event, content, reply=reply)
    # unknown kinds are logged with their fallback text
    talk_only = kind not in {"m.text", "m.emote", *KINDS}
    all_lines = [*first, *lines]
    texts = tuple(line.text for line in all_lines) if len(all_lines) > 1 else ()
    return [
        _message(event, speaker, line, thread, n, texts, off_record=kind == "m.emote", talk_only=talk_only)
        for n, line in enumerate(all_lines)
    ]


def _is_bot(event: RoomEvent, speaker: Identity) -> bool:
    """Whether a bot speaks: it sends notices, or is a known one by its id; a relay's own words are a bot's too."""
    if event.relayed:
        return speaker.key == event.sender or is_known_bot(speaker.name)
    is_notice = event.content.get("msgtype") == NOTICE
    return (is_notice or is_known_bot(event.sender)) and not event.person


def _spoken(
    event: RoomEvent, content: Mapping[str, Any], *, reply: bool
) -> tuple[Identity, list[MessageLine]]:
    """The speaker, and the lines of the text."""
    markup = markup_of(content)
    body = plain(content, markup, reply=reply)
    speaker = event.by
    if event.relayed:
        speaker, body, _ = relay(speaker, body)
        speaker = replace(speaker, name=cleaned(speaker.name) or speaker.name)
    body_lines = lines_of(body, markup)
    lines = with_mentions(body_lines, markup, content, event.state.identity, event.state.me, reply=reply)
    return speaker, lines


def _message(
    event: RoomEvent,
    speaker: Identity,
    line: MessageLine,
    thread: str,
    number: int,
    lines: tuple[str, ...] = (),
    *,
    off_record: bool = False,
    talk_only: bool = False,
) -> Message:
    by_bot = _is_bot(event, speaker)
    return Message(
        event.state.room,
        speaker,
        line.text,
        event.at,
        event.power,
        event.id,
        number,
        off_record=off_record,
        talk_only=by_bot or talk_only or line.talk_only,
        addressed=line.addressed,
        repeated=True,
        thread=thread,
        mentions=line.mentions,
        local=by_bot or talk_only or event.relayed,  # the relay carries it already
        by_bot=by_bot,
        lines=lines,
        answers=event.answers,
    )
