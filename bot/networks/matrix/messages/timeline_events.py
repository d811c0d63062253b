"""What one event of a Matrix room's timeline means to us, as values of `bot.core.events`.

Rules of this file: nothing that an event holds makes it raise; what is ill-formed means nothing. The power is the one
that the sender has when the event is read, so the adapter hands each state event to `RoomState.apply` in its turn.
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
from bot.networks.matrix.messages.message_lines import SAID, RoomEvent, messages, new_messages
from bot.networks.matrix.messages.timestamps import said_at
from bot.networks.matrix.rooms.room_state import RoomState
from bot.networks.matrix.settings import MatrixSettings

LONGEST_EMOJI = 64
VARIANTS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # as text or as picture, and the colours of skin
REMEMBERED = 2000  # messages in threads; people's names
REDACTS_IN_CONTENT = 11  # since this room version


class TimelineReader:
    """Reads timeline events; the adapter hands state events to `RoomState.apply` first."""

    def __init__(self, settings: MatrixSettings, me: str) -> None:
        self._me = me
        self._ignored = frozenset(settings.ignore)
        self._relays = frozenset(settings.relays)
        self._threads: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def read(
        self, state: RoomState, event: Mapping[str, Any], *, now: datetime, old: bool = False
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
        state.last_heard = max(at, state.last_heard or at)
        if sender == self._me:
            return []
        relayed = sender in self._relays
        power = Power.NONE if relayed else state.power_of(sender)
        parsed = RoomEvent(state, kind, name, sender, mapping(event.get("content")), at, power, relayed)
        return self._meant(parsed, event)

    def _meant(self, parsed: RoomEvent, event: Mapping[str, Any]) -> list[Incoming]:
        if (
            parsed.kind == "m.room.redaction"
        ):  # a moderating bot that is not listened to takes away what others said
            return _redaction(parsed, event)
        if parsed.sender in self._ignored:
            return []
        if parsed.kind == "m.room.member":
            return self._member(parsed, event)
        if "state_key" in event or "redacted_because" in mapping(event.get("unsigned")):
            return []
        return _reaction(parsed) if parsed.kind == "m.reaction" else self._said(parsed)

    def _said(self, parsed: RoomEvent) -> list[Incoming]:
        if parsed.kind not in SAID:
            return []
        if parsed.relation.get("rel_type") == "m.replace":
            target = parsed.related("m.replace")
            lines = new_messages(parsed, self._threads.get(target, "")) if target else []
            return [Edited(target, tuple(lines))] if lines else []
        thread = parsed.related("m.thread")
        if thread:  # an edit does not say in which thread it is
            _remember(self._threads, parsed.id, thread)
        return [*messages(parsed, thread)]

    def _member(self, parsed: RoomEvent, event: Mapping[str, Any]) -> list[Incoming]:
        """Somebody who is here and stays goes by another name. It is told once, although each of their rooms says it."""
        before = mapping(mapping(event.get("unsigned")).get("prev_content"))
        stays = parsed.content.get("membership") == before.get("membership") == "join"
        if not stays or event.get("state_key") != parsed.sender:
            return []
        network = parsed.state.network
        old = identity(network, parsed.sender, before.get("displayname"))
        new = identity(network, parsed.sender, parsed.content.get("displayname"))
        if old.name == new.name or self._names.get(parsed.sender) == new.name:
            return []
        _remember(self._names, parsed.sender, new.name)
        return [NickChanged(old, new, parsed.at)]


def _reaction(parsed: RoomEvent) -> list[Incoming]:
    target, key = parsed.related("m.annotation"), text(parsed.relation.get("key"))
    emoji = clean(VARIANTS.sub("", key[: 4 * LONGEST_EMOJI])).strip()
    if not target or not 0 < len(emoji) <= LONGEST_EMOJI:
        return []
    return [Reacted(parsed.state.room, parsed.by, target, emoji, parsed.at, parsed.power, parsed.id)]


def _redaction(parsed: RoomEvent, event: Mapping[str, Any]) -> list[Incoming]:
    """The other place may hold anything in older rooms, and a copy for older clients in newer ones."""
    targets = [event.get("redacts"), parsed.content.get("redacts")]
    if parsed.state.version >= REDACTS_IN_CONTENT:
        targets.reverse()
    target = next((found for value in targets if (found := identifier(value))), "")
    return [Redacted(parsed.state.room, parsed.by, target, parsed.at, parsed.id)] if target else []


def _remember(known: dict[str, str], key: str, value: str) -> None:
    """Keep the newest of what would grow without end."""
    known[key] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]
