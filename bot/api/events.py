"""What comes in besides asks: messages, people who come and go, outcomes of slow work."""

from bot.core.events import Departed, Edited, Fetched, MailRefused, Message, NickChanged, Power, Prepared

__all__ = [
    "Departed", "Edited", "Fetched", "MailRefused", "Message", "NickChanged", "Power", "Prepared",
]  # fmt: skip
