"""A person on several networks counts once: in the export and in the recap of a database, and after a restart."""

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.app.log_player import player, read
from bot.app.views import export, recap
from bot.bundled import choose
from bot.config import Config, load
from bot.core.people.identity import Identity
from tests.transcripts.golden import PLUGINS

CONFIG = PLUGINS / "identity" / "transcripts" / "one-person.config.toml"
SESSION = """\
=== channel oftc/#nova date 2027-10-19
13:00:00 -!- rosa[m] [~rosa@bridge.example.org] has joined #nova
13:00:01 -!- ada is logged in as okoye
13:00:10 <ada> #startmeeting Day 1
13:00:20 <rosa[m]> hello
=== channel matrix/#nova:hs.example.org date 2027-10-19
13:01:00 <rosa> #info One
13:01:10 <@Okoye:hs.example.org> hello
13:01:20 <@_oftc_tomek:hs.example.org> hello
=== channel oftc/#nova date 2027-10-19
13:02:00 <tomek> #action rosa[m], @rosa:hs.example.org and okoye to write it
13:02:10 <ada> #endmeeting
"""
LINKS = """\
=== channel oftc/#nova date 2027-10-19
13:10:00 -!- ada is logged in as okoye
13:10:10 <ada> #iam matrix @Okoye:hs.example.org
=== channel matrix/#nova:hs.example.org date 2027-10-19
13:10:20 {k1} <@Okoye:hs.example.org> #iam oftc okoye
"""
NOTHING = "=== channel oftc/#nova date 2027-10-19\n13:20:00\n"
ADA = Identity("oftc", "ada", "ada", "okoye")
OKOYE = Identity("matrix", "Okoye", "@Okoye:hs.example.org", "@Okoye:hs.example.org")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    found = load(CONFIG, choose, {}, connecting=False)
    return replace(found, data=tmp_path / "data")


async def heard(config: Config, log: str) -> tuple[int, int]:
    """A bot has heard these lines; as how many people it knows two identities, and how many it knew at its start."""
    path = config.data / "log.txt"
    config.data.mkdir(parents=True, exist_ok=True)
    path.write_text(log)
    async with player(config, config.database, "oftc") as stage:
        state = stage.engine.state
        before = len({state.person_of(ADA), state.person_of(OKOYE)})
        await stage.play(read([path], config=config))
        return len({state.person_of(ADA), state.person_of(OKOYE)}), before


async def attendance(config: Config) -> list[tuple[str, int]]:
    (session,) = json.loads(await export(config))["sessions"]
    return [(person["name"], person["lines"]) for person in session["attendance"]]


async def test_a_bridge_and_a_link_make_one_person_of_two(config: Config) -> None:
    assert await heard(config, SESSION) == (2, 2)
    assert await attendance(config) == [("ada", 2), ("rosa", 2), ("Okoye", 1), ("tomek", 2)]
    assert await heard(config, LINKS) == (1, 2)
    assert await attendance(config) == [("Okoye", 3), ("rosa", 2), ("tomek", 2)]
    assert await heard(config, NOTHING) == (1, 1)


async def test_the_recap_of_a_database_thanks_everybody_once(config: Config) -> None:
    await heard(config, SESSION + LINKS)
    text = " ".join((await recap(config, "nova", None, "markdown", send=False)).split())
    assert "Thank you to all who took part: Okoye, rosa and tomek." in text


async def test_an_action_has_each_owner_once(config: Config) -> None:
    await heard(config, SESSION + LINKS)
    (session,) = json.loads(await export(config))["sessions"]
    assert [record["owners"] for record in session["records"] if record["kind"] == "action"] == [
        ["rosa", "Okoye"]
    ]
