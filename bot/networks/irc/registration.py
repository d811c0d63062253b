"""From the open connection until rooms can be joined: capabilities, nick, greeting, login.

Rules of this file: a configured login must succeed; the registration ends with `ready` or LinkDownError.
"""

import logging

from irctokens.line import Line

from bot.networks.backoff import Trouble
from bot.networks.irc.capabilities import Capabilities
from bot.networks.irc.disconnects import LinkDownError
from bot.networks.irc.link_state import LinkState, Notify
from bot.networks.irc.nickserv import NickServ
from bot.networks.irc.sasl import Sasl

log = logging.getLogger(__name__)


class Registration:
    """One registration; calls `ready` once."""

    def __init__(self, state: LinkState, ready: Notify) -> None:
        self._state = state
        self._ready = ready
        self._login = state.settings.login
        self._deadline = float("inf")
        self._asking = float("inf")  # when to ask again whether SASL is offered
        self._motd_ended = False
        self.greeted = False
        self.capabilities = Capabilities(
            state, sasl=self._login in ("sasl", "certfp"), settled=self._caps_settled
        )
        self.sasl = Sasl(state, done=self.capabilities.close)
        self.nickserv = NickServ(state, done=self._go_on)

    @property
    def due(self) -> float:
        """When the deadline is."""
        return min(self._deadline, self._asking, self.sasl.due, self.nickserv.due)

    @property
    def lacks_services(self) -> bool:
        """Whether it waits for services: they may not be linked yet, after the server was started anew."""
        return self._asking != float("inf") or self.nickserv.lacks_services

    def start(self) -> None:
        """Send nick and user name."""
        state = self._state
        self._deadline = state.at + state.timing.register
        self.capabilities.ask()
        state.send("NICK", state.nick)
        state.send("USER", _username(state.settings.nick), "0", "*", state.settings.realname)

    def on_welcome(self, line: Line) -> None:
        """001: the greeting, which names the bot's nick."""
        self.greeted = True
        if line.params:
            self._state.nick = line.params[0]
        if self._login == "sasl" and not self._state.logged_in:
            raise LinkDownError("can't log in: the server skipped SASL", Trouble.NO_SERVICES)

    def on_motd_end(self, _line: Line) -> None:
        """376, 422: the end of the server's introduction."""
        if self._motd_ended:
            return
        self._motd_ended = True
        if self._login == "none" or self._state.logged_in:
            self._go_on()
        else:
            self.nickserv.start()

    def on_logged_out(self, _line: Line) -> None:
        """901: services logged the bot out."""
        if self._login != "none" and self._state.logged_in:
            raise LinkDownError("services logged us out")

    def tick(self) -> None:
        """Do what is due."""
        self.nickserv.tick()
        self.sasl.tick()
        if self._state.at >= self._deadline:
            raise LinkDownError("the server took too long to let us in")
        if self._state.at >= self._asking:  # not all servers tell who is not let in yet of CAP NEW
            self._asking = self._state.at + self._state.timing.services
            self.capabilities.ask()

    def _caps_settled(self) -> None:
        offered = self.capabilities.offered.get("sasl")
        if self._motd_ended and not self.nickserv.waiting:
            return
        if "sasl" in self._state.caps and self.sasl.offered(offered or ""):
            self._asking = float("inf")
            self.sasl.start()
        elif self._login != "sasl":
            self.capabilities.close()
        elif not self.lacks_services:
            self._asking = self._state.at + self._state.timing.services
            log.warning(
                "%s: the server does not offer SASL PLAIN; waiting for its services",
                self._state.settings.name,
            )

    def _go_on(self) -> None:
        if self._motd_ended and not self._state.ready:
            self._deadline = float("inf")
            self._state.ready = True
            self._ready()


def _username(nick: str) -> str:
    letters = "".join(letter for letter in nick if letter.isascii() and letter.isalnum())
    return letters[:10] or "gatherbot"
