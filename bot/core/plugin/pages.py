"""Pages as plugins declare them: what a page is made from, and what it is made of.

A page is a function of a `View`, which shows only what everybody may see; `bot.web` makes the view, fills the template with
what the function gives, and serves it. Nothing here waits, reads a clock, or knows how pages are served.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from hashlib import blake2s
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.core.people.identity import Identity
from bot.core.plugin.agenda_item import AgendaItem
from bot.core.plugin.kind import Kind
from bot.core.session.session import Session
from bot.core.state.setup import Track
from bot.core.state.view import StateView

BEGAN = re.compile(r"@(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):\d\dZ")


def address_of(session: Session | str) -> str:
    """The part of an address that stands for a session (or its id), the same for ever: `2027-10-19-1300-5f1c09aa`."""
    session_id = session if isinstance(session, str) else session.id
    began = BEGAN.search(session_id)
    day = "{}-{}-{}-{}{}-".format(*began.groups()) if began is not None else ""
    return day + blake2s(session_id.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


class Loads(Enum):
    """The sessions that a page needs; those that are not in memory are loaded from the journal.

    NOTHING: only what is in memory: sessions that run, or whose recap is not settled
    SESSION: the session of `{session}` in the address
    LOG:     the same, with its log
    TRACK:   all sessions of `{track}` in the address, of this gathering
    ALL:     all sessions of this gathering
    """

    NOTHING = "nothing"
    SESSION = "session"
    LOG = "log"
    TRACK = "track"
    ALL = "all"


class LogLine(Struct, frozen=True):
    """A line of a session's log; `n` counts from 1. A line of an edit has the id of the edited message in `edits`."""

    n: int
    room: str
    at: datetime
    speaker: Identity
    text: str
    edits: str = ""


class Held(Struct, frozen=True):
    """A session that was or is held, as the index of the journal knows it; `ended` is None while it runs."""

    id: str
    track: str
    date: date
    started: datetime
    ended: datetime | None


class Sign(Struct, frozen=True):
    """A short remark about a track on the board.

    kind: what it is about ("late", "queue", "vote", "people", "recap"): its class is `sign-KIND`
    href: where it leads; empty if nowhere
    """

    text: str
    kind: str
    order: int = 50
    href: str = ""


class Panel(Struct, frozen=True):
    """A section of a session's or a track's page.

    id:       of the element; lower-case letters, digits and "-", unique on the page
    template: fills the section, below its heading; sees `context`, and what all templates see
    """

    id: str
    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


class Declarations(Protocol):
    """What all plugins together declare, as pages see it; `bot.core.plugin.register.Register` is one."""

    @property
    def commands(self) -> Mapping[str, Any]:
        """All commands (`Command`), by word."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """All kinds of record, by word."""

    def agenda(self, session: Session) -> list[AgendaItem]:
        """A session's agenda, in order."""

    def waiting(self, state: StateView, track: Track) -> list[AgendaItem]:
        """What waits for a track's next session, in order."""

    def blocks(self, part: Any) -> list[Any]:
        """What the plugins put into a part's recap."""

    @property
    def titles(self) -> Mapping[str, str]:
        """What the commands of each plugin are about, by its name."""

    def board_signs(self, view: "View", track: Track) -> list[Sign]:
        """What plugins remark about a track, in order."""

    def session_links(self, view: "View", session: Session) -> list[Sign]:
        """Where people of a session meet and write."""

    def session_panels(self, view: "View", session: Session) -> list[Panel]:
        """The sections of a session's page, in order."""

    def track_panels(self, view: "View", track: Track) -> list[Panel]:
        """The sections of a track's page, in order."""


class View(Struct, frozen=True):
    """What a page is made from.

    state:     shows only what everybody may see: nothing of tracks with `public = false`
    at:        now, UTC
    zone:      of the times on the page: the reader's `?tz=`, else the gathering's
    register:  what plugins declare: `view.register.board_signs(view, track)`
    shown:     slugs of `?show=`; empty for all tracks
    arguments: the parts of the address ("/tracks/{track}": {"track": "nova"}), and the queries that the page declares
    sessions:  what the page's `loads` asks for, by start
    lines:     the log of the session, where `loads` asks for it
    held:      all sessions of this gathering, by start
    query:     the zone and the tracks that the reader wishes, in one form: "tz=Europe%2FBerlin&show=nova"; empty if nothing
    notes:     what the reader wished in vain, in words
    public_url: the address at which people find the pages, without a slash at its end; empty if it is not configured
    """

    state: StateView
    at: datetime
    zone: ZoneInfo
    register: Declarations
    shown: frozenset[str] = frozenset()
    arguments: Mapping[str, str] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    lines: tuple[LogLine, ...] = ()
    held: tuple[Held, ...] = ()
    query: str = ""
    notes: tuple[str, ...] = ()
    public_url: str = ""

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks to show, in order."""
        tracks = self.state.setup.tracks
        return tuple(track for track in tracks if track.slug in self.shown) if self.shown else tracks

    @property
    def track(self) -> Track | None:
        """The track in the address, in any case; None if there is none."""
        return self.state.setup.track(self.arguments.get("track", ""))

    @property
    def session(self) -> Session | None:
        """The session in the address; None if there is none."""
        return self.sessions[0] if self.sessions and "session" in self.arguments else None

    def local(self, at: datetime) -> datetime:
        """A moment in the zone of the page."""
        return at.astimezone(self.zone)


Context = Mapping[str, Any]
# says which of `View.held` a page needs, where it needs few of many
Chooser = Callable[[View], Sequence[Held]]
PageBuilder = Callable[[View], Context | None]
Content = str | bytes
DocumentBuilder = Callable[[View], Content | Callable[[], Content] | None]


class Page(Struct, frozen=True):
    """A page: its address, and how it is made.

    path:     "/actions", "/tracks/{track}"; `{track}` and `{session}` are a track's slug and a session's address
    template: "NAME/file.html", in the folder `pages` of the plugin's package
    build:    gives what the template shows; None if there is no such page
    menu:     its place in the menu; None if it is not there
    queries:  names in a query (`?day=2`) that become arguments
    plain:    path of a document that is served to who asks for no HTML (`curl`)
    """

    path: str
    title: str
    template: str
    build: PageBuilder
    menu: int | None = None
    loads: Loads | Chooser = Loads.NOTHING
    queries: tuple[str, ...] = ()
    plain: str = ""


class Document(Struct, frozen=True):
    """What is no page: text, JSON, a calendar, a picture; `build` gives None if there is none.

    What takes long, `build` may give as a function of immutable values: it runs in a thread.
    """

    path: str
    type: str
    build: DocumentBuilder
    loads: Loads | Chooser = Loads.NOTHING
    queries: tuple[str, ...] = ()


class OldAddress(Struct, frozen=True):
    """An address that pages had once, and the one that it leads to now."""

    path: str
    to: str
