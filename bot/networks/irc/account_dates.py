"""Reads when accounts were registered from what NickServ says about them, in the words of Atheme.

https://github.com/atheme/atheme/blob/master/modules/nickserv/info.c
"""

import re
from datetime import UTC, datetime, timedelta

from irctokens.line import Line

from bot.core.events import AccountTold
from bot.networks.irc.link_state import LinkState
from bot.networks.irc.nickserv import FORMATTING, from_nickserv

ABOUT = re.compile(r"Information on (\S+) \(account (\S+)\):")
END = "*** End of Info ***"
# the account's own time comes last, if its nick was registered at another
REGISTERED = re.compile(r"(?:Registered|User reg\.)\s*: (\w{3} \d\d \d\d:\d\d:\d\d \d{4})( [+-]\d{4})?.*")
UNKNOWN = re.compile(r"(\S+) is not registered\.?")
WEST = timedelta(hours=12)  # services that name no time zone may be as far behind UTC


class AccountDates:
    """Asks NickServ about accounts, and tells the core what it says."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._about: tuple[str, datetime | None] | None = None
        self._asked: set[str] = set()

    def ask(self, text: str) -> None:
        """Ask by the server's own command: a message could go to somebody who took the nick NickServ."""
        command, _, account = text.partition(" ")
        self._asked.add(self._state.isupport.fold(account))
        self._state.send_later(f"nickserv {account}", 3.0, "NICKSERV", command, account)

    def on_notice(self, line: Line) -> None:
        """NickServ says something; only answers to the bot's questions count."""
        if not self._asked or not from_nickserv(line.source) or not self._state.is_me(line.params[0]):
            return
        text = FORMATTING.sub("", line.params[-1])
        if about := ABOUT.fullmatch(text):
            self._about = (about[2], None)
            if self._state.isupport.fold(about[1]) != self._state.isupport.fold(about[2]):
                self._about = None
                self._tell(about[1], None)  # the nick is another account's now
        elif self._about is not None and (registered := REGISTERED.fullmatch(text)):
            self._about = (self._about[0], _moment(registered[1], registered[2] or ""))
        elif self._about is not None and text == END:
            account, moment = self._about
            self._about = None
            if moment is not None:
                self._tell(account, moment)
        elif unknown := UNKNOWN.fullmatch(text):
            self._tell(unknown[1], None)

    def _tell(self, account: str, registered: datetime | None) -> None:
        key = self._state.isupport.fold(account)
        if key in self._asked:
            self._asked.remove(key)
            told = AccountTold(self._state.settings.name, key, registered, self._state.now)
            self._state.events.append(told)


def _moment(text: str, zone: str) -> datetime:
    """A time in the words of services; without a time zone, the earliest that it may be."""
    if zone:
        return datetime.strptime(text + zone, "%b %d %H:%M:%S %Y %z")
    return datetime.strptime(text, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC) - WEST
