"""Looks whether the archive of a mailing list shows a letter.

The address is trusted configuration, so it may be a private one; redirects are followed only within the archive. What it answers
is not believed at once: there are archives that say yes to any address, or that show a page for logging in. So a letter counts as
shown only if its page has something of it, and if an address that no letter has is answered otherwise.
"""

import asyncio
import html
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

import aiohttp
from yarl import URL

from bot.core.archive_addresses import archive_base, archived_at, letter_hash
from bot.core.mail_events import Whereabouts

TIMEOUT = aiohttp.ClientTimeout(total=20)
LARGEST = 512 * 1024  # bytes of a page that are read; the subject stands near its beginning
CHUNK = 16 * 1024
REDIRECTS = 3
LEADING = frozenset({301, 302, 303, 307, 308})
MISSING = frozenset({404, 410})
LEADS_AWAY, NONE = -1, 0  # in place of a status
HEADERS = {"Accept": "text/html, text/plain, message/rfc822", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What an archive answers at an address; `status` may be LEADS_AWAY or NONE, and only a page (200) has a text."""

    status: int
    text: str = ""


async def where(archive: str, mailing_list: str, letter: str, subject: str) -> tuple[Whereabouts, str]:
    """Whether the archive shows a letter to this list, and its address there. Never raises because of the server.

    archive: as in `bot.core.archive_addresses`
    letter:  Message-ID
    subject: empty if unknown
    """
    url = archived_at(archive, mailing_list, letter)
    async with _session() as session:
        own = await _answer(session, url, archive)
        other = Answer(NONE)
        if own.status == 200:
            other = await _answer(session, nowhere_in(archive, mailing_list), archive)
    marks = (letter, letter_hash(letter), subject)
    found = await asyncio.to_thread(
        judged, own, other, url, marks
    )  # a page of marks and blanks takes a second
    return found, url


async def status_of_nothing(archive: str, mailing_list: str) -> int:
    """The status that the archive answers with at an address that no letter has; it may be LEADS_AWAY or NONE."""
    async with _session() as session:
        return (await _answer(session, nowhere_in(archive, mailing_list), archive)).status


def nowhere_in(archive: str, mailing_list: str) -> str:
    """An address in the archive that no letter has."""
    return archived_at(archive, mailing_list, f"{secrets.token_hex(16)}@gatherbot.invalid")


def judged(own: Answer, other: Answer, url: str, marks: Iterable[str]) -> Whereabouts:
    """Return what the answers at a letter's address and at one that no letter has prove.

    marks: Message-ID, hash and subject. What stands in the address may be in any page about that address, so it proves
           something only where the archive says that the other address is nothing
    """
    if own.status in MISSING:
        return "absent"
    if own.status == NONE or own.status >= 500:
        return "unreachable"
    seen = {mark for mark in marks if mark and stands_in(mark, own.text)}
    if other.status not in MISSING:
        seen = {mark for mark in seen if mark not in unquote(url) and not stands_in(mark, other.text)}
    if own.status != 200 or not seen:
        return "unsound"
    return "unreachable" if other.status == NONE or other.status >= 500 else "shown"


def stands_in(mark: str, page: str) -> bool:
    """Whether a page has a text, as it is or as HTML and addresses write it."""
    plain = html.unescape(page)
    wanted = " ".join(mark.split())
    return any(wanted in " ".join(text.split()) for text in (page, plain, unquote(plain)))


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        timeout=TIMEOUT, headers=HEADERS, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
    )


async def _answer(session: aiohttp.ClientSession, address: str, archive: str) -> Answer:
    url = URL(address, encoded=True)
    try:
        for _ in range(REDIRECTS + 1):
            async with session.get(url, allow_redirects=False) as answer:
                if answer.status not in LEADING:
                    return Answer(answer.status, await _text(answer) if answer.status == 200 else "")
                url = url.join(URL(answer.headers.get("Location", "")))
            if not str(url).startswith(archive_base(archive)):
                return Answer(LEADS_AWAY)
    except (aiohttp.ClientError, OSError, ValueError):  # TimeoutError is an OSError
        return Answer(NONE)
    return Answer(LEADS_AWAY)


async def _text(answer: aiohttp.ClientResponse) -> str:
    data = bytearray()
    async for chunk in answer.content.iter_chunked(CHUNK):
        data += chunk
        if len(data) >= LARGEST:
            break
    return bytes(data[:LARGEST]).decode("utf-8", errors="replace")
