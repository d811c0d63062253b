"""What somebody said with one event, line by line: text, what was sent beside it, what a relay says for others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.core.events import Message, Power
from bot.core.people.identity import Identity
from bot.networks.matrix.json_values import identifier, mapping
from bot.networks.matrix.messages.attachments import KINDS, POLLS, asked, attached, captioned
from bot.networks.matrix.messages.bodies import lines_of, markup_of, plain
from bot.networks.matrix.messages.display_names import cleaned
from bot.networks.matrix.messages.mentions import Line, with_mentions
from bot.networks.matrix.rooms.room_state import Hall
from bot.networks.relays import relay

SAID = frozenset({"m.room.message", "m.sticker", *POLLS})
VERIFYING = "m.key.verification."  # devices talk to each other in the words of messages


class Heard(Struct, frozen=True):
    """An event whose outside is as it must be.

    relayed: the sender speaks for others
    power:   the sender's; none where they speak for others
    """

    hall: Hall
    kind: str
    id: str
    sender: str
    content: Mapping[str, Any]
    at: datetime
    power: Power
    relayed: bool = False

    @property
    def by(self) -> Identity:
        """The sender, as the room knows them."""
        return self.hall.identity(self.sender)

    @property
    def relation(self) -> Mapping[str, Any]:
        """How the event relates to another one."""
        return mapping(self.content.get("m.relates_to"))

    def related(self, how: str) -> str:
        """The id of the event that this one relates to so ("m.replace"); empty where it does not."""
        return identifier(self.relation.get("event_id")) if self.relation.get("rel_type") == how else ""

    @property
    def is_reply(self) -> bool:
        """Whether it answers an event, also inside of a thread."""
        return isinstance(self.relation.get("m.in_reply_to"), Mapping)


def messages(heard: Heard, thread: str) -> list[Message]:
    """What was said; nothing where the event is ill-formed or says nothing."""
    return _messages(heard, heard.content, thread, reply=heard.is_reply)


def new_messages(heard: Heard, thread: str) -> list[Message]:
    """What an edited message says now; nothing where the edit is ill-formed.

    What it says may be nothing at all: one empty line.
    """
    content = mapping(heard.content.get("m.new_content"))
    # the edit of a reply is no reply itself, and some clients repeat what it answers to all the same
    said = _messages(heard, content, thread, reply=True)
    if not said and isinstance(content.get("body"), str) and isinstance(content.get("msgtype"), str):
        speaker, _ = _spoken(heard, content, reply=True)
        said = [_message(heard, speaker, Line("", apart=True), thread, 0)]
    return said


def _messages(heard: Heard, content: Mapping[str, Any], thread: str, *, reply: bool) -> list[Message]:
    kind = heard.kind if heard.kind != "m.room.message" else content.get("msgtype")
    if not isinstance(kind, str) or kind.startswith(VERIFYING):
        return []
    line = asked(kind, content) or attached(kind, content)
    first = [Line(line, apart=True)] if line else []
    speaker = heard.by
    lines: list[Line] = []
    if kind not in POLLS and (not line or captioned(content)):
        speaker, lines = _spoken(heard, content, reply=reply)
    # what is sent in no way that we know is logged as its sender words it for those who do not know it
    talk_only = kind not in {"m.text", "m.emote", *KINDS}
    told = [*first, *lines]
    texts = tuple(one.text for one in told) if len(told) > 1 else ()
    return [
        _message(heard, speaker, one, thread, n, texts, off_record=kind == "m.emote", talk_only=talk_only)
        for n, one in enumerate(told)
    ]


def _spoken(heard: Heard, content: Mapping[str, Any], *, reply: bool) -> tuple[Identity, list[Line]]:
    """Who speaks, and the lines of the text."""
    markup = markup_of(content)
    body = plain(content, markup, reply=reply)
    speaker, known = heard.by, True
    if heard.relayed:
        speaker, body, known = relay(speaker, body)
        speaker = replace(speaker, name=cleaned(speaker.name) or speaker.name)
    told = lines_of(body, markup)
    lines = with_mentions(told, markup, content, heard.hall.identity, heard.hall.me, reply=reply)
    if not known:  # a relay's own words are never a command
        lines = [replace(line, apart=True) for line in lines]
    return speaker, lines


def _message(
    heard: Heard,
    speaker: Identity,
    line: Line,
    thread: str,
    number: int,
    lines: tuple[str, ...] = (),
    *,
    off_record: bool = False,
    talk_only: bool = False,
) -> Message:
    return Message(
        heard.hall.room,
        speaker,
        line.text,
        heard.at,
        heard.power,
        heard.id,
        number,
        off_record=off_record,
        talk_only=talk_only or line.apart,
        addressed=line.addressed,
        repeated=True,
        thread=thread,
        mentions=line.mentions,
        local=talk_only or heard.relayed,  # a relay carries it already
        lines=lines,
    )
