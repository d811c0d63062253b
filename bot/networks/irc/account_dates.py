"""Reads when accounts were registered from what NickServ says about them, in the words of Atheme, of Anope and of OFTC.

Atheme: https://github.com/atheme/atheme/blob/master/modules/nickserv/info.c
Anope:  https://github.com/anope/anope/blob/2.0/modules/commands/ns_info.cpp, which tells the nick's time in the zone of the
        machine, and https://github.com/anope/anope/blob/2.1/modules/nickserv/ns_info.cpp, which tells the account's as well
OFTC:   https://github.com/oftc/oftc-ircservices/blob/master/languages/nickserv.en.lang, NS_INFO_START and the following, with
        SERV_DATETIME_FORMAT of services.en.lang
"""

import re
from datetime import UTC, datetime, timedelta

from irctokens.line import Line
from msgspec import Struct

from bot.core.events import AccountTold
from bot.networks.irc.link_state import LinkState
from bot.networks.irc.nickserv import FORMATTING, from_nickserv

ATHEME = re.compile(r"Information on (\S+) \(account (\S+)\):")
END = "*** End of Info ***"
# OFTC, Anope; the rest is the real name
OTHERS = re.compile(r"Nickname information for (\S+) \(.*|(\S+) is .*")
ACCOUNT = re.compile(r"\s*Account: (\S+)")
# Atheme tells the account's own time last, if its nick was registered at another; Anope 2.1 tells it first
REGISTERED = re.compile(
    r"\s*(?:Registered|User reg\.|Account registered|Time registered)\s*: "
    r"(?:\w{3} )?(\w{3} \d\d|\d\d \w{3})(?: (\d{4}))? (\d\d:\d\d:\d\d)(?: (\d{4}))?(?: ([+-]\d{4}|[A-Z]{1,5})\b)?.*"
)
UNKNOWN = re.compile(r"(\S+) is not registered\.?|Nick(?:name)? (\S+) (?:is not|isn't) registered\..*")
UNIVERSAL = {"UTC", "GMT", "Z"}
# services that name no time zone, or one of the many that share a name, may be so far ahead of UTC
EAST = timedelta(hours=14)
EARLIEST = 1990  # no services are older


class _Answer(Struct):
    """What was said until now about an account; `ends` tells whether its end is said."""

    account: str
    ends: bool
    registered: datetime | None = None


class AccountDates:
    """Asks NickServ about accounts, and tells the core what it says."""

    def __init__(self, state: LinkState) -> None:
        self._state = state
        self._about: _Answer | None = None
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
        about = self._about
        if unknown := UNKNOWN.fullmatch(text):
            self._tell(unknown[1] or unknown[2], None)
        elif began := ATHEME.fullmatch(text):
            self._begin(began[1], began[2], ends=True)
        elif about is not None and text == END:
            self._end(about)
        elif about is not None and (account := ACCOUNT.fullmatch(text)):
            self._begin(about.account, account[1], ends=about.ends)
        elif about is not None and (registered := REGISTERED.fullmatch(text)):
            about.registered = _moment(*registered.groups(""))
            if not about.ends:
                self._end(about)
        elif (about is None or not about.ends) and (other := OTHERS.fullmatch(text)):
            self._begin(other[1] or other[2], other[1] or other[2], ends=False)

    def _begin(self, nick: str, account: str, *, ends: bool) -> None:
        """An answer begins, or says whose the nick is."""
        self._about = _Answer(account, ends)
        if self._state.isupport.fold(nick) != self._state.isupport.fold(account):
            self._about = None
            self._tell(nick, None)  # the nick is another account's now

    def _end(self, about: _Answer) -> None:
        self._about = None
        if about.registered is not None:
            self._tell(about.account, about.registered)

    def _tell(self, account: str, registered: datetime | None) -> None:
        key = self._state.isupport.fold(account)
        if key in self._asked:
            self._asked.remove(key)
            told = AccountTold(self._state.settings.name, key, registered, self._state.now)
            self._state.events.append(told)


def _moment(day: str, year: str, time: str, last: str, zone: str) -> datetime | None:
    """A time in the words of services, the earliest that it may be; None if there is no such time."""
    month = "%b %d" if day[0].isalpha() else "%d %b"
    offset = zone if zone[:1] in ("+", "-") else "+0000"
    try:
        said = datetime.strptime(f"{day} {year or last} {time} {offset}", f"{month} %Y %H:%M:%S %z")
    except ValueError:
        return None
    if said.year < EARLIEST:
        return None
    exact = zone[:1] in ("+", "-") or zone in UNIVERSAL
    return (said if exact else said - EAST).astimezone(UTC)
