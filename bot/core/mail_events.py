"""Incoming events about letters: what became of them, and answers to them."""

from datetime import datetime

from msgspec import Struct

from bot.core.people.identity import Identity


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
    """Somebody answered a letter by mail, with the key that the letter gave for answers; who sent it proves nothing.

    opens, argument: what the key opens, as the plugin ordered it
    stream, letter:  those of the letter
    holder:  who got the letter: on the network "mail", see `holder_identity`
    id:      of the mail; the same mail counts once
    text:    the plain text with quotations, without secrets; empty after an error
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
