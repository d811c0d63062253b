"""A redaction: the text is nowhere in the files any more, and everything else is where it was."""

import random
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from msgspec.structs import replace

from bot.core import facts
from bot.core.earlier_messages import Earlier
from bot.core.effects import Letter
from bot.core.facts import CORE_FACTS, Content, Recorded, Revised, TextRemoved, TopicOpened
from bot.core.session.redacted_text import Blanks
from bot.core.session.session import Entry
from bot.storage import sqlite
from bot.storage.contract import Batch, Blanking, LoggedLine, Undelivered
from bot.storage.outbox import REMOVED
from bot.storage.sqlite import SqliteJournal
from tests.fakes.clock import FakeClock
from tests.storage.samples import AMARU, LETTER, LIN, MATRIX_ROOM, SESSION, SESSIONS, START, everything

SECRET = "hunter2-the-password"
LATER = START + timedelta(hours=1)


class HandRaised(Struct, frozen=True):
    why: str


def line(text: str, event: str, edits: str = "", number: int = 0, **more: object) -> LoggedLine:
    return LoggedLine(SESSION, MATRIX_ROOM, START, LIN, text, event, edits, number, **more)


def fact(cause: str, what: object, stream: str = SESSION) -> Entry:
    return Entry(stream, cause, START, LIN, what)


def info(n: int, text: str) -> Recorded:
    return Recorded(n, "info", Content(text))


def bytes_of(path: Path) -> bytes:
    """All that lies on the disk."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gatherbot.db"


@pytest.fixture
async def journal(path: Path) -> AsyncIterator[SqliteJournal]:
    async with sqlite.open(path, CORE_FACTS, clock=FakeClock(LATER)) as opened:
        await opened.commit(everything())
        yield opened


TOLD = Batch(
    lines=[
        line(f"#info {SECRET}", "$1"),
        line(f"and {SECRET}", "$1", number=1),
        line("#info other", "$2"),
        line(f"#info mended {SECRET}", "$3", edits="$1"),
    ],
    entries=[
        fact("$1", info(11, SECRET)),
        fact("$1/1", TopicOpened(SECRET)),
        fact("$1/apart", info(12, SECRET)),
        fact("$1/1/apart", facts.SessionRenamed(SECRET), "track/nova"),
        fact("$10", info(13, "other")),
        fact("$3", Revised(11, Content(f"mended {SECRET}"))),
        fact("$4", Revised(11, Content(f"mended by another {SECRET}"))),
        fact("$1/seen", facts.PersonSeen(LIN, "Lin Wei")),
    ],
    letters=[replace(LETTER, id="letter", name="letter", body=f"he said {SECRET}", html=f"<p>{SECRET}</p>")],
    undelivered=[
        Undelivered("answer", "matrix", "say", "#11 for nobody", START, MATRIX_ROOM, answers="$1"),
        Undelivered("list", "matrix", "say", f"11: {SECRET}", START, MATRIX_ROOM, answers="$9"),
        Undelivered("other", "matrix", "say", "#13 info", START, MATRIX_ROOM, answers="$10"),
    ],
)
REDACTED = Blanking(SESSION, ("$1", "$3"), ("$4",))


async def test_the_text_is_nowhere_in_the_files(journal: SqliteJournal, path: Path) -> None:
    await journal.commit(TOLD)
    assert SECRET.encode() in bytes_of(path)
    await journal.commit(Batch(blankings=[REDACTED]))
    assert SECRET.encode() not in bytes_of(path)


async def test_what_was_said_in_the_same_turn_goes_too(journal: SqliteJournal, path: Path) -> None:
    await journal.commit(replace(TOLD, blankings=[REDACTED]))
    assert SECRET.encode() not in bytes_of(path)


async def test_that_something_was_there_stays(journal: SqliteJournal) -> None:
    before = await journal.entries(SESSION)
    await journal.commit(TOLD)
    await journal.commit(Batch(blankings=[REDACTED]))
    found = (await journal.entries(SESSION))[len(before) :]
    assert [(entry.cause, entry.fact) for entry in found] == [
        ("$1", info(11, "")),
        ("$1/1", TextRemoved("TopicOpened")),
        ("$1/apart", info(12, "")),
        ("$10", info(13, "other")),
        ("$3", Revised(11, Content(""))),
        ("$4", Revised(11, Content(""))),
        ("$1/seen", facts.PersonSeen(LIN, "Lin Wei")),
    ]
    assert {(entry.at, entry.by) for entry in found} == {(START, LIN)}
    assert [entry.fact for entry in await journal.entries("track/nova")] == [TextRemoved("SessionRenamed")]
    lines = [line for _, line in await journal.lines(SESSION, after=3)]
    assert lines == [
        line("", "$1"),
        line("", "$1", number=1),
        line("#info other", "$2"),
        line("", "$3", edits="$1"),
    ]
    assert await journal.message(MATRIX_ROOM, "$3") == Earlier(
        SESSION, LIN, (("$1", ("", "")), ("$3", ("",))), START
    )


async def test_what_waits_to_be_said_about_it_is_not_said(journal: SqliteJournal) -> None:
    await journal.commit(TOLD)
    await journal.commit(Batch(blankings=[REDACTED]))
    assert [row.key for row in await journal.undelivered()] == ["other"]


async def test_of_an_edit_only_its_own_text_goes(journal: SqliteJournal) -> None:
    await journal.commit(TOLD)
    await journal.commit(Batch(blankings=[Blanking(SESSION, ("$3",))]))
    assert await journal.message(MATRIX_ROOM, "$1") == Earlier(
        SESSION, LIN, (("$1", (f"#info {SECRET}", f"and {SECRET}")), ("$3", ("",))), START
    )


def letters(path: Path) -> dict[str, tuple[str, Letter]]:
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT id, state, letter FROM outbox").fetchall()
    return {letter_id: (state, msgspec.json.decode(letter, type=Letter)) for letter_id, state, letter in rows}


async def test_letters_that_may_quote_it_hold_nothing_and_do_not_leave(path: Path) -> None:
    clock = FakeClock(START - timedelta(days=1))
    names = ("waiting", "claimed", "sent", "refused", "recalled", "of the session")
    queued = [replace(LETTER, id=name, name=name, body=SECRET, html=SECRET, subject=SECRET) for name in names]
    queued[-1] = replace(queued[-1], stream=SESSION)
    async with sqlite.open(path, CORE_FACTS, clock=clock) as journal:
        await journal.commit(
            Batch(sessions=SESSIONS, letters=[replace(LETTER, id="earlier", name="earlier")])
        )
        clock.now = LATER
        await journal.commit(Batch(letters=[*queued, replace(LETTER, id="kata", stream="track/kata")]))
        for _ in range(5):
            await journal.claim(LATER)
        await journal.sent(4, LATER)
        await journal.refused(5, f"550 {SECRET}", LATER)
        await journal.retry(2, LATER, f"451 {SECRET}")
        await journal.commit(Batch(recalled=["recalled"]))
        untouched = {letter_id: letters(path)[letter_id] for letter_id in ("earlier", "kata")}
        await journal.commit(Batch(lines=[line(SECRET, "$1")], blankings=[Blanking(SESSION, ("$1",))]))
        assert SECRET.encode() not in bytes_of(path)
        states = dict(
            zip(names, ("recalled", "recalled", "sent", "refused", "recalled", "recalled"), strict=True)
        )
        blank = {
            letter.id: (states[letter.id], replace(letter, subject=REMOVED, body=f"{REMOVED}\n", html=""))
            for letter in queued
        }
        assert letters(path) == untouched | blank
        await journal.commit(Batch(letters=[replace(queued[0], body="made anew")]))
        assert letters(path)["waiting"] == ("waiting", replace(queued[0], body="made anew"))


async def test_a_sender_whose_clock_is_ahead_saves_no_letter(path: Path) -> None:
    async with sqlite.open(path, CORE_FACTS, clock=FakeClock(LATER)) as journal:
        said = replace(line(SECRET, "$1"), at=LATER + timedelta(days=365))
        after = replace(line("hello", "$2"), at=LATER - timedelta(minutes=1), speaker=AMARU)
        await journal.commit(Batch(sessions=SESSIONS, lines=[said, after]))
        await journal.commit(Batch(letters=[replace(LETTER, body=SECRET)]))
        await journal.commit(Batch(blankings=[Blanking(SESSION, ("$1",))]))
        assert SECRET.encode() not in bytes_of(path)


async def test_a_session_that_no_log_holds_loses_its_facts_all_the_same(
    journal: SqliteJournal, path: Path
) -> None:
    await journal.commit(Batch(entries=[fact("$1", info(11, SECRET), "track/nova")]))
    await journal.commit(Batch(blankings=[Blanking("", ("$1",))]))
    assert SECRET.encode() not in bytes_of(path)


async def test_what_is_not_stored_is_no_fault(journal: SqliteJournal) -> None:
    before = await journal.entries(SESSION)
    await journal.commit(Batch(blankings=[Blanking(SESSION, ("$unknown",)), Blanking("nowhere", ())]))
    assert await journal.entries(SESSION) == before


@pytest.mark.parametrize("blanks", [Blanks(), Blanks({HandRaised: lambda fact: replace(fact, why="")})])
async def test_a_plugin_says_what_is_left_of_its_facts(path: Path, blanks: Blanks) -> None:
    async with sqlite.open(path, (*CORE_FACTS, HandRaised), blanks=blanks) as journal:
        await journal.commit(Batch(entries=[fact("$1", HandRaised(SECRET))]))
        await journal.commit(Batch(blankings=[Blanking(SESSION, ("$1",))]))
        (entry,) = await journal.entries(SESSION)
        assert entry.fact == (HandRaised("") if blanks.own else TextRemoved("HandRaised"))


async def test_facts_that_nobody_can_read_any_more_lose_their_text_too(path: Path) -> None:
    kept: Sequence[Entry] = [fact("$1", HandRaised(SECRET)), fact("$2", HandRaised("other"))]
    async with sqlite.open(path, (*CORE_FACTS, HandRaised)) as journal:
        await journal.commit(Batch(entries=list(kept)))
    with closing(sqlite3.connect(path)) as db:
        broken = "INSERT INTO fact SELECT stream, 3, '$1', at, speaker, 'Recorded', ? FROM fact WHERE n = 1"
        db.execute(broken, (f'["{SECRET}"]',))
        db.execute("INSERT INTO record SELECT 'nova', 1, stream FROM fact WHERE n = 1")
        db.commit()
    async with sqlite.open(path, CORE_FACTS) as journal:
        await journal.commit(Batch(blankings=[Blanking(SESSION, ("$1",))]))
        assert SECRET.encode() not in bytes_of(path)
    async with sqlite.open(path, (*CORE_FACTS, HandRaised)) as journal:
        assert [entry.fact for entry in await journal.entries(SESSION)] == [
            TextRemoved("HandRaised"),
            HandRaised("other"),
            TextRemoved("Recorded"),
        ]


async def test_who_reads_meanwhile_delays_only_the_last_of_it(journal: SqliteJournal, path: Path) -> None:
    await journal.commit(TOLD)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM line").fetchone()
        await journal.commit(Batch(blankings=[REDACTED]))
        assert SECRET.encode() in bytes_of(path)  # the reader sees the tables as they were
        reader.execute("COMMIT")
    await journal.commit(Batch(handled=["$next"]))
    assert SECRET.encode() not in bytes_of(path)


async def test_a_crash_before_the_log_is_emptied_leaves_it_to_the_next_start(
    journal: SqliteJournal, path: Path, tmp_path: Path
) -> None:
    await journal.commit(TOLD)
    (tmp_path / "crashed").mkdir()
    crashed = tmp_path / "crashed" / path.name
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM line").fetchone()
        await journal.commit(Batch(blankings=[REDACTED]))
        for file in (path, path.with_name(f"{path.name}-wal")):
            crashed.with_name(file.name).write_bytes(file.read_bytes())
    assert SECRET.encode() in bytes_of(crashed)
    async with sqlite.open(crashed, CORE_FACTS):
        assert SECRET.encode() not in bytes_of(crashed)


@pytest.mark.parametrize("seed", range(6))
async def test_pages_that_were_split_and_joined_keep_no_copy(seed: int, path: Path) -> None:
    """Rows move from page to page while a journal grows; no page may keep what it gave away."""
    chance = random.Random(seed)
    async with sqlite.open(path, CORE_FACTS) as journal:
        secrets: list[tuple[str, str]] = []
        for turn in range(60):
            batch = Batch()
            for place in range(chance.randrange(1, 40)):
                event, session = f"${turn}.{place}.{chance.random()}", f"s{chance.randrange(9)}"
                text = f"{chance.random()}" * chance.randrange(1, 90)
                if chance.random() < 0.1:
                    text = f"secret {turn} {place} {text}"
                    secrets.append((session, event))
                batch.lines.append(replace(line(text, event), session=session))
                batch.entries.append(fact(event, info(turn, text), session))
            if secrets and chance.random() < 0.05:
                batch.blankings.append(_taken(secrets, chance))
            await journal.commit(batch)
        await journal.commit(Batch(blankings=[_taken(secrets, chance) for _ in range(len(secrets))]))
        assert b"secret " not in bytes_of(path)


def _taken(secrets: list[tuple[str, str]], chance: random.Random) -> Blanking:
    session, event = secrets.pop(chance.randrange(len(secrets)))
    return Blanking(session, (event,))
