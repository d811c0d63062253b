"""What goes over the wire: headers that keep pages harmless, caching by version, gzip."""

import asyncio
import gzip
from collections.abc import Mapping

from aiohttp import web

from bot.web.made import Made

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HARMLESS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Server": "Gatherbot",
}
FRESH = "no-cache"  # may be kept, and is asked for each time
FOR_EVER = "public, max-age=31536000, immutable"
SMALL = 1000  # bytes; packing less is no gain
LARGE = 50_000  # bytes; packing more takes a millisecond, and is done in a thread
PACKED = ("text/", "application/json", "image/svg+xml")


def wants_html(request: web.BaseRequest) -> bool:
    """Whether a reader asks for pages: browsers say so, `curl` takes anything."""
    return "text/html" in request.headers.get("Accept", "")


def is_known(request: web.BaseRequest, tag: str) -> bool:
    """Whether the reader has what bears this tag."""
    return tag in (one.strip() for one in request.headers.get("If-None-Match", "").split(","))


def tag_of(version: str) -> str:
    """The ETag of a version; weak, because packed and plain are the same."""
    return f'W/"{version}"'


async def page_response(request: web.BaseRequest, made: Made) -> web.Response:
    """The response to who asked for a page or a document."""
    headers = {"Cache-Control": FRESH, "Vary": "Accept, Accept-Encoding"}
    if made.to:
        headers |= {"Location": made.to, "Cache-Control": "max-age=3600"}
    if made.version and made.status == 200:
        headers["ETag"] = tag_of(made.version)
    return await response(request, made, headers)


async def response(request: web.BaseRequest, made: Made, headers: Mapping[str, str]) -> web.Response:
    """A response, packed where the reader takes that and it helps."""
    body, more = made.body, {**HARMLESS, **headers, "Content-Type": made.type}
    if _takes_gzip(request) and len(body) > SMALL and made.type.startswith(PACKED):
        if not made.packed:
            pack = gzip.compress
            made.packed = (
                await asyncio.to_thread(pack, body, 6, mtime=0)
                if len(body) > LARGE
                else pack(body, 6, mtime=0)
            )
        body, more["Content-Encoding"] = made.packed, "gzip"
    return web.Response(status=made.status, body=body, headers=more)


def _takes_gzip(request: web.BaseRequest) -> bool:
    asked = request.headers.get("Accept-Encoding", "").lower()
    return any(
        name.strip() == "gzip" and weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
        for name, _, weight in (one.partition(";") for one in asked.split(","))
    )


def not_modified(version: str) -> web.Response:
    """Says that the reader has it already."""
    headers = {"ETag": tag_of(version), "Cache-Control": FRESH, "Vary": "Accept, Accept-Encoding"}
    return web.Response(status=304, headers={**HARMLESS, **headers})


def refusal(status: int, text: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """A short answer in plain text, for who is no reader of pages."""
    more = {**HARMLESS, "Cache-Control": "no-store", "Content-Type": "text/plain; charset=utf-8"}
    return web.Response(status=status, body=f"{text}\n".encode(), headers={**more, **(headers or {})})
