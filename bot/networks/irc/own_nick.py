"""The bot's own nick: another while it is taken, and back when it is free."""

import logging
import random

from irctokens.line import Line

from bot.networks.irc.link_state import LinkState

log = logging.getLogger(__name__)

LEAST_NICKLEN = 9  # what every server allows: RFC 2812, 1.2.1


class OwnNick:
    """Keeps the nick as close to the configured one as the network allows."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._wanted = state.settings.nick
        self._attempts = 0
        self._due = float("inf")
        self._watched = False

    @property
    def due(self) -> float:
        """When to try the nick again."""
        return self._due

    def on_refused(self, line: Line) -> None:
        """432, 433, 436, 437: the nick is refused. Before the greeting the bot needs another; later it keeps what it has."""
        if self._state.ready or not self._is_nick(line):
            return
        self._attempts += 1
        self._state.nick = self._another()
        self._state.send("NICK", self._state.nick)

    def start(self) -> None:
        """The registration is complete; with another nick, watch for the configured one."""
        self._has_changed()

    def on_own_change(self, new: str) -> None:
        """The bot's nick changed: as it asked, or by force."""
        self._state.nick = new
        self._has_changed()

    def on_offline(self, line: Line) -> None:
        """731: these nicks are free."""
        if len(line.params) > 1 and any(self._is_wanted(nick) for nick in line.params[1].split(",")):
            self._ask()

    def freed(self, nick: str) -> None:
        """Somebody gave up this nick."""
        if self._is_wanted(nick):
            self._ask()

    def tick(self) -> None:
        """Do what is due."""
        if self._state.at >= self._due:
            self._ask()

    def _is_nick(self, line: Line) -> bool:
        # 437 is about a nick or a channel
        return len(line.params) < 2 or line.params[1][:1] not in self._state.isupport.channel_types

    def _is_wanted(self, nick: str) -> bool:
        isupport = self._state.isupport
        wanted = self._wanted[: isupport.number("NICKLEN")]  # servers cut longer nicks without a word
        return isupport.fold(nick) == isupport.fold(wanted)

    def _another(self) -> str:
        if self._attempts <= 2:
            return self._wanted + "_" * self._attempts
        return f"{self._wanted[: LEAST_NICKLEN - 3]}{random.randrange(1000):03}"  # noqa: S311 - no secret

    def _has_changed(self) -> None:
        state = self._state
        missing = not self._is_wanted(state.nick)
        self._due = state.at + state.timing.regain if missing else float("inf")
        if "MONITOR" in state.isupport.tokens and missing != self._watched:
            self._watched = missing
            state.send("MONITOR", "+" if missing else "-", self._wanted)
        if missing:
            log.warning("%s: the nick %s is taken, using %s", state.settings.name, self._wanted, state.nick)

    def _ask(self) -> None:
        if self._state.ready and not self._is_wanted(self._state.nick):
            self._due = self._state.at + self._state.timing.regain
            self._state.send("NICK", self._wanted)
