"""Orders beyond answers: mail, slow work, pages from the web, what is kept in memory."""

from bot.core.effects import Fetch, Key, Letter, Mail, Prepare, Recall, Remember

__all__ = [
    "Fetch", "Key", "Letter", "Mail", "Prepare", "Recall", "Remember",
]  # fmt: skip
