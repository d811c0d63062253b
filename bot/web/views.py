"""Makes the views of pages: the public part of the state, with the sessions that a page asks for."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.core.plugin.pages import Document, Held, Loads, LogLine, Page, View
from bot.core.plugin.register import Register
from bot.core.session.session import Session
from bot.core.state.public import PublicState, PublicStreams, public_setup
from bot.core.state.setup import Setup
from bot.core.state.view import StateView
from bot.web.shelf import Shelf
from bot.web.wishes import Wishes, wishes_of


class Views:
    """Makes views of a state. What is private is left out here, for all pages."""

    def __init__(self, state: StateView, register: Register, shelf: Shelf, public_url: str = "") -> None:
        self._state = state
        self._register = register
        self._shelf = shelf
        self._public_url = public_url.rstrip("/")
        self._streams = PublicStreams()
        self._held: tuple[tuple[Held, ...], Setup, tuple[Held, ...]] | None = None
        self._setups: tuple[Setup, Setup] | None = None

    @property
    def setup(self) -> Setup:
        """The setup that everybody may see."""
        if self._setups is None or self._setups[0] is not self._state.setup:
            self._setups = self._state.setup, public_setup(self._state.setup)
        return self._setups[1]

    @property
    def held(self) -> tuple[Held, ...]:
        """The sessions of tracks that everybody may see, by start."""
        every, setup = self._shelf.held(), self.setup
        known = self._held
        if known is None or known[0] is not every or known[1] is not setup:
            seen = tuple(held for held in every if setup.track(held.track) is not None)
            known = self._held = every, setup, seen
        return known[2]

    def wishes(self, query: str, taken: Iterable[str] = ()) -> Wishes:
        """What a reader wishes."""
        return wishes_of(query, self.setup, taken)

    def plain(self, at: datetime, wishes: Wishes | None = None) -> View:
        """A view without sessions, for pages that say what is wrong."""
        return self._view(at, wishes or self.wishes(""), {}, (), ())

    async def make(
        self, declared: Page | Document, arguments: Mapping[str, str], wishes: Wishes, at: datetime
    ) -> View | None:
        """The view for a page; None if the session or the track of its address does not exist, or is not public."""
        asked = {**wishes.arguments, **arguments}
        loads = declared.loads
        if isinstance(loads, Loads):
            held = self._wanted(loads, arguments)
        else:
            held = list(loads(self._view(at, wishes, asked, (), ())))
        if held is None:
            return None
        sessions = await self._shelf.sessions(held)
        sessions = tuple(session for session in sessions if self.setup.track(session.track) is not None)
        if loads in {Loads.SESSION, Loads.LOG} and not sessions:
            return None
        lines = await self._shelf.lines(sessions[0].id) if loads is Loads.LOG else ()
        await asyncio.sleep(0)  # what was loaded may have taken long; the desk goes first
        return self._view(at, wishes, asked, sessions, lines)

    def _wanted(self, loads: Loads, arguments: Mapping[str, str]) -> list[Held] | None:
        """The sessions that a page asks for; None if what its address names does not exist."""
        if loads is Loads.NOTHING:
            return []
        if loads is Loads.ALL:
            return [held for held in self._shelf.held() if self.setup.track(held.track) is not None]
        if loads is Loads.TRACK:
            track = self.setup.track(arguments.get("track", ""))
            return (
                None if track is None else [held for held in self._shelf.held() if held.track == track.slug]
            )
        held = self._shelf.at(arguments.get("session", ""))
        return None if held is None or self.setup.track(held.track) is None else [held]

    def _view(
        self,
        at: datetime,
        wishes: Wishes,
        arguments: Mapping[str, str],
        sessions: tuple[Session, ...],
        lines: tuple[LogLine, ...],
    ) -> View:
        return View(
            state=PublicState(self._state, self.setup, self._streams),
            at=at,
            zone=wishes.zone,
            register=self._register,
            shown=wishes.shown,
            arguments=arguments,
            sessions=sessions,
            lines=lines,
            held=self.held,
            query=wishes.lasting,
            notes=wishes.notes,
            public_url=self._public_url,
        )
