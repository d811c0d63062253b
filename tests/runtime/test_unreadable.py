"""One stream that cannot be read: everything else runs, its facts stay as they are, and everybody learns of it."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core import phrases
from bot.core.effects import Effect, Write
from bot.core.events import BackInRoom, Edited, Message, Redacted, Room
from bot.core.facts import GATHERING, HeadlineSet
from bot.core.people.identity import Identity
from bot.core.plugin.ask import Ask
from bot.core.plugin.command import Needs
from bot.core.plugin.declarations import Plugin
from bot.core.state.setup import Setup, Track
from bot.networks.transcript.dialogue import SaidInPrivate, SaidInRoom
from bot.storage.contract import DamagedDatabase
from plugins import corrections, records
from tests.runtime.stage import ROOM, START, Stage, stage

OTHER, STRANGE = "irc/#cinder", "irc/#lobby"
ROOT = Identity("irc", "root", "root", "root")
SETUP = Setup(
    tracks=(Track("nova", "Nova", venues=((ROOM,),)), Track("cinder", "Cinder", venues=((OTHER,),))),
    admins=frozenset({"irc/root"}),
    networks={"irc": "irc"},
)
STREAM = "(SELECT id FROM stream WHERE name LIKE 'irc/#nova@%')"
SPOILS = {
    "broken JSON": f"UPDATE fact SET body = '{{' WHERE stream = {STREAM} AND kind = 'Recorded'",
    "a field of another type": f"UPDATE fact SET body = '{{\"n\": \"\"}}' WHERE stream = {STREAM} AND kind = 'Recorded'",
    "an unknown first fact": f"UPDATE fact SET kind = 'SessionOpenec' WHERE stream = {STREAM} AND n = 1",
    "no first fact": f"DELETE FROM fact WHERE stream = {STREAM} AND n = 1",
    "no facts": f"DELETE FROM fact WHERE stream = {STREAM}",
    "bytes that are no text": f"UPDATE fact SET body = CAST(X'22FF22' AS TEXT) WHERE stream = {STREAM} AND n = 2",
    "an impossible time": f"UPDATE fact SET at = 9000000000000000000 WHERE stream = {STREAM} AND n = 2",
    "another session's first fact": f"UPDATE fact SET body = replace(body, '#nova@', '#nove@') WHERE stream = {STREAM}",
}
SESSION = phrases.UNREADABLE_SESSION
TRACK = phrases.UNREADABLE_TRACK(track="nova")

keeper = Plugin("keeper")


@keeper.command("keep", usage="#keep", says="keeps", example="#keep", needs=Needs.TRACK)
def keep(ask: Ask) -> list[Effect]:
    return [Write(HeadlineSet("kept"), stream=GATHERING if ask.rest else "track/nova")]


@keeper.command("hold", usage="#hold", says="holds", example="#hold")
def hold(_: Ask) -> list[Effect]:
    return [Write(HeadlineSet("held"), stream="track/nova")]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "gatherbot.sqlite"


def on(database: Path) -> AbstractAsyncContextManager[Stage]:
    return stage(records.plugin, corrections.plugin, keeper, database=str(database), setup=SETUP)


async def two_sessions(database: Path) -> None:
    async with on(database) as running:
        await running.say("op", "#startmeeting Day 1")
        await running.say("op", "#info one")
        await running.say("op", "#keep")
        await running.say("op", "#startmeeting Cinder", room=OTHER)


def spoil(database: Path, *orders: str) -> list[tuple[object, ...]]:
    """Change stored rows behind the bot's back; the facts as they are now."""
    with closing(sqlite3.connect(database)) as db:
        for order in orders:
            db.execute(order)
        db.commit()
        return db.execute("SELECT stream, n, kind, CAST(body AS BLOB), at FROM fact ORDER BY 1, 2").fetchall()


def overwrite(database: Path) -> None:
    """Leave only the first page of the file."""
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def spoken(done: Sequence[object]) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in done if isinstance(one, SaidInRoom)]


@pytest.fixture(params=SPOILS)
def spoiling(request: pytest.FixtureRequest) -> str:
    return SPOILS[str(request.param)]


async def test_the_other_sessions_run_and_the_facts_stay_as_they_are(database: Path, spoiling: str) -> None:
    await two_sessions(database)
    before = spoil(database, spoiling)
    async with on(database) as running:
        assert await running.say("op", "#info lost") == [SESSION]
        assert await running.say("op", "hello") == []
        assert await running.say("op", "#topic One", room=OTHER) == ["topic 1: One"]
        assert [session.name for session in running.desk.state.sessions()] == ["Cinder"]
    after = spoil(database)
    assert [row for row in after if row in before] == before


async def test_a_damaged_index_row_hides_no_session(database: Path) -> None:
    await two_sessions(database)
    spoil(
        database,
        f"UPDATE session SET rooms = '[', date = 'x', started = 9000000000000000000 WHERE id = {STREAM}",
    )
    async with on(database) as running:
        assert sorted(session.name for session in running.desk.state.sessions()) == ["Cinder", "Day 1"]


async def test_the_room_is_told_and_a_new_session_may_start(database: Path) -> None:
    await two_sessions(database)
    spoil(database, SPOILS["broken JSON"])
    async with on(database) as running:
        running.at += timedelta(hours=1)
        back = BackInRoom(Room(ROOM, "irc"), START + timedelta(minutes=9))
        assert spoken(await running.hear(back)) == [(ROOM, SESSION)]
        (said,) = await running.say("op", "#startmeeting Again")
        assert said.startswith("Again is open until ")
        assert (await running.say("op", "#info two"))[0].startswith("#2 ")
        assert spoken(await running.hear(back)) == []
        assert await running.say("op", "#edit 1 better") == [phrases.UNREADABLE_RECORD(n=1)]


async def test_an_admin_who_speaks_is_told_once(database: Path) -> None:
    await two_sessions(database)
    spoil(database, SPOILS["broken JSON"])
    async with on(database) as running:
        (lost,) = [one.stream for one in running.desk.state.unreadable]
        words = [
            Message(Room(STRANGE, "irc"), ROOT, text, START + timedelta(minutes=n))
            for n, text in enumerate(["hi", "ho"])
        ]
        assert await running.hear(words[0]) == [
            SaidInPrivate("root", phrases.UNREADABLE_STREAMS(streams=[lost], n=1))
        ]
        assert await running.hear(words[1]) == []
        assert await running.say("root", "hi") == []


async def test_the_log_says_which_fact_it_is_and_quotes_nothing(
    database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await two_sessions(database)
    spoil(database, SPOILS["bytes that are no text"].replace("22FF22", "2273656372657420FF22"))
    async with on(database) as running:
        (lost,) = running.desk.state.unreadable
    assert lost.why == f"{database}: a stored text is not valid UTF-8"
    assert caplog.messages[0] == f"{lost.stream} cannot be read and is left out: {lost.why}"
    assert "secret" not in caplog.text


async def test_the_reason_names_the_fact(database: Path) -> None:
    await two_sessions(database)
    spoil(database, SPOILS["broken JSON"])
    async with on(database) as running:
        (lost,) = running.desk.state.unreadable
    assert lost.why.startswith(f"fact 3 of {lost.stream}: can't read a stored Recorded: ")


async def test_a_track_that_cannot_be_read_is_not_written_to(database: Path) -> None:
    await two_sessions(database)
    track = "(SELECT id FROM stream WHERE name = 'track/nova')"
    before = spoil(database, f"UPDATE fact SET body = '{{' WHERE stream = {track}")
    async with on(database) as running:
        assert await running.say("op", "#keep") == [TRACK]
        assert await running.say("op", "#hold") == [TRACK]
        (recorded,) = await running.say("op", "#info two")  # the session itself goes on
        assert recorded.startswith("#2 ")
        assert await running.say("op", "#agenda add Later", room=OTHER) != [TRACK]
    after = spoil(database)
    assert [row for row in after if row in before] == before
    with closing(sqlite3.connect(database)) as db:
        assert db.execute(f"SELECT count(*) FROM fact WHERE stream = {track}").fetchone() == (1,)


async def test_links_and_subscriptions_that_cannot_be_read_are_not_written_to(database: Path) -> None:
    async with on(database) as running:
        await running.say("op", "#keep here")
    spoil(database, "UPDATE fact SET body = '{'")
    async with on(database) as running:
        assert await running.say("op", "#keep here") == [phrases.UNREADABLE_GATHERING]


async def test_a_session_that_is_loaded_later_is_left_out_too(database: Path) -> None:
    await two_sessions(database)
    spoil(
        database, SPOILS["broken JSON"], f"UPDATE session SET live = 0, ended = started WHERE id = {STREAM}"
    )
    async with on(database) as running:
        running.at += timedelta(hours=1)
        await running.say("op", "#startmeeting Day 2")
        assert await running.say("op", "#edit 1 better") == [phrases.UNREADABLE_RECORD(n=1)]
        gone = Redacted(Room(ROOM, "irc"), ROOT, "unknown", START + timedelta(minutes=9), id="r")
        assert spoken(await running.hear(gone)) == []


async def test_edits_and_redactions_of_its_messages(database: Path) -> None:
    """An edit changes nothing and fails nothing; a redaction takes the words from the stored rows all the same."""
    async with on(database) as running:
        await running.say("op", "#startmeeting Day 1")
        await running.say("op", "#info a secret", id="$1")
        await running.say("op", "#info another", id="$2")
    spoil(database, f"UPDATE fact SET body = '{{' WHERE stream = {STREAM} AND body LIKE '%another%'")
    op = Identity("irc", "op", "op")
    async with on(database) as running:
        edit = Edited("$1", (Message(Room(ROOM, "irc"), op, "#info a mended secret", running.at, id="$3"),))
        assert spoken(await running.hear(edit)) == []
        gone = Redacted(Room(ROOM, "irc"), op, "$1", running.at + timedelta(minutes=9), id="$4")
        assert spoken(await running.hear(gone)) == []
    with closing(sqlite3.connect(database)) as db:
        left = db.execute("SELECT text FROM line UNION ALL SELECT body FROM fact").fetchall()
    assert [text for (text,) in left if "secret" in text] == []


async def test_a_damaged_file_is_not_taken_for_damaged_sessions(database: Path) -> None:
    await two_sessions(database)
    overwrite(database)
    with pytest.raises(DamagedDatabase):
        async with on(database):
            pass


async def test_a_stream_that_was_repaired_is_back(database: Path) -> None:
    await two_sessions(database)
    spoil(database, SPOILS["an unknown first fact"])
    async with on(database) as running:
        assert await running.say("op", "#info lost") == [SESSION]
    spoil(database, f"UPDATE fact SET kind = 'SessionOpened' WHERE stream = {STREAM} AND n = 1")
    async with on(database) as running:
        assert (await running.say("op", "#info two"))[0].startswith("#2 ")
        assert await running.say("op", "#info three") != [SESSION]
