"""The real program starts again on a journal with a damaged fact, a shortened journal, and a renamed track."""

import sqlite3
from contextlib import closing

import pytest

from bot.core import phrases
from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_people import Person
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

LOST, KEPT = "#lost", "#kept"
ADMIN = 'admins = ["irc/alice"]'


def damage(bot: BotProcess) -> str:
    """Break a fact of the session in the first room; the session's id."""
    with closing(sqlite3.connect(bot.folder / "data" / "gatherbot.sqlite")) as db:
        (number, name) = db.execute("SELECT id, name FROM stream WHERE name LIKE 'irc/#lost@%'").fetchone()
        db.execute("UPDATE fact SET body = '{' WHERE stream = ? AND kind = 'Recorded'", (number,))
        db.commit()
    return str(name)


async def told_in_private(person: Person) -> str:
    line = await person.until(lambda line: line.startswith(":gatherbot!") and " PRIVMSG alice :" in line)
    return line.split(" PRIVMSG alice :", 1)[1]


async def test_one_damaged_fact_costs_one_session(scene: Scene) -> None:
    chair, alice = await scene.person("amaru", LOST, KEPT), await scene.person("alice", password="pw-alice")
    bot = scene.bot(Configuration(scene.ircd, [LOST, KEPT], bot=ADMIN))
    bot.start()
    for room in (LOST, KEPT):
        await chair.sees_bot_join(room)
        await chair.ask(room, "#startmeeting Day 1")
        await chair.ask(room, "#info one")
    bot.kill()
    name = damage(bot)
    begun = len(chair.lines)
    bot.start()
    assert await chair.hears(LOST, begun) == phrases.UNREADABLE_SESSION
    assert await chair.ask(LOST, "#info two") == phrases.UNREADABLE_SESSION
    assert await chair.ask(KEPT, "#info two") == "#2 info"
    await alice.join(KEPT)
    alice.tell(KEPT, "hello")
    assert await told_in_private(alice) == phrases.UNREADABLE_STREAMS(streams=[name], n=1)
    checked = await bot.command("check", "config.toml")
    assert checked.stdout.startswith(f"note: {name} cannot be read and is left out at the start: fact ")
    assert (await bot.stop())[0] == 0

    bot.config.write_text(Configuration(scene.ircd, [LOST, "#other"]).text())
    checked = await bot.command("check", "config.toml")
    assert "note: session 'Day 1' of track kept: the configuration has no such track; " in checked.stdout
    (bot.folder / "data" / "gatherbot.sqlite").write_bytes(b"")
    bot.start()
    assert bot.process is not None
    assert bot.process.wait(60) == 1
    assert "lacks what was already written to it (it is empty), so nothing was changed" in bot.log


async def test_who_takes_a_relays_nick_speaks_for_nobody(scene: Scene) -> None:
    room = "#bridged"
    op = await scene.person("op", room)
    network = 'throttle = false\nrelays = [{nick = "alice", account = "alice"}]'
    bot = scene.bot(Configuration(scene.ircd, [room], network=network))
    bot.start()
    await op.sees_bot_join(room)
    await op.ask(room, "#startmeeting Day 1")
    relay = await scene.person("alice", room, password="pw-alice")
    assert await relay.ask(room, "<rosa> #info from far away") == "#1 info"
    await relay.leave()
    await op.until(lambda line: line.startswith(":alice!") and " QUIT " in line)
    thief = await scene.person("alice", room)
    thief.tell(room, "<rosa> #info from the thief")
    assert await op.ask(room, "#info the second") == "#2 info"
    (session,) = await bot.sessions()
    assert [(record["by"], record["text"]) for record in session["records"]] == [
        ("rosa", "from far away"),
        ("op", "the second"),
    ]
