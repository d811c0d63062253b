"""The sessions that pages show: those in memory, and those that left it, which are read from the journal again."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from bot.core.facts import SessionOpened
from bot.core.plugin.pages import Held, LogLine, address_of
from bot.core.session.fold import folding
from bot.core.session.session import Session
from bot.core.state.view import StateView
from bot.storage.contract import Journal, StorageError

log = logging.getLogger(__name__)

MOST_FACTS = 50_000  # of sessions that are kept although nobody needs them; a long session has some 2,000
PAGE = 1000  # lines of a log that are read at a time
MOST_LINES = 20_000  # of a log that a page shows


class Shelf:
    """The index of all sessions of the gathering, and the sessions themselves.

    state: is only asked for what is in memory; who makes a view sees to what may be shown
    """

    def __init__(self, state: StateView, journal: Journal) -> None:
        self._state = state
        self._journal = journal
        self._index: dict[str, Held] | None = None  # by address
        self._in_order: tuple[Held, ...] | None = None
        self._kept: OrderedDict[str, Session] = OrderedDict()
        self._reading: set[str] = set()
        self._unreadable: set[str] = set()
        self._opening = asyncio.Lock()

    async def open(self) -> None:
        """Read the index, if it was not read yet. Raises StorageError if that cannot be done now."""
        async with self._opening:
            if self._index is None:
                rows = await self._journal.sessions()
                found = [Held(row.id, row.track, row.date, row.started, row.ended) for row in rows]
                self._index = {address_of(held.id): held for held in found if await self._is_ours(held.id)}
                self._in_order = None
                self.note(self._state.sessions())

    async def _is_ours(self, session_id: str) -> bool:
        """Whether a session is one of this gathering; a database may hold earlier ones."""
        session = self._state.session(session_id)
        if session is None:
            first = await self._journal.first(session_id)
            gathering = first.fact.gathering if first and isinstance(first.fact, SessionOpened) else None
        else:
            gathering = session.gathering
        return gathering in {"", self._state.setup.gathering.slug}

    def note(self, changed: Iterable[Session]) -> None:
        """Take over what a commit changed; a session that was read from the journal is read again."""
        for session in changed:
            self._kept.pop(session.id, None)
            self._reading.discard(session.id)
            if self._index is not None and session.gathering in {"", self._state.setup.gathering.slug}:
                began, ended = session.started, session.ended
                held = Held(session.id, session.track, session.date, began, ended)
                if self._index.get(address_of(session)) != held:
                    self._index[address_of(session)], self._in_order = held, None

    def held(self) -> tuple[Held, ...]:
        """All sessions of this gathering, by start."""
        if self._in_order is None:
            index = self._index or {}
            self._in_order = tuple(sorted(index.values(), key=lambda held: (held.started, held.id)))
        return self._in_order

    def at(self, address: str) -> Held | None:
        """The session with this address."""
        return (self._index or {}).get(address)

    async def sessions(self, wanted: Sequence[Held]) -> tuple[Session, ...]:
        """These sessions; those that cannot be read are left out."""
        found = [await self._session(held.id) for held in wanted]
        return tuple(session for session in found if session is not None)

    async def _session(self, session_id: str) -> Session | None:
        known = self._state.session(session_id) or self._kept.get(session_id)
        if known is not None or session_id in self._unreadable or session_id in self._state.unreadable:
            return known
        self._reading.add(session_id)
        try:
            session = await self._read(session_id)
        except Exception as error:  # noqa: BLE001 - a damaged fact can break its fold in any way
            why = str(error) if isinstance(error, StorageError) else type(error).__name__
            log.error("%s cannot be read and is not shown: %s", session_id, why)  # noqa: TRY400 - the reason says it
            self._unreadable.add(session_id)
            return None
        if session_id in self._reading:  # it did not change meanwhile
            self._keep(session)
        return session

    async def _read(self, session_id: str) -> Session:
        """Fold a session from the journal, and let others work meanwhile."""
        entries = await self._journal.entries(session_id)
        if not entries:
            raise StorageError("it has no facts")
        for session in folding(entries):
            if len(session.entries) == len(entries):
                break
            await asyncio.sleep(0)
        return session

    def _keep(self, session: Session) -> None:
        self._kept[session.id] = session
        while len(self._kept) > 1 and sum(len(kept.entries) for kept in self._kept.values()) > MOST_FACTS:
            self._kept.popitem(last=False)

    async def lines(self, session_id: str) -> tuple[LogLine, ...]:
        """The log of a session, without lines whose words were removed."""
        found: list[LogLine] = []
        while len(found) < MOST_LINES:
            after = found[-1].n if found else 0
            page = await self._journal.lines(session_id, after, PAGE)
            found += [LogLine(n, line.room, line.at, line.speaker, line.text, line.edits) for n, line in page]
            if len(page) < PAGE:
                break
        return tuple(line for line in found if line.text)
