"""What the command line shows and sends of a database that a bot has left."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app.errors import CannotError
from bot.app.log_player import player, read
from bot.app.log_replay import replay
from bot.app.service import only_one
from bot.app.views import export, recap
from bot.bundled import choose
from bot.config import Config, load

EXAMPLES = Path(__file__).parents[1] / "transcripts" / "examples"
LOG = EXAMPLES / "tidepool-2027-10-day1.irc.txt"
EXPECTED = (EXAMPLES / "tidepool-2027-10-day1.recap.txt").read_text()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return replace(load(EXAMPLES / "tidepool.config.toml", choose, connecting=False), data=tmp_path / "data")


HELD = (
    "13:22:30 -!- mode/#tidepool-ptg [+o amaru] by ChanServ",
    "13:23:00 <amaru> #recap hold",
)


async def held(config: Config, *more: str) -> None:
    """A bot has heard the example, and these lines after it."""
    extra = config.data / "more.txt"
    config.data.mkdir(parents=True)
    extra.write_text("\n".join(["=== channel #tidepool-ptg date 2027-10-19", *more]) + "\n")
    async with player(config, config.database) as stage:
        await stage.play(read([LOG, extra]))


async def test_the_recap_of_a_database_is_that_of_its_log(config: Config) -> None:
    await held(config)
    assert await recap(config, "tidepool", 1, "mail", send=False) == EXPECTED
    assert await recap(config, "TIDEPOOL", None, "mail", send=False) == EXPECTED


async def test_the_export_is_what_a_replay_of_the_log_gives(config: Config) -> None:
    await held(config)
    replayed = await replay([LOG], config=config, channel="", date=None, zone=None, form="json")
    assert json.loads(await export(config)) == json.loads(replayed)


async def test_what_is_not_there_is_said(config: Config) -> None:
    with pytest.raises(
        CannotError, match=r"there is no database .*; the bot has never run with this configuration"
    ):
        await recap(config, "tidepool", None, "mail", send=False)
    await held(config)
    with pytest.raises(CannotError, match="no track is called tidepoo; the configuration has tidepool"):
        await recap(config, "tidepoo", None, "mail", send=False)
    with pytest.raises(CannotError, match="tidepool has no part 2"):
        await recap(config, "tidepool", 2, "mail", send=False)


async def test_a_recap_with_open_marks_is_not_sent(config: Config) -> None:
    await held(config, *HELD, "13:30:00")
    with pytest.raises(CannotError, match="EDITOR mark"):
        await recap(config, "tidepool", 1, "mail", send=True)
    assert not list(config.outbox.glob("*.eml"))


async def test_a_recap_is_sent_once(config: Config) -> None:
    link = "13:25:00 <amaru> #recap link https://recordings.example.org/1 Recording"
    await held(config, *HELD, link, "13:30:00")
    assert await recap(config, "tidepool", 1, "mail", send=True) == (
        "the recap, part 1 of 2, is approved and goes to tidepool-discuss@lists.example.org now"
    )
    (letter,) = config.outbox.glob("*.eml")
    subjects = [line for line in letter.read_text().splitlines() if line.startswith("Subject:")]
    assert subjects == ["Subject: [tidepool][ptg] Tidepool at the October 2027 PTG, part 1 of 2"]
    with pytest.raises(CannotError, match=r"was written to a file for tidepool-discuss@lists\.example\.org"):
        await recap(config, "tidepool", 1, "mail", send=True)


async def test_nothing_is_sent_beside_a_running_bot(config: Config) -> None:
    await held(config)
    with (
        only_one(config.data),
        pytest.raises(CannotError, match="a bot is already running with the data folder"),
    ):
        await recap(config, "tidepool", 1, "mail", send=True)
    with only_one(config.data):
        assert await recap(config, "tidepool", 1, "mail", send=False) == EXPECTED


async def test_nothing_is_sent_of_what_is_no_database(config: Config) -> None:
    with pytest.raises(CannotError, match="there is no database"):
        await recap(config, "tidepool", 1, "mail", send=True)
    config.data.mkdir(parents=True)
    config.database.write_text("no database, nothing of one, and not at all")
    with pytest.raises(CannotError, match="is not a database"):
        await recap(config, "tidepool", 1, "mail", send=True)


async def test_logs_without_a_session(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("=== channel #nova date 2027-10-19\n13:00:00 <amaru> hello\n")
    with pytest.raises(CannotError, match="this log has no session; a session starts with #startmeeting"):
        await replay([log], config=None, channel="", date=None, zone=None, form="mail")
