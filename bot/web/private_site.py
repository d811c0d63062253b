"""Private pages: made from the whole state for the holder of a key, kept nowhere, and named in no log."""

import asyncio
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.core.effects import Prepare
from bot.core.people.identity import Identity, mail_account
from bot.core.plugin.pages import Context
from bot.core.plugin.private_pages import KEY, Deed, PrivatePage, PrivateView
from bot.core.plugin.register import Register
from bot.core.recap.sources import Sources
from bot.core.state.holders import SECRET, digest_of_secret, holder_identity
from bot.core.state.view import StateView
from bot.storage.contract import KeptKey, StorageError
from bot.web.allowance import Allowance, BusyError
from bot.web.live_parts import cut
from bot.web.made import HTML, Made
from bot.web.site import BUSY, NO_STORAGE, Site, joined
from bot.web.submissions import Outcome, Submissions, name_of

log = logging.getLogger(__name__)

T = TypeVar("T")

NONCE = re.compile(r"[0-9a-f]{32}")
ANSWERS = "answers"  # in a query, names the form whose answers the page shows
AT_ONCE = 8  # keys that are looked up at the same time; those who guess have to wait
MOST_WAITING = 3  # forms of one holder that wait for their turn
NO_SUCH_KEY = (
    "This address does not work, or no longer does. The newest mail about it has one that works, "
    "for the person who got that mail."
)
EXPIRED = "This address worked until {day}. The newest mail about it has one that works."
TOO_MANY = "This form was not taken, because earlier ones of yours still wait. Go back, wait a moment, and send it again."
OLD_FORM = "This form is incomplete, so nothing was done. Open the address in your mail again."
DONE_BEFORE = "this form was sent before, and was carried out then"
NO_ANSWER = "no answer came in time; the page below shows what holds now"
FAULT = "This cannot be shown or done now: a fault of the bot. Tell the organizers its number, {number}."


class Asks(Protocol):
    """Says a line as a holder, and collects the answers; None if it was said before."""

    def __call__(self, holder: Identity, line: str, name: str) -> Awaitable[list[str] | None]:
        """`name` identifies the line."""


class Opened(Struct, frozen=True):
    """A page that somebody asked for, with the secret of the address."""

    page: PrivatePage
    secret: str


class Doors(Struct, frozen=True):
    """What private pages need of the rest of the bot.

    key:     the key with a digest; None if there is none
    sources: what a job would get
    asks:    how a holder says a line
    """

    key: Callable[[str], Awaitable[KeptKey | None]]
    sources: Callable[[Prepare, datetime], Awaitable[Sources]]
    asks: Asks


class PrivateSite:
    """The private pages that plugins declare."""

    def __init__(
        self,
        site: Site,
        state: StateView,
        register: Register,
        doors: Doors,
        clock: Callable[[], datetime],
        public_url: str = "",
        allowance: Allowance | None = None,
    ) -> None:
        self._site, self._state, self._register, self._doors = site, state, register, doors
        self._clock = clock
        self.public_url = public_url
        self._submissions = Submissions()
        self._looking = asyncio.Semaphore(AT_ONCE)
        # their own: readers of public pages keep no maintainer waiting
        self._allowance = allowance or Allowance()
        self._turns: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}
        self._patterns = [
            (re.compile(re.escape(page.path).replace(re.escape(KEY), r"([^/]{1,200})") + "/?"), page)
            for page in register.private_pages()
        ]

    def find(self, path: str) -> Opened | None:
        """The page that a path means, whether or not its key holds; None if it means none."""
        for pattern, page in self._patterns:
            if (found := pattern.fullmatch(path)) is not None:
                return Opened(page, found[1])
        return None

    def words_removed(self) -> None:
        """Forget what was typed and answered: something was redacted."""
        self._submissions.clear()

    async def shown(self, opened: Opened, query: str) -> Made:
        """What the holder sees."""
        return await self._guarded(opened, lambda key: self._made(opened, key, query))

    async def sent(self, opened: Opened, query: str, form: Mapping[str, str]) -> Made:
        """What comes of a form: the address of the page that shows it. A form that was sent before does nothing again."""
        return await self._guarded(opened, lambda key: self._taken(opened, key, query, form))

    async def _guarded(self, opened: Opened, make: Callable[[KeptKey], Awaitable[Made]]) -> Made:
        try:
            key = await self._key(opened)
            if isinstance(key, Made):
                return key
            return await make(key)
        except StorageError:
            return self._site.trouble(503, NO_STORAGE)
        except BusyError:
            return self._site.trouble(503, BUSY)
        except Exception:  # whatever a plugin or a template does, it costs this page only
            number = secrets.token_hex(3)
            log.exception("fault %s: a private page of %r", number, opened.page.title)
            return self._site.trouble(500, FAULT.format(number=number))

    async def _key(self, opened: Opened) -> KeptKey | Made:
        """The key that opens a page now, or the page that says why none does."""
        key = None
        if SECRET.fullmatch(opened.secret):
            async with self._looking:
                key = await self._doors.key(digest_of_secret(opened.secret))
        if key is None or key.opens != opened.page.opens:
            return self._site.trouble(404, NO_SUCH_KEY)
        if key.until <= self._clock():
            zone = self._state.setup.gathering.zone
            return self._site.trouble(410, EXPIRED.format(day=f"{key.until.astimezone(zone):%d %B %Y}"))
        return key

    async def _view(self, page: PrivatePage, key: KeptKey, query: str) -> PrivateView:
        """A view with everything but what came of the last form."""
        wishes = self._site.views.wishes(query, (*page.queries, ANSWERS))
        view = PrivateView(
            state=self._state,
            at=self._clock(),
            zone=wishes.zone,
            register=self._register,
            arguments={name: wishes.arguments[name] for name in page.queries if name in wishes.arguments},
            notes=wishes.notes,
            public_url=self.public_url,
            key_argument=key.argument,
            holder=holder_identity(key.holder, self._state.setup),
        )
        order = page.job(view)
        if order is None:
            return view
        sources = await self._doors.sources(order, view.at)
        return replace(view, sources=sources)

    async def _made(self, opened: Opened, key: KeptKey, query: str) -> Made:
        """The page, made while no other private page is."""
        async with self._allowance.turn():
            return await self._page(opened, key, query)

    async def _page(self, opened: Opened, key: KeptKey, query: str) -> Made:
        page = opened.page
        outcome = self._outcome(key, query)
        view = replace(await self._view(page, key, query), form=outcome.form, answers=outcome.answers)
        context: Context | None = await _beside(page.build(view))
        if context is None:
            return self._site.trouble(404, NO_SUCH_KEY)
        frame = self._site.framed("", page.title, script=False)
        given: Mapping[str, Any] = {**context, "nonce": secrets.token_hex(16)}
        pieces = self._site.templates.pieces(page.template, view, frame, given)
        return Made(
            200, HTML, cut(await joined(pieces, self._allowance.spend)).html.encode("utf-8", "replace")
        )

    def _outcome(self, key: KeptKey, query: str) -> Outcome:
        """What came of the form that the query names, if it was sent with this key."""
        name = self._site.views.wishes(query, (ANSWERS,)).arguments.get(ANSWERS, "")
        digest, _, rest = name.partition(".")
        return self._submissions.outcome(name) if rest and key.digest.startswith(digest) else Outcome()

    async def _taken(self, opened: Opened, key: KeptKey, query: str, form: Mapping[str, str]) -> Made:
        fields = {name: value for name, value in form.items() if name != "nonce"}
        nonce = form.get("nonce", "")
        if not NONCE.fullmatch(nonce):
            return self._site.trouble(400, OLD_FORM)
        holder = mail_account(key.holder)  # however the configuration spells the address
        if self._waiting.get(holder, 0) >= MOST_WAITING:
            return self._site.trouble(503, TOO_MANY)
        name = f"{key.digest[:8]}.{name_of(key.digest, nonce, fields)}"
        self._waiting[holder] = self._waiting.get(holder, 0) + 1
        try:
            await self._submissions.once(name, lambda: self._done(opened, key, query, fields, name))
        finally:
            self._waiting[holder] -= 1
        wishes = self._site.views.wishes(query, opened.page.queries)
        kept = f"{wishes.query}&" if wishes.query else ""
        return Made(303, HTML, b"", to=f"?{kept}{ANSWERS}={name}")

    async def _done(
        self, opened: Opened, key: KeptKey, query: str, form: Mapping[str, str], name: str
    ) -> Outcome:
        """Say what a form means, line by line, after what the same holder sent before."""
        async with self._turns.setdefault(mail_account(key.holder), asyncio.Lock()):
            view = await self._view(opened.page, key, query)
            deed: Deed = await _beside(opened.page.act(view, form))
            answers = list(deed.answers)
            for place, line in enumerate(deed.lines):
                found = await self._doors.asks(view.holder, line, f"{name}.{place}")
                answers += [DONE_BEFORE] if found is None else found or [NO_ANSWER]
        return Outcome(form, tuple(dict.fromkeys(answers)))


async def _beside(made: T | Callable[[], T]) -> T:
    """What was made, or what a function makes in a thread."""
    return await asyncio.to_thread(made) if callable(made) else made
