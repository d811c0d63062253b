"""Real sessions on a real network: many at once, through splits, quits, renames and a server that dies."""

import asyncio
import signal

import pytest

from plugins.sessions import phrases
from tests.live.bot_process import BotProcess, Configuration
from tests.live.irc_servers import running_ircd
from tests.live.whole_way import Scene

pytestmark = pytest.mark.live

NOT_A_CHAIR = "only a chair or a moderator can use #meetingname; "


async def with_bot(scene: Scene, room: str, network: str = "throttle = false") -> BotProcess:
    """A bot in a room where somebody else has op, so that a chair is only a chair."""
    op = await scene.person(f"op-{room[1:]}", room)
    bot = scene.bot(Configuration(scene.ircd, [room], network=network))
    bot.start()
    await op.sees_bot_join(room)
    return bot


async def test_fifty_sessions_at_once(scene: Scene) -> None:
    rooms = [f"#many-{n}" for n in range(50)]
    chair = await scene.person("many")
    chair.give(*(f"JOIN {room}" for room in rooms))
    bot = scene.bot(Configuration(scene.ircd, rooms))
    bot.start()
    for room in rooms:
        await chair.sees_bot_join(room)
    for line in ("#startmeeting Day 1", "#topic One", "#info kept", "#action many to tell", "#endmeeting"):
        for room in rooms:
            chair.tell(room, line)
    for room in rooms:
        await chair.hears(room, 0, lambda text: text.startswith("closed after"))
    outbox = bot.folder / "data/outbox"
    async with asyncio.timeout(60):
        while len(list(outbox.glob("*.eml"))) < len(rooms):  # noqa: ASYNC110 - a folder tells nobody
            await asyncio.sleep(0.1)
    sessions = await bot.sessions()
    assert {
        room: [(record["n"], record["kind"], record["text"]) for record in session["records"]]
        for session in sessions
        for room in session["rooms"]
    } == {f"irc/{room}": [(1, "info", "kept"), (2, "action", "many to tell")] for room in rooms}
    assert all(session["ended"] for session in sessions)
    assert [chair.heard_in(room)[0].partition(" until ")[0] for room in rooms] == ["Day 1 is open"] * 50
    assert (await bot.stop())[0] == 0
    assert bot.faults() == []


async def test_a_split_takes_no_chair_away_and_a_quit_does(scene: Scene) -> None:
    room = "#rights"
    bot = await with_bot(scene, room)
    oper = await scene.person("root", room)
    chair = await scene.person("far", room, port=scene.ircd.leaf_port)
    assert "chair far" in await chair.ask(room, "#startmeeting Day 1")
    oper.give("OPER root pw-oper", "SQUIT leaf.test :split")
    await oper.until(lambda line: line.startswith(":far!") and " QUIT " in line)
    chair.tell(room, "is anybody here?")  # InspIRCd may overlook a lost link until it has to write
    await oper.until_so(lambda: oper.joins_of("far", room) == 2)
    assert await chair.ask(room, "#meetingname After the split") == phrases.RENAMED(name="After the split")

    await chair.goes_by("near")
    assert await chair.ask(room, "#meetingname Renamed") == phrases.RENAMED(name="Renamed")
    chair.give("QUIT :gone")
    await oper.until(lambda line: line.startswith(":near!") and " QUIT " in line)
    for nick in ("near", "far"):
        impostor = await scene.person(nick, room, user="thief")
        begun = len(impostor.lines)
        impostor.tell(room, "#meetingname Mine")
        # the room may first be told that the bot lost sight of a chair
        await impostor.hears(room, begun, lambda text: text.startswith(NOT_A_CHAIR))
    assert (await bot.sessions())[0]["name"] == "Renamed"


async def test_an_account_stays_chair_under_any_nick(scene: Scene) -> None:
    room = "#accounts"
    bot = await with_bot(scene, room)
    chair = await scene.person("alice", room, password="pw-alice")
    assert "chair alice" in await chair.ask(room, "#startmeeting Day 1")
    lin = await scene.person("lin-a", room)
    assert (await lin.ask(room, "#meetingname Mine")).startswith(NOT_A_CHAIR)
    await chair.leave()
    await lin.until(lambda line: line.startswith(":alice!") and " QUIT " in line)
    stranger = await scene.person("alice", room)
    assert (await stranger.ask(room, "#meetingname Mine")).startswith(NOT_A_CHAIR)
    await stranger.goes_by("alice-too")
    again = await scene.person("alice", password="pw-alice")
    await again.goes_by("al")
    await again.join(room)
    assert await again.ask(room, "#meetingname Ours") == phrases.RENAMED(name="Ours")
    assert bot.faults() == []


async def test_people_behind_a_relay_are_themselves(scene: Scene) -> None:
    room = "#relayed"
    bot = await with_bot(scene, room, network='throttle = false\nrelays = ["bridge"]')
    chair, relay = await scene.people("amaru-r", "bridge", room=room)
    await chair.ask(room, "#startmeeting Day 1")
    assert await relay.ask(room, "<rosa> #info from far away") == "#1 info"
    assert (await relay.ask(room, "<amaru-r> #meetingname Mine")).startswith(NOT_A_CHAIR)
    (session,) = await bot.sessions()
    assert [(record["by"], record["text"]) for record in session["records"]] == [("rosa", "from far away")]
    assert [person["name"] for person in session["attendance"]] == ["amaru-r", "rosa"]


async def test_a_server_that_dies_leaves_a_gap(scene: Scene) -> None:
    room = "#dies"
    with running_ircd(SERVICES="0") as ircd:
        scene.ircd = ircd
        bot = await with_bot(scene, room)
        chair = await scene.person("amaru", room)
        await chair.ask(room, "#startmeeting Day 1")
        assert await chair.ask(room, "#info before") == "#1 info"
        ircd.stop(signal.SIGKILL)
        await bot.until_logged("not connected")
        ircd.start()
        back, lin = await scene.people("amaru", "lin", room=room)
        await bot.until_logged("connected as gatherbot", times=2)
        await back.until(
            lambda line: line.startswith(":gatherbot!") or "gatherbot" in line.split(" :")[-1].split()
        )
        assert await lin.ask(room, "#info after") == "#2 info"
        (session,) = await bot.sessions()
        (gap,) = session["gaps"]
        assert session["records"][0]["at"] <= gap["from"] < gap["until"] <= session["records"][1]["at"]
        assert (await bot.stop())[0] == 0


async def test_many_commands_at_once_do_not_flood_the_bot_out(scene: Scene) -> None:
    room = "#flood"
    with running_ircd(SERVICES="0", FLOOD="kill") as ircd:
        scene.ircd = ircd
        bot = await with_bot(scene, room, network="throttle = true")
        people = await scene.people("p0", "p1", "p2", "p3", room=room)
        await people[0].ask(room, "#startmeeting Day 1")
        people[0].tell(room, "#commands")
        for person in people:
            person.tell(room, *(f"#info {person.nick} {n}" for n in range(5)))
        await people[0].hears(room, 0, lambda text: "#20 info" in text)
        assert [line for line in people[0].lines if line.startswith(":gatherbot!") and " QUIT " in line] == []
        assert len((await bot.sessions())[0]["records"]) == 20
        assert bot.log.count("connected as") == 1
        assert [line for line in people[0].lines if "QUIT" in line] == []
