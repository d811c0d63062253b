"""Fetches the history that a limited timeline left out: pages backward, returned in their original order."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec import Struct

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import is_event, mapping
from bot.networks.matrix.server.homeserver import Content, Homeserver, Page

log = logging.getLogger(__name__)

MOST_EVENTS = 5000  # events per room; a longer absence stays a gap
FIRST, LONGEST = 1.0, 60.0  # seconds before a page is requested again

NOBODY: Mapping[str, Content] = {
    "m.room.member": {"membership": "leave"}
}  # a joining member was not in the room before

Knows = Callable[[str], bool]
Sleep = Callable[[float], Awaitable[None]]


class Gap(Struct, frozen=True):
    """Events of a room that the sync left out.

    events:   oldest first, each once
    complete: nothing is missing before them
    """

    events: tuple[Content, ...]
    complete: bool = True

    def before(self) -> list[dict[str, Any]]:
        """State events that restore the room's state at the beginning of the gap, as far as the events tell."""
        first: dict[tuple[str, str], Content] = {}
        for event in self.events:
            kind, key = event.get("type"), event.get("state_key")
            if isinstance(kind, str) and isinstance(key, str):
                first.setdefault((kind, key), event)
        return [
            {"type": kind, "state_key": key, "content": former}
            for (kind, key), event in first.items()
            if (former := mapping(mapping(event.get("unsigned")).get("prev_content")) or NOBODY.get(kind))
        ]


class Backfill:
    """Fetches missing events; tries again until the homeserver is back.

    sleep: waits for seconds
    """

    def __init__(self, server: Homeserver, me: str, sleep: Sleep, most: int = MOST_EVENTS) -> None:
        self._server = server
        self._me = me
        self._sleep = sleep
        self._most = most

    async def fetch(self, room: str, start: str, end: str | None, knows: Knows) -> Gap:
        """The events before position `start`, back to `end`, to a known event, or to the bot's join.

        Without `end` it goes back beyond the bot's join, up to the limit. Raises RefusedError when the login is lost.
        """
        found: dict[str, Content] = {}
        position = start
        while position:
            page = await self._page(room, position, end)
            if page is None:
                return Gap(_oldest_first(found), complete=False)
            for event in page.events:
                event_id = event.get("event_id") if is_event(event) else None
                if not isinstance(event_id, str) or event_id in found:
                    continue
                if knows(event_id) or (end is not None and is_join_of(event, self._me)):
                    return Gap(_oldest_first(found))
                found[event_id] = event
                if len(found) >= self._most:
                    return Gap(_oldest_first(found), complete=False)
            position = page.end if page.end != position else ""
        return Gap(_oldest_first(found))

    async def _page(self, room: str, start: str, end: str | None) -> Page | None:
        """A page of history; None if the bot may not read it."""
        delay = FIRST
        while True:
            try:
                return await self._server.messages(room, start, end)
            except UnreachableError as error:
                log.warning("%s: can't tell yet what was missed: %s", room, error)
                await self._sleep(delay)
            except RefusedError as error:
                if error.wait is None:
                    if error.is_login_lost:
                        raise
                    log.warning("%s: can't read what was missed: %s", room, error)
                    return None
                await self._sleep(error.wait)
            delay = min(delay * 2, LONGEST)


def is_join_of(event: Content, user: str) -> bool:
    """Whether this event is the user's join (and not a change of their name)."""
    if event.get("type") != "m.room.member" or event.get("state_key") != user:
        return False
    before = mapping(mapping(event.get("unsigned")).get("prev_content"))
    return mapping(event.get("content")).get("membership") == "join" and before.get("membership") != "join"


def _oldest_first(found: dict[str, Content]) -> tuple[Content, ...]:
    return tuple(reversed(found.values()))
