import asyncio
import socket
from pathlib import Path

from bot.app.connection_check import check_connections, try_all
from bot.app.service import only_one
from bot.bundled import choose
from bot.config import Config, loads


def config(
    folder: Path, homeserver: str, more: str = "", rooms: str = '"matrix/!nova:example.org"'
) -> Config:
    (folder / "token").write_text("a-token\n")
    text = f"""
        [bot]
        data = "data"
        [[network]]
        kind = "matrix"
        name = "matrix"
        homeserver = "{homeserver}"
        user = "@gatherbot:example.org"
        token_file = "token"
        {more}
        [[track]]
        slug = "nova"
        rooms = [{rooms}]
        """
    return loads(text, choose, folder=folder)


async def test_who_takes_connections_and_answers_nothing(tmp_path: Path) -> None:
    over = asyncio.Event()

    async def hear(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        found = await try_all(config(tmp_path, f"http://127.0.0.1:{port}"), patience=0.6)
    finally:
        over.set()
        server.close()
        await server.wait_closed()
    assert found == (["matrix: no answer within 1 s"], [], [])


async def test_the_keys_of_a_bot_that_runs_are_not_touched(tmp_path: Path) -> None:
    tried = config(tmp_path, "http://127.0.0.1:1", "encryption = true")
    with only_one(tried.data):
        found = await check_connections(tried)
    words = (
        f"a bot is already running with the data folder {tried.data}; stop it first, or ask it in its rooms"
    )
    assert found == ([f"matrix: not tried: {words}"], [], [])
    assert [path.name for path in tried.data.iterdir()] == ["lock"]


async def test_a_network_without_rooms_is_tried_too(tmp_path: Path) -> None:
    found = await check_connections(config(tmp_path, "http://127.0.0.1:1", rooms=""))
    assert found == (["matrix: not connected: http://127.0.0.1:1 takes no connections"], [], [])


async def test_the_port_of_the_pages_is_tried(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        tried = loads(
            f'[bot]\ndata = "data"\n[web]\nlisten = "127.0.0.1:{port}"\n',
            choose,
            folder=tmp_path,
            connecting=False,
        )
        fault = f"127.0.0.1:{port}: pages can't be served there: address already in use"
        assert await check_connections(tried) == ([fault], [], [])
        tried.data.mkdir()
        with only_one(tried.data):
            beside = f"{fault}; the bot that is running may have the port"
            assert await check_connections(tried) == ([], [beside], [])
    assert await check_connections(tried) == ([], [], [f"127.0.0.1:{port}: pages can be served there"])


async def test_the_port_of_the_inbox_is_tried(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        text = f'[bot]\ndata = "data"\n[mail]\ninbox = "lmtp:127.0.0.1:{port}"\ninbox_address = "recaps@example.org"\n'
        tried = loads(text, choose, folder=tmp_path, connecting=False)
        fault = f"127.0.0.1:{port}: mail can't be taken there: address already in use"
        assert await check_connections(tried) == ([fault], [], [])
        tried.data.mkdir()
        with only_one(tried.data):
            assert await check_connections(tried) == (
                [],
                [f"{fault}; the bot that is running may have the port"],
                [],
            )
    assert await check_connections(tried) == ([], [], [f"127.0.0.1:{port}: mail can be taken there"])
