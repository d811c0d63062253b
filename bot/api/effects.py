"""Orders beyond answers: mail, slow work, pages from the web, what is kept in memory."""

from bot.core.archive_addresses import letter_hash
from bot.core.effects import REPLY, Fetch, Key, Letter, Mail, Prepare, Recall, Remember, Trace

__all__ = [
    "REPLY", "Fetch", "Key", "Letter", "Mail", "Prepare", "Recall", "Remember", "Trace", "letter_hash",
]  # fmt: skip
