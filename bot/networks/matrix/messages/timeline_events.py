"""Turns timeline events into values of `bot.core.events`.

Rules of this file: no content of an event raises; a malformed event means nothing. The sender's power is the current
one of the room's state, so state events must be applied in their order. Nobody departs: people are proven by their
ids, so they keep their rights when they leave a room.
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
VARIANTS = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # variation selectors and skin tones
REMEMBERED = 2000  # messages in threads; people's names
REDACTS_IN_CONTENT = 11  # from this room version on


class TimelineReader:
    """Reads timeline events; state events must be applied to the room's state first."""

    def __init__(self, settings: MatrixSettings, me: str) -> None:
        self._me = me
        self._ignored = frozenset(settings.ignore)
        self._not_bots = frozenset(settings.not_bots)
        self._relays = frozenset(settings.relays)
        self._threads: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def read(
        self, state: RoomState, event: Mapping[str, Any], *, now: datetime, old: bool = False
    ) -> list[Incoming]:
        """The core's events for one event; none for most kinds. No content of the event raises.

        now: when it came, aware UTC
        old: it may be from long before (from history, or from while the bot was away); then its own time counts,
             otherwise only if it is within five minutes of `now`
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
        content, person = mapping(event.get("content")), sender in self._not_bots
        parsed = RoomEvent(state, kind, name, sender, content, at, power, relayed, person)
        return self._meant(parsed, event)

    def _meant(self, parsed: RoomEvent, event: Mapping[str, Any]) -> list[Incoming]:
        if (
            parsed.kind == "m.room.redaction"
        ):  # even from an ignored sender: moderation bots redact messages of others
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
        if thread:  # an edit does not name its thread
            _remember(self._threads, parsed.id, thread)
        return [*messages(parsed, thread)]

    def _member(self, parsed: RoomEvent, event: Mapping[str, Any]) -> list[Incoming]:
        """A member changed their display name; reported once, although each shared room has the event."""
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
    """The redacted event's id is in one of two places; in older rooms the other may hold anything.

    The homeserver checked the redaction. The desk checks it again, so that a mistake there removes nobody's words here.
    """
    targets = [event.get("redacts"), parsed.content.get("redacts")]
    if parsed.state.version >= REDACTS_IN_CONTENT:
        targets.reverse()
    target = next((found for value in targets if (found := identifier(value))), "")
    # a relay's own messages are stored as those of the people that it speaks for
    moderates = parsed.relayed or parsed.state.may_redact(parsed.sender)
    room, by, at = parsed.state.room, parsed.by, parsed.at
    return [Redacted(room, by, target, at, parsed.id, moderates=moderates)] if target else []


def _remember(known: dict[str, str], key: str, value: str) -> None:
    """Add an entry, and drop the oldest when there are too many."""
    known[key] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]
