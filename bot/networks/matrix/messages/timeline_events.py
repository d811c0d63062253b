"""What one event of a Matrix room's timeline means to us, as values of `bot.core.events`.

Rules of this file: nothing that an event holds makes it raise; what is ill-formed means nothing. The power is the one
that the sender has when the event is read, so the adapter hands each state event to `Hall.take_state` in its turn.
Nobody departs: an account proves people here, and who leaves a room has not left the network; rights stay theirs.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.events import Edited, Incoming, NickChanged, Power, Reacted, Redacted
from bot.core.words.text import clean
from bot.networks.matrix.json_values import identifier, mapping, text, user_id
from bot.networks.matrix.messages.display_names import identity
from bot.networks.matrix.messages.message_lines import SAID, Heard, messages, new_messages
from bot.networks.matrix.messages.timestamps import said_at
from bot.networks.matrix.rooms.room_state import Hall
from bot.networks.matrix.settings import MatrixSettings

LONGEST_EMOJI = 64
VARIANTS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # as text or as picture, and the colours of skin
REMEMBERED = 2000  # messages in threads; people's names
REDACTS_IN_CONTENT = 11  # since this room version


class Reader:
    """Reads timeline events; the adapter hands state events to `Hall.take_state` first."""

    def __init__(self, settings: MatrixSettings, me: str) -> None:
        self._me = me
        self._ignored = frozenset(settings.ignore)
        self._relays = frozenset(settings.relays)
        self._threads: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def read(
        self, hall: Hall, event: Mapping[str, Any], *, now: datetime, old: bool = False
    ) -> list[Incoming]:
        """What an event means; nothing for most kinds. Never raises for what the event holds.

        now: when it came, aware UTC
        old: it may have been said long before that (fetched as history, or told after we were away): then its own
             time is believed; else a time that is more than five minutes off is not
        """
        event = mapping(event)
        kind, sender, name = (
            event.get("type"),
            user_id(event.get("sender")),
            identifier(event.get("event_id")),
        )
        if not isinstance(kind, str) or not sender or not name:
            return []
        at = said_at(event.get("origin_server_ts"), now, old=old)
        hall.heard = max(at, hall.heard or at)
        if sender == self._me:
            return []
        relayed = sender in self._relays
        power = Power.NONE if relayed else hall.power_of(sender)
        heard = Heard(hall, kind, name, sender, mapping(event.get("content")), at, power, relayed)
        return self._meant(heard, event)

    def _meant(self, heard: Heard, event: Mapping[str, Any]) -> list[Incoming]:
        if (
            heard.kind == "m.room.redaction"
        ):  # a moderating bot that is not listened to takes away what others said
            return _redaction(heard, event)
        if heard.sender in self._ignored:
            return []
        if heard.kind == "m.room.member":
            return self._member(heard, event)
        if "state_key" in event or "redacted_because" in mapping(event.get("unsigned")):
            return []
        return _reaction(heard) if heard.kind == "m.reaction" else self._said(heard)

    def _said(self, heard: Heard) -> list[Incoming]:
        if heard.kind not in SAID:
            return []
        if heard.relation.get("rel_type") == "m.replace":
            target = heard.related("m.replace")
            lines = new_messages(heard, self._threads.get(target, "")) if target else []
            return [Edited(target, tuple(lines))] if lines else []
        thread = heard.related("m.thread")
        if thread:  # an edit does not say in which thread it is
            _remember(self._threads, heard.id, thread)
        return [*messages(heard, thread)]

    def _member(self, heard: Heard, event: Mapping[str, Any]) -> list[Incoming]:
        """Somebody who is here and stays goes by another name. It is told once, although each of their rooms says it."""
        before = mapping(mapping(event.get("unsigned")).get("prev_content"))
        stays = heard.content.get("membership") == before.get("membership") == "join"
        if not stays or event.get("state_key") != heard.sender:
            return []
        network = heard.hall.network
        old = identity(network, heard.sender, before.get("displayname"))
        new = identity(network, heard.sender, heard.content.get("displayname"))
        if old.name == new.name or self._names.get(heard.sender) == new.name:
            return []
        _remember(self._names, heard.sender, new.name)
        return [NickChanged(old, new, heard.at)]


def _reaction(heard: Heard) -> list[Incoming]:
    target, key = heard.related("m.annotation"), text(heard.relation.get("key"))
    emoji = clean(VARIANTS.sub("", key[: 4 * LONGEST_EMOJI])).strip()
    if not target or not 0 < len(emoji) <= LONGEST_EMOJI:
        return []
    return [Reacted(heard.hall.room, heard.by, target, emoji, heard.at, heard.power, heard.id)]


def _redaction(heard: Heard, event: Mapping[str, Any]) -> list[Incoming]:
    """The other place may hold anything in older rooms, and a copy for older clients in newer ones."""
    places = [event.get("redacts"), heard.content.get("redacts")]
    if heard.hall.version >= REDACTS_IN_CONTENT:
        places.reverse()
    target = next((found for place in places if (found := identifier(place))), "")
    return [Redacted(heard.hall.room, heard.by, target, heard.at, heard.id)] if target else []


def _remember(known: dict[str, str], key: str, value: str) -> None:
    """Keep the newest of what would grow without end."""
    known[key] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]
