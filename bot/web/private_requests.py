"""Requests for private pages: a GET shows, and only a POST acts, because mail scanners open every address in a letter."""

from collections.abc import Mapping

from aiohttp import web

from bot.web.forms import FormError, read_form
from bot.web.made import Made
from bot.web.private_site import Opened, PrivateSite
from bot.web.responses import POLICY, refusal, response

METHODS = ("GET", "HEAD", "POST")
# No script runs here, nothing tells another site the address, and nobody keeps the page.
PRIVATE: Mapping[str, str] = {
    "Content-Security-Policy": POLICY.replace("script-src 'self'; connect-src 'self'; ", ""),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
}


class PrivateRequests:
    """Answers requests for private pages."""

    def __init__(self, site: PrivateSite) -> None:
        self._site = site

    def find(self, path: str) -> Opened | None:
        """The private page that a path means; None if it means none."""
        return self._site.find(path)

    async def answer(self, request: web.BaseRequest, opened: Opened) -> tuple[web.Response, bool]:
        """The response, and whether the connection ends with it, because its body was not read to the end."""
        query = request.rel_url.raw_query_string
        if request.method not in METHODS:
            words = "only GET, HEAD and POST are understood here"
            return refusal(405, words, {**PRIVATE, "Allow": ", ".join(METHODS)}), True
        if request.method != "POST":
            if request.body_exists:
                return refusal(400, "a request for a page has no body", PRIVATE), True
            return await _response(request, await self._site.shown(opened, query)), False
        try:
            form = await read_form(request, self._site.public_url)
        except FormError as error:
            return refusal(error.status, error.words, PRIVATE), True
        return await _response(request, await self._site.sent(opened, query, form)), False


async def _response(request: web.BaseRequest, made: Made) -> web.Response:
    headers = {**PRIVATE, "Vary": "Accept-Encoding"}
    if made.to:
        headers["Location"] = made.to
    return await response(request, made, headers)
