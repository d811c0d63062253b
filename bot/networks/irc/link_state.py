"""The state of one connection, which all parts of the protocol share."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from msgspec import Struct, field

from bot.core.events import Incoming, Sighted
from bot.networks.irc.isupport import ISupport
from bot.networks.irc.roster import LONGEST_NAME, Person, Roster
from bot.networks.irc.server_clock import ServerClock
from bot.networks.irc.settings import IrcSettings, Timing

NEVER = datetime.min.replace(tzinfo=UTC)
WORST_USER_HOST = 10 + 1 + 63  # username, @, host: the longest possible, while the bot's own are not known


class Send(Protocol):
    """Sends a protocol line at once."""

    def __call__(self, command: str, *params: str) -> None:
        """Send it. Raises ValueError when a parameter other than the last holds blanks."""


class SendLater(Protocol):
    """Sends a line when no answer waits."""

    def __call__(self, name: str, spare: float, command: str, *params: str) -> None:
        """Queue it until `spare` lines are free; it replaces an earlier line of this name."""


class LinkState(Struct):
    """One connection.

    nick, userhost: the bot's own, as others see them; userhost is empty until it is known
    caps:           capabilities in force
    logged_in:      the bot's account was confirmed
    ready:          registered, and logged in where a login is configured
    events:         events from the lines of this read, for the inbox
    now, at:        time of this read: wall clock, monotonic seconds
    horizon:        lines from more than 60 s before this are old; it is `at` unless the bot kept lines waiting
    clock:          the server's
    """

    settings: IrcSettings
    timing: Timing
    send: Send
    send_later: SendLater
    isupport: ISupport
    roster: Roster
    clock: ServerClock
    nick: str = ""
    userhost: str = ""
    caps: set[str] = field(default_factory=set)
    logged_in: bool = False
    ready: bool = False
    events: list[Incoming] = field(default_factory=list)
    now: datetime = NEVER
    at: float = 0.0
    horizon: float = 0.0

    def is_me(self, nick: str) -> bool:
        """Whether this is the bot's own nick."""
        return nick == self.nick or self.isupport.fold(nick) == self.isupport.fold(self.nick)

    def sight(self, person: Person, userhost: str = "") -> None:
        """A line shows the user@host of somebody in a channel; the core is told what changed."""
        person.userhost = (userhost if len(userhost) <= LONGEST_NAME else "") or person.userhost
        shown = (person.identity, person.userhost)
        if person.userhost and person.shown != shown:
            person.shown = shown
            self.events.append(Sighted(person.identity, person.userhost, self.now))

    def room_for_text(self, target: str) -> int:
        """Bytes of text that fit a line to a target, as others receive it: `:nick!user@host PRIVMSG target :text`."""
        prefix = len(self.nick.encode()) + 1 + (len(self.userhost.encode()) or WORST_USER_HOST)
        frame = len(f": PRIVMSG {target} :\r\n".encode())
        return max(self.isupport.line_length - prefix - frame, 4)


def new_link_state(settings: IrcSettings, timing: Timing, send: Send, send_later: SendLater) -> LinkState:
    """The state at the start of a connection."""
    isupport = ISupport()
    roster = Roster(settings.name, settings.rooms, isupport)
    clock = ServerClock(settings.name, ask=lambda: send("PING", settings.name))
    return LinkState(settings, timing, send, send_later, isupport, roster, clock, nick=settings.nick)


Notify = Callable[[], None]
