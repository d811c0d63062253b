"""Incoming events about letters: what became of them, and answers to them."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from bot.core.people.identity import Identity

Whereabouts = Literal["shown", "held", "absent", "unreachable", "unsound"]


class MailRefused(Struct, frozen=True):
    """A mail server refused a letter permanently (5xx), or the bot gave up after days; `partly`: only for some recipients."""

    letter: str
    stream: str
    reason: str
    at: datetime
    partly: bool = False


class MailTaken(Struct, frozen=True):
    """A mail server took a letter, though a list may hold it; or without a mail server, it was written to a file (`filed`)."""

    letter: str
    stream: str
    at: datetime
    filed: bool = False


class LetterReceived(Struct, frozen=True):
    """An answer to a letter came by mail, to the address with the key that the letter gave; its sender proves nothing.

    Its handler writes a fact: a turn that only orders slow work is not done, and the mail comes again.

    opens, argument: what the key opens, as the plugin ordered it
    stream, letter:  those of the letter
    holder:  who got the letter: on the network "mail", see `holder_identity`
    id:      of the mail; the same mail counts once
    text:    the plain text with quotations, with "(key)" for each secret in them; empty after an error
    trouble: the error: "large", "empty", "html" (HTML that gives no text), "unreadable", "expired" (the key); empty if there
             was none
    """

    opens: str
    argument: str
    stream: str
    holder: Identity
    letter: str
    id: str
    text: str
    at: datetime
    trouble: str = ""


class Traced(Struct, frozen=True):
    """The answer to a `Trace`.

    whereabouts: the archive shows the letter (at `url`); the list holds it for its moderators; the archive has nothing at its
                 address; the archive does not answer; or its answers prove nothing (it asks for a login, or has the same page
                 for every address)
    url:         the address that the letter has in the archive, once it is there
    """

    letter: str
    stream: str
    at: datetime
    whereabouts: Whereabouts
    url: str = ""
