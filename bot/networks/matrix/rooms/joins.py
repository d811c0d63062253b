"""Getting into rooms: those that are configured, those that we are invited to, and those that others live on in."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from itertools import count

from msgspec import Struct

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.json_values import mapping, user_id
from bot.networks.matrix.rooms.room_directory import Places
from bot.networks.matrix.rooms.room_state import Hall
from bot.networks.matrix.saved_state import Kept
from bot.networks.matrix.server.homeserver import Content, Homeserver
from bot.networks.matrix.settings import MatrixSettings, Timing

log = logging.getLogger(__name__)

NEVER = float("inf")
ATTEMPTS = 5  # to follow or decline an invitation
TOGETHER = 8  # aliases that are asked for at a time
PLACING = 10.0  # seconds for an alias whose room is known from before
LOUD = 3  # declined invitations that are said; the others can be a thousand
LOST = {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"}
REFUSALS = {
    "M_NOT_FOUND": "there is no such room: mend its name, or make it",
    "M_FORBIDDEN": "the bot is not let in: somebody there must invite it",
    "M_BAD_STATE": "the bot was banned there: somebody must lift the ban",  # so Synapse; it is M_FORBIDDEN elsewhere
}


class Wish(Struct):
    """A room to be in, or an invitation to decline.

    name: as configured, or the room's id
    by:   who invites us
    due:  when to try next, in seconds of the loop's clock; infinite while there is nothing to do
    last: how many attempts are left
    """

    name: str
    due: float
    room_id: str = ""
    via: tuple[str, ...] = ()
    attempts: int = 0
    last: float = NEVER
    decline: bool = False
    successor: bool = False
    said: str = ""
    by: str = ""


class Joins:
    """Joins the rooms of one network, and declines what nobody who may has invited us to.

    now: seconds that only go on
    """

    def __init__(
        self,
        settings: MatrixSettings,
        places: Places,
        kept: Kept,
        timing: Timing,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._places = places
        self._kept = kept
        self._timing = timing
        self._now = now
        self._wishes: dict[str, Wish] = {}
        self._more = asyncio.Event()
        self._declined = count(1)

    async def place(self, server: Homeserver) -> None:
        """Find out which rooms the configured aliases mean. Raises RefusedError where that has to wait.

        An alias that leads elsewhere while we are in its room counts from the next start on.
        """
        some = asyncio.Semaphore(TOGETHER)

        async def place(alias: str) -> None:
            async with some:
                room_id = await self._leads(server, alias)
            if room_id:
                self._places.leads(alias, room_id, self._kept.room(alias))

        aliases = (name for name in self._settings.rooms if name.startswith("#"))
        absent = (name for name in aliases if self._places.id_of(name) not in self._places.halls)
        await asyncio.gather(*(place(name) for name in absent))

    async def _leads(self, server: Homeserver, alias: str) -> str:
        """Where an alias leads, or did when that was last known: its server may be away while its room goes on."""
        known = self._kept.room(alias)
        try:
            async with asyncio.timeout(PLACING if known else None):
                return (await server.resolve(alias))[0]
        except (UnreachableError, TimeoutError):
            return known
        except RefusedError as error:
            if error.wait is not None or error.code in LOST:
                raise
            return known

    def start(self) -> None:
        """We know where we are; every other room is joined now."""
        for name in self._settings.rooms:
            room_id = self._places.id_of(name)
            if room_id is not None and name.startswith("#"):
                self._kept.placed(name, room_id)
            if room_id not in self._places.halls and name not in self._wishes:
                self._wish(Wish(name, self._now()))

    async def run(self, server: Homeserver) -> None:
        """Do what is wished, until cancelled. Raises RefusedError where the login is lost."""
        for wish in self._wishes.values():
            if wish.due == NEVER:  # it was under way when the connection was lost
                wish.due = self._now()
        while True:
            self._more.clear()
            now = self._now()
            for wish in [wish for wish in self._wishes.values() if wish.due <= now]:
                await self._try(server, wish)
            due = min((wish.due for wish in self._wishes.values()), default=NEVER)
            try:
                async with asyncio.timeout(max(0.0, due - self._now()) if due != NEVER else None):
                    await self._more.wait()
            except TimeoutError:
                continue

    # -- what happens to us ---------------------------------------------------------------------------------------

    def entered(self, hall: Hall) -> None:
        """We are in a room."""
        for wish in [one for one in self._wishes.values() if hall.room_id in {one.room_id, one.name}]:
            del self._wishes[wish.name]

    def invited(self, room_id: str, state: Iterable[object]) -> None:
        """Somebody invites us: followed into configured rooms, and wherever those want us who may."""
        events = [mapping(event) for event in state]
        inviter = next((user_id(event.get("sender")) for event in events if self._is_invitation(event)), "")
        name = self._places.configured(room_id) or self._wished(room_id)
        if name is not None:
            known = self._wishes.get(name)
            self._wish(Wish(name, self._now(), room_id, successor=known is not None and known.successor))
        elif inviter in self._settings.inviters:
            log.info("%s: %s invites the bot to %s", self._settings.name, inviter, room_id)
            self._wish(Wish(room_id, self._now(), room_id, last=ATTEMPTS))
        elif room_id not in self._wishes:
            self._wish(Wish(room_id, self._now(), room_id, last=ATTEMPTS, decline=True, by=inviter))

    def put_out(self, hall: Hall, event: Content) -> None:
        """Somebody put us out of a room; into a configured one we try to come back, once, unless we are banned."""
        content = mapping(event.get("content"))
        banned = content.get("membership") == "ban"
        log.warning(
            "%s: %s %s the bot%s %s%s", self._settings.name, event.get("sender"),
            "banned" if banned else "removed", " from", hall.name,
            f": {content['reason']!r}" if isinstance(content.get("reason"), str) else "",
        )  # fmt: skip
        name = self._current(hall)
        if name is not None and not banned and hall.join_rule == "public":
            self._wish(Wish(name, self._now() + self._timing.rejoin, hall.room_id, last=1))

    def follow(self, hall: Hall, event: Content | None = None) -> None:
        """A room was upgraded: go on in the new one."""
        name = self._current(hall)
        if name is None or name in self._wishes:
            return
        sender = user_id(mapping(event).get("sender"))
        servers = (hall.replaced_by.partition(":")[2], sender.partition(":")[2])
        log.info("%s: %s was upgraded to %s", self._settings.name, name, hall.replaced_by)
        via = tuple(dict.fromkeys(filter(None, servers)))
        self._wish(Wish(name, self._now(), hall.replaced_by, via, successor=True))

    # -- what we do -----------------------------------------------------------------------------------------------

    def _wish(self, wish: Wish) -> None:
        self._wishes[wish.name] = wish
        self._more.set()

    def _current(self, hall: Hall) -> str | None:
        """The configured room that this one is, and that no other has taken the place of."""
        name = self._places.configured(hall.room_id)
        return name if name is not None and self._places.id_of(name) == hall.room_id else None

    def _drop(self, wish: Wish) -> None:
        if self._wishes.get(wish.name) is wish:  # another may have taken its place meanwhile
            del self._wishes[wish.name]

    def _is_invitation(self, event: Content) -> bool:
        return event.get("type") == "m.room.member" and event.get("state_key") == self._settings.user

    def _wished(self, room_id: str) -> str | None:
        """The configured room that is to be joined under this id."""
        wishes = (wish for wish in self._wishes.values() if not wish.decline and wish.last == NEVER)
        return next((wish.name for wish in wishes if wish.room_id == room_id), None)

    async def _try(self, server: Homeserver, wish: Wish) -> None:
        wish.due = NEVER
        try:
            ours = await self._is_ours(server, wish)
            if wish.decline and not ours:
                await self._decline(server, wish)
            elif not ours:
                await self._join(server, wish)
        except UnreachableError as error:
            self._again(wish, str(error), None)
        except RefusedError as error:
            if error.code in LOST:
                wish.due = self._now()
                raise
            self._again(wish, REFUSALS.get(error.code, str(error)), error.wait)
        else:
            if ours or wish.decline or wish.room_id in self._places.halls:
                self._drop(wish)

    async def _is_ours(self, server: Homeserver, wish: Wish) -> bool:
        """Whether an alias that led nowhere at the start leads to where we are invited by now: then that is wished."""
        if wish.name in self._settings.rooms:
            return False
        for name in self._settings.rooms:
            if self._places.id_of(name) is None and await self._leads_to(server, name, wish.room_id):
                self._bind(name, wish.room_id)
                self._wish(Wish(name, self._now(), wish.room_id))
                return True
        return False

    async def _decline(self, server: Homeserver, wish: Wish) -> None:
        await server.leave(wish.room_id)
        level = logging.INFO if next(self._declined) <= LOUD else logging.DEBUG
        log.log(
            level, "%s: the invitation of %s to %s is declined", self._settings.name, wish.by, wish.room_id
        )

    async def _join(self, server: Homeserver, wish: Wish) -> None:
        room_id, via = wish.room_id or self._places.id_of(wish.name) or "", wish.via
        if wish.name.startswith("#") and not wish.successor:
            found, servers = await self._found(server, wish.name, room_id)
            room_id, via = found or room_id, (*via, *servers)
        wish.room_id = room_id
        former = self._places.id_of(wish.name)
        if wish.name in self._settings.rooms:  # bound before the next sync tells of the room
            self._bind(wish.name, room_id, upgraded=wish.successor)
        try:
            await server.join(room_id, via)
        except (RefusedError, UnreachableError):
            if former is not None:
                self._bind(wish.name, former)
            raise

    def _bind(self, name: str, room_id: str, *, upgraded: bool = False) -> None:
        (self._places.upgrade if upgraded else self._places.bind)(name, room_id)
        if name.startswith("#"):
            self._kept.placed(name, room_id)

    async def _leads_to(self, server: Homeserver, alias: str, room_id: str) -> bool:
        try:
            return (await server.resolve(alias))[0] == room_id
        except RefusedError as error:
            if error.wait is not None or error.code in LOST:
                raise
            return False

    async def _found(self, server: Homeserver, alias: str, known: str) -> tuple[str, tuple[str, ...]]:
        try:
            return await server.resolve(alias)
        except RefusedError as error:
            if not known or error.wait is not None:
                raise
            return known, ()

    def _again(self, wish: Wish, words: str, wait: float | None) -> None:
        """It did not work out; said once, and tried again with growing delays."""
        if wait is not None:
            wish.due = self._now() + wait
            return
        wish.last -= 1
        if words != wish.said and not wish.decline:
            wish.said = words
            log.warning("%s: cannot join %s: %s", self._settings.name, wish.name, words)
        if wish.last <= 0:
            self._drop(wish)
            return
        delays = self._timing.joins
        wish.due = self._now() + delays[min(wish.attempts, len(delays) - 1)]
        wish.attempts += 1
