"""Fetches a page as plain text.

The page, its server and its redirects are not trusted: each redirect must lead to a host on the allow-list.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from yarl import URL

from bot.core import effects
from bot.core.events import Fetched, Message
from bot.fetching.addresses import Allowed, GuardedResolver, PrivateAddressError, is_public
from bot.fetching.outcome import outcome_of

log = logging.getLogger(__name__)

LARGEST = 256 * 1024  # bytes
PATIENCE_S = 10.0
REDIRECTS = 5
PORTS = frozenset({80, 443})
TEXT = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
JSON = frozenset({"application/json", "text/json"})
# what pages use, and what is decoded in linear time; Python also has "punycode", which takes quadratic time
CHARSETS = frozenset(
    {
        "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "iso-8859-2", "iso-8859-15", "windows-1250",
        "windows-1251", "windows-1252", "koi8-r", "koi8-u", "utf-16", "utf-16le", "utf-16be", "gb2312", "gbk", "gb18030", "big5",
        "euc-jp", "shift-jis", "euc-kr",
    }
)  # fmt: skip
REDIRECTING = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class TroubleError(Exception):
    """Why a page could not be fetched, as in `Fetched.trouble`."""

    trouble: str


class Fetcher:
    """Carries out `Fetch`.

    hosts:   the allow-list
    clock:   aware UTC
    allowed: tells whether an address may be contacted
    ports:   the allowed ports
    patience: seconds for a page
    """

    def __init__(
        self,
        hosts: frozenset[str],
        *,
        clock: Callable[[], datetime],
        allowed: Allowed = is_public,
        ports: frozenset[int] = PORTS,
        patience: float = PATIENCE_S,
    ) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._clock = clock
        self._allowed = allowed
        self._ports = ports
        self._patience = patience

    async def fetch(self, event: Message, order: effects.Fetch) -> Fetched:
        """Fetch the page that somebody asked for with `event`; the outcome says why if that failed."""
        text, trouble = "", ""
        try:
            async with asyncio.timeout(self._patience):
                text = await self._page(order.url, TEXT | JSON if order.json else TEXT)
        except TroubleError as error:
            trouble = error.trouble
        except TimeoutError:
            trouble = "slow"
        except (aiohttp.ClientError, OSError, ValueError) as error:
            private = isinstance(getattr(error, "os_error", error), PrivateAddressError)
            log.info("can't fetch a page from %r: %s", URL(order.url).host, type(error).__name__)
            trouble = "address" if private else "unreachable"
        return outcome_of(event, order, self._clock(), text=text, trouble=trouble)

    async def _page(self, address: str, kinds: frozenset[str]) -> str:
        url = self._checked(URL(address))
        connector = aiohttp.TCPConnector(resolver=GuardedResolver(self._allowed), use_dns_cache=False)
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
        ) as session:
            for _ in range(REDIRECTS + 1):
                async with session.get(
                    url,
                    allow_redirects=False,
                    headers={"Accept": "application/json, text/plain" if kinds >= JSON else "text/plain"},
                ) as answer:
                    if answer.status not in REDIRECTING:
                        return await _text(answer, kinds)
                    url = self._checked(url.join(URL(answer.headers.get("Location", ""))))
        raise TroubleError("status")

    def _checked(self, url: URL) -> URL:
        """`url`, if it may be fetched. An address instead of a name is checked here because it is not resolved.

        Raises TroubleError otherwise.
        """
        host = (url.host or "").lower()
        if url.scheme not in {"http", "https"} or host not in self._hosts or url.user or url.password:
            raise TroubleError("host")
        if url.port not in self._ports:
            raise TroubleError("host")
        if re.fullmatch(r"[0-9.]+|.*:.*", host) and not self._allowed(host):
            raise TroubleError("address")
        return url.with_fragment(None)


async def _text(answer: aiohttp.ClientResponse, kinds: frozenset[str]) -> str:
    """The page as text. Raises TroubleError for errors, other types and large pages."""
    if answer.status != 200:
        raise TroubleError("status")
    if answer.content_type not in kinds:
        raise TroubleError("kind")
    data = bytearray()
    async for chunk in answer.content.iter_chunked(16 * 1024):
        data += chunk
        if len(data) > LARGEST:
            raise TroubleError("large")
    return await asyncio.to_thread(decoded, bytes(data), answer.charset or "utf-8")


def decoded(data: bytes, charset: str) -> str:
    """`data` as text; as UTF-8 if the character set is none of CHARSETS."""
    name = charset.strip().lower().replace("_", "-")
    return data.decode(name if name in CHARSETS else "utf-8", errors="replace")
