"""Logs in with services after the greeting, on networks without SASL (OFTC), and waits for their answer."""

import re

from irctokens.line import Line

from bot.networks.backoff import Trouble
from bot.networks.irc.disconnects import LinkDownError
from bot.networks.irc.link_state import LinkState, Notify

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
    """Identifies to services and waits for their answer; raises LinkDownError when they refuse."""

    def __init__(self, state: LinkState, done: Notify) -> None:
        self._state = state
        self._done = done
        self._deadline = float("inf")
        self._by_message = False

    @property
    def due(self) -> float:
        """When the deadline is."""
        return self._deadline

    def start(self) -> None:
        """Identify, or with a certificate wait until services have recognized it."""
        self._deadline = self._state.at + self._state.timing.login
        if self._state.settings.login == "nickserv":
            # the server's own command, not a message: a message could go to somebody who took the nick NickServ
            self._state.send("NICKSERV", *self._words())

    def on_unknown_command(self, line: Line) -> None:
        """421: a server without the command NICKSERV."""
        if self._waiting and not self._by_message and line.params[1:2] == ["NICKSERV"]:
            self._by_message = True
            self._state.send("PRIVMSG", "NickServ", " ".join(self._words()))

    def on_no_such_nick(self, _line: Line) -> None:
        """401, 440: services are away."""
        if self._waiting:
            raise LinkDownError("can't log in: services are not available", Trouble.LOGIN)

    def on_notice(self, line: Line) -> None:
        """NickServ says something."""
        if not self._waiting or not from_nickserv(line.source) or not self._state.is_me(line.params[0]):
            return
        text = FORMATTING.sub("", line.params[-1])
        if CONFIRMED.search(text):
            self._confirm()
        elif REFUSED.search(text):
            raise LinkDownError(f"login refused: {text}", Trouble.LOGIN)

    def on_logged_in(self, _line: Line) -> None:
        """900: logged in."""
        if self._waiting:
            self._confirm()

    def on_own_mode(self, line: Line) -> None:
        """The bot's own modes: +r, on OFTC +R, marks identified users."""
        sign = "+"
        for letter in line.params[1]:
            if letter in "+-":
                sign = letter
            elif sign == "+" and letter in "rR" and self._waiting:
                self._confirm()

    def tick(self) -> None:
        """Do what is due."""
        if self._state.at >= self._deadline:
            raise LinkDownError("login not confirmed in time", Trouble.LOGIN)

    @property
    def _waiting(self) -> bool:
        return self._deadline != float("inf")

    def _confirm(self) -> None:
        self._deadline = float("inf")
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
