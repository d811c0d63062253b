"""What comes in besides asks: messages, people who come and go, outcomes of slow work."""

from bot.core.earlier_messages import Quoted
from bot.core.events import (
    AccountTold,
    Connected,
    Departed,
    Edited,
    Fetched,
    MailRefused,
    MailTaken,
    Message,
    NickChanged,
    Power,
    Prepared,
    Sighted,
)

__all__ = [
    "AccountTold", "Connected", "Departed", "Edited", "Fetched", "MailRefused", "MailTaken", "Message", "NickChanged", "Power",
    "Prepared", "Quoted", "Sighted",
]  # fmt: skip
