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
from bot.core.plugin.sheets import SHEET, Sheet, sheet_of

__all__ = [
    "SHEET", "Document", "Held", "Loads", "LogLine", "OldAddress", "Page", "Panel", "Sheet", "Sign", "View", "WebHooks", "address_of",
    "sheet_of",
]  # fmt: skip
