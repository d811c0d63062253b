"""Asks Mailman 3 whether a list takes what the bot sends, and whether it holds a letter for its moderators.

The REST API is trusted configuration: it may be at a private address. `check --connect` asks it, and so does the bot where a
letter does not appear in the list's archive.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.mail.settings import MailmanSettings

TIMEOUT = aiohttp.ClientTimeout(total=15)
LARGEST = 1_000_000  # bytes of an answer
CHUNK = 65_536
NEWEST = 50  # held messages of a list that are looked at; a letter is looked for during a day
TAKEN = {"accept", "defer"}  # Mailman's actions after which a mail of known size goes to the list


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whether a list takes mail of the bot at once; `words` say it for organizers."""

    is_sure: bool
    words: str


class _Trouble(Exception):  # noqa: N818 - it describes the server
    """Mailman cannot be asked; the message says why."""


async def acceptance(settings: MailmanSettings, address: str, sender: str) -> Acceptance:
    """Ask what the list at `address` does with mail of `sender`. Never raises because of the server."""
    try:
        async with _session(settings) as session:
            return await _asked(session, settings.url.rstrip("/"), address, sender)
    except (_Trouble, aiohttp.ClientError, OSError, ValueError, RecursionError) as trouble:
        why = str(trouble) if isinstance(trouble, _Trouble) else "it does not answer"
        return Acceptance(is_sure=False, words=f"{address}: Mailman at {settings.url} can't be asked: {why}")


async def holds(settings: MailmanSettings, address: str, letter: str) -> bool:
    """Whether the list at `address` holds the letter with this Message-ID; False if Mailman cannot be asked."""
    held = f"{settings.url.rstrip('/')}/lists/{quote(address)}/held"
    try:
        async with _session(settings) as session:
            # Mailman has them by age, the oldest first, each with its whole text
            count = int((await _get(session, f"{held}/count") or {}).get("count", 0))
            for place in range(count, max(count - NEWEST, 0), -1):
                if await _message_id(session, f"{held}?count=1&page={place}") == letter:
                    return True
    except (_Trouble, aiohttp.ClientError, OSError, ValueError, TypeError, RecursionError):
        pass
    return False


async def _message_id(session: aiohttp.ClientSession, url: str) -> str:
    """The Message-ID of the only message on a page of held ones; empty if the page is too large to read, or odd."""
    try:
        entries = (await _get(session, url) or {}).get("entries")
    except _Trouble:
        return ""
    held = entries[0] if isinstance(entries, list) and entries else None
    return str(held.get("message_id", "")).strip(" <>") if isinstance(held, dict) else ""


def _session(settings: MailmanSettings) -> aiohttp.ClientSession:
    login = base64.b64encode(f"{settings.user}:{settings.password}".encode()).decode()
    return aiohttp.ClientSession(
        headers={"Authorization": f"Basic {login}"}, timeout=TIMEOUT, trust_env=False
    )


async def _asked(session: aiohttp.ClientSession, api: str, address: str, sender: str) -> Acceptance:
    known = await _get(session, f"{api}/lists/{quote(address)}")
    if known is None:
        return Acceptance(is_sure=False, words=f"{address}: Mailman has no such list")
    config = await _get(session, f"{api}/lists/{quote(address)}/config") or {}
    member = await _get(session, f"{api}/lists/{quote(address)}/member/{quote(sender)}")
    role = "member" if member is not None else "nonmember"
    person = member or await _get(session, f"{api}/lists/{quote(address)}/nonmember/{quote(sender)}") or {}
    action = str(person.get("moderation_action") or config.get(f"default_{role}_action") or "hold")
    if role == "nonmember" and action not in TAKEN and _is_accepted(config, sender):
        action = "accept"
    return _worded(address, sender, role, action)


def _is_accepted(config: Mapping[str, Any], sender: str) -> bool:
    """Whether the list accepts this nonmember by its own list of addresses; patterns (with ^) are not read."""
    accepted = config.get("accept_these_nonmembers")
    return isinstance(accepted, list) and sender.casefold() in {str(one).casefold() for one in accepted}


def _worded(address: str, sender: str, role: str, action: str) -> Acceptance:
    if action in TAKEN and (role == "member" or action == "accept"):
        how = "a member" if role == "member" else "an accepted nonmember"
        return Acceptance(is_sure=True, words=f"{address}: takes mail of {sender}, {how}, at once")
    does = {"hold": "holds", "reject": "rejects", "discard": "discards"}.get(action, "may hold")
    who = "a member who is moderated" if role == "member" else "no member"
    return Acceptance(
        is_sure=False,
        words=f"{address}: the list {does} mail of {sender}, {who}; subscribe this address, or accept it in Mailman",
    )


async def _get(session: aiohttp.ClientSession, url: str) -> dict[str, Any] | None:
    """An answer of the API; None if there is no such thing."""
    async with session.get(url, allow_redirects=False) as answer:
        if answer.status == 404:
            return None
        if answer.status in {401, 403}:
            raise _Trouble("it refuses the login")
        if answer.status != 200:
            raise _Trouble(f"it answers {answer.status}")
        text = b""
        async for chunk in answer.content.iter_chunked(CHUNK):
            text += chunk
            if len(text) > LARGEST:
                break
    if len(text) > LARGEST or not re.match(rb"\s*\{", text):
        raise _Trouble("its answer is not one of Mailman's")
    found = json.loads(text)
    return found if isinstance(found, dict) else {}
