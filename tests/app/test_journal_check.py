"""What the journal holds that a start cannot go on with: sessions of a renamed track or network, damaged facts, a lost end."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.engine import Engine, engine
from bot.app.errors import CannotError
from bot.app.journal_check import check_journal
from bot.app.service import run_bot
from bot.app.views import recap
from bot.bundled import choose
from bot.config import Config, loads
from bot.core.events import Message, Power, Room
from bot.core.people.identity import Identity
from bot.networks.recording_network import RecordingNetwork
from bot.networks.transcript.dialogue import SaidInRoom
from bot.runtime.timers import SteppedTimers

START = datetime(2027, 10, 19, 13, 0, tzinfo=UTC)
AMARU = Identity("oftc", "amaru", "amaru")
NETWORK = '[[network]]\nname = "{name}"\nkind = "irc"\nhost = "irc.example.org"\n'
TRACK = '[[track]]\nslug = "{slug}"\nlist = "{slug}@lists.example.org"\nrooms = [{rooms}]\n'
GATHERING = '[gathering]\nname = "PTG"\nstarts = 2027-10-18\nends = 2027-10-22\n[mail]\nhost = "x.org"\nfrom = "b@x.org"\n'

NO_TRACK = "session 'Day 1' of track nova: the configuration has no such track"
NO_NETWORK = "session 'Day 1' of track nova: the configuration has no network oftc"
NOT_MAILED = "its recap is not mailed: gatherbot recap nova shows it"


def configured(folder: Path, tracks: dict[str, str], *networks: str) -> Config:
    text = [
        GATHERING,
        *(NETWORK.format(name=name) for name in networks),
        *(TRACK.format(slug=slug, rooms=rooms) for slug, rooms in tracks.items()),
    ]
    return loads("".join(text), choose, {}, folder=folder)


class Bot:
    def __init__(self, built: Engine, networks: dict[str, RecordingNetwork], timers: SteppedTimers) -> None:
        self.built = built
        self._networks = networks
        self._timers = timers

    async def say(self, text: str, room: str = "oftc/#nova", at: datetime = START) -> list[str]:
        network = room.partition("/")[0]
        await self.built.desk.put(Message(Room(room, network), AMARU, text, at, Power.MODERATOR))
        return await self._said()

    async def until(self, at: datetime) -> list[str]:
        said = []
        while (due := self._timers.next_due(at)) is not None:
            await self.built.desk.put(due)
            said += await self._said()
        return said

    async def _said(self) -> list[str]:
        await self.built.desk.settle()
        done = [action for network in self._networks.values() for action in network.take_actions()]
        return [action.text for action in done if isinstance(action, SaidInRoom)]


@asynccontextmanager
async def bot(config: Config) -> AsyncIterator[Bot]:
    networks = {settings.name: RecordingNetwork(settings.name) for settings in config.networks}
    timers = SteppedTimers()
    async with engine(
        config, networks=networks, timers=timers, database=config.database, inline=True
    ) as built:
        built.desk.begin()
        yield Bot(built, networks, timers)


async def one_session(config: Config, room: str = "oftc/#nova") -> None:
    config.data.mkdir(exist_ok=True)
    async with bot(config) as running:
        await running.say("#startmeeting Day 1", room)
        await running.say("#agreed We use cells", room)


BEFORE = {"nova": '"oftc/#nova"'}


async def test_a_renamed_track_ends_its_session_and_the_recap_can_be_read(tmp_path: Path) -> None:
    await one_session(configured(tmp_path, BEFORE, "oftc"))
    after = configured(tmp_path, {"compute": '"oftc/#nova"'}, "oftc")
    assert await check_journal(after) == (
        [],
        [
            f"{NO_TRACK}; it ends when the bot starts, and {NOT_MAILED}",
        ],
    )
    async with bot(after) as running:
        said = await running.until(START + timedelta(minutes=1))
        assert said[0].startswith("closed: my configuration no longer has what this session belongs to")
        assert (await running.say("#startmeeting Again"))[0].startswith("Again is open until ")
        await running.until(START + timedelta(minutes=10))
        assert await running.built.journal.next_due() is None
    text = await recap(after, "nova", None, "mail", send=False)
    assert "We use cells" in text
    assert (await check_journal(after))[1] == []


async def test_a_renamed_network_ends_its_session_and_the_recap_goes_where_the_track_s_go(
    tmp_path: Path,
) -> None:
    await one_session(configured(tmp_path, BEFORE, "oftc"))
    after = configured(tmp_path, {"nova": '"libera/#nova"'}, "libera")
    assert await check_journal(after) == (
        [],
        [
            f"{NO_NETWORK}; it ends when the bot starts, and its recap goes where the track's recaps go",
        ],
    )
    async with bot(after) as running:
        assert await running.until(START + timedelta(minutes=10)) == []
        posted = await running.built.journal.claim(datetime.now(UTC))
        assert posted is not None
        assert posted.letter.to == ("nova@lists.example.org",)
        assert "We use cells" in posted.letter.body


async def test_both_renamed_at_once(tmp_path: Path) -> None:
    await one_session(configured(tmp_path, BEFORE, "oftc"))
    after = configured(tmp_path, {"compute": '"libera/#nova"'}, "libera")
    async with bot(after) as running:
        await running.until(START + timedelta(minutes=10))
        assert [session for session in running.built.state.sessions() if session.ended is None] == []
        assert await running.built.journal.next_due() is None
    assert "We use cells" in await recap(after, "nova", None, "mail", send=False)


async def test_a_session_goes_on_in_the_rooms_that_are_left(tmp_path: Path) -> None:
    linked = {"nova": '["oftc/#nova", "libera/#nova"]'}
    await one_session(configured(tmp_path, linked, "oftc", "libera"))
    after = configured(tmp_path, {"nova": '"libera/#nova"'}, "libera")
    assert (await check_journal(after))[1] == [
        f"{NO_NETWORK}; it goes on in libera/#nova",
    ]
    async with bot(after) as running:
        await running.until(START + timedelta(minutes=10))
        assert await running.say("#topic Cells", "libera/#nova") == ["topic 1: Cells"]


async def test_an_ended_session_whose_recap_is_not_made_yet(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    async with bot(config) as running:
        await running.say("#endmeeting")
    after = configured(tmp_path, {"compute": '"oftc/#nova"'}, "oftc")
    assert (await check_journal(after))[1] == [
        f"{NO_TRACK}; {NOT_MAILED}",
    ]


async def test_a_usual_restart_ends_nothing(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    assert await check_journal(config) == ([], [])
    await one_session(config)
    assert await check_journal(config) == ([], [])
    async with bot(config) as running:
        await running.until(START + timedelta(minutes=10))
        assert await running.say("#topic Cells") == ["topic 1: Cells"]


async def test_check_says_what_the_bot_would_leave_out(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    with closing(sqlite3.connect(config.database)) as db:
        db.execute("UPDATE fact SET body = '{' WHERE kind = 'Recorded'")
        db.commit()
    faults, (note,) = await check_journal(config)
    assert faults == []
    assert note.startswith(
        "oftc/#nova@2027-10-19T13:00:00Z cannot be read and is left out at the start: fact "
    )


async def test_no_number_is_given_twice_when_the_index_lost_it(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    async with bot(config) as running:
        assert await running.say("#info Two") == ["#2 info"]
    with closing(sqlite3.connect(config.database)) as db:
        db.execute("DELETE FROM record WHERE n = 2")
        db.commit()
    async with bot(config) as running:
        assert await running.say("#info Three") == ["#3 info"]


async def test_a_session_goes_on_when_its_row_says_that_it_is_settled(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    with closing(sqlite3.connect(config.database)) as db:
        db.execute("UPDATE session SET live = 0")
        db.commit()
    async with bot(config) as running:
        assert await running.say("#info Two") == ["#2 info"]


async def test_check_counts_the_facts_that_are_skipped(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    with closing(sqlite3.connect(config.database)) as db:
        db.execute("UPDATE fact SET kind = 'Recorfed' WHERE kind = 'Recorded'")
        db.commit()
    assert await check_journal(config) == (
        [],
        ["no plugin in use knows facts of the kind Recorfed, so 1 fact of it is skipped"],
    )


async def test_the_bot_does_not_start_with_a_journal_that_lacks_its_end(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    config.database.write_bytes(b"")
    (fault,), _ = await check_journal(config)
    with pytest.raises(CannotError) as refused:
        await run_bot(config)
    assert str(refused.value) == fault


async def test_check_says_when_the_bot_would_not_start(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    config.database.write_bytes(b"")
    (fault,), notes = await check_journal(config)
    assert notes == []
    assert fault.startswith(f"{config.database} lacks what was already written to it (it is empty)")
    config.database.write_bytes(b"no database at all" * 400)
    (fault,), _ = await check_journal(config)
    assert fault == f"{config.database} is not a database"


async def test_the_recap_of_a_track_that_nobody_knows(tmp_path: Path) -> None:
    config = configured(tmp_path, BEFORE, "oftc")
    await one_session(config)
    with pytest.raises(Exception, match=r"^no track is called neutron; the configuration has nova$"):
        await recap(config, "neutron", None, "mail", send=False)
