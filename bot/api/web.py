"""Pages: what a plugin shows on the web, and what it is made from."""

from bot.core.plugin.pages import (
    Document,
    Held,
    Loads,
    LogLine,
    OldAddress,
    Page,
    Panel,
    Sign,
    View,
    WebHooks,
    address_of,
)

__all__ = [
    "Document", "Held", "Loads", "LogLine", "OldAddress", "Page", "Panel", "Sign", "View", "WebHooks", "address_of",
]  # fmt: skip
