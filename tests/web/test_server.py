"""What goes over the wire: headers, caching, and clear answers to those who mean no good."""

import gzip
import json
import logging
from collections.abc import AsyncIterator

import pytest

from bot.web import server as server_module
from bot.web.responses import POLICY
from tests.web.garden import beds_of
from tests.web.served import Served, served

PAGE = {"Accept": "text/html"}


@pytest.fixture
async def garden() -> AsyncIterator[Served]:
    async with served(beds_of()) as found:
        yield found


async def test_a_page_is_harmless_and_asked_for_each_time(garden: Served) -> None:
    status, body, headers = await garden.get("/")
    assert status == 200
    assert body.startswith(b"<!doctype html>")
    wanted = {
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-cache",
        "Content-Type": "text/html; charset=utf-8",
        "Vary": "Accept, Accept-Encoding",
    }
    assert {name: headers[name] for name in wanted} == wanted
    assert "unsafe" not in POLICY


async def test_a_page_is_sent_again_only_when_it_changed(garden: Served) -> None:
    tag = (await garden.get("/"))[2]["ETag"]
    known = {"If-None-Match": f'"other", {tag}'}
    status, body, headers = await garden.get("/", known)
    assert (status, body, headers["ETag"]) == (304, b"", tag)
    garden.say("amaru", "#startmeeting Day 1")
    status, body, headers = await garden.get("/", known)
    assert (status, b"somebody digs" in body, headers["ETag"] == tag) == (200, True, False)
    tag = headers["ETag"]
    garden.stage.later(minutes=1)
    assert (await garden.get("/", {"If-None-Match": tag}))[0] == 200


async def test_what_happens_in_private_changes_no_version(garden: Served) -> None:
    tag = (await garden.get("/"))[2]["ETag"]
    garden.stage.say("amaru", "#startmeeting Vaultword meeting", "irc/#vault")
    (session,) = garden.stage.state.sessions()
    garden.site.note({session.id: session}, ["track/vault"], [session.id])
    assert (await garden.get("/", {"If-None-Match": tag}))[0] == 304


async def test_a_private_session_is_as_one_that_does_not_exist(garden: Served) -> None:
    garden.stage.say("amaru", "#startmeeting Vaultword meeting", "irc/#vault")
    (session,) = garden.stage.state.sessions()
    garden.changed()
    path = garden.address(session)
    for address in (path, f"{path[:-8]}00000000"):
        status, _, headers = await garden.get(address, {"If-None-Match": "*"})
        assert (status, headers.get("ETag")) == (404, None)
    before = await garden.site.ask(path)
    garden.site.note({session.id: session}, ["track/vault"], [session.id])
    assert await garden.site.ask(path) == before


async def test_a_session_does_not_change_with_another_one(garden: Served) -> None:
    garden.say("amaru", "#startmeeting Day 1")
    garden.say("amaru", "#startmeeting Day 1", "irc/#kata")
    nova, kata = garden.stage.state.sessions()
    address = garden.address(nova)
    tag = (await garden.get(address))[2]["ETag"]
    garden.site.note({kata.id: kata}, [], [])
    assert (await garden.get(address, {"If-None-Match": tag}))[0] == 304
    log = (await garden.get(f"{address}/log"))[2]["ETag"]
    garden.site.note({}, [], [nova.id])
    assert (await garden.get(address, {"If-None-Match": tag}))[0] == 304
    assert (await garden.get(f"{address}/log", {"If-None-Match": log}))[0] == 200


async def test_head_says_the_same_without_a_body(garden: Served) -> None:
    _, body, headers = await garden.get("/")
    status, nothing, same = await garden.get("/", method="HEAD")
    assert (status, nothing, same["ETag"]) == (200, b"", headers["ETag"])
    assert same["Content-Length"] == str(len(body))


async def test_a_page_is_packed_for_who_takes_that(garden: Served) -> None:
    plain = (await garden.get("/style.css"))[1]
    _, packed, headers = await garden.get("/style.css", {"Accept-Encoding": "br, gzip"})
    assert (headers["Content-Encoding"], gzip.decompress(packed)) == ("gzip", plain)
    assert "Content-Encoding" not in (await garden.get("/style.css", {"Accept-Encoding": "gzip;q=0, br"}))[2]
    assert "Content-Encoding" not in (await garden.get("/beds.txt", {"Accept-Encoding": "gzip"}))[2]


async def test_a_stylesheet_is_kept_for_ever_under_the_address_that_pages_name(garden: Served) -> None:
    assert b'href="/style.css?abc"' in (await garden.get("/"))[1]
    _, _, headers = await garden.get("/style.css?abc")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (await garden.get("/style.css?old"))[2]["Cache-Control"] == "no-cache"
    assert (await garden.get("/style.css", {"If-None-Match": headers["ETag"]}))[0] == 304


async def test_text_for_those_who_ask_for_no_page(garden: Served) -> None:
    status, body, headers = await garden.get("/", {"Accept": "*/*"})
    assert (status, body, headers["Content-Type"]) == (200, b"Nova\n<b>Kata</b>", "text/plain; charset=utf-8")


async def test_an_old_address_leads_on(garden: Served) -> None:
    status, _, headers = await garden.get("/beds.html?tz=UTC")
    assert (status, headers["Location"]) == (301, "/?tz=UTC")


async def test_errors_have_pages(garden: Served, caplog: pytest.LogCaptureFixture) -> None:
    status, body, headers = await garden.get("/none")
    assert (status, b"There is nothing at this address." in body) == (404, True)
    assert headers["Content-Security-Policy"] == POLICY
    assert caplog.messages == []
    first, second = [(await garden.get("/broken"))[:2] for _ in range(2)]
    assert (first[0], first) == (500, second)  # made once, so it is logged once
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
async def test_only_reading_is_understood(garden: Served, method: str) -> None:
    answer = await garden.raw(f"{method} / HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 405 ")
    assert b"Allow: GET, HEAD" in head
    assert body == b"only GET and HEAD are understood here\n"


async def test_a_request_of_a_megabyte_is_refused_unread(garden: Served) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    assert (await garden.raw(head + b"x" * 1_000_000)).startswith(b"HTTP/1.1 405 ")
    head = head.replace(b"POST", b"GET")
    assert (await garden.raw(head + b"x" * 10)).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 9000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello over TLS\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
    ],
    ids=["long-line", "long-header", "many-headers", "method", "tls", "smuggling"],
)
async def test_a_bad_request_is_told_in_short_and_not_logged(
    garden: Served, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        answer = await garden.raw(sent)
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 "))
    assert b"Traceback" not in answer
    assert caplog.messages == []
    assert (await garden.get("/"))[0] == 200


async def test_a_client_that_does_not_get_on_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "SILENCE_S", 0.3)
    async with served(beds_of()) as garden:
        assert await garden.raw(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ") == b""
        assert await garden.raw(b"") == b""
        told = await garden.raw(b"GET /beds.txt HTTP/1.1\r\nHost: x\r\n\r\n")
        assert told.endswith(b"<b>Kata</b>")  # and after that the connection ended too


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/static/../server.py",
        "/%2e%2e/%2e%2e/etc",
        "//",
        "/tracks/%00",
        "/tracks/%ff%fe",
        "/layout.html",
        "/%",
        "/style.css/",
    ],
)
async def test_a_hostile_path_leads_nowhere(garden: Served, path: str) -> None:
    answer = await garden.raw(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode()
    )
    assert answer.split(b" ", 2)[1] in {b"404", b"400"} or path == "//"
    assert b"root:" not in answer


async def test_a_hostile_query_is_shown_as_text(garden: Served) -> None:
    for query in (
        "show=<script>alert(1)</script>",
        "tz=<script>alert(1)</script>",
        "%ff=%00&tz=%ff",
        "tz=../../etc/passwd",
    ):
        status, body, _ = await garden.get(f"/?{query}")
        assert status == 200
        assert b"<script" not in body


async def test_the_health_of_the_bot(garden: Served) -> None:
    status, body, headers = await garden.get("/healthz")
    well = {"status": "ok", "desk": True, "journal": True, "networks": {"oftc": True}}
    assert (status, json.loads(body), headers["Cache-Control"]) == (200, well, "no-store")
    garden.body.networks["oftc"] = False
    status, body, _ = await garden.get("/healthz")
    assert (status, json.loads(body)) == (503, {**well, "status": "trouble", "networks": {"oftc": False}})
    garden.body.networks["oftc"], garden.body.saves = True, False
    assert (await garden.get("/healthz"))[0] == 503
    garden.body.saves, garden.body.journal_answers = True, False
    status, body, _ = await garden.get("/healthz")
    assert (status, json.loads(body)["journal"]) == (503, False)


async def test_a_port_that_is_taken_is_an_error_that_names_itself(garden: Served) -> None:
    async with served(beds_of()) as other:
        with pytest.raises(OSError, match="address already in use"):
            await other.another_on(garden.port)
