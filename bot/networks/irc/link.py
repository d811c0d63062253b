"""The protocol of one connection, without the connection: lines in, events and lines out.

Rules of this file: no I/O and no waiting; time comes in as arguments. One table says which method handles which line.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from irctokens.line import Line

from bot.core.events import Connected, Incoming
from bot.core.people.identity import Identity
from bot.networks.absence import Absence
from bot.networks.backoff import Trouble
from bot.networks.irc.account_dates import AccountDates
from bot.networks.irc.account_lookups import AccountLookups
from bot.networks.irc.channel_joins import ChannelJoins
from bot.networks.irc.disconnects import LinkDownError, trouble_of
from bot.networks.irc.link_state import new_link_state
from bot.networks.irc.message_handler import MessageHandler, server_time
from bot.networks.irc.own_nick import OwnNick
from bot.networks.irc.presence_handler import PresenceHandler
from bot.networks.irc.registration import Registration
from bot.networks.irc.settings import IrcSettings, Timing
from bot.networks.irc.topics import Topics
from bot.networks.irc.wire import LineReader, build

log = logging.getLogger(__name__)

Handler = Callable[[Line], None]
# answers to a JOIN that was refused
NO_ENTRY = ("403", "405", "407", "470", "471", "473", "474", "475", "476", "477", "479", "480", "489", "520")
WAITED = timedelta(milliseconds=10)  # after a longer pause, no earlier line was left unread


class Outgoing(Protocol):
    """Sends the lines of a link."""

    def send_now(self, line: bytes) -> None:
        """Send at once."""

    def send_later(self, name: str, spare: float, line: bytes) -> None:
        """Send when no answer waits."""

    def forget(self, target: str) -> None:
        """Drop everything that waits for a target."""

    def too_many_targets(self, target: str, rest: float) -> None:
        """Send the last line to a target again later."""

    def wake(self) -> None:
        """The bot can speak to more targets than before."""


class Link:
    """The protocol of one connection."""

    def __init__(self, settings: IrcSettings, timing: Timing, outgoing: Outgoing, absence: Absence) -> None:
        self._outgoing = outgoing
        self._absence = absence
        self._reader = LineReader()
        self.state = new_link_state(settings, timing, self._send, self._send_later)
        self._registration = Registration(self.state, ready=self._ready)
        self._joins = ChannelJoins(self.state)
        self._nick = OwnNick(self.state)
        self._lookups = AccountLookups(self.state)
        self._dates = AccountDates(self.state)
        self._topics = Topics(self.state)
        self._messages = MessageHandler(self.state, self._lookups)
        self._presence = PresenceHandler(self.state, self._joins, self._nick, self._lookups, absence)
        self._patient = (self._registration, self._joins, self._nick, self._lookups, self._topics)
        self._handlers = self._table()

    # -- what the connection calls -------------------------------------------------------------------------------

    def start(self, now: datetime, at: float) -> None:
        """The connection was made."""
        self.state.clock.start(now, at)
        self._clock(now, at, WAITED * 2)
        self._registration.start()

    def take(self, data: bytes, now: datetime, at: float, waited: timedelta) -> list[Incoming]:
        """Handle received bytes; `waited` is the time since the last. Raises LinkDownError when the server ended it."""
        self._clock(now, at, waited)
        handlers = self._handlers
        for line in self._reader.push(data):
            handler = handlers.get(line.command)
            if handler is None:
                continue
            try:
                handler(line)
            except (LookupError, ValueError):  # one malformed line must not end the connection
                log.exception("%s: failed to handle a %s line", self.state.settings.name, line.command)
        return self._collect()

    def tick(self, now: datetime, at: float) -> list[Incoming]:
        """Act on the time. Raises LinkDownError when a deadline has passed."""
        self._clock(now, at, WAITED * 2)
        for part in self._patient:
            part.tick()
        return self._collect()

    @property
    def due(self) -> float:
        """When `tick` has something to do."""
        return min(part.due for part in self._patient)

    @property
    def lacks_services(self) -> bool:
        """Whether the bot waits for services to log in."""
        return self._registration.lacks_services

    def lost(self, heard: datetime) -> None:
        """The connection is lost; `heard` is when the last bytes came in."""
        rooms = (channel.room.id for channel in self.state.roster.channels.values() if not channel.fresh)
        self._absence.begin_all(rooms, heard)
        self.state.ready = False

    # -- what the network calls ---------------------------------------------------------------------------------

    def may_say(self, target: str) -> bool:
        """Whether the bot can send to a channel or nick now."""
        state = self.state
        return state.ready and (
            target[:1] not in state.isupport.channel_types or state.roster.find(target) is not None
        )

    def nick_of(self, somebody: Identity) -> str | None:
        """Somebody's current nick; None when another account has their nick."""
        roster = self.state.roster
        person = roster.people.get(somebody.key)
        if person is None or (somebody.account and person.identity.account not in ("", somebody.account)):
            other = roster.with_account(somebody.account) if somebody.account else None
            if other is not None:
                return other.identity.name
            return None if person is not None else somebody.name
        return person.identity.name

    def ask_services(self, text: str) -> None:
        """Ask NickServ something."""
        self._dates.ask(text)

    def set_topic(self, target: str, text: str, instead_of: str | None) -> None:
        """Set a channel's topic unless it is set already, is not `instead_of`, or the server refused one before."""
        self._topics.set(target, text, instead_of)

    # -- inside -------------------------------------------------------------------------------------------------

    def _clock(self, now: datetime, at: float, waited: timedelta) -> None:
        state = self.state
        state.now, state.at = now, at
        state.clock.read(now, at)
        if waited > WAITED:
            state.horizon = at

    def _collect(self) -> list[Incoming]:
        events, self.state.events = self.state.events, []
        return self._lookups.sieve(events)

    def _send(self, command: str, *params: str) -> None:
        self._outgoing.send_now(build(command, *params))

    def _send_later(self, name: str, spare: float, command: str, *params: str) -> None:
        self._outgoing.send_later(name, spare, build(command, *params))

    def _ready(self) -> None:
        log.info("%s: connected as %s", self.state.settings.name, self.state.nick)
        self.state.events.append(Connected(self.state.settings.name, self.state.now))
        if mode := self.state.isupport.bot_mode:  # so that other bots do not answer it
            self._send("MODE", self.state.nick, f"+{mode}")
        self._messages.start()
        self._joins.start()
        self._nick.start()
        self._outgoing.wake()

    def _table(self) -> dict[str, Handler]:
        registration, presence, lookups, joins = (
            self._registration,
            self._presence,
            self._lookups,
            self._joins,
        )
        sasl, nickserv = registration.sasl, registration.nickserv
        table: dict[str, Handler] = {
            "PING": lambda line: self._send("PONG", *line.params), "PONG": self._on_pong,
            "ERROR": self._on_error, "465": self._on_banned,
            "PRIVMSG": self._messages.on_privmsg, "NOTICE": self._on_notice, "BATCH": self._messages.on_batch,
            "CAP": registration.capabilities.on_cap, "AUTHENTICATE": sasl.on_authenticate,
            "001": self._on_welcome, "005": lambda line: self.state.isupport.read(line.params[1:-1]),
            "376": registration.on_motd_end, "422": registration.on_motd_end,
            "900": nickserv.on_logged_in, "901": registration.on_logged_out,
            "903": sasl.on_success, "907": sasl.on_success, "906": sasl.on_aborted,
            "JOIN": self._on_join, "PART": presence.on_part, "KICK": presence.on_kick, "QUIT": presence.on_quit,
            "NICK": presence.on_nick, "MODE": self._on_mode, "ACCOUNT": presence.on_account,
            "CHGHOST": presence.on_new_host, "396": presence.on_own_host,
            "353": presence.on_names, "366": presence.on_names_end, "354": presence.on_who, "352": presence.bridge.on_who,
            "331": presence.on_no_topic, "332": presence.on_topic_is, "TOPIC": presence.on_topic,
            "482": presence.on_topic_refused, "INVITE": joins.on_invite,
            "330": lookups.on_account, "307": lookups.on_identified, "318": lookups.on_end,
            "439": self._on_too_many, "707": self._on_too_many,
            "401": self._on_nobody, "440": nickserv.on_no_such_nick, "404": self._on_not_heard,
            "421": nickserv.on_unknown_command, "437": self._on_unavailable, "731": self._nick.on_offline,
        }  # fmt: skip
        table |= dict.fromkeys(("902", "904", "905", "908"), sasl.on_failure)
        table |= dict.fromkeys(("432", "433", "436"), self._nick.on_refused)
        return table | dict.fromkeys(NO_ENTRY, joins.on_refused)

    def _on_welcome(self, line: Line) -> None:
        self._on_pong(line)
        self._registration.on_welcome(line)

    def _on_pong(self, line: Line) -> None:
        """The server answers at once, so its time is the time now."""
        said = server_time((line.tags or {}).get("time", ""))
        if said is not None:
            self.state.clock.answered(said, self.state.now, self.state.at)

    def _on_notice(self, line: Line) -> None:
        if not line.params:
            return
        self._registration.nickserv.on_notice(line)
        self._dates.on_notice(line)
        self._messages.on_notice(line)

    def _on_join(self, line: Line) -> None:
        self._presence.on_join(line)
        if self.state.is_me((line.source or "").partition("!")[0]):
            self._outgoing.wake()

    def _on_mode(self, line: Line) -> None:
        if len(line.params) > 1 and self.state.is_me(line.params[0]):
            self._registration.nickserv.on_own_mode(line)
        else:
            self._presence.on_mode(line)

    def _on_unavailable(self, line: Line) -> None:
        self._nick.on_refused(line)
        self._joins.on_refused(line)
        self._topics.on_busy(line)

    def _on_nobody(self, line: Line) -> None:
        target = line.params[1] if len(line.params) > 1 else ""
        if target.lower() in ("nickserv", "services"):
            self._registration.nickserv.on_no_such_nick(line)
        self._outgoing.forget(target)

    def _on_too_many(self, line: Line) -> None:
        # 439: ircu, UnrealIRCd; 707: solanum, which lets us speak to ten people, to one more each minute, and to all
        # those of a channel where we have voice: https://github.com/solanum-ircd/solanum/blob/main/ircd/tgchange.c
        target = line.params[1] if len(line.params) > 1 else ""
        log.warning(
            "%s: the server limits private messages to new people; the rest will be sent later",
            self.state.settings.name,
        )
        self._outgoing.too_many_targets(target, self.state.timing.targets)

    def _on_not_heard(self, line: Line) -> None:
        log.warning("%s: not allowed to speak: %s", self.state.settings.name, " ".join(line.params[1:]))

    def _on_error(self, line: Line) -> None:
        words = line.params[-1] if line.params else ""
        raise LinkDownError(f"the server said: {words}", trouble_of(words))

    def _on_banned(self, line: Line) -> None:
        raise LinkDownError(f"banned: {line.params[-1] if line.params else ''}", Trouble.BANNED)
