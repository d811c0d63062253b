"""A maintainer who reviews a recap on its page: sees the fields, types, and presses a button.

stage = rehearsal(HERS); session(stage, ...); stage.passes(minutes=5)
reviewer = Reviewer(stage)
page = reviewer.opens()                                   # its HTML
page = reviewer.sends({"text.1": "other words"}, "save")  # the page after it
reviewer.said                                             # the lines that came of it
"""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from msgspec.structs import replace

from bot.core import effects
from bot.core.events import Message
from bot.core.plugin.pages import LogLine
from bot.core.recap.sources import Sources
from bot.core.session.session import Session
from bot.web.made import Made
from bot.web.private_site import Opened, PrivateSite
from bot.web.site import Site
from tests.plugins.recap.nova import NOVA, TWO, rehearsal, session
from tests.plugins.recap.scene import Rehearsal
from tests.web.holders import Holders
from tests.web.markup import elements
from tests.web.reader import shelf_of

FIELD = re.compile(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
NONCE = re.compile(r'name="nonce" value="([0-9a-f]{32})"')

HERS = replace(NOVA, maintainers=TWO)
FOLLOWS = "the recap is made, and a new draft follows"
SAID = (
    "#topic Cells",
    "#info Cells stay",
    "#action lin to ask",
    "#topic Cells in the field",
    "#info They work",
    "#link https://etherpad.example.org/p/nova Etherpad",
)


class Reviewers(Holders):
    """Holders of the keys of recaps; heard: the lines of each session's log that may be statements, by its id."""

    def __init__(self, stage: Rehearsal, heard: Mapping[str, Sequence[LogLine]] | None = None) -> None:
        super().__init__(stage)
        self.rehearsal = stage
        self.heard = dict(heard or {})

    def sources(self, order: effects.Prepare) -> Sources:
        stage = self.rehearsal
        sessions = [stage.archive[name] for name in order.sessions]
        given = stage.sources(order.stream.removeprefix("track/"), sessions)
        return self._with_lines(given)

    def drafts(self) -> None:
        """Let the draft be made, with the lines that were said and not recorded."""
        with_lines = self.rehearsal.sources

        def sources(slug: str, sessions: Iterable[Session] | None = None) -> Sources:
            return self._with_lines(with_lines(slug, sessions))

        self.rehearsal.sources = sources  # type: ignore[method-assign]
        self.rehearsal.passes(minutes=5)

    def _with_lines(self, given: Sources) -> Sources:
        return replace(given, heard={name: tuple(lines) for name, lines in self.heard.items()})

    def take(self, event: Message) -> None:
        self.rehearsal.loads_all()
        self.rehearsal.event(event)


class Reviewer:
    """Somebody with the address of the review page."""

    def __init__(
        self,
        stage: Rehearsal,
        argument: str = "nova 2027-10-19 1",
        holder: str = "okoye@example.org",
        reviewers: Reviewers | None = None,
    ) -> None:
        self.stage = stage
        self.reviewers = reviewers or Reviewers(stage)
        self.secret = self.reviewers.key("review", argument, holder)
        self.page = ""

    @property
    def said(self) -> list[str]:
        """The lines that all holders said so far."""
        return self.reviewers.said

    def opens(self, query: str = "") -> str:
        """The page; fails unless it is there."""
        made = self.asks(query)
        assert made.status == 200, made.body.decode()
        self.page = made.body.decode()
        return self.page

    def asks(self, query: str = "") -> Made:
        """What is served."""
        return asyncio.run(self._asks(query))

    def fields(self) -> dict[str, str]:
        """What the form of the page has, if nothing is typed."""
        found = {name: html.unescape(text) for name, text in FIELD.findall(self.page)}
        for tag, attributes in elements(self.page.partition('<form method="post"')[2]):
            if tag == "input" and attributes.get("type") != "checkbox" and "name" in attributes:
                found[attributes["name"]] = attributes.get("value", "")
            elif tag == "select" and "name" in attributes:
                found[attributes["name"]] = ""
        return found

    def named(self, about: str) -> str:
        """The name of the field about something: "text.1"."""
        (name,) = [name for name in self.fields() if name == about or name.rpartition(".")[0] == about]
        return name

    def sends(self, typed: Mapping[str, str] | None = None, do: str = "save") -> str:
        """The page after the form of this one was sent, with other texts in some fields."""
        fields = {
            **self.fields(),
            **{self.named(about): text for about, text in (typed or {}).items()},
            "do": do,
        }
        return self.posts(fields)

    def posts(self, fields: Mapping[str, str]) -> str:
        """The page after this form."""
        made = asyncio.run(self._posts(fields))
        self.page = made.body.decode()
        return self.page

    def answers(self) -> list[str]:
        """What the page says that came of the form."""
        found = self.page.partition('<div class="answers"')[2].partition("</div>")[0]
        return [html.unescape(one) for one in re.findall(r"<li[^>]*>(.*?)</li>", found)]

    async def _asks(self, query: str) -> Made:
        async with self._site() as (site, opened):
            return await site.shown(opened, query)

    async def _posts(self, fields: Mapping[str, str]) -> Made:
        urlencode(fields)  # what no browser could send fails here
        async with self._site() as (site, opened):
            made = await site.sent(opened, "", fields)
            assert made.status == 303, made.body.decode()
            return await site.shown(opened, made.to.removeprefix("?"))

    @asynccontextmanager
    async def _site(self) -> AsyncIterator[tuple[PrivateSite, Opened]]:
        stage = self.stage
        async with shelf_of(stage) as shelf:
            site = Site(stage.state, stage.register, shelf, clock=lambda: stage.at)
            private = self.reviewers.site(site)
            opened = private.find(f"/review/{self.secret}")
            assert opened is not None
            yield private, opened


def drafted(*said: str, **settings: object) -> Rehearsal:
    """A recap whose first draft is with okoye and lin; its sessions have left memory."""
    stage = rehearsal(HERS, **settings)  # type: ignore[arg-type]
    stage.accounts["okoye"] = "okoye"
    session(stage, *(said or SAID))
    stage.passes(minutes=5)
    return stage


def told(reviewer: Reviewer) -> list[str]:
    return [answer.removesuffix(f"; {FOLLOWS}") for answer in reviewer.answers()]


def record(stage: Rehearsal, n: int) -> str | None:
    found = [one.record(n) for one in stage.archive.values()]
    return next((one.text for one in found if one is not None), None)


def mail_of(page: str) -> str:
    found = re.search(r'<pre class="mail"[^>]*>(.*?)</pre>', page, re.DOTALL)
    return html.unescape(found[1]) if found is not None else ""
