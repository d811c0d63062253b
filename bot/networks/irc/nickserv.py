"""Logs in with services after the greeting, on networks without SASL (OFTC), and waits for their answer.

Services may be away for a while after a server was started; then it asks again.
"""

import logging
import re

from irctokens.line import Line

from bot.networks.backoff import Trouble
from bot.networks.irc.disconnects import LinkDownError
from bot.networks.irc.link_state import LinkState, Notify

log = logging.getLogger(__name__)

# NickServ answers in prose; these are the words of Atheme, Anope and OFTC (its languages/nickserv.en.lang)
CONFIRMED = re.compile(
    r"you are (now|already|successfully) (identified|logged in|recognized)|password accepted"
    r"|successfully identified|been automatically identified",
    re.IGNORECASE,
)
REFUSED = re.compile(
    r"(invalid|incorrect|wrong) password|password incorrect|(is not|isn't|not) (a )?registered|access denied"
    r"|authentication failed|no such (account|nick)|suspended|frozen|too many (failed|invalid)|failed to identify|identify failed",
    re.IGNORECASE,
)
FORMATTING = re.compile(r"[\x02\x0f\x11\x16\x1d\x1e\x1f]|\x03(\d{1,2}(,\d{1,2})?)?")


class NickServ:
    """Identifies to services and waits for their answer; raises LinkDownError when they refuse.

    lacks_services: they are away, as far as is known
    """

    def __init__(self, state: LinkState, done: Notify) -> None:
        self._state = state
        self._done = done
        self._deadline = float("inf")
        self._again = float("inf")  # when to ask again
        self._by_message = False
        self.lacks_services = False

    @property
    def due(self) -> float:
        """When there is something to do."""
        return min(self._deadline, self._again)

    def start(self) -> None:
        """Identify, or with a certificate wait until services have recognized it."""
        self._deadline = self._state.at + self._state.timing.login
        if self._state.settings.login == "nickserv":
            self._ask()

    def on_unknown_command(self, line: Line) -> None:
        """421: a server without the command NICKSERV."""
        if self.waiting and not self._by_message and line.params[1:2] == ["NICKSERV"]:
            self._by_message = True
            self._ask()

    def on_no_such_nick(self, _line: Line) -> None:
        """401, 440: services are away."""
        if not self.waiting:
            return
        if not self.lacks_services:
            log.warning("%s: services are away; waiting for them", self._state.settings.name)
        self.lacks_services = True
        self._again = self._state.at + self._state.timing.services
        self._deadline = float("inf")  # the whole registration has one

    def on_notice(self, line: Line) -> None:
        """NickServ says something."""
        if not self.waiting or not from_nickserv(line.source) or not self._state.is_me(line.params[0]):
            return
        text = FORMATTING.sub("", line.params[-1])
        if CONFIRMED.search(text):
            self._confirm()
        elif REFUSED.search(text):
            raise LinkDownError(f"login refused: {text}", Trouble.LOGIN)

    def on_logged_in(self, _line: Line) -> None:
        """900: logged in."""
        if self.waiting:
            self._confirm()

    def on_own_mode(self, line: Line) -> None:
        """The bot's own modes: +r, on OFTC +R, marks identified users."""
        sign = "+"
        for letter in line.params[1]:
            if letter in "+-":
                sign = letter
            elif sign == "+" and letter in "rR" and self.waiting:
                self._confirm()

    def tick(self) -> None:
        """Do what is due."""
        if self._state.at >= self._deadline:
            raise LinkDownError("login not confirmed in time", Trouble.NO_SERVICES)
        if self._state.at >= self._again:
            self._again, self._deadline = float("inf"), self._state.at + self._state.timing.login
            self._ask()

    @property
    def waiting(self) -> bool:
        """Whether it waits for services to confirm the login."""
        return self.due != float("inf")

    def _ask(self) -> None:
        # the server's own command, not a message: a message could go to somebody who took the nick NickServ
        if self._by_message:
            self._state.send("PRIVMSG", "NickServ", " ".join(self._words()))
        else:
            self._state.send("NICKSERV", *self._words())

    def _confirm(self) -> None:
        self._deadline = self._again = float("inf")
        self.lacks_services = False
        self._state.logged_in = True
        self._done()

    def _words(self) -> tuple[str, ...]:
        settings = self._state.settings
        account, password = settings.account or settings.nick, settings.password or ""
        if self._state.isupport.tokens.get("NETWORK", "").casefold() == "oftc":
            return (
                "IDENTIFY",
                password,
                account,
            )  # "IDENTIFY password [nick]": github.com/oftc/oftc-ircservices, nickserv.en.lang
        return ("IDENTIFY", account, password)


def from_nickserv(source: str | None) -> bool:
    """Whether a line comes from NickServ."""
    return (source or "").partition("!")[0].lower() == "nickserv"
