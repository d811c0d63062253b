"""The reception: finds out whose letter a mail answers, by the key in the address that it was sent to, and asks the desk to take it.

Who a mail says it is from proves nothing, and nobody gets an answer from here. What answers none of our letters is taken and
dropped. A mail counts once, and is taken only after the desk has written down what came of it.
"""

import asyncio
import logging
import re
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import chain, islice

from msgspec import Struct

from bot.core.effects import REPLY
from bot.core.mail_events import LetterReceived
from bot.core.state.holders import SECRET_LENGTH, digest_of_secret, holder_identity
from bot.core.state.setup import Setup
from bot.mail.inbox.contents import Contents, contents_of, head_of
from bot.mail.keys import MASK, RUN, masked
from bot.storage.contract import KeptKey, Keys, StorageError

log = logging.getLogger(__name__)

LARGEST = 5_000_000  # bytes of a mail
ADDRESSED = re.compile(rb"\+([A-Za-z2-7]{%d})@" % SECRET_LENGTH)
WHERE = re.compile(
    rb"^(?:delivered-to|x-original-to|envelope-to|x-envelope-to|to|cc):(.*)$", re.IGNORECASE | re.MULTILINE
)
MOST_ASKED = 500  # words of a mail that are looked up as secrets
MOST_TRIED = 20_000  # places where there may be one
MOST = 30  # mails with one key
SPAN = timedelta(hours=1)

Deliver = Callable[[LetterReceived], Awaitable[bool]]


class Verdict(Enum):
    """What becomes of a mail: it was taken (or dropped), it is to come again later, or it is too large."""

    TAKEN = "taken"
    LATER = "later"
    LARGE = "large"


class Raw(Struct, frozen=True):
    """A mail as it came.

    content: its bytes; of one that is too large, the beginning or nothing
    sender:  its envelope's sender, empty for bounces; None if it is not known
    """

    content: bytes
    is_large: bool = False
    sender: str | None = None


class Reception:
    """Takes mails.

    deliver: brings an event to the desk; whether its outcome is on disk, or was there already
    clock:   aware UTC
    """

    def __init__(self, keys: Keys, setup: Setup, deliver: Deliver, clock: Callable[[], datetime]) -> None:
        self._keys = keys
        self._setup = setup
        self._deliver = deliver
        self._clock = clock
        self._times: dict[str, deque[datetime]] = {}

    async def take(self, raw: Raw, recipients: Sequence[str]) -> list[Verdict]:
        """Take a mail for each of its recipients, "" for one that stands in its headers only; never raises because of it."""
        said: list[Verdict] = []
        contents: Contents | None = None
        in_head = await asyncio.to_thread(_addressed, raw.content)
        for recipient in recipients:
            try:
                key = await self._key(_address_of(recipient) or in_head)
                if key is not None and not raw.is_large and contents is None:
                    contents = await asyncio.to_thread(contents_of, raw.content)
                said.append(await self._verdict(raw, key, contents))
            except StorageError as trouble:
                log.error("inbox: a mail has to wait: %s", trouble)  # noqa: TRY400 - no trace is needed
                said.append(Verdict.LATER)
            except Exception:  # a bug must lose no mail: its sender keeps it, and a maildir is still watched
                log.exception("inbox: a mail has to wait because of an error")
                said.append(Verdict.LATER)
        return said

    async def _key(self, secret: str) -> KeptKey | None:
        """The key that a mail was sent to; only one that stood in an address for answers."""
        if not secret:
            log.info("inbox: dropped a mail without a key")
            return None
        key = await self._keys.key(digest_of_secret(secret))
        if key is None or key.opens != REPLY:
            log.info("inbox: dropped a mail with a key that no letter gave for answers")
            return None
        return key

    async def _verdict(self, raw: Raw, key: KeptKey | None, contents: Contents | None) -> Verdict:
        if key is None:
            return Verdict.LARGE if raw.is_large else Verdict.TAKEN
        if raw.sender == "" or (contents is not None and contents.automatic):
            log.info("inbox: dropped a mail that a program wrote, an answer to %s", key.letter)
            return Verdict.LARGE if raw.is_large else Verdict.TAKEN
        event = await self._event(key, contents)
        if self._is_too_often(key, event):
            log.warning("inbox: too many answers to %s; later ones have to wait", key.letter)
            return Verdict.LATER
        if not await self._deliver(event):
            log.warning("inbox: an answer to %s has to wait", key.letter)
            return Verdict.LATER
        log.info("inbox: took an answer to %s%s", key.letter, f" ({event.trouble})" if event.trouble else "")
        return Verdict.LARGE if raw.is_large else Verdict.TAKEN

    async def _event(self, key: KeptKey, contents: Contents | None) -> LetterReceived:
        """The event; without contents for a mail that is too large, which its holder is told of once."""
        now = self._clock()
        trouble = contents.trouble if contents is not None else "large"
        if key.until <= now:
            trouble = "expired"
        return LetterReceived(
            opens=key.opens,
            argument=key.argument,
            stream=key.stream,
            holder=holder_identity(key.holder, self._setup),
            letter=key.letter,
            id=f"{key.digest}/{contents.id if contents is not None else 'large'}",
            text=await self._without_secrets(contents.text) if contents is not None and not trouble else "",
            at=now,
            trouble=trouble,
        )

    async def _without_secrets(self, text: str) -> str:
        """The text without the secrets of keys: the answer quotes the letter, and what the desk gets is written down."""
        candidates = chain.from_iterable(_secrets_in(found[0]) for found in RUN.finditer(text))
        tried = list(islice(candidates, MOST_TRIED))
        words = set(tried)
        if len(words) > MOST_ASKED or len(tried) == MOST_TRIED:
            return masked(text)
        known = [word for word in words if await self._keys.key(digest_of_secret(word)) is not None]
        for word in known:
            text = text.replace(word, MASK)
        return text

    def _is_too_often(self, key: KeptKey, event: LetterReceived) -> bool:
        times = self._times.setdefault(key.digest, deque())
        while times and event.at - times[0] >= SPAN:
            times.popleft()
        if len(times) >= MOST:
            return True
        times.append(event.at)
        return False


def _address_of(recipient: str) -> str:
    """The secret in an address; empty if there is none."""
    found = ADDRESSED.search(recipient.encode(errors="replace"))
    return found[1].decode() if found is not None else ""


def _addressed(content: bytes) -> str:
    """The secret in the addresses that the headers of a mail name as its recipients; run it in a thread."""
    for field in WHERE.finditer(head_of(content)):
        if (found := ADDRESSED.search(field[1])) is not None:
            return found[1].decode()
    return ""


def _secrets_in(run: str) -> Iterator[str]:
    """What may be a secret in a run of letters and digits, also where another one stands right before it, as in %2F."""
    return (run[start : start + SECRET_LENGTH] for start in range(len(run) - SECRET_LENGTH + 1))
