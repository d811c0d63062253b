"""The other commands as a person types them: a room in the terminal, the demonstration, and looking beside a bot."""

import email
import email.policy
import json

import pytest

from tests.live.bot_process import Configuration
from tests.live.mail_servers import text_of
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

TYPED = """amaru: #startmeeting Small one
amaru: #topic Welcome
lin: #info two of us are here
amaru: #action lin to tell the others
amaru: #agreed that was all
amaru: #endmeeting
"""


async def test_a_session_typed_into_a_terminal_becomes_a_letter(scene: Scene) -> None:
    bot = scene.bot(Configuration(scene.ircd, ["#unused"]))
    bot.config.unlink()
    done = await bot.command("chat", typed=TYPED)
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = (scene.folder / "gatherbot-data/outbox").glob("*.eml")
    assert f"-!- mail written: {path.relative_to(scene.folder)}" in done.stdout.splitlines()
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert letter["To"] == "console@localhost"
    body = text_of(letter)
    for text in ("two of us are here", "lin to tell the others", "that was all"):
        assert text in body


async def test_the_demonstration_shows_its_recap(scene: Scene) -> None:
    bot = scene.bot(Configuration(scene.ircd, ["#unused"]))
    done = await bot.command("demo", "--speed", "100000")
    assert (done.returncode, done.stderr) == (0, "")
    *_, last = done.stdout.splitlines()
    path = scene.folder / last.removeprefix("The mail is in ")
    letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert f"Subject: {letter['Subject']}" in done.stdout
    assert text_of(letter) in done.stdout


async def test_looking_beside_a_running_bot(scene: Scene) -> None:
    room = "#beside"
    chair = await scene.person("amaru-b", room)
    bot = scene.bot(Configuration(scene.ircd, [room]))
    bot.start()
    await chair.sees_bot_join(room)
    early = await bot.command("recap", "beside")
    assert (early.returncode, early.stdout) == (1, "")
    assert early.stderr == f"gatherbot: {scene.folder}/data/gatherbot.sqlite has no session of beside\n"
    await chair.ask(room, "#startmeeting Day 1")
    await chair.ask(room, "#info in the middle of it")
    export = await bot.command("export")
    (session,) = json.loads(export.stdout)["sessions"]
    assert (session["ended"], [record["text"] for record in session["records"]]) == (
        None,
        ["in the middle of it"],
    )
    for form in ("--mail", "--markdown", "--html", "--json"):
        done = await bot.command("recap", "beside", form)
        assert (done.returncode, done.stderr, "in the middle of it" in done.stdout) == (0, "", True)
    second = await bot.command("run", "config.toml")
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"gatherbot: a bot is already running with the data folder {scene.folder}/data; "
        "stop it first, or ask it in its rooms\n"
    )
    assert await chair.ask(room, "#info and on") == "#2 info"
    assert (await bot.stop())[0] == 0
    assert bot.faults() == []
