"""What comes of an order to fetch a page."""

import hashlib
from datetime import datetime

from bot.core.effects import Fetch
from bot.core.events import Fetched, Message


def outcome_of(event: Message, order: Fetch, at: datetime, *, text: str = "", trouble: str = "") -> Fetched:
    """The event for who asked: the page's text, or why it could not be fetched, as in `Fetched.trouble`."""
    return Fetched(
        name=order.name,
        url=order.url,
        at=at,
        room=event.room,
        asked_by=event.speaker,
        power=event.power,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest() if not trouble else "",
        trouble=trouble,
        argument=order.argument,
    )
