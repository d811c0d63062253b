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
    address_of,
)
from bot.core.plugin.private_pages import Deed, PrivatePage, PrivateView
from bot.core.plugin.sheets import SHEET, Sheet, sheet_of
from bot.core.plugin.web_hooks import WebHooks

__all__ = [
    "SHEET", "Deed", "Document", "Held", "Loads", "LogLine", "OldAddress", "Page", "Panel", "PrivatePage", "PrivateView",
    "Sheet", "Sign", "View", "WebHooks", "address_of", "sheet_of",
]  # fmt: skip
