"""What comes in besides asks: messages, people who come and go, outcomes of slow work."""

from bot.core.earlier_messages import Quoted
from bot.core.events import (
    AccountTold,
    Connected,
    Departed,
    Edited,
    Fetched,
    Message,
    NickChanged,
    Power,
    Prepared,
    Sighted,
)
from bot.core.mail_events import LetterReceived, MailRefused, MailTaken, Traced

__all__ = [
    "AccountTold", "Connected", "Departed", "Edited", "Fetched", "LetterReceived", "MailRefused", "MailTaken", "Message", "NickChanged",
    "Power", "Prepared", "Quoted", "Sighted", "Traced",
]  # fmt: skip
