"""Forms as browsers send them: read within limits, and only those that our own page sent."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from aiohttp import web

MOST_BYTES = 256 * 1024
MOST_FIELDS = 1000
SENDING_S = 20.0  # for a form to arrive
TYPE = "application/x-www-form-urlencoded"
OURS = {"same-origin", "none"}  # https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header


class FormError(Exception):
    """A form that cannot be taken: the status and the words that say why."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


async def read_form(request: web.BaseRequest, public_url: str) -> Mapping[str, str]:
    """The fields of a form; of several with one name the last. Raises FormError."""
    if not is_ours(request, public_url):
        raise FormError(403, "this form was sent by the page of another site")
    kind, _, more = request.headers.get("Content-Type", "").partition(";")
    charset = more.partition("charset=")[2].strip().strip('"').lower() or "utf-8"
    if kind.strip().lower() != TYPE or charset != "utf-8" or "Content-Encoding" in request.headers:
        raise FormError(415, f"a form is {TYPE}, in UTF-8")
    try:
        async with asyncio.timeout(SENDING_S):
            body = await _body(request)
    except TimeoutError:
        raise FormError(408, "the form did not arrive in time") from None
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:  # also what is no UTF-8
        raise FormError(400, f"this form cannot be read; it may have {MOST_FIELDS:,} fields") from None
    return dict(pairs)


def is_ours(request: web.BaseRequest, public_url: str) -> bool:
    """Whether no other site's page sent a form, as far as the browser says.

    Our page has no referrer, and so browsers send it with the origin "null":
    https://fetch.spec.whatwg.org/#append-a-request-origin-header
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OURS
    origin = request.headers.get("Origin", "null")
    hosts = {request.headers.get("Host", "").lower(), urlsplit(public_url).netloc.lower()}
    return origin == "null" or urlsplit(origin).netloc.lower() in hosts - {""}


async def _body(request: web.BaseRequest) -> bytes:
    """The body. Raises FormError if it is too long; no more of it is read than is needed to know that."""
    too_long = FormError(413, f"a form may have {MOST_BYTES // 1024} KB; send the changes in several steps")
    if (request.content_length or 0) > MOST_BYTES:
        raise too_long
    found = bytearray()
    async for piece in request.content.iter_any():
        found += piece
        if len(found) > MOST_BYTES:
            raise too_long
    return bytes(found)
