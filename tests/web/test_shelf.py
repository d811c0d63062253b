"""Sessions that left memory are read from the journal; what cannot be read is left out, and said once."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from msgspec.structs import replace

from bot.core.session.session import Entry, Session
from bot.storage import sqlite
from bot.storage.contract import Journal, LoggedLine, SessionRow, StorageError, StorageFull
from bot.storage.sqlite import SqliteJournal
from bot.web import shelf as module
from bot.web.shelf import Shelf
from bot.web.site import Site
from tests.play import Stage
from tests.web.garden import beds_of
from tests.web.reader import Reader


class OddJournal:
    """A journal in which streams can be damaged, and which can be away; it notes what is read."""

    def __init__(self, journal: SqliteJournal) -> None:
        self._journal = journal
        self.damaged: set[str] = set()
        self.away = False
        self.read: list[str] = []

    async def entries(self, stream: str) -> list[Entry]:
        self.read.append(stream)
        if stream in self.damaged:
            raise StorageError("fact 2 is missing")
        return await self._journal.entries(stream)

    async def first(self, stream: str) -> Entry | None:
        return await self._journal.first(stream)

    async def sessions(self) -> list[SessionRow]:
        if self.away:
            raise StorageFull("the disk is full")
        return await self._journal.sessions()

    async def lines(self, session: str, after: int, limit: int) -> list[tuple[int, LoggedLine]]:
        return await self._journal.lines(session, after, limit)


@asynccontextmanager
async def shelved(
    stage: Stage, lines: list[LoggedLine] | None = None
) -> AsyncIterator[tuple[Shelf, OddJournal, list[Session]]]:
    """A shelf whose sessions all left memory."""
    facts = [type(entry.fact) for session in stage.state.sessions() for entry in session.entries]
    async with sqlite.open(":memory:", list(dict.fromkeys(facts))) as journal:
        await Reader(stage, lines=lines or []).fill(journal)
        sessions = sorted(stage.state.sessions(), key=lambda session: session.started)
        for session in sessions:
            stage.state.forget(session.id)
        odd = OddJournal(journal)
        yield Shelf(stage.state, cast("Journal", odd)), odd, sessions


def three_sessions() -> Stage:
    stage = beds_of()
    for day in range(3):
        stage.say("amaru", f"#startmeeting Day {day}")
        stage.say("amaru", "#info The tide is high")
        stage.say("amaru", "#endmeeting")
        stage.later(hours=2)
    return stage


async def test_sessions_are_read_once_and_again_when_they_changed() -> None:
    async with shelved(three_sessions()) as (shelf, journal, sessions):
        await shelf.open()
        assert list(await shelf.sessions(shelf.held())) == sessions
        assert list(await shelf.sessions(shelf.held())) == sessions
        assert journal.read == [session.id for session in sessions]
        shelf.note([sessions[1]])
        await shelf.sessions(shelf.held())
        assert journal.read[3:] == [sessions[1].id]


async def test_so_many_are_kept_as_have_not_too_many_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shelved(three_sessions()) as (shelf, journal, sessions):
        monkeypatch.setattr(module, "MOST_FACTS", len(sessions[1].entries) + len(sessions[2].entries))
        await shelf.open()
        await shelf.sessions(shelf.held())
        await shelf.sessions(shelf.held()[1:])
        assert len(journal.read) == 3
        await shelf.sessions(shelf.held()[:1])
        assert journal.read[3:] == [sessions[0].id]


async def test_a_session_that_cannot_be_read_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    async with shelved(three_sessions()) as (shelf, journal, sessions):
        journal.damaged = {sessions[1].id}
        await shelf.open()
        with caplog.at_level(logging.ERROR):
            for _ in range(2):
                assert list(await shelf.sessions(shelf.held())) == [sessions[0], sessions[2]]
    assert caplog.messages == [f"{sessions[1].id} cannot be read and is not shown: fact 2 is missing"]


async def test_storage_that_is_away_is_told_and_tried_again() -> None:
    stage = three_sessions()
    async with shelved(stage) as (shelf, journal, _):
        site = Site(stage.state, stage.register, shelf, clock=lambda: stage.at)
        journal.away = True
        answer = await site.answer("/")
        assert (answer.status, b"the bot&#39;s storage does not answer" in answer.body) == (503, True)
        journal.away = False
        assert (await site.answer("/nova.json")).body.count(b"Day") == 3


async def test_a_log_is_read_in_pages_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = beds_of()
    stage.say("amaru", "#startmeeting Day 1")
    (session,) = stage.state.sessions()
    said = [LoggedLine(session.id, "irc/#nova", stage.at, stage.who("amaru"), f"{n}") for n in range(50)]
    monkeypatch.setattr(module, "PAGE", 10)
    monkeypatch.setattr(module, "MOST_LINES", 30)
    async with shelved(stage, said) as (shelf, _, _):
        assert [line.n for line in await shelf.lines(session.id)] == list(range(1, 31))


async def test_sessions_of_another_gathering_are_not_shown() -> None:
    stage = three_sessions()
    async with shelved(stage) as (shelf, _, sessions):
        setup = stage.state.setup
        stage.state.setup = replace(setup, gathering=replace(setup.gathering, slug="another"))
        await shelf.open()
        assert shelf.held() == ()
        shelf.note(sessions)
        assert shelf.held() == ()
