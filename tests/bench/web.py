"""What readers of pages cost the rooms: python tests/bench/web.py

A bot with 64 sessions answers commands, alone and beside 500 open pages, 500 readers that read nothing, and 100 requests a
second; all in one run, on loopback. Prints the time from a command to its answer, and the memory of the bot's process.
"""

import asyncio
import json
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOMS, SECONDS, RATE, READERS = 64, 8.0, 40, 500
PAGES = ("/", "/schedule", "/actions", "/decisions", "/tracks/room1", "/tracks/room2", "/help", "/board.txt", "/recaps")


# the bot

async def bot(port: int, data: str) -> None:
    from msgspec.structs import replace

    from bot.app import service
    from bot.bundled import bundled_plugins
    from bot.config import Web, default_config
    from bot.core.events import Message, Room
    from bot.core.people.identity import Identity
    from bot.networks.recording_network import RecordingNetwork
    from bot.runtime.timers import machine_clock

    said: dict[str, asyncio.Future[float]] = {}

    class Timed(RecordingNetwork):
        async def say(self, room: str, text: str, **_: object) -> None:
            waiting = said.pop(room, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(time.perf_counter())

    rooms = [f"irc/#room{n}" for n in range(ROOMS)]
    config = replace(default_config(bundled_plugins(), rooms, data=Path(data)), web=Web("127.0.0.1", port))
    config = replace(config, setup=replace(config.setup, limits=replace(config.setup.limits, commands=0)))
    networks = {"irc": Timed("irc")}
    async with service.running(config, networks) as running:
        service._calm_the_collector()
        desk, number = running.engine.desk, 0

        async def order(room: str, text: str) -> float:
            nonlocal number
            number += 1
            who = Identity("irc", "amaru", "amaru")
            said[room] = answered = asyncio.get_running_loop().create_future()
            began = time.perf_counter()
            place = Room(room, "irc", members={"amaru": who})
            await desk.put(Message(room=place, speaker=who, text=text, at=machine_clock(), id=f"m{number}"))
            async with asyncio.timeout(10):
                return await answered - began

        for room in rooms:
            await order(room, "#startmeeting Day 1")
            await order(room, "#topic The first topic 20m")
            for n in range(5):
                await order(room, f"#info the note {n} of this session, which has some words")
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        print("ready", flush=True)
        while line := (await reader.readline()).decode().strip():
            if line == "rss":
                print(rss(), flush=True)
                continue
            took, lags, tasks = [], [], []
            stop = asyncio.Event()

            async def lag() -> None:
                while not stop.is_set():
                    began = time.perf_counter()
                    await asyncio.sleep(0.005)
                    lags.append(time.perf_counter() - began - 0.005)

            watching = asyncio.create_task(lag())
            began = time.perf_counter()

            async def one(n: int) -> None:
                took.append(await order(rooms[n % ROOMS], "#info another note of this session"))

            n = 0
            while time.perf_counter() - began < SECONDS:
                tasks.append(asyncio.create_task(one(n)))
                n += 1
                await asyncio.sleep(max(0, began + n / RATE - time.perf_counter()))
            await asyncio.gather(*tasks)
            stop.set()
            await watching
            took.sort(), lags.sort()
            print(json.dumps({"n": len(took), "p50": took[len(took) // 2] * 1000, "p95": took[len(took) * 95 // 100] * 1000, "max": took[-1] * 1000,
                              "lag99": lags[len(lags) * 99 // 100] * 1000, "lagmax": lags[-1] * 1000}), flush=True)


def rss() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


# the readers

async def idle(port: int, of: str, got: list[int]) -> tuple[asyncio.Task[None], asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /live?of={of} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    async def read() -> None:
        while data := await reader.read(65536):
            got[0] += len(data)

    return asyncio.create_task(read()), writer


async def stalled(port: int, of: str) -> socket.socket:
    stuck = socket.socket()
    stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stuck.setblocking(False)
    await asyncio.get_running_loop().sock_connect(stuck, ("127.0.0.1", port))
    await asyncio.get_running_loop().sock_sendall(stuck, f"GET /live?of={of} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return stuck


async def requests(port: int, stop: asyncio.Event, statuses: dict[int, int], rate: int = 100) -> None:
    import aiohttp

    async with aiohttp.ClientSession(headers={"Accept": "text/html"}, connector=aiohttp.TCPConnector(limit=50)) as client:
        async def one(n: int) -> None:
            try:
                async with client.get(f"http://127.0.0.1:{port}{PAGES[n % len(PAGES)]}") as answer:
                    await answer.read()
                    statuses[answer.status] = statuses.get(answer.status, 0) + 1
            except aiohttp.ClientError as error:
                statuses[0] = statuses.get(0, 0) + 1

        began, n, tasks = time.perf_counter(), 0, set()
        while not stop.is_set():
            tasks.add(task := asyncio.create_task(one(n)))
            task.add_done_callback(tasks.discard)
            n += 1
            await asyncio.sleep(max(0, began + n / rate - time.perf_counter()))
        await asyncio.gather(*tasks)


async def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        child = await asyncio.create_subprocess_exec(sys.executable, __file__, "bot", str(port), data, stdin=-1, stdout=-1)

        async def ask(line: str) -> str:
            child.stdin.write(f"{line}\n".encode())
            return (await child.stdout.readline()).decode().strip()

        await child.stdout.readline()
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            except OSError:
                await asyncio.sleep(0.1)
        await ask("measure")
        print("alone          ", await ask("measure"))
        before = float(await ask("rss"))
        got = [0]
        pages = [PAGES[n % 3] for n in range(READERS)]
        readers = [await idle(port, of, got) for of in pages]
        await asyncio.sleep(2)
        print(f"500 open pages: {float(await ask('rss')) - before:.1f} MiB more than {before:.1f}")
        print("500 open pages ", await ask("measure"), f"{got[0] / 1e6:.1f} MB read")
        stop, statuses = asyncio.Event(), {}
        asking = asyncio.create_task(requests(port, stop, statuses))
        print("and 100 req/s  ", await ask("measure"))
        stop.set()
        await asking
        print("answers", statuses)
        before = float(await ask("rss"))
        stuck = [await stalled(port, of) for of in pages]
        stop, statuses = asyncio.Event(), {}
        asking = asyncio.create_task(requests(port, stop, statuses))
        print("and 500 stalled", await ask("measure"))
        stop.set()
        await asking
        print("answers", statuses, f"memory: {float(await ask('rss')) - before:.1f} MiB more")
        for task, writer in readers:
            task.cancel()
            writer.close()
        for one in stuck:
            one.close()
        await asyncio.sleep(1)
        print("alone again    ", await ask("measure"), f"{float(await ask('rss')):.1f} MiB")
        child.stdin.close()
        await child.wait()


if __name__ == "__main__":
    asyncio.run(bot(int(sys.argv[2]), sys.argv[3]) if sys.argv[1:2] == ["bot"] else main())
