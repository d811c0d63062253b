"""The web server: readers' requests, in the bot's process, with limits for those who mean no good."""

import asyncio
import contextlib
import logging
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from urllib.parse import parse_qs

from aiohttp import web

from bot.web.assets import Asset
from bot.web.connections import CountingServer, most_connections
from bot.web.health import Health
from bot.web.live import LiveReader, LiveViews
from bot.web.made import Made
from bot.web.private_requests import PrivateRequests
from bot.web.private_site import Opened
from bot.web.responses import (
    FOR_EVER,
    FRESH,
    HARMLESS,
    is_known,
    not_modified,
    page_response,
    refusal,
    response,
    tag_of,
    wants_html,
)
from bot.web.site import Site

SILENCE_S = 20.0  # for a request to arrive whole, and between two of them
SENDING_S = 20.0  # for a reader to take a page
STALLED_S = 8.0  # for a reader of changes to take one
BREATH_S = 15.0  # between two comments, which keep proxies from closing what is silent
LINGER_S = 1.0  # for the rest of a request that is refused
BUFFER = 32 * 1024  # bytes that the kernel keeps for a reader of changes
METHODS = ("GET", "HEAD")
EVENTS = {
    **HARMLESS,
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}

log = logging.getLogger(__name__)

Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class WebServer:
    """Serves a site, its assets, what changes of it, and the bot's health."""

    def __init__(
        self,
        site: Site,
        live: LiveViews,
        health: Health,
        files: Mapping[str, Asset],
        private: PrivateRequests | None = None,
    ) -> None:
        self._site = site
        self._private = private
        self._live = live
        self._health = health
        self._assets = files
        self._own: Mapping[str, Answer] = {"/live": self._changes, "/healthz": self._state_of_health}
        self._runner: web.ServerRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port. Raises OSError where that cannot be had."""
        server = CountingServer(
            self._answer,
            most_connections(),
            logger=_silent(),
            access_log=None,
            keepalive_timeout=SILENCE_S,
            lingering_time=LINGER_S,
            auto_decompress=False,
            handler_cancellation=True,  # who looks at changes and leaves is forgotten at once
        )
        self._runner = runner = web.ServerRunner(server, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port, backlog=512)
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        self._tasks = [
            asyncio.create_task(self._live.run(), name="live pages"),
            asyncio.create_task(self._health.watch(), name="health"),
        ]
        (address, *_) = runner.addresses
        return int(address[1])

    async def stop(self) -> None:
        """End all connections."""
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        if self._runner is not None:
            for connection in list(getattr(self._runner.server, "connections", ())):
                connection.force_close()
            await self._runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if self._private is not None and (opened := self._private.find(request.path)) is not None:
            return await self._guarded(request, partial(self._held, self._private, opened), "a private page")
        if request.method not in METHODS:
            return _last(refusal(405, "only GET and HEAD are understood here", {"Allow": ", ".join(METHODS)}))
        if request.body_exists:
            return _last(refusal(400, "a request for a page has no body"))
        return await self._guarded(request, self._own.get(request.path, self._page), ascii(request.path))

    async def _guarded(self, request: web.BaseRequest, answer: Answer, asked: str) -> web.StreamResponse:
        """Answer; a fault costs this request only. `asked` names it in the log."""
        try:
            return await answer(request)
        except ConnectionError:
            return _gone(request)
        except Exception:
            number = secrets.token_hex(3)
            log.exception("fault %s: %s cannot be answered", number, asked)
            return _last(refusal(500, f"a fault of the bot; tell the organizers its number, {number}"))

    async def _held(
        self, private: PrivateRequests, opened: Opened, request: web.BaseRequest
    ) -> web.StreamResponse:
        answer, is_last = await private.answer(request, opened)
        return _last(answer) if is_last else await self._sent(request, answer)

    async def _page(self, request: web.BaseRequest) -> web.StreamResponse:
        asset = self._assets.get(request.path)
        if asset is not None:
            return await self._asset(request, asset)
        query = request.rel_url.raw_query_string
        asked = await self._site.ask(request.path, query, html=wants_html(request))
        if isinstance(asked, Made):
            return await self._sent(request, await page_response(request, asked))
        if is_known(request, tag_of(asked.version)):
            return not_modified(asked.version)
        return await self._sent(request, await page_response(request, await self._site.made(asked)))

    async def _asset(self, request: web.BaseRequest, asset: Asset) -> web.StreamResponse:
        if is_known(request, tag_of(asset.digest)):
            return not_modified(asset.digest)
        fits = request.rel_url.raw_query_string == asset.digest
        headers = {"ETag": tag_of(asset.digest), "Cache-Control": FOR_EVER if fits else FRESH}
        made = Made(200, asset.type, asset.body)
        return await self._sent(
            request, await response(request, made, {**headers, "Vary": "Accept-Encoding"})
        )

    async def _state_of_health(self, request: web.BaseRequest) -> web.StreamResponse:
        well, told = await self._health.report()
        made = Made(200 if well else 503, "application/json", told)
        return await response(request, made, {"Cache-Control": "no-store"})

    async def _sent(self, request: web.BaseRequest, answer: web.Response) -> web.StreamResponse:
        """Send a response; a reader that does not take it in time is left."""
        try:
            async with asyncio.timeout(SENDING_S):
                await answer.prepare(request)
                await answer.write_eof()
                await request.writer.drain()
        except TimeoutError:
            return _gone(request)
        return answer

    async def _changes(self, request: web.BaseRequest) -> web.StreamResponse:
        """Send what changes on a page, until the reader leaves or stalls."""
        try:
            asked = parse_qs(request.rel_url.raw_query_string, max_num_fields=5)
        except ValueError:
            return refusal(
                400, "of= names a page, since= what is known of it, and nothing else is asked here"
            )
        path, _, query = asked.get("of", ["/"])[0].partition("?")
        known = request.headers.get("Last-Event-ID") or asked.get("since", [""])[0]
        try:
            reader = await self._live.join(path, query, known)
        except OverflowError:
            return refusal(503, "too many readers; refresh the page by hand", {"Retry-After": "60"})
        if reader is None:
            return refusal(404, "there is no page with changes at this address")
        stream = web.StreamResponse(headers=EVENTS)
        try:
            if request.method == "GET":
                await _stream(request, stream, reader)
        except (ConnectionError, TimeoutError):
            return _gone(request, stream)
        finally:
            self._live.leave(reader)
        return stream


async def _stream(request: web.BaseRequest, stream: web.StreamResponse, reader: LiveReader) -> None:
    """Write events for ever. Raises ConnectionError when the reader leaves, TimeoutError when it stalls."""
    transport = request.transport
    if transport is None:
        raise ConnectionResetError
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    transport.set_write_buffer_limits(0)
    await stream.prepare(request)
    frame = b"retry: 3000\n\n"
    while True:
        async with asyncio.timeout(STALLED_S):
            await stream.write(frame)
            await request.writer.drain()
        try:
            async with asyncio.timeout(BREATH_S):
                await reader.stirred.wait()
            frame = reader.next() or b": nothing new\n\n"
        except TimeoutError:
            frame = b": still here\n\n"


def _gone(request: web.BaseRequest, answer: web.StreamResponse | None = None) -> web.StreamResponse:
    """End the connection of a reader that is gone or does not read; nothing more is written to it."""
    if isinstance(request.transport, asyncio.WriteTransport):
        request.transport.abort()
    return answer if answer is not None else web.StreamResponse()


def _last(answer: web.Response) -> web.Response:
    """A response after which the connection ends."""
    answer.force_close()
    return answer


def _silent() -> logging.Logger:
    """A log for the complaints of the protocol about what strangers send: nobody needs them."""
    quiet = logging.Logger("web protocol", logging.CRITICAL + 1)  # noqa: LOG001 - it belongs to no tree
    quiet.addHandler(logging.NullHandler())
    return quiet
