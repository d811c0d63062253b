import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from aiohttp import web

from bot.networks.matrix.errors import RefusedError, UnreachableError
from bot.networks.matrix.server.answers import answer_of
from bot.networks.matrix.server.homeserver import Access, Page
from bot.networks.matrix.server.nio_server import NioServer
from bot.networks.matrix.settings import MatrixSettings, Timing

ME = "@bot:example.org"
AMARU = "@amaru:example.org"
Answer = Callable[[web.Request, Any], Any]
Asked = list[tuple[str, str, Any]]


def refused(code: str, status: int = 403, **more: Any) -> web.Response:
    return web.json_response({"errcode": code, "error": "in its own words", **more}, status=status)


@asynccontextmanager
async def serving(answer: Answer, timing: Timing | None = None) -> AsyncIterator[tuple[NioServer, Asked]]:
    """The other side, with what it was asked."""
    asked: Asked = []

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        content = json.loads(body) if body else None
        asked.append((request.method, request.raw_path.removeprefix("/_matrix/client/v3"), content))
        given = answer(request, content)
        if asyncio.iscoroutine(given):
            given = await given
        return given if isinstance(given, web.Response) else web.json_response(given)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    server = NioServer(MatrixSettings("matrix", f"http://127.0.0.1:{port}/", ME), timing or Timing())
    try:
        yield server, asked
    finally:
        await server.close()
        await runner.cleanup()


async def test_a_login_and_what_follows_from_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    tokens = []

    def answer(request: web.Request, _: Any) -> Any:
        tokens.append(request.headers.get("Authorization"))
        if request.path.endswith("login"):
            return {"device_id": "DEVICE", "access_token": "syt_secret", "user_id": ME}
        return {"user_id": ME, "device_id": "DEVICE"}

    async with serving(answer) as (server, asked):
        access = await server.log_in("hunter2", device="", name="gatherbot")
        assert access == Access("DEVICE", "syt_secret")
        server.use(access)
        assert await server.whoami() == (ME, "DEVICE")
        await server.log_in("hunter2", device="DEVICE", name="gatherbot")
        wanted = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": ME},
            "password": "hunter2",
            "initial_device_display_name": "gatherbot",
        }
        assert asked == [
            ("POST", "/login", wanted),
            ("GET", "/account/whoami", None),
            ("POST", "/login", {**wanted, "device_id": "DEVICE"}),
        ]
    assert tokens == [None, "Bearer syt_secret", None]
    assert "hunter2" not in caplog.text
    assert "syt_secret" not in caplog.text
    assert "syt_secret" not in repr(access)


async def test_requests_are_put_as_the_specification_has_it() -> None:
    def answer(request: web.Request, _: Any) -> Any:
        if "/messages" in request.path:
            return {"chunk": [{"event_id": "$2"}, {"event_id": "$1"}], "end": "p0"}
        return {
            "room_id": "!a",
            "event_id": "$e",
            "servers": ["one.example", "two.example"],
            "joined": {AMARU: {}},
        }

    async with serving(answer) as (server, asked):
        assert await server.send("!a/b:c", "m.room.message", {"body": "ü"}, "k.1") == "$e"
        await server.set_state("!a", "m.room.topic", {"topic": "t"})
        assert await server.resolve("#nova:example.org") == ("!a", ("one.example", "two.example"))
        assert await server.join("!a", ("one.example",)) == "!a"
        await server.leave("!a")
        assert await server.messages("!a", "p2", "s 1") == Page(
            ({"event_id": "$2"}, {"event_id": "$1"}), "p0"
        )
        assert await server.messages("!a", "p2", None) == Page(({"event_id": "$2"}, {"event_id": "$1"}), "p0")
        assert (await server.members("!a"))["joined"] == {AMARU: {}}
        assert asked == [
            ("PUT", "/rooms/!a%2Fb:c/send/m.room.message/k.1", {"body": "ü"}),
            ("PUT", "/rooms/!a/state/m.room.topic", {"topic": "t"}),
            ("GET", "/directory/room/%23nova:example.org", None),
            ("POST", "/join/!a?via=one.example&server_name=one.example", {}),
            ("POST", "/rooms/!a/leave", {}),
            ("GET", "/rooms/!a/messages?dir=b&from=p2&limit=100&to=s+1", None),
            ("GET", "/rooms/!a/messages?dir=b&from=p2&limit=100", None),
            ("GET", "/rooms/!a/joined_members", None),
        ]


async def test_a_sync_waits_as_long_as_it_is_told() -> None:
    queries = []

    def answer(request: web.Request, _: Any) -> Any:
        queries.append(dict(request.query))
        return {"next_batch": "s2"}

    async with serving(answer) as (server, _):
        assert await server.sync("s1", wait=30.0) == {"next_batch": "s2"}
        await server.sync(None, wait=0.0, full_state=True)
    assert {key: queries[0][key] for key in ("since", "timeout")} == {"since": "s1", "timeout": "30000"}
    assert "full_state" not in queries[0]
    assert "since" not in queries[1]
    assert queries[1]["full_state"] == "true"
    assert int(queries[1]["timeout"]) < 1000
    wanted = json.loads(queries[0]["filter"])
    assert wanted["room"]["timeline"] == {"limit": 50, "lazy_load_members": True}
    assert wanted["presence"] == wanted["room"]["ephemeral"] == {"types": []}


async def test_a_private_room_is_made_once_and_found_again() -> None:
    direct: dict[str, Any] = {"@other:example.org": ["!x"], AMARU: ["!old", 7]}
    joined = {"!new": [ME]}
    membership = {"!new": "invite"}

    def answer(request: web.Request, content: Any) -> Any:
        parts = request.path.split("/")[4:]
        if parts[0] == "user":
            if request.method == "PUT":
                direct.update(content)
            return direct
        if parts[0] == "createRoom":
            return {"room_id": "!new"}
        if parts[1] not in joined:
            return refused("M_FORBIDDEN")
        if parts[-1] == "joined_members":
            return {"joined": {user: {} for user in joined[parts[1]]}}
        return {"membership": membership[parts[1]]}

    async with serving(answer) as (server, asked):
        assert await server.private_room(AMARU) == "!new"
        assert direct == {"@other:example.org": ["!x"], AMARU: ["!old", "!new"]}
        made = [content for _, path, content in asked if path == "/createRoom"]
        assert made == [{"preset": "trusted_private_chat", "is_direct": True, "invite": [AMARU]}]
        asked.clear()
        assert await server.private_room(AMARU) == "!new"
        membership["!new"] = "leave"
        assert await server.private_room(AMARU) == "!new"
        joined["!new"].append(AMARU)
        assert await server.private_room(AMARU) == "!new"
        changes = [(method, path, content) for method, path, content in asked if method != "GET"]
        assert changes == [("POST", "/rooms/!new/invite", {"user_id": AMARU})]


async def test_private_rooms_that_are_made_at_once_are_all_noted() -> None:
    noted: dict[str, Any] = {}
    users = [f"@p{number}:example.org" for number in range(4)]

    async def answer(request: web.Request, content: Any) -> Any:
        await asyncio.sleep(0.01)
        if request.path.endswith("createRoom"):
            return {"room_id": f"!{content['invite'][0]}"}
        if request.method == "PUT":
            noted.clear()
            noted.update(content)
        return dict(noted)

    async with serving(answer) as (server, _):
        await asyncio.gather(*map(server.private_room, users))
    assert noted == {user: [f"!{user}"] for user in users}


async def test_a_busy_homeserver_is_asked_for_a_private_room_another_time() -> None:
    async with serving(lambda *_: refused("M_LIMIT_EXCEEDED", 429, retry_after_ms=1500)) as (server, _):
        with pytest.raises(RefusedError) as caught:
            await server.private_room(AMARU)
        assert caught.value.wait == 1.5


async def test_a_homeserver_that_does_not_answer_in_time() -> None:
    never = asyncio.Event()

    async def wait() -> Any:
        await never.wait()

    async with serving(lambda *_: wait(), Timing(answer=0.05)) as (server, _):
        with pytest.raises(UnreachableError, match="did not answer in time"):
            await server.whoami()
        never.set()


async def test_a_name_that_there_is_not() -> None:
    async with serving(lambda *_: refused("M_NOT_FOUND", 404)) as (server, _):
        assert await server.display_name() == ""
        with pytest.raises(RefusedError, match="M_NOT_FOUND: in its own words"):
            await server.resolve("#nova:example.org")


@pytest.mark.parametrize("answer", [{}, {"next_batch": 7}, {"access_token": None}])
async def test_answers_that_lack_the_most_important(answer: Any) -> None:
    async with serving(lambda *_: answer) as (server, _):
        with pytest.raises(UnreachableError, match="without a position"):
            await server.sync(None, wait=0.0)
        with pytest.raises(UnreachableError, match="without an access token"):
            await server.log_in("hunter2", device="", name="gatherbot")


async def test_an_address_that_is_none() -> None:
    server = NioServer(MatrixSettings("matrix", "https://", ME), Timing())
    with pytest.raises(UnreachableError, match="is no address of a homeserver"):
        await server.whoami()
    await server.close()


LIMITED = {"errcode": "M_LIMIT_EXCEEDED", "error": "slow down"}


@pytest.mark.parametrize(
    ("status", "answer", "retry_after", "error"),
    [
        (403, {"errcode": "M_FORBIDDEN", "error": "no"}, "", RefusedError("M_FORBIDDEN", "no")),
        (400, {"errcode": "M_UNKNOWN", "error": 7}, "", RefusedError("M_UNKNOWN", "")),
        (401, {"errcode": "M_UNKNOWN_TOKEN", "soft_logout": True}, "", RefusedError("M_UNKNOWN_TOKEN", "")),
        (
            429,
            LIMITED | {"retry_after_ms": 250},
            "9",
            RefusedError("M_LIMIT_EXCEEDED", "too many requests", 0.25),
        ),
        (
            429,
            LIMITED | {"retry_after_ms": 10**400},
            "",
            RefusedError("M_LIMIT_EXCEEDED", "too many requests", 3600.0),
        ),
        (429, LIMITED, "9" * 400, RefusedError("M_LIMIT_EXCEEDED", "too many requests", 3600.0)),
        (429, LIMITED, "9", RefusedError("M_LIMIT_EXCEEDED", "too many requests", 9.0)),
        (429, "slow down", "soon", RefusedError("M_LIMIT_EXCEEDED", "too many requests", 5.0)),
        (
            403,
            LIMITED | {"retry_after_ms": "x"},
            "",
            RefusedError("M_LIMIT_EXCEEDED", "too many requests", 5.0),
        ),
    ],
)
def test_refusals(status: int, answer: Any, retry_after: str, error: RefusedError) -> None:
    with pytest.raises(RefusedError) as caught:
        answer_of("https://hs", status, json.dumps(answer).encode(), retry_after)
    assert caught.value == error


@pytest.mark.parametrize(
    ("status", "raw", "words"),
    [
        (200, b"<html>", "https://hs answered 200 with something other than Matrix"),
        (200, b"[]", "https://hs answered 200 with something other than Matrix"),
        (404, b"not found", "https://hs answered 404 with something other than Matrix"),
        (404, b'{"errcode": 404}', "https://hs answered 404 with something other than Matrix"),
        (502, b"<html>Bad Gateway", "https://hs answered 502 with something other than Matrix"),
        (500, b'{"errcode": "M_UNKNOWN", "error": "oh"}', "https://hs answered 500 M_UNKNOWN: oh"),
        (200, b"\xff\xfe", "https://hs answered 200 with something other than Matrix"),
        (200, b"[" * 100_000, "https://hs answered 200 with something other than Matrix"),
        (200, b'{"a":' * 100_000, "https://hs answered 200 with something other than Matrix"),
        (502, b"[" * 100_000, "https://hs answered 502 with something other than Matrix"),
    ],
)
def test_answers_without_sense(status: int, raw: bytes, words: str) -> None:
    with pytest.raises(UnreachableError) as caught:
        answer_of("https://hs", status, raw)
    assert str(caught.value) == words


def test_a_number_that_python_does_not_read_costs_only_itself() -> None:
    raw = b'{"next_batch": "p", "content": {"a": -%b, "b": 12}}' % (b"9" * 5000)
    assert answer_of("https://hs", 200, raw) == {"next_batch": "p", "content": {"a": 0, "b": 12}}


async def test_an_answer_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.networks.matrix.server.nio_server.LARGEST", 100_000)
    sent = 0

    async def answer(request: web.Request, _: Any) -> web.Response:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while sent < 50_000_000:
                await response.write(b" " * 10_000)
                sent += 10_000
        return web.Response()

    async with serving(answer) as (server, _):
        with pytest.raises(UnreachableError, match="broke: ClientPayloadError"):
            await server.sync(None, wait=0)
    assert sent < 50_000_000
